"""The matrix of goods × years: names, cells, pages, and what it draws."""

import re
from datetime import date, timedelta

import pytest
from django.template import Context, Template

from sanctions import provider
from sanctions.models import Measure, Resolution
from sanctions.pages.goods_matrix import Matrix
from sanctions.rules import standing
from tests.words import text_of

pytestmark = pytest.mark.both_databases
TODAY = date(2026, 11, 28)


@pytest.fixture
def matrix(words, db):
    return Matrix(Measure.objects.for_pages(), TODAY)


def rows(matrix, direction):
    [found] = [part for part in matrix.directions if part.name == direction]
    return {row.name: row for row in found.rows}


@pytest.mark.parametrize(
    ("direction", "name", "codes", "now"),
    [
        ("from_dprk", "Anthracite and other coal; lignite", ["2701", "2702"], "Banned since 5 August 2017"),
        ("from_dprk", "Textiles and garments", ["50–63"], "Banned since 11 September 2017"),
        ("from_dprk", "Statues", ["6802", "8306", "9703"], "Banned since 30 November 2016"),
        ("from_dprk", "Iron and steel", ["72"], "Partly banned since 5 August 2017"),
        ("to_dprk", "Base metals", ["72–83"], "Banned since 22 December 2017"),
        ("to_dprk", "Crude petroleum", ["2709"], "Capped, partly banned since 11 September 2017"),
        ("to_dprk", "Helicopters, aeroplanes, spacecraft, in part", None, "Banned since 30 November 2016"),
    ],
)
def test_rows_have_plain_names_and_say_how_their_goods_stand(matrix, direction, name, codes, now):
    row = rows(matrix, direction)[name]
    assert (row.now, codes in (None, [code for code, _url in row.codes])) == (now, True)


def test_a_cell_is_what_the_rules_say_at_the_end_of_its_year(matrix):
    row = rows(matrix, "from_dprk")["Anthracite and other coal; lignite"]
    said = dict(zip([*matrix.years, "today"], row.cells, strict=True))
    assert said == {
        2006: "free",
        2009: "free",
        2013: "free",
        2016: "banned with exemptions",
        2017: "banned",
        2018: "banned",
        "today": "banned",
    }


def test_what_is_to_come_is_told_and_does_not_apply_yet(words, db):
    Measure.objects.filter(resolution=2375, paragraph="16").update(effective_from=date(2030, 1, 1))
    row = rows(Matrix(Measure.objects.for_pages(), TODAY), "from_dprk")["Textiles and garments"]
    assert (row.now, row.cells[-1]) == ("Free", "free")
    assert "banned from 1 January 2030" in row.drawing
    assert 'class="banned" x="100%" y="1" width="0.00%"' in row.drawing


def test_what_has_ended_is_free_since(words, db):
    Measure.objects.filter(resolution=2375, paragraph="16").update(until=date(2020, 6, 30))
    row = rows(Matrix(Measure.objects.for_pages(), TODAY), "from_dprk")["Textiles and garments"]
    assert (row.now, row.cells[-1]) == ("Free since 1 July 2020", "free")


def test_no_name_is_cryptic(matrix):
    for direction in ("from_dprk", "to_dprk"):
        for name in rows(matrix, direction):
            assert re.match(r"[A-Z]", name) and not re.search(r"\d{4}|\(\d|n\.e\.", name), name


def test_goods_cost_four_queries_whatever_their_number(words, db, django_assert_num_queries):
    measures = list(Measure.objects.for_pages())
    with django_assert_num_queries(4):
        assert Matrix(measures, TODAY).directions


def test_spans_are_drawn_to_the_day_and_say_the_same_in_words(matrix):
    svg = rows(matrix, "from_dprk")["Anthracite and other coal; lignite"].drawing
    label = re.search(r'aria-label="([^"]*)"', svg)[1]
    assert label.endswith(": banned with exemptions from 2 March 2016, banned from 5 August 2017")
    drawn = re.findall(r'<rect class="(\w+)" x="([\d.]+)%" y="\d+" width="([\d.]+)%"', svg)
    assert [kind for kind, *_rest in drawn] == ["free", "exempt", "banned"]
    whole = (TODAY - date(2006, 1, 1)).days
    for (_kind, x, width), since, until in zip(
        drawn,
        [date(2006, 1, 1), date(2016, 3, 2), date(2017, 8, 5)],
        [date(2016, 3, 2), date(2017, 8, 5), TODAY],
        strict=True,
    ):
        assert abs(float(x) - 100 * (since - date(2006, 1, 1)).days / whole) < 0.02
        assert abs(float(width) - 100 * (until - since).days / whole) < 0.06
    assert "style=" not in svg


def test_the_page_draws_and_tells_the_same_rows(get):
    page = get("/sanctions/").content.decode()
    labels = re.findall(r'<svg class="time-line" role="img" aria-label="([^"]*)"', page)
    drawn = [label.rpartition(": ")[0] for label in labels]
    table = re.findall(r'<tr><th scope="row">(.*?)</th>', page)
    assert drawn == table
    assert len(drawn) > 30
    assert "What is banned, since when" in text_of(get("/sanctions/"))


def test_a_resolution_shows_the_goods_of_its_measures_under_all_resolutions(get):
    page = get("/sanctions/2321/").content.decode()
    labels = re.findall(r'<svg class="time-line" role="img" aria-label="([^"]*)"', page)
    assert any("banned with exemptions from 2 March 2016, banned from 5 August 2017" in label for label in labels)
    assert not any(label.startswith("Textiles") for label in labels)


@pytest.mark.slow
def test_queries_stay_the_same_with_a_thousand_measures(client, words, db, django_assert_num_queries):
    chapters = list(Measure.objects.first().codes.model._meta.get_field("chapter").related_model.objects.all())
    resolution = Resolution.objects.get(number=2371)
    made = Measure.objects.bulk_create(
        Measure(
            resolution=resolution, direction="from_dprk", category="other", kind="full_ban", goods=f"goods {n}",
            measure="Full ban", effective_from=date(2017, 8, 5) + timedelta(days=n % 300), checked="read",
            codes_text=chapters[n % 96].code, position=200,
        )
        for n in range(1000)
    )  # fmt: skip
    code = Measure.objects.first().codes.model
    code.objects.bulk_create(
        code(measure=one, digits=f"{one.codes_text}{n % 12 + 1:02}", chapter_id=one.codes_text)
        for n, one in enumerate(made)
    )
    for address, count in (("/sanctions/", 10), ("/sanctions/2371/", 16), ("/sanctions/?q=coal", 17)):
        with django_assert_num_queries(count):
            assert client.get(address).status_code == 200
    beside_a_chart = Template('{% load sanctions %}{% measures_for "27" flow="from_dprk" %}')
    with django_assert_num_queries(3):
        assert "goods 26" in beside_a_chart.render(Context())
    with django_assert_num_queries(4):
        assert len(provider.rulebook().rules) > 1000


def test_what_the_rows_say_of_today_is_what_applies_today(matrix):
    rules = Measure.objects.rules()
    for line in matrix.lines:
        for code in line.codes:
            found = standing(rules, code, line.direction, TODAY)
            assert (found.least, found.most) == (line.on(TODAY).least, line.on(TODAY).most)
