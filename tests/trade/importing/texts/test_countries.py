"""Whose trade a text names: the DPRK under all its names, other countries, Korea alone, and places nobody knows."""

import pytest
from babel import Locale

from tests.files import text, xlsx
from trade.importing.texts import countries
from trade.importing.texts.countries import KOREA, named

ROWS = [["Province", 2023, 2024], ["Liaoning", 1, 2]]


@pytest.mark.parametrize(
    "name",
    [
        "the DPRK", "D.P.R.K.", "North Korea", "N. Korea", "Korea (North)", "Korea, North", "KP", "PRK", "DPR Korea",
        "Korea, Dem. People's Rep. of", "Dem. People's Republic of Korea", "Korea, DPR",
        "Democratic People’s Republic of Korea (the)", "Korea (Democratic People's Republic of)",
    ],
)  # fmt: skip
def test_every_usual_name_of_the_dprk_is_known(name):
    found = named(f"China's exports to {name} (US$)")
    assert (found.known, found.others, found.unclear) == ({"CN", "KP"}, [], [])


@pytest.mark.parametrize(
    "title",
    [
        "对朝鲜出口",
        "對朝鮮出口",
        "中国对朝出口",
        "向北韓出口",
        "对朝鲜民主主义人民共和国出口",
        "중국의 대북 수출",
        "조선민주주의인민공화국 수출",
    ],
)
def test_its_names_in_chinese_and_korean_are_known(title):
    found = named(title)
    assert "KP" in found.known and not found.others and not found.unclear


@pytest.mark.parametrize(
    ("language", "form"), [("en", "exports to {}"), ("zh", "对{}出口"), ("ko", "중국의 대 {} 수출")]
)
def test_every_other_country_is_another(language, form):
    territories = Locale.parse(language).territories
    for code, name in territories.items():
        if len(code) == 2 and code not in ("KP", "CN", "ZZ", "UN", "EZ", "QO", "XA", "XB"):
            found = named(form.format(name))
            assert found.others or found.unclear, name


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Exports to Korea, Rep.", "korea, rep."), ("Exports to S. Korea", "s. korea"), ("对大韩民国出口", "大韩民国"),
        ("exports to DPRK and Mongolia", "mongolia"), ("对东盟出口", "东盟"), ("Japan's exports to the DPRK", "japan"),
        ("exports to all countries except North Korea", "all countries except the DPRK"), ("对香港出口", "香港"),
    ],
)  # fmt: skip
def test_another_country_is_named(title, other):
    assert other in named(title).others


@pytest.mark.parametrize(
    ("title", "word"),
    [("Exports to Korea", KOREA), ("Exports to Ruritania (US$)", "ruritania"), ("对韩出口", "韩"), ("中韩贸易", "韩")],
)
def test_what_is_not_clear_is_said_to_be_unclear(title, word):
    assert named(title).unclear == [word]


@pytest.mark.parametrize(
    "title",
    [
        "内蒙古对朝鲜出口",
        "朝鲜族自治州",
        "World Trade Atlas",
        "한국무역협회",
        "Exports, year to September 2024",
        "US$",
        "对外贸易",
        "Province",
    ],
)
def test_what_names_no_other_country_is_left_alone(title):
    assert not named(title).others and not named(title).unclear


def test_a_title_of_another_country_is_a_fault_that_quotes_it_in_wide_and_long_tables(read):
    for rows in (ROWS, [["Province", "Year", "Flow", "Value (US$)"], ["Liaoning", 2024, "to_dprk", 5]]):
        [fault] = read(xlsx({"S": [["China's exports to Germany"], *rows]})).faults
        assert (fault.code, fault.sheet) == ("other-partner", "S")
        assert "China's exports to Germany" in fault.found


def test_korea_alone_is_asked_about_and_read_with_the_answer(read):
    file = xlsx({"S": [["China's exports to Korea (US$)"], *ROWS]})
    [question] = read(file).questions
    assert question.key == "partner" and "Korea" in question.text
    assert len(read(file, answers={"partner": "dprk"}).values()) == 2


def test_the_partner_of_a_dataset_may_be_named(read):
    file = xlsx({"S": [["Russia's exports to the DPRK"], *ROWS]})
    assert read(file, flow="to_dprk").codes == ["other-partner"]
    assert not read(file, flow="to_dprk", partner="Russia").faults


@pytest.mark.parametrize(
    "header", ["destination", "Market", "国别", "最终目的国（地区）", "국가명", "PartnerISO", "Counterpart"]
)
def test_a_column_of_another_country_is_refused_and_one_of_the_dprk_is_not(read, header):
    rows = [["province", "year", "flow", "reported_usd", header], ["Liaoning", 2024, "to_dprk", 5]]
    assert read(text([rows[0], [*rows[1], "South Korea"]])).codes == ["other-partner"]
    found = read(text([rows[0], [*rows[1], "Korea, North"]]))
    assert not found.faults and len(found.values()) == 1


def test_a_column_of_places_whose_header_is_not_known_is_looked_at(read):
    rows = [["province", "year", "flow", "reported_usd", "where to"], ["Liaoning", 2024, "to_dprk", 5]]
    assert read(text([rows[0], [*rows[1], "Mongolia"]])).codes == ["unread-column"]


def test_names_of_the_dprk_are_written_in_one_way():
    assert countries.normal("exports to korea, dem. people's rep. of") == "exports to dprk"
