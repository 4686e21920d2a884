"""The pages of the sanctions, and the measures beside a chart."""

import re

import pytest
from django.template import Context, Template

from sanctions.models import Measure, Resolution
from tests.words import assert_headings_in_order, text_of

pytestmark = pytest.mark.both_databases


def shown(response):
    """The measures on a page, a line or an article each, in the order of the page."""
    pattern = r'<(?:li class="measure-line"|article class="entry dated") id="measure-(\d+)"'
    return [int(pk) for pk in re.findall(pattern, response.content.decode())]


def of(*measures):
    return [measure.pk for measure in measures]


def test_all_measures_are_listed_in_the_order_of_their_resolutions(get):
    assert shown(get("/sanctions/")) == of(*Measure.objects.order_by("resolution", "position"))


def test_the_page_says_how_much_is_not_yet_checked(get):
    unchecked = sum(measure.checked != "read" for measure in Measure.objects.all())
    assert f"Of the 44 entries, {unchecked} have not yet been fully checked" in text_of(get("/sanctions/"))


def test_every_unchecked_measure_is_marked_and_no_checked_one(get):
    for page, end in (("/sanctions/", "</li>"), ("/sanctions/2397/", "</article>")):
        text = get(page).content.decode()
        for measure in Measure.objects.all() if page == "/sanctions/" else Measure.objects.filter(resolution=2397):
            entry = re.search(rf'id="measure-{measure.pk}".*?{end}', text, re.DOTALL)[0]
            assert ('<span class="asterisk"' in entry) == (measure.checked != "read")
            assert "(R)" not in entry


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
    heads = re.findall(r"<summary>(.*?)</summary>", page.content.decode().partition('class="groups"')[2], re.DOTALL)
    assert "Seafood" in " ".join(heads)
    assert "from the DPRK" in heads[0]
    assert "no goods" in heads[-1]


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("direction=up", "“up” is not a valid choice for “Direction”"),
        ("category=gold", "“gold” is not a valid choice for “Goods”"),
        ("chapter=98", "“98” is not a valid choice for “HS chapter”"),
        ("chapter=<script>", "“<script>” is not a valid choice"),
        ("group=colour", "“colour” is not a valid choice for “Grouped”"),
        ("q=" + "x" * 101, "cannot be searched for; showing all. Type up to 100 characters."),
        ("q=%00", "cannot be searched for"),
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


@pytest.mark.parametrize(
    ("query", "count"),
    [
        # measures, codes, their chapters, account, chapters to choose, the texts of the site; names, pages, sections
        ("", 10),
        ("?direction=to_dprk&category=oil&chapter=27&group=goods", 10),
        ("?q=coal", 17),
        ("?q=2371", 10),
    ],
)
def test_the_list_takes_a_fixed_number_of_queries(client, words, db, django_assert_num_queries, query, count):
    with django_assert_num_queries(count):
        client.get(f"/sanctions/{query}")


def test_a_resolution_shows_its_measures_and_its_neighbours(get):
    page = get("/sanctions/2375/")
    assert shown(page) == of(*Measure.objects.filter(resolution=2375))
    assert 'href="https://undocs.org/S/RES/2375(2017)"' in page.content.decode()
    assert re.findall(r'rel="(prev|next)"[^>]*>([^<]*)', page.content.decode()) == [
        ("prev", "Previous: Resolution 2371 (2017)"),
        ("next", "Next: Resolution 2397 (2017)"),
    ]
    assert "assigned by us; the resolution names none" in text_of(page)


def test_a_resolution_takes_sixteen_queries(client, words, db, django_assert_num_queries):
    with django_assert_num_queries(16):
        client.get("/sanctions/2375/")


@pytest.mark.parametrize("number", ["1", "9999", "99999999999999999999", "0"])
def test_an_unknown_resolution_is_not_found(client, words, db, number):
    assert client.get(f"/sanctions/{number}/").status_code == 404


def test_every_code_leads_to_its_deepest_page_in_the_direction_of_its_measure(get, monkeypatch):
    slugs = frozenset({"v", "03", "27", "2701"})
    monkeypatch.setattr("trade.pages.for_others.goods_pages.slugs", lambda: slugs)
    page = get("/sanctions/2371/").content.decode()
    assert '<a href="/commodities/03/">03</a>' in page
    assert '<a href="/commodities/2701/">2701</a>' in page
    assert '<a href="/commodities/27/">2702</a>' in page  # there is no page of 2702
    assert '<a href="/commodities/27/?flow=to_dprk">2710</a>' in get("/sanctions/2375/").content.decode()


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


# The groups of the list, and the sources


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "?group=goods", "?direction=to_dprk&group=goods", "?category=oil"])
def test_every_group_counts_its_measures_and_is_open_where_the_list_is_narrowed(get, query):
    page = get(f"/sanctions/{query}").content.decode()
    groups = re.findall(r'<details class="group" id="([\w-]+)"( open)?>(.*?)</details>', page, re.DOTALL)
    assert len({anchor for anchor, _open, _body in groups}) == len(groups) > 0
    assert {bool(is_open) for _anchor, is_open, _body in groups} == {query not in ("", "?group=goods")}
    for _anchor, _open, body in groups:
        assert int(re.search(r"(\d+) measures?\b", body)[1]) == body.count('class="measure-line"')
    listed = sum(body.count('class="measure-line"') for *_others, body in groups)
    assert listed == len(shown(get(f"/sanctions/{query}")))


def test_what_is_not_yet_checked_is_written_once_a_page(get):
    """Beside each entry it is a mark, which is spoken."""

    def seen(address):
        page = get(address).content.decode()
        return re.sub(r'<span class="visually-hidden">.*?</span>', "", page).lower().partition("<main")[2]

    assert seen("/sanctions/").count("not yet") == 1
    assert seen("/sanctions/2397/").count("not yet checked") == 1
    assert "not yet checked" not in seen("/sanctions/1695/")


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
