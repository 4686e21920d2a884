"""The drawings: well-formed, inert, and true to the numbers they are made from."""

import math
import re
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from tests.trade import cubes
from tests.trade.cubes import cube, figure, page
from trade import charts
from trade.charts import svg
from trade.charts.svg import axes, pie, primitives
from trade.charts.svg.columns import GAP
from trade.charts.svg.drawing import PHONE, Options

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('1')</script> & \"quotes\" ]]> \x00\x0b\ufffe\ud800 é 中 ﷺ"


@cache
def payloads():
    """Pages of every kind, both flows, a part-year, a province with next to nothing."""
    pages = [charts.home({"china-provinces": cubes.provinces()})]
    for flow in cubes.FLOWS:
        pages += [
            page(cubes.provinces(), "provinces", flow=flow),
            page(cubes.provinces(), "provinces", flow=flow, year=2025, estimates="off"),
            page(cubes.commodities(), "commodities", flow=flow, year=2018),
            page(cubes.commodities(), "commodity", "v", flow=flow),
            page(cubes.commodities(), "commodity", "other", flow=flow),
            page(cubes.world(), "commodities", flow=flow),
            page(cubes.provinces(), "provinces", flow=flow, view="lines"),
            page(cubes.provinces(), "provinces", flow=flow, unit="share"),
            page(cubes.provinces(), "provinces", flow=flow, period="months"),
            page(cubes.commodities(), "commodities", flow=flow, view="lines", unit="share"),
        ]
    return [*pages, page(cubes.provinces(), "province", "cn-hl"), page(cubes.provinces(), "province", "cn-xz")]


def drawings():
    return [one for payload in payloads() for one in payload["figures"]]


def tree(drawing):
    return ElementTree.fromstring(svg.draw(drawing))


def find(root, name, cls=""):
    return [e for e in root.iter(SVG + name) if cls in e.get("class", "").split() or not cls]


@pytest.mark.slow
def test_a_drawing_is_small_well_formed_titled_and_free_of_style_and_script():
    for drawing in drawings():
        written = svg.draw(drawing)
        root = ElementTree.fromstring(written)
        assert len(written.encode()) < 13_000
        assert root.find(f"{SVG}title").text == drawing["title"]
        assert root.find(f"{SVG}desc").text == drawing["description"]
        for element in root.iter():
            assert element.tag.removeprefix(SVG) not in ("script", "style", "foreignObject", "image", "use")
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_every_coordinate_is_a_number_and_every_place_is_inside():
    for element in (element for drawing in drawings() for element in tree(drawing).iter()):
        for name in ("x", "y", "width", "height", "x1", "x2", "y1", "y2", "cx", "cy", "r"):
            value = element.get(name)
            if value is None:
                continue
            number = float(value.removesuffix("%"))
            assert math.isfinite(number) and number >= 0
            assert not value.endswith("%") or number <= 100.01
        assert "nan" not in element.get("d", "").lower() and "inf" not in element.get("d", "").lower()


def test_links_make_a_group_and_no_links_an_image():
    for root in map(tree, drawings()):
        assert root.get("role") == ("group" if find(root, "a") else "img")
        assert all(link.find(f"{SVG}title").text for link in find(root, "a"))


def test_links_open_where_they_are_told():
    for drawing in drawings():
        for target in (None, "_blank"):
            links = find(ElementTree.fromstring(svg.draw(drawing, target=target)), "a")
            assert {link.get("target") for link in links} <= {target}


@pytest.mark.parametrize("number", range(3))
def test_a_picture_of_its_own_has_the_size_that_it_says(number):
    payload = payloads()[number]
    picture = svg.compose(payload, payload["figures"][0])
    root = ElementTree.fromstring(picture.markup)
    assert float(root.get("width")) == picture.width
    assert float(root.get("height")) == pytest.approx(picture.height, abs=0.01)


def columns(drawing):
    """What is drawn for each category of a stacked figure, in pixels: {place in per mille: height}."""
    heights = {}
    for path in find(tree(drawing), "path"):
        for x, _y, height in re.findall(r"M(\d+) ([\d.]+)v-([\d.]+)", path.get("d")):
            heights[int(x)] = heights.get(int(x), 0) + float(height)
    return heights


@pytest.mark.parametrize("flow", cubes.FLOWS)
def test_the_height_of_a_column_is_its_value(flow):
    drawing = figure(page(cubes.provinces(), "provinces", flow=flow, estimates="off"), "by-year")
    heights = [height for _x, height in sorted(columns(drawing).items())]
    values = [total["value"] for total in drawing["totals"]]
    top = primitives.ticks(0, max(values))[-1]
    parts = len(drawing["series"])
    for height, value in zip(heights, values, strict=True):
        # each part may be drawn a gap lower, and its ends are rounded to whole units
        assert -parts <= axes.PLOT * value / top - height <= (1 + GAP) * parts


def test_the_length_of_a_bar_is_its_value():
    drawing = figure(page(cubes.provinces(), "provinces", year=2024), "ranked")
    largest = max(total["value"] for total in drawing["totals"])
    lengths = {}
    for bar in find(tree(drawing), "rect", "bar"):
        y = float(bar.get("y"))
        lengths[y] = lengths.get(y, 0) + float(bar.get("width").rstrip("%"))
    for length, total in zip([lengths[y] for y in sorted(lengths)], drawing["totals"], strict=True):
        assert abs(length - 100 * total["value"] / largest) < 0.31


def test_the_angle_of_a_slice_is_its_share():
    drawing = figure(page(cubes.commodities(), "commodities", year=2016), "pie")
    points = drawing["series"][0]["points"]
    whole = sum(point["value"] for point in points)
    angles = {link.find(f"{SVG}title").text.split(":")[0]: angle(link) for link in find(tree(drawing), "a")}
    for category, point in zip(drawing["categories"], points, strict=True):
        assert abs(angles[category["label"]] - point["value"] / whole) < 0.002


def angle(link):
    """The part of the circle that a wedge covers."""
    d = next(path.get("d") for path in find(link, "path", "slice"))
    numbers_ = [float(n) for n in re.findall(r"-?[\d.]+", d)]
    (cx, cy), start, end = numbers_[0:2], numbers_[2:4], numbers_[-2:]
    turns = [math.atan2(x - cx, cy - y) / (2 * math.pi) % 1 for x, y in (start, end)]
    return (turns[1] - turns[0]) % 1


def gap_figure():
    rows = [{"key": "CN-LN", "flow": "to_dprk", "year": year, "value_usd": v} for year, v in ((2018, 5), (2020, 7))]
    rows.append({"key": "CN-JL", "flow": "to_dprk", "year": 2020, "value_usd": None, "status": "O"})
    return cube(rows)


def test_a_missing_year_is_a_dash_and_no_column():
    drawing = figure(page(gap_figure(), "provinces"), "by-year")
    assert len(columns(drawing)) == 2
    dashes = find(tree(drawing), "text", "missing")
    assert [dash.text for dash in dashes] == ["–"]


@pytest.mark.parametrize(("flow", "ends"), [("to_dprk", (0, 100)), ("both", (-100, 100))])
def test_an_axis_of_shares_ends_at_a_hundred(flow, ends):
    drawing = figure(page(cubes.provinces(), "provinces", flow=flow, unit="share"), "by-year")
    marks = [text.text for text in find(tree(drawing), "text") if re.fullmatch(r"\d+%", text.text or "")]
    assert (marks[0], marks[-1]) == (f"{abs(ends[0])}%", f"{ends[1]}%")


def test_a_missing_value_has_no_bar_and_zero_has_none_either():
    rows = [{"key": "CN-LN", "flow": "to_dprk", "year": 2020, "value_usd": 5},
            {"key": "CN-JL", "flow": "to_dprk", "year": 2020, "value_usd": 0},
            {"key": "CN-GD", "flow": "to_dprk", "year": 2020, "value_usd": None, "status": "O"}]  # fmt: skip
    root = tree(figure(page(cube(rows), "provinces"), "ranked"))
    assert len(find(root, "rect", "bar")) == 1
    assert [t.find(f"{SVG}tspan").text for t in find(root, "text", "value")] == ["US$5 · 100%", "US$0 · 0%"]


def test_a_line_is_broken_where_a_value_is_missing():
    drawing = figure(page(gap_figure(), "provinces", view="lines"), "by-year")
    d = next(path.get("d") for path in find(tree(drawing), "path", "line"))
    assert d.count("M") == 2 and "L" not in d


def test_a_part_year_is_drawn_apart_and_no_line_reaches_it():
    stacked = tree(figure(page(cubes.provinces(), "provinces"), "by-year"))
    assert find(stacked, "path", "partial")
    assert [label.text for label in find(stacked, "text") if label.text.startswith("Jan")] == ["Jan–Sep 2025"]
    lines = tree(figure(page(cubes.provinces(), "provinces", view="lines", flow="both"), "by-year"))
    assert len(find(lines, "circle", "partial")) == 2


def test_an_estimate_is_hatched_in_its_own_colour():
    drawing = figure(page(cubes.provinces(), "provinces"), "by-year")
    root, slot = tree(drawing), drawing["series"][-1]["colour"]
    assert find(root, "g", "estimate")[0].get("fill") == f"url(#by-year-h{slot})"
    assert [pattern.get("id") for pattern in find(root, "pattern")] == [f"by-year-h{slot}"]


@pytest.mark.parametrize("name", ["by-year", "ranked"])
def test_words_that_look_like_markup_stay_words(name):
    drawing = figure(page(cubes.provinces(), "provinces"), name) | {"title": HOSTILE, "description": HOSTILE}
    for thing in [*drawing["categories"], *drawing["series"]]:
        thing |= {"label": HOSTILE, "name": HOSTILE, "url": "/provinces/?a=1&b=\"'><x>"}
    root = tree(drawing)
    assert root.find(f"{SVG}title").text == HOSTILE.translate(dict.fromkeys(map(ord, "\x00\x0b\ufffe\ud800")))
    assert {link.get("href") for link in find(root, "a")} <= {"/provinces/?a=1&b=\"'><x>"}
    assert not find(root, "script")


# Pies: labels outside, apart, inside the drawing.


@examples(200)
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=9), st.data())
def test_the_labels_of_any_pie_stay_apart_and_inside(values, data):
    names = data.draw(
        st.lists(st.text("abcdefgh ", min_size=1, max_size=40), min_size=len(values), max_size=len(values))
    )
    values.sort(reverse=True)
    drawing = pie_of(values, names)
    size = pie.draw(drawing, Options())
    right, left = pie._sides(pie._slices(drawing))
    for side in (right, left):
        pie._spread(side, size.height)
        for upper, lower in zip(side, side[1:], strict=False):
            assert lower.top >= upper.top + upper.height - 1e-6
        assert all(one.top >= -1e-6 and one.top + one.height <= size.height + 1e-6 for one in side)
        assert all(primitives.width(line) <= pie.ROOM for one in side for line in one.lines)


@pytest.mark.parametrize(
    ("name", "lines"),
    [  # tests/js/labels.test.js has the same
        ("Textiles and garments", ["Textiles and", "garments"]),
        ("2709 Crude petroleum, estimate", ["2709 Crude", "petroleum,", "estimate"]),
        ("2710 Refined petroleum", ["2710 Refined", "petroleum"]),
        ("8504 Transformers and converters", ["8504", "Transformers", "and converters"]),
        ("2615 Vanadium, niobium and zirconium ore", ["2615", "Vanadium,", "niobium and", "zirconium ore"]),
        ("Pneumonoultramicroscopic dust", ["Pneumonoultr…", "dust"]),
        ("one two three four five six seven eight", ["one two three", "four five six", "seven eight"]),
    ],
)
def test_a_name_beside_a_pie_is_broken_into_five_lines_at_most(name, lines):
    assert pie.wrapped(name) == lines


@pytest.mark.parametrize("slug", ["27", "62", "72", "85"])
@pytest.mark.parametrize("flow", cubes.FLOWS)
def test_no_label_of_headings_is_cut_or_stands_twice(slug, flow):
    for year in (2004, 2016, 2024):
        figures = page(cubes.commodities(), "commodity", slug, flow=flow, year=year)["figures"]
        for one in [one for one in figures if one["id"] in ("pie", "ranked")]:
            labels = [category["label"] for category in one["categories"]]
            assert len(labels) == len(set(labels)) and "…" not in "".join(labels)
            assert "…" not in "".join(line for label in labels for line in pie.wrapped(label))


@pytest.mark.parametrize("values", [[70, 30], [51, 49], [50, 50], [49, 31, 20], [96, 4], [9, 8, 7, 6, 5], [1]])
def test_a_slice_takes_of_the_circle_its_share_of_the_whole(values):
    markup = pie.draw(pie_of(values, [str(value) for value in values]), Options()).markup
    wedges = re.findall(r'class="slice ground" d="([^"]+)"', markup)
    assert sorted(map(turned, wedges)) == pytest.approx([v / sum(values) for v in sorted(values)], abs=0.001)


def turned(path) -> float:
    """The part of the circle that a path covers, as SVG reads it: the flags of its arc choose one of two ways round."""
    if path.endswith(f"a{pie.RADIUS} {pie.RADIUS} 0 1 1-.01 0z"):
        return 1.0
    number = r"(-?[\d.]+)"
    wedge = rf"M{number} {number}L{number} {number}A{pie.RADIUS} {pie.RADIUS} 0 ([01]) 1 {number} {number}z"
    x, y, x1, y1, large, x2, y2 = map(float, re.fullmatch(wedge, path).groups())
    assert math.dist((x, y), (x1, y1)) == pytest.approx(pie.RADIUS, abs=0.1)
    clockwise = (math.atan2(y2 - y, x2 - x) - math.atan2(y1 - y, x1 - x)) / math.tau % 1
    # Where the flags ask for the other arc, SVG draws it about another centre: another part of another circle.
    return clockwise if large == (clockwise > 0.5) or math.isclose(clockwise, 0.5, abs_tol=0.001) else 1 - clockwise


@pytest.mark.parametrize("slug", ["27", "39", "85"])
def test_on_a_phone_a_name_above_a_bar_leaves_room_for_its_number(slug):
    drawn = figure(page(cubes.commodities(), "commodity", slug, flow="to_dprk", year=2024), "ranked")
    for row_ in tree(drawn).iter(f"{SVG}a"):
        label, value = ("".join(find(row_, "text", name)[0].itertext()) for name in ("label", "value"))
        assert len(label) > 12 and 14 * primitives.width(label) + 13 * primitives.width(value) < PHONE


def pie_of(values, names):
    whole = sum(values)
    points = [{"value": v, "text": str(v), "share": f"{100 * v / whole:.0f}%", "status_text": ""} for v in values]
    categories = [{"key": str(i), "label": n, "url": None, "colour": i % 11} for i, n in enumerate(names)]
    return {"id": "pie", "kind": "pie", "title": "", "description": "", "categories": categories, "totals": points,
            "series": [{"component": "reported", "colour": 0, "points": points}]}  # fmt: skip


# Axes.


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_an_axis_holds_its_values_in_at_most_seven_round_steps(low, high):
    marks = primitives.ticks(-low, high)
    assert marks[0] <= -low and marks[-1] >= high and 0 in marks
    assert 2 <= len(marks) <= 8
    step = marks[1] - marks[0]
    assert str(step).rstrip("0") in ("1", "2", "25", "5") and {
        b - a for a, b in zip(marks, marks[1:], strict=False)
    } == {step}


@pytest.mark.slow
def test_the_names_of_years_never_touch_on_a_phone():
    for count in (1, 2, 6, 8, 9, 28, 61, 119):
        rows = [{"key": "CN-LN", "flow": "to_dprk", "year": 1950 + n, "value_usd": 5} for n in range(count)]
        for chosen in {1950, 1950 + count // 2, 1950 + count - 1}:
            root = tree(figure(page(cube(rows), "provinces", year=chosen), "by-year"))
            years = [t for t in find(root, "text") if t.text.isdigit() and len(t.text) == 4]
            places = sorted(float(year.get("x").rstrip("%")) * 330 / 100 for year in years)
            assert all(b - a >= 32 for a, b in zip(places, places[1:], strict=False))
            assert str(chosen) in {year.text for year in years}


# Pictures to take away.


@pytest.mark.parametrize("number", range(6))
def test_a_picture_of_its_own_holds_title_source_release_and_what_is_invented(number):
    payload = payloads()[number]
    root = ElementTree.fromstring(svg.compose(payload, payload["figures"][0]).markup)
    words = " ".join("".join(text.itertext()) for text in find(root, "text"))
    assert payload["sentence"].split(",")[0].replace(" ", "") in words.replace(" ", "")
    for part in (payload["dataset"]["source"], "release 2 of 21 November 2026", "Demonstration data"):
        assert part.replace(" ", "") in words.replace(" ", "")
    assert not find(root, "a")
    assert root.get("width") == "800" and float(root.get("height")) > 300


def test_the_first_place_is_on_top_and_a_year_without_one_is_a_gap():
    drawing = figure(page(cubes.provinces(), "province", "cn-gd"), "ranks")
    marks = {
        text.text: float(text.get("y").rstrip("%")) for text in find(tree(drawing), "text") if text.get("dy") == "-4"
    }
    assert (marks["1"], marks["15"]) == (0, 100) and marks["5"] < marks["10"]
    drawing["series"][0]["points"][3] = drawing["series"][0]["points"][3] | {"value": None}
    path = next(e.get("d") for e in find(tree(drawing), "path", "line"))
    places = [
        point["value"]
        for point, year in zip(drawing["series"][0]["points"], drawing["categories"], strict=True)
        if not year["partial"]
    ]
    heights = [float(height) for height in re.findall(r"[ML]\d+ ([\d.]+)", path)]
    assert heights == [pytest.approx((place - 1) / 14 * axes.PLOT, abs=0.51) for place in places if place]
    assert path.count("M") == 2
