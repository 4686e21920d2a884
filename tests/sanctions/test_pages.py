"""The pages of the sanctions, and the measures beside a chart."""

import re

import pytest
from django.template import Context, Template

from sanctions.models import Measure, Resolution
from tests.words import assert_headings_in_order, text_of

pytestmark = pytest.mark.both_databases


def shown(response):
    """The measures on a page, by the ids of their articles, in the order of the page."""
    return [int(pk) for pk in re.findall(r'<article class="entry dated" id="measure-(\d+)"', response.content.decode())]


def of(*measures):
    return [measure.pk for measure in measures]


def test_all_measures_are_listed_in_the_order_of_their_resolutions(get):
    assert shown(get("/sanctions/")) == of(*Measure.objects.order_by("resolution", "position"))


def test_the_page_says_how_much_is_not_yet_checked(get):
    unchecked = sum(measure.checked != "read" for measure in Measure.objects.all())
    assert f"Of the 44 entries, {unchecked} have not yet been fully checked" in text_of(get("/sanctions/"))


def test_every_unchecked_measure_says_so_and_no_checked_one(get):
    page = get("/sanctions/").content.decode()
    for measure in Measure.objects.all():
        article = re.search(rf'id="measure-{measure.pk}".*?</article>', page, re.DOTALL)[0]
        assert ("Not yet checked" in article) == (measure.checked != "read")
        assert "(R)" not in article


@pytest.mark.parametrize("direction", ["to_dprk", "from_dprk"])
def test_a_direction_leaves_the_measures_on_it_and_those_on_both(get, direction):
    wanted = [m for m in Measure.objects.all() if m.direction in (direction, "both")]
    assert shown(get(f"/sanctions/?direction={direction}")) == of(*wanted)


@pytest.mark.parametrize("category", Measure.Category.values)
def test_a_category_leaves_its_measures(get, category):
    wanted = [m for m in Measure.objects.all() if m.category == category]
    assert shown(get(f"/sanctions/?category={category}")) == of(*wanted)


def test_a_chapter_leaves_the_measures_that_touch_it(get):
    wanted = [m for m in Measure.objects.all() if any(code.digits[:2] == "27" for code in m.codes.all())]
    assert shown(get("/sanctions/?chapter=27")) == of(*wanted)


def test_choices_combine(get):
    wanted = [m for m in Measure.objects.filter(category="oil", direction="to_dprk") if m.kind]
    page = get("/sanctions/?direction=to_dprk&category=oil&chapter=27&group=goods")
    assert sorted(shown(page)) == sorted(of(*wanted))


def test_grouped_by_goods_the_same_measures_stand_under_their_category(get):
    page = get("/sanctions/?group=goods")
    assert sorted(shown(page)) == sorted(of(*Measure.objects.all()))
    headings = re.findall(r"<h2>(.*?)</h2>", page.content.decode().partition("</main>")[0], re.DOTALL)
    assert "Seafood" in " ".join(headings)
    assert "from the DPRK" in headings[0]
    assert "not goods-related" in headings[-1]


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("direction=up", "“up” is not a valid choice for “Direction”"),
        ("category=gold", "“gold” is not a valid choice for “Goods”"),
        ("chapter=98", "“98” is not a valid choice for “HS chapter”"),
        ("chapter=<script>", "“<script>” is not a valid choice"),
        ("group=colour", "“colour” is not a valid choice for “Grouped”"),
        ("category=%00", "is not a valid choice"),
        ("category=" + "x" * 5000, "x…”"),
    ],
)
def test_a_choice_that_is_not_understood_is_said_and_all_is_shown(get, query, notice):
    page = get(f"/sanctions/?{query}")
    assert notice in text_of(page)
    assert len(shown(page)) == 44


@pytest.mark.parametrize("query", ["", "direction=&category=&chapter=&group=", "utm_source=x", "direction=%20"])
def test_absent_and_foreign_parameters_are_no_matter(get, query):
    page = get(f"/sanctions/?{query}")
    assert len(shown(page)) == 44
    assert "is not a valid choice" not in text_of(page)
    assert re.search(r'rel="canonical" href="[^"?]*/sanctions/"', page.content.decode())


def test_the_canonical_address_names_what_was_chosen_only(get):
    page = get("/sanctions/?category=oil&direction=&x=1").content.decode()
    assert re.search(r'rel="canonical" href="[^"]*/sanctions/\?category=oil"', page)


@pytest.mark.parametrize("query", ["", "?direction=to_dprk&category=oil&chapter=27&group=goods"])
def test_the_list_takes_six_queries(client, words, db, django_assert_num_queries, query):
    # account, chapters to choose, measures, their codes, those codes' chapters, the texts of the site
    with django_assert_num_queries(6):
        client.get(f"/sanctions/{query}")


def test_a_resolution_shows_its_measures_and_its_neighbours(get):
    page = get("/sanctions/2375/")
    assert shown(page) == of(*Measure.objects.filter(resolution=2375))
    assert 'href="https://undocs.org/S/RES/2375(2017)"' in page.content.decode()
    assert re.findall(r'rel="(prev|next)"[^>]*>([^<]*)', page.content.decode()) == [
        ("prev", "Previous: Resolution 2371 (2017)"),
        ("next", "Next: Resolution 2397 (2017)"),
    ]
    assert "50–63 (assigned by us; the resolution names none)" in text_of(page)


def test_a_resolution_takes_seven_queries(client, words, db, django_assert_num_queries):
    with django_assert_num_queries(7):
        client.get("/sanctions/2375/")


@pytest.mark.parametrize("number", ["1", "9999", "99999999999999999999", "0"])
def test_an_unknown_resolution_is_not_found(client, words, db, number):
    assert client.get(f"/sanctions/{number}/").status_code == 404


def test_every_measure_leads_to_the_chapters_it_touches(get):
    page = get("/sanctions/2371/").content.decode()
    assert '<a href="/commodities/03/">03 Fish and seafood</a>' in page
    assert '<a href="/commodities/27/?flow=to_dprk">27 Mineral fuels</a>' in get("/sanctions/2375/").content.decode()


@pytest.mark.parametrize("address", ["/sanctions/", "/sanctions/?group=goods", "/sanctions/2397/"])
def test_headings_never_skip_a_level(get, address):
    assert_headings_in_order(get(address))


def test_empty_tables_still_make_pages(client, db):
    Measure.objects.all().delete()
    Resolution.objects.all().delete()
    assert "No measures have been entered yet." in text_of(client.get("/sanctions/"))
    assert b'<form class="controls"' not in client.get("/sanctions/").content  # there is nothing to choose from


# Beside a chart


def rendered(source, **context):
    return Template("{% load sanctions %}" + source).render(Context(context))


def test_goods_are_shown_with_the_sanctions_on_them(words, db, django_assert_num_queries):
    with django_assert_num_queries(3):
        html = rendered('{% measures_for "27" flow="from_dprk" %}')
    assert html.index("Imports from the DPRK: partly banned with exemptions from 2 March 2016") < html.index("<ul")
    assert "/sanctions/2371/#measure-" in html
    assert "crude oil" not in html
    assert "Exports to the DPRK: " in rendered('{% measures_for "27" flow="both" %}')
    assert "crude oil" in rendered('{% measures_for "27" %}')


def test_the_goods_of_a_section_are_asked_for_by_its_chapters(words, db):
    html = rendered("{% measures_for chapters %}", chapters=["25", "26", "27"])
    assert "earth and stone" in html
    assert "coal" in html


def test_goods_without_a_measure_show_nothing(words, db):
    assert rendered('{% measures_for "01" %}').strip() == ""


# The overview and the sources


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "?group=goods", "?direction=to_dprk&group=goods", "?category=oil"])
def test_the_overview_leads_to_every_group_of_the_list_and_counts_its_measures(get, query):
    page = get(f"/sanctions/{query}").content.decode()
    overview = re.search(r'<nav class="overview".*?</nav>', page, re.DOTALL)[0]
    linked = re.findall(r'href="#([\w-]+)"', overview)
    assert linked == re.findall(r'<section class="stack" id="([\w-]+)"', page)
    counted = [int(count) for count in re.findall(r"(\d+) measures?\b", overview)]
    sections = page.split('<section class="stack" id="')[1:]
    assert counted == [section.count('<article class="entry dated"') for section in sections]
    assert sum(counted) == len(shown(get(f"/sanctions/{query}")))


def test_one_group_alone_needs_no_overview(get):
    assert 'class="overview"' not in get("/sanctions/?category=textiles").content.decode()


def test_what_not_yet_checked_means_is_said_once_a_page(get):
    said = "Items marked “not yet checked” are unverified."
    assert text_of(get("/sanctions/")).count("these are marked “not yet checked”") == 1
    assert text_of(get("/sanctions/2397/")).count(said) == 1
    assert said not in text_of(get("/sanctions/1695/"))


def test_a_source_is_a_link_where_its_address_is_known(get):
    page = get("/sanctions/2270/").content.decode()
    assert (
        '<a href="https://voakorea.com/a/3303784.html" rel="noopener noreferrer">voakorea.com/a/3303784.html</a>'
        in page
    )
    assert "jooyee.com id=693" in page
    assert "Read at" not in page


def test_several_paragraphs_are_named_as_several(get):
    assert "paragraphs 3–4" in text_of(get("/sanctions/1695/"))
    assert "paragraph 16" in text_of(get("/sanctions/2375/"))
