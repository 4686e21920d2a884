"""Events on the time axis: each where it belongs, numbered in its order, no two markers touching; spans shaded."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from tests.trade import cubes
from tests.trade.cubes import cube, figure, page
from trade import charts
from trade.charts import svg
from trade.charts.figures import event_markers, event_spans
from trade.charts.svg import axes

SVG = "{http://www.w3.org/2000/svg}"


def item(day, label="Resolution 1", **more):
    usual = {"date": day, "label": label, "text": "Full ban: coal", "url": f"/{label}/", "kind": "sanction",
             "checked": True, "flow": "both", "codes": [], "provinces": [], "on_totals": True, "weight": 2,
             "until": "", "when": day, "sources": []}  # fmt: skip
    return usual | more


def marked(payload, *items):
    return charts.mark(payload, items)


def of(payload, name="by-year"):
    return figure(payload, name)["events"]


def test_an_event_stands_in_its_year_with_all_that_happened_in_it():
    payload = marked(
        page(cubes.provinces(), "provinces"), item("2017-12-22", "C"), item("2016-03-02", "A"), item("2017-08-05", "B")
    )
    found = [(e["number"], e["category"], [one["label"] for one in e["items"]]) for e in of(payload)]
    assert found == [(1, "2016", ["A"]), (2, "2017", ["B", "C"])]


def test_the_measures_of_one_resolution_are_one_item_and_one_unchecked_makes_it_so():
    payload = marked(
        page(cubes.provinces(), "provinces"), item("2016-03-02"), item("2016-03-02", text="Cap: oil", checked=False)
    )
    assert of(payload)[0]["items"] == [
        {"date": "2016-03-02", "until": "", "when": "2016-03-02", "label": "Resolution 1", "kind": "sanction",
         "text": "Full ban: coal. Cap: oil.", "url": "/Resolution 1/", "checked": False, "weight": 2, "sources": []}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("flow", "labels"), [("to_dprk", "BC"), ("from_dprk", "AC"), ("both", "ABC"), ("balance", "ABC")]
)
def test_only_what_touches_a_flow_is_marked_on_it(flow, labels):
    items = [item("2016", "A", flow="from_dprk"), item("2016", "B", flow="to_dprk"), item("2016", "C")]
    payload = marked(page(cubes.provinces(), "provinces", flow=flow), *items)
    assert [one["label"] for one in of(payload)[0]["items"]] == list(labels)


@pytest.mark.parametrize(
    ("slug", "labels"), [("27", "AB"), ("2701", "AB"), ("2709", "A"), ("v", "AB"), ("61", ""), ("", "CAB")]
)
def test_only_what_touches_the_goods_is_marked_on_them(slug, labels):
    items = [item("2016", "A", codes=["27"]), item("2016", "B", codes=["2701", "2702"]), item("2015", "C")]
    payload = marked(page(cubes.commodities(), "commodity" if slug else "commodities", slug), *items)
    found = of(payload)
    assert [one["label"] for event in found for one in event["items"]] == list(labels)


def test_a_note_on_a_province_stands_on_its_own_page_and_on_that_of_all():
    note = item("2017", "Note", kind="note", provinces=["cn-gd"], text="Guangdong rose", url=None)
    undated = item("", "Note", kind="note", text="Undated", url=None)
    for name, slug, wanted in (("provinces", "", 1), ("province", "cn-gd", 1), ("province", "cn-ln", 0)):
        payload = marked(page(cubes.provinces(), name, slug), note, undated)
        drawn = [one for one in payload["figures"] if "events" in one]
        assert drawn and all(len(one["events"]) == wanted for one in drawn)
        assert [one["text"] for one in payload["annotations"]] == ["Undated"]


def test_a_note_that_no_chart_marks_stands_below_them():
    note = item("2017", "Note", kind="note", text="Guangdong rose", url=None)
    payload = marked(page(cubes.provinces(), "provinces", period="months"), note)
    assert payload["annotations"] == [{"date": "2017", "text": "Guangdong rose"}]


def test_months_have_events_by_month_and_none_of_a_whole_year():
    payload = page(cubes.provinces(), "provinces", period="months")
    found = of(marked(payload, item("2025-03-09", "A"), item("2025", "B"), item("2024-12-31", "C")))
    assert [(event["category"], [one["label"] for one in event["items"]]) for event in found] == [("2025-03", ["A"])]


@pytest.mark.slow
@examples(150)
@given(st.integers(1, 60), st.lists(st.dates(date(1950, 1, 1), date(2012, 12, 31)), max_size=30))
def test_markers_never_touch_and_every_event_is_marked_or_counted(count, days):
    drawn = figure(page(years(count), "provinces"), "by-year")
    items = [item(day.isoformat(), f"R{place}", weight=1 + place % 3) for place, day in enumerate(days)]
    marks = event_markers.of(drawn, items)
    found = marks["events"]
    keys = [category["key"] for category in drawn["categories"]]
    marked = [one["label"] for event in found for one in event["items"]]
    there = {one["label"] for one in items if one["date"][:4] in keys}
    assert len(set(marked)) == len(marked) and set(marked) <= there
    assert marks["events_left"] == len(there) - len(marked)
    assert len(marked) <= 12 and all(len(event["items"]) <= 3 for event in found)
    assert [event["number"] for event in found] == list(range(1, len(found) + 1))
    assert [event["category"] for event in found] == sorted({event["category"] for event in found})
    circles = [
        (float(circle.get("cx").rstrip("%")) * 330 / 100, float(circle.get("cy")))
        for circle in ElementTree.fromstring(svg.draw(drawn | {"events": found})).iter(f"{SVG}circle")
    ]
    assert len(circles) == len(found)
    for place, (x, y) in enumerate(circles):
        for other_x, other_y in circles[place + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= 17**2


CUBES = {}


def years(count):
    if count not in CUBES:
        rows = [{"key": "CN-LN", "flow": "to_dprk", "year": 1950 + n, "value_usd": 5 + n} for n in range(count)]
        CUBES[count] = cube(rows)
    return CUBES[count]


@pytest.mark.parametrize("view", ["columns", "lines"])
def test_markers_stand_above_the_plot_and_their_stems_end_where_the_drawing_does(view):
    drawn = figure(
        marked(page(cubes.provinces(), "provinces", view=view), item("2016", "A"), item("2017", "B")), "by-year"
    )
    root = ElementTree.fromstring(svg.draw(drawn))
    groups = [e for e in root.iter(f"{SVG}g") if e.get("class") == "event"]
    assert [group.get("data-number") for group in groups] == ["1", "2"]
    assert [event["row"] for event in drawn["events"]] == [0, 1]
    assert root.get("class").endswith(" rows-2")
    assert int(root.get("y")) + int(root.get("height")) + axes.BELOW == axes.TALL
    for group in groups:
        assert -int(root.get("y")) < float(group.find(f"{SVG}circle").get("cy")) - 8
        assert float(group.find(f"{SVG}circle").get("cy")) + 8 < 0
        stem = group.find(f"{SVG}line")
        assert float(stem.get("y1")) < 0 <= float(stem.get("y2").removesuffix("%")) <= 100


def test_what_bears_on_arms_marks_charts_of_goods_and_none_of_provinces():
    arms = item("2016", "Arms", on_totals=False)
    assert of(marked(page(cubes.provinces(), "provinces"), arms)) == []
    assert [one["items"][0]["label"] for one in of(marked(page(cubes.commodities(), "commodities"), arms))] == ["Arms"]


@pytest.mark.parametrize(("slug", "labels"), [("27", "AB"), ("61", "A"), ("", "AB")])
def test_an_event_that_names_no_codes_bears_on_all_goods(slug, labels):
    items = [item("2016", "A", kind="event"), item("2016", "B", kind="event", codes=["2701"])]
    payload = marked(page(cubes.commodities(), "commodity" if slug else "commodities", slug), *items)
    assert [one["label"] for event in of(payload) for one in event["items"]] == list(labels)


@pytest.mark.parametrize(("slug", "labels"), [("cn-ln", "A"), ("cn-jl", "AB"), ("", "AB")])
def test_an_event_of_some_provinces_marks_theirs_and_that_of_all(slug, labels):
    items = [item("2016", "A", kind="event"), item("2016", "B", kind="event", provinces=["cn-jl", "cn-hl"])]
    payload = marked(page(cubes.provinces(), "province" if slug else "provinces", slug), *items)
    drawn = next(one for one in payload["figures"] if "events" in one)
    assert [one["label"] for event in drawn["events"] for one in event["items"]] == list(labels)


def test_a_marker_keeps_the_heaviest_three_and_the_list_counts_the_rest():
    items = [item(f"2017-0{month}-01", str(month), weight=weight) for month, weight in enumerate((1, 2, 3, 1, 2), 1)]
    drawn = figure(marked(page(cubes.provinces(), "provinces"), *items), "by-year")
    assert [one["label"] for one in drawn["events"][0]["items"]] == ["2", "3", "5"]
    assert drawn["events_left"] == 2


def test_a_chart_marks_twelve_events_at_the_most_the_heaviest():
    light = [item(f"{year}-05-01", f"L{year}", weight=1) for year in range(2000, 2012)]
    heavy = [item(f"{year}-06-01", f"H{year}", weight=3) for year in range(2012, 2020)]
    drawn = figure(marked(page(cubes.provinces(), "provinces"), *light, *heavy), "by-year")
    labels = [one["label"] for event in drawn["events"] for one in event["items"]]
    assert labels == [f"L{year}" for year in range(2000, 2004)] + [f"H{year}" for year in range(2012, 2020)]
    assert drawn["events_left"] == 8


BORDER = item("2020-01", "Border closed", kind="event", until="2022-01-16", weight=3)


def test_a_span_is_listed_where_it_begins_and_shaded_from_its_first_day_to_its_last():
    drawn = figure(marked(page(cubes.provinces(), "provinces"), BORDER), "by-year")
    keys = [category["key"] for category in drawn["categories"]]
    assert [(event["number"], event["category"]) for event in drawn["events"]] == [(1, "2020")]
    [span] = drawn["spans"]
    assert (span["number"], span["label"]) == (1, "Border closed")
    assert span["from"] == round(keys.index("2020") / len(keys), 4)
    assert span["to"] == round((keys.index("2022") + 16 / 31 / 12) / len(keys), 4)


@pytest.mark.parametrize(
    ("keys", "date", "until", "ends"),
    [
        (["2020", "2021"], "2020", "2020", (0, 0.5)),
        (["2020", "2021"], "2020-07", "2021-06", (0.25, 0.75)),
        (["2021", "2022"], "2020-01", "2022-01-31", (0, 0.5417)),
        (["2019", "2020"], "2020-01", "2022-01-16", (0.5, 1)),
        (["2020-01", "2020-02"], "2020-01-22", "2020-02", (0.3387, 1)),
        (["2020-11", "2020-12", "2021-01"], "2020-12", "2020", (0.3333, 0.6667)),
    ],
)
def test_a_span_is_cut_to_the_axis_and_placed_to_the_day_where_it_is_known(keys, date, until, ends):
    about = {"date": date, "until": until, "label": "Span", "weight": 1}
    [span] = event_spans.of([{"number": 1, "items": [about]}], keys, 0.06)
    assert (span["from"], span["to"]) == ends


@pytest.mark.parametrize(
    ("date", "until", "place"),
    [("2018", "2020-05", 0), ("2018", "2018-12", None), ("2023", "2024", None), ("2021-03", "2021-04", 2)],
)
def test_a_span_is_listed_in_the_first_period_of_the_axis_that_it_touches(date, until, place):
    assert event_spans.first_place(["2019", "2020", "2021"], date, until) == place
    assert event_spans.first_place(["2020-12", "2021-01"], "2020-11", "2020") == 0


def test_of_spans_that_begin_too_near_to_each_other_the_heavier_is_shaded():
    ends = {"date": "2020-01", "until": "2020-12"}
    near = [ends | {"label": label, "weight": weight} for label, weight in (("a", 1), ("b", 3))]
    spans = event_spans.of([{"number": 1, "items": near}], ["2019", "2020", "2021"], 0.06)
    assert [span["label"] for span in spans] == ["b"]


@pytest.mark.parametrize("view", ["columns", "lines"])
def test_a_span_is_drawn_behind_the_columns_with_its_name_in_the_plot(view):
    drawn = figure(marked(page(cubes.provinces(), "provinces", view=view), BORDER), "by-year")
    root = ElementTree.fromstring(svg.draw(drawn))
    [area] = [group.find(f"{SVG}rect") for group in root.iter(f"{SVG}g") if group.get("class") == "span"]
    [span] = drawn["spans"]
    left, width = (float(area.get(name).rstrip("%")) for name in ("x", "width"))
    assert left == pytest.approx(axes.LEFT + (100 - axes.LEFT) * span["from"], abs=0.01)
    assert left + width == pytest.approx(axes.LEFT + (100 - axes.LEFT) * span["to"], abs=0.02)
    [name] = [text for text in root.iter(f"{SVG}text") if text.get("class") == "span"]
    assert name.text == "Border closed"


def test_a_picture_names_what_its_numbers_stand_for_and_a_card_has_none():
    payload = marked(page(cubes.provinces(), "provinces"), BORDER | {"when": "January 2020 – 16 January 2022"})
    first = payload["figures"][0]
    picture = re.sub(r"<[^>]*>", " ", svg.compose(payload, first).markup)
    assert "1: Border closed (January 2020 – 16 January 2022)." in " ".join(picture.split())
    assert "Border closed" not in svg.card(payload, first)
