"""The names that all else refers to: loaded once, kept as the editors leave them, found by any spelling."""

import csv
from pathlib import Path

import pytest

from tests.conftest import undone
from trade.models import Alias, Chapter, Commodity, Province, Section
from trade.reference import seed as reference
from trade.reference.spelling import normalise
from trade.reference.vocabulary import known_spellings

pytestmark = pytest.mark.both_databases

DATA = Path(__file__).parents[3] / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def account(django_db_setup, django_db_blocker):
    with undone(django_db_blocker):
        yield reference.load()


@pytest.fixture
def loaded(account, db):
    """The reference tables as they are loaded the first time, and the account of it."""
    return account


def test_everything_in_the_files_is_loaded(loaded):
    levels = [row["level"] for row in rows("hs2022_headings_subheadings.csv")]
    assert Province.objects.count() == len(rows("provinces.csv")) == 31
    assert Section.objects.count() == len(rows("hs_sections.csv")) + 1 == 22
    assert Chapter.objects.count() == len(rows("hs_chapters.csv")) == 98
    assert Commodity.objects.count() == levels.count("4") + levels.count("6") == 1229 + 5613
    assert Alias.objects.count() == len(rows("aliases.csv"))
    total = sum(model.objects.count() for model in (Province, Section, Chapter, Commodity, Alias))
    assert loaded == {"created": total, "updated": 0, "unchanged": 0}


def test_loading_again_changes_nothing_and_asks_five_questions_only(loaded, django_assert_num_queries):
    with django_assert_num_queries(7):  # one for each table, and the two ends of a savepoint
        again = reference.load()
    assert again == {"created": 0, "updated": 0, "unchanged": loaded["created"]}


@pytest.mark.slow
def test_an_editors_correction_survives_until_a_refresh_is_asked_for(loaded):
    Province.objects.filter(pk="CN-LN").update(name_ko="료녕성")
    assert reference.load()["updated"] == 0
    assert Province.objects.get(pk="CN-LN").name_ko == "료녕성"
    assert reference.load(refresh=True)["updated"] == 1
    assert Province.objects.get(pk="CN-LN").name_ko == "랴오닝성"


def test_a_refresh_brings_foreign_keys_back_too(loaded):
    Chapter.objects.filter(pk="27").update(section="VI")
    Alias.objects.filter(name="Nei Mongol").update(province="CN-LN")
    assert reference.load(refresh=True)["updated"] == 2
    assert Chapter.objects.get(pk="27").section_id == "V"
    assert Alias.objects.get(name="Nei Mongol").province_id == "CN-NM"


@pytest.mark.slow
def test_a_row_that_an_editor_added_stays(loaded):
    Alias.objects.create(name="Dongbei gateway", province_id="CN-LN")
    reference.load(refresh=True)
    assert Alias.objects.filter(name="Dongbei gateway").exists()


def test_every_row_passes_the_validators_an_editor_meets(loaded):
    for model in (Province, Section, Chapter, Alias):
        for row in model.objects.all():
            row.clean_fields()
    for row in Commodity.objects.all()[::97]:
        row.clean_fields()


def test_short_titles_fit_a_chart_and_no_two_chapters_share_one(loaded):
    for model in (Section, Chapter):
        titles = list(model.objects.values_list("short_title", flat=True))
        assert max(map(len, titles)) <= 30
        assert len(titles) == len(set(titles))


def test_titles_are_tidied(loaded):
    assert Section.objects.get(pk="I").title == "Live animals; animal products"
    titles = [
        title for model in (Section, Chapter, Commodity) for title in model.objects.values_list("title", flat=True)
    ]
    assert [title for title in titles if title != title.strip() or title[:1].islower()] == []


@pytest.mark.parametrize(("code", "title"), [("98", "Special transactions"), ("99", "Unspecified")])
def test_chapters_98_and_99_stand_outside_the_21_sections(loaded, code, title):
    chapter = Chapter.objects.select_related("section").get(pk=code)
    assert (chapter.section.number, chapter.section.position) == ("unspecified", 22)
    assert (chapter.short_title, chapter.section.short_title) == (title, "Unspecified")


def test_gacc_place_codes_and_names_agree_with_the_customs_list(loaded):
    published = {row["注册地编码"]: row["注册地名称"] for row in rows("gacc_registered_place_codes.csv")}
    assert dict(Province.objects.values_list("gacc_code", "name_zh")) == published


PROVINCE_SPELLINGS = {
    "CN-NM": [
        "Inner Mongolia", "Nei Mongol", "Neimenggu", "Nei Menggu", "Inner Mongolia A.R.", "INNER MONGOLIA",
        "Inner Mongolia Autonomous Region", "内蒙古", "内蒙古自治区", "內蒙古", "네이멍구",
        "150000", "15", "CN-NM", "Inner\u00a0Mongolia", "  Inner   Mongolia ", "Inner-Mongolia*", "Nei Mongol Zizhiqu",
    ],
    "CN-GX": ["Guangxi Zhuang A.R.", "Guangxi", "Guangxi Zhuang Autonomous Region", "广西壮族自治区", "광시"],
    "CN-XZ": ["Tibet", "Xizang", "Tibet (Xizang)", "Tibet A.R.", "西藏", "西藏自治区"],
    "CN-NX": ["Ningxia Hui A.R.", "宁夏", "宁夏回族自治区", "Ningxia"],
    "CN-XJ": ["Xinjiang Uygur Autonomous Region", "Xinjiang Uyghur A.R.", "新疆", "新疆维吾尔自治区"],
    "CN-LN": ["Liaoning Province", "liaoning", "Liaoning Sheng", "辽宁", "辽宁省", "遼寧", "랴오닝성",
              "랴오닝", "21", "210000", "cn-ln", "Ｌｉａｏｎｉｎｇ", "Liaoning [note 1]", "Liaoning²"],
    "CN-BJ": ["Beijing", "Beijing Municipality", "Beijing City", "北京", "北京市", "Peking"],
    "CN-SX": ["Shanxi", "Shānxī", "山西省", "山西", "산시성(山西)"],
    "CN-SN": ["Shaanxi", "Shǎnxī", "Shaan'xi", "陕西省", "陕西", "산시성(陕西)"],
    "CN-JX": ["Jiangxi", "장시성", "장시"],
}  # fmt: skip


@pytest.mark.parametrize("code", PROVINCE_SPELLINGS)
def test_a_province_is_found_by_the_spellings_people_use(loaded, code):
    words = known_spellings("province")
    assert {spelling: words.get(normalise(spelling)) for spelling in PROVINCE_SPELLINGS[code]} == dict.fromkeys(
        PROVINCE_SPELLINGS[code], code
    )


@pytest.mark.parametrize(
    "spelling",
    [
        "산시성",
        "CN.HB",
        "cn.ha",
        "Hong Kong",
        "Taiwan",
        "Total",
        "",
        "—",
        "Province",
        "A.R.",
        "LN",
        "99",
        "2701",
    ],
)
def test_a_spelling_that_could_mean_two_places_or_none_is_not_guessed(loaded, spelling):
    assert normalise(spelling) not in known_spellings("province")


@pytest.mark.parametrize("spelling", ["27", "Chapter 27", "HS27", "Mineral fuels", "27 Mineral fuels", "Ch. 27"])
def test_a_chapter_is_found_by_code_and_by_title(loaded, spelling):
    assert known_spellings("commodity")[normalise(spelling)] == "27"


def test_every_official_name_and_alias_is_in_the_vocabulary(loaded):
    words = known_spellings("province")
    for province in Province.objects.all():
        codes = [province.code, province.gb_code, province.gacc_code]
        names = [
            province.name_en,
            province.name_zh,
            province.name_ko,
            *(alias.name for alias in province.aliases.all()),
        ]
        for spelling in codes + names:
            assert words[normalise(spelling)] == province.code, spelling


def test_an_alias_never_takes_a_name_from_its_owner(loaded):
    Alias.objects.create(name="HEBEI province", province_id="CN-HB")
    assert known_spellings("province")["hebei"] == "CN-HE"


def test_two_aliases_that_contradict_each_other_are_both_dropped(loaded):
    Alias.objects.create(name="The North-East", province_id="CN-LN")
    Alias.objects.create(name="the north east", province_id="CN-JL")
    assert normalise("The North-East") not in known_spellings("province")


def test_a_vocabulary_takes_two_queries(loaded, django_assert_num_queries):
    for kind in ("province", "commodity"):
        with django_assert_num_queries(2):
            known_spellings(kind)


@pytest.mark.parametrize(
    "name", ["Guangxi Zhuang A.R.", "内蒙古自治区", "Shǎnxī", "CN.HB", "Province", "Xizang (Tibet)"]
)
def test_normalising_twice_is_normalising_once(name):
    assert normalise(normalise(name)) == normalise(name)
