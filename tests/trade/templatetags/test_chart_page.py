"""The parts that every public page shares: its navigation, its controls, its pages of errors."""

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.trade import cubes
from trade.charts import view_state
from trade.templatetags import chart_page, table_rows


def control(count, current):
    choices = [{"value": n, "label": str(1998 + n), "url": f"?year={n}", "current": n == current} for n in range(count)]
    return {"name": "year", "label": "Year", "choices": choices}


def cell(value, status="A", status_text=""):
    return {"text": "–" if value is None else str(value), "value": value, "status": status, "status_text": status_text}


def rendered(text, **context):
    return Template("{% load chart_page %}" + text).render(Context(context))


def test_a_long_control_knows_the_choices_before_and_after():
    steps = chart_page.steps(control(27, current=18))
    assert [steps[name]["label"] for name in ("before", "current", "after")] == ["2015", "2016", "2017"]


@pytest.mark.parametrize(("current", "missing"), [(0, "before"), (26, "after")])
def test_a_long_control_ends_at_its_ends(current, missing):
    assert chart_page.steps(control(27, current))[missing] is None


def test_a_short_control_shows_all_its_choices():
    assert chart_page.steps(control(2, current=0)) is None


def test_a_control_without_a_current_choice_shows_all_of_them():
    assert chart_page.steps(control(27, current=99)) is None


def test_what_is_chosen_often_has_a_button_and_the_rest_is_folded_into_the_last_one():
    names = ("flow", "year", "view", "scale", "show", "highlight")
    groups = chart_page.in_groups([control(2, 0) | {"name": name} for name in names])
    assert [pick["control"]["name"] for pick in groups["picks"]] == ["flow", "view"]
    assert [one["name"] for one in groups["rows"]] == ["scale", "highlight"]
    assert (groups["year"]["name"], groups["members"]["name"]) == ("year", "show")


def test_a_button_names_what_is_chosen_and_the_last_one_what_is_not_as_usual():
    rows = [control(3, at) | {"name": name} for name, at in {"dataset": 1, "scale": 0, "period": 1, "view": 2}.items()]
    groups = chart_page.in_groups(rows)
    labels = [row["choices"][1]["label"] for row in rows]
    assert groups["effects"] == labels[2]
    assert [(pick["shown"], pick["unfolds"]) for pick in groups["picks"]] == [(rows[3]["choices"][2]["label"], False)]


@pytest.mark.parametrize(("checked", "marks"), [([False, False], 2), ([False, True], 1), ([True], 0), ([], 0)])
def test_what_was_not_checked_has_an_asterisk_that_is_explained_once(checked, marks):
    items = [item(kind="sanction", checked=one) for one in checked] + [item(kind="note", checked=True)]
    shown = render_to_string("trade/figure/_events.html", {"figure": {"events": [{"number": 1, "items": items}]}})
    assert shown.count('<span aria-hidden="true">*</span>') == marks
    assert shown.count("Items marked * have not yet been fully checked.") == bool(marks)
    assert (f"Events (of which UN sanctions: {len(checked)})" in shown) == bool(checked)


@pytest.mark.parametrize(
    ("left", "said"), [(0, ""), (1, "One more event is not marked."), (3, "3 more events are not")]
)
def test_the_list_of_events_says_how_many_more_there_are(left, said):
    figure = {"events": [{"number": 1, "items": [item(kind="note", checked=True)]}], "events_left": left}
    shown = render_to_string("trade/figure/_events.html", {"figure": figure})
    assert said in shown
    assert ("not marked" in shown or "are not" in shown) == bool(left)


def test_an_event_names_its_sources_with_a_link_where_one_is_known():
    sources = [{"name": "upi.com 2022/01/18", "url": None}, {"name": "un.org/a", "url": "https://un.org/a"}]
    span = item(kind="event", checked=True, until="2022-01-16", when="January 2020 – 16 January 2022", sources=sources)
    shown = render_to_string("trade/figure/_events.html", {"figure": {"events": [{"number": 1, "items": [span]}]}})
    assert '<span class="during">January 2020 – 16 January 2022</span>' in shown
    link = '<a href="https://un.org/a" rel="noopener noreferrer">un.org/a</a>'
    assert f"Source: upi.com 2022/01/18; {link}" in shown


def item(**more):
    return {
        "date": "2016-03-02",
        "when": "2 March 2016",
        "until": "",
        "sources": [],
        "label": "Resolution 2270",
        "url": "/sanctions/2270/",
        "text": "Full ban: coal.",
    } | more


def test_the_line_of_time_knows_its_ends_and_the_place_on_it():
    steps = chart_page.steps(control(27, current=18))
    assert (steps["first"]["label"], steps["last"]["label"]) == ("1998", "2024")
    assert (steps["place"], steps["last_place"]) == (18, 26)


def test_a_name_in_the_legend_leads_to_the_page_of_what_it_names_and_is_marked_where_it_is_highlighted():
    lift = {"value": "cn-hl", "label": "Heilongjiang", "url": "/provinces/", "current": True}
    payload = {"controls": [{"name": "highlight", "choices": [lift]}]}
    series = {"key": "cn-hl-estimate", "member": "cn-hl", "url": "/provinces/cn-hl/"}
    assert chart_page.legend_link(payload, series) == {"url": "/provinces/cn-hl/", "current": True}
    assert chart_page.legend_link({"controls": []}, series) == {"url": "/provinces/cn-hl/", "current": False}
    assert chart_page.legend_link(payload, {"key": "others", "member": "others", "url": None})["url"] is None


def test_of_a_control_that_takes_several_its_name_is_in_effect():
    several = control(3, 0) | {"name": "highlight", "several": True, "label": "Highlighted"}
    assert chart_page.in_groups([several])["effects"] == "highlighted"


def test_a_form_that_chooses_provinces_keeps_the_rest_of_the_view():
    query = {"year": ["2016"], "show": ["cn-ln,cn-jl"], "highlight": ["cn-ln"]}
    state = view_state.read("provinces", "", query, cubes.provinces())
    assert chart_page.kept_in_form(state) == [("year", "2016")]
    assert state.path == "/provinces/"


def test_a_tile_says_its_value_in_words_and_what_is_missing_is_no_colour():
    categories = [
        {"key": "cn-ln", "label": "Liaoning", "short": "LN", "row": 2, "column": 8, "url": "/provinces/cn-ln/"},
        {"key": "cn-xz", "label": "Tibet", "short": "XZ", "row": 5, "column": 1, "url": None},
    ]
    points = [{"value": 7, "text": "US$7", "share": "50%", "rank": "1st of 31", "status_text": "", "step": 5}]
    points[0] |= {"mark": "e", "brief": "7", "contains": "includes an estimate"}
    points += [
        {"value": None, "text": "–", "share": "", "rank": "", "status_text": "missing: suppressed", "step": None}
    ]
    known, missing = chart_page.tiles({"categories": categories, "series": [{"points": points}]})
    assert (known["code"], known["mark"], known["brief"]) == ("LN", "e", "7")
    assert known["look"] == "step-5 estimate"
    assert known["says"] == "Liaoning: US$7, 50%, 1st of 31, includes an estimate"
    assert (missing["code"], missing["look"], missing["says"]) == ("XZ", "none", "Tibet: missing: suppressed")


def test_the_code_to_embed_a_view_is_whole_and_its_title_cannot_break_out():
    context = {"request": RequestFactory().get("/provinces/")}
    code = chart_page.embed_code(context, "/embed/provinces/?year=2016", 'A "quoted" <b> title', 680)
    assert code.startswith(
        '<iframe src="http://testserver/embed/provinces/?year=2016" title="A &quot;quoted&quot; &lt;b&gt;'
    )
    assert 'style="border:0;width:100%" height="680"' in code and type(code) is str


def test_the_figure_for_a_script_leaves_out_what_the_page_holds_already():
    lists = {"series": [], "categories": [{"key": "25"}, {"key": "26"}], "totals": []}
    drawn = chart_page.drawing({"id": "pie", "current": "25", "table": {"rows": []}, "svg": "<svg/>"} | lists)
    assert drawn["table"] is None and "svg" not in drawn
    assert drawn["current"] == "25" and drawn["categories"] == {"n": 2, "key": ["25", "26"]}


def test_a_page_carries_the_numbers_of_a_chart_unless_they_are_very_many():
    one_flow, both = ({"series": [{"points": [{}] * 28}] * series} for series in (12, 24))
    assert chart_page.is_light(one_flow) and not chart_page.is_light(both)


def test_each_flag_of_a_table_is_explained_once_and_a_normal_value_has_none():
    rows = [{"cells": [cell(1), cell(2, "P", "provisional"), cell(None, "Q", "missing: suppressed")]}]
    rows += [{"cells": [cell(3, "P", "provisional"), cell(None, "", "missing: no figure in this release")]}]
    assert chart_page.flags({"rows": rows}) == [("P", "provisional"), ("Q", "missing: suppressed")]


def rows_of(one, **more):
    """A table of one cell, as its rows are written."""
    row = {"key": "2016", "header": "2016", "url": None, "total": False, "cells": [one]} | more
    return table_rows.table_rows({}, {"columns": [{}, {}], "rows": [row], "rows_are": "years"})


def test_a_missing_cell_is_a_dash_to_the_eye_and_missing_to_the_ear():
    html = rows_of(cell(None, "Q", "missing: suppressed"))
    assert '<span aria-hidden="true">–</span>' in html
    assert '<span class="visually-hidden"> missing: suppressed</span>' in html


def test_nought_is_a_nought():
    assert '<td class="number">0</td>' in rows_of(cell(0))


def test_no_text_of_a_table_is_read_as_html():
    html = rows_of(cell(1) | {"text": "<i>"}, header="<b>", url='/"><script>')
    assert '<td class="number">&lt;i&gt;</td>' in html and "&lt;b&gt;" in html and "<script>" not in html


def test_the_current_part_of_the_site_is_marked():
    context = {"request": RequestFactory().get("/provinces/cn-ln/")}
    marks = {part["url"]: part["current"] for part in chart_page.navigation(context)}
    assert marks["/provinces/"] == "true"
    assert [url for url, mark in marks.items() if mark] == ["/provinces/"]


def test_the_canonical_address_is_the_views_own_and_drops_what_is_not_ours():
    request = RequestFactory().get("/provinces/", {"year": "2016", "utm_source": "x"})
    payload = {"url": "/provinces/?year=2016"}
    address = rendered("{% canonical %}", request=request, payload=payload)
    assert address == "http://testserver/provinces/?year=2016"
    assert rendered("{% canonical %}", request=request) == "http://testserver/provinces/"


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_a_page_of_an_error_needs_no_context(code):
    html = render_to_string(f"{code}.html")
    assert html.count("<h1>") == 1
    assert '<html lang="en"' in html


@pytest.mark.django_db  # asked for the name of the site
@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404"])
def test_a_page_of_an_error_has_no_address_of_its_own(code):
    html = render_to_string(f"{code}.html", {}, RequestFactory().get("/nowhere/"))
    assert 'rel="canonical"' not in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "template", ["home.html", "trade/provinces.html", "trade/commodities.html", "trade/province.html"]
)
def test_a_page_without_a_release_says_so(template):
    html = render_to_string(template, {"payload": None, "figures": []}, RequestFactory().get("/provinces/"))
    assert "released yet" in html or "No data have been released" in html
    assert "<trade-chart" not in html


def test_no_page_holds_inline_script_or_style():
    request = RequestFactory().get("/provinces/")
    figure = {"id": "pie", "kind": "pie", "title": "</script><b>", "notes": [], "table": None}
    figure |= {"series": [], "categories": [], "totals": []}
    html = render_to_string("trade/figure/_figure.html", {"figure": figure, "payload": {"url": "/provinces/"}}, request)
    assert "style=" not in html
    assert html.count("<script") == html.count('<script type="application/json">') == 1
    assert "</script><b>" not in html
