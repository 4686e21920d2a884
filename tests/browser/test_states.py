"""Every state of the chart pages for everyone: axe, zoom, narrow windows, forced colours, print, shifts."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    DARK,
    DESKTOP,
    LIGHT,
    PHONE,
    PLACES,
    chart,
    draw_charts,
    faults,
    moved,
    overflow,
    settled,
    shown,
    unfold,
    unfolded,
    violations,
)
from tests.samples import some

# Views whose marks, lists or notes no other view has; PUBLIC in pages.py holds the plain pages.
VIEWS = [
    "/provinces/?flow=both&year=2016",
    "/provinces/?flow=balance&view=lines&show=cn-ln,cn-jl",
    "/provinces/?view=lines&scale=log&highlight=cn-gd",
    "/provinces/?period=months&year=2025&unit=share",
    "/provinces/?year=abc&flow=sideways",
    "/provinces/?release=1",
    "/provinces/cn-gd/?view=lines",
    "/commodities/?flow=both&unit=share",
    "/commodities/27/?flow=balance",
    "/commodities/?view=sanctions&year=2016",
    "/commodities/27/?flow=both&view=sanctions&rules=today",
    "/embed/commodities/?view=sanctions&year=2019",
    "/embed/provinces/?flow=both",
    "/embed/commodities/?year=2016",
    "/provinces/?view=lines&unit=index&from=2010&show=cn-ln,cn-gd,cn-jl",
    "/provinces/?period=months&view=seasons",
    "/commodities/27/?view=lines&unit=unit-value",
    "/provinces/?view=lines&show=cn-ln,cn-gd,cn-jl,cn-sd,cn-zj,cn-bj",
    "/provinces/?period=ytd&flow=both",
    "/provinces/?unit=change&from=2010&to=2020",
    "/provinces/?flow=balance&period=months",
    "/provinces/cn-hl/?unit=share&view=lines",
    "/provinces/cn-xz/",
    "/commodities/2701/?unit=quantity",
    "/commodities/?view=sanctions&rules=today&from=2014",
    "/commodities/other/",
    "/totals/?from=2000&to=2015&view=lines",
    "/provinces/?figure=map",
    "/provinces/?from=2030&to=abc&month=2024-01&unit=index&base=1066&period=ytd",
    "/api/",
]
VIEWS = VIEWS[::4] + [view for at, view in enumerate(VIEWS) if at % 4]  # some of every kind come first


@pytest.mark.parametrize("path", some(VIEWS, 8))
def test_axe_finds_nothing_in_any_view_unfolded_in_light_and_dark_and_nothing_scrolls_sideways(page, path):
    page.goto(path)
    draw_charts(page)
    assert moved(page) <= 0.02
    unfold(page)
    assert faults(page, [(DESKTOP, LIGHT, None), (PHONE, DARK, PLACES)]) == {}
    page.set_viewport_size({"width": 320, "height": 640})  # also what 1280 px come to at a zoom of 400 %
    assert overflow(page) <= 0


@pytest.mark.parametrize("path", ["/provinces/?flow=both", "/commodities/"])
def test_at_twice_the_size_of_type_nothing_is_cut_off_or_scrolls_sideways(new_page, path):
    page = new_page(viewport={"width": 640, "height": 450}, device_scale_factor=2)  # 1280 px at a zoom of 200 %
    unfolded(page, path)
    assert overflow(page) <= 0
    assert violations(page) == []


@pytest.mark.parametrize("path", some(["/provinces/?flow=both&year=2016", "/provinces/cn-ln/", "/commodities/"], 2))
def test_a_chart_stands_where_it_stays_before_what_follows_it_has_come(new_page, path):
    """A page is painted while it arrives, and what was painted must not move."""
    page = new_page(viewport=DESKTOP, java_script_enabled=False)
    plot = page.locator("trade-chart .plot").first
    page.goto(path)
    whole, text = plot.bounding_box(), page.content()
    begun = text[: text.index("</svg>", text.index('class="plot"')) + len("</svg>")]
    page.route(
        "**/*",
        lambda route: (
            route.fulfill(body=begun, content_type="text/html") if path in route.request.url else route.continue_()
        ),
    )
    page.goto(path)
    assert plot.bounding_box() == whole


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", ["/provinces/", "/commodities/"])
def test_the_finding_its_sentence_and_the_first_chart_are_in_the_first_screen(new_page, path, viewport, scripts):
    """They follow each other so for who listens, too; on a phone choices take two rows, and most of a chart is seen."""
    page = new_page(viewport=viewport, java_script_enabled=scripts)
    page.goto(path)
    parts = [page.locator(one) for one in ("h1", '[data-part="sentence"]', "nav.controls", "trade-chart .plot")]
    boxes = [part.first.bounding_box() for part in parts]
    plot = boxes.pop()
    assert all(box["y"] >= 0 and box["y"] + box["height"] <= viewport["height"] for box in boxes)
    assert plot["y"] + plot["height"] * (0.85 if viewport == PHONE else 1) <= viewport["height"]
    order = ["h1", "[data-part=sentence]", "nav.controls", "trade-chart"]
    assert (
        page.locator(", ".join(order)).evaluate_all(
            "(all, order) => all.slice(0, 4).map((one, at) => one.matches(order[at]))", order
        )
        == [True] * 4
    )
    if viewport == PHONE:
        assert boxes[2]["height"] < 90


@pytest.mark.parametrize(
    "path",
    ["/", "/provinces/?flow=both", "/commodities/", "/sanctions/", "/data/china-provinces/1/", "/embed/provinces/"],
)
def test_forced_colours_at_320_pixels_neither_scroll_sideways_nor_hide_a_word(new_page, path):
    page = new_page(forced_colors="active", viewport={"width": 320, "height": 640})
    unfolded(page, path)
    assert overflow(page) <= 0
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/provinces/?year=2016", "/commodities/"])
def test_forced_colours_keep_the_marks_apart(new_page, path):
    page = new_page(forced_colors="active")
    page.goto(path)
    element = chart(page)
    fills = element.locator("canvas").evaluate(
        "canvas => [...new Set(Chart.getChart(canvas).data.datasets.flatMap(one => one.backgroundColor).map(String))]"
    )
    assert len(fills) > 3
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.emulate_media(forced_colors="none")


def test_less_motion_is_respected(new_page):
    page = new_page(reduced_motion="reduce")
    page.goto("/provinces/")
    chart(page)
    moving = page.evaluate("document.getAnimations().filter(one => one.effect.getTiming().duration > 20).length")
    assert moving == 0
    assert page.locator("canvas").first.evaluate("canvas => !Chart.getChart(canvas).options.animation")


@pytest.mark.parametrize("path", some(["/provinces/?flow=both&year=2016", "/commodities/v/", "/provinces/cn-hl/"], 1))
def test_paper_has_the_drawing_and_the_open_table_and_no_canvas_or_control(page, path):
    page.goto(path)
    draw_charts(page)
    page.emulate_media(media="print", color_scheme="dark")
    for element in page.locator("trade-chart").all():
        expect(element.locator("canvas")).to_be_hidden()
        expect(element.locator(".plot > svg")).to_be_visible()
    for table in page.locator("details.table").all():
        expect(table.locator("tbody tr").first).to_be_visible()
    for left_out in (".controls", ".share"):
        expect(page.locator(left_out)).to_be_hidden()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")  # dark is for screens
    expect(page.locator(".provenance")).to_contain_text("release", ignore_case=True)


def test_what_is_shared_is_this_view_live_and_frozen(page):
    page.goto("/provinces/?year=2015")
    chart(page)
    page.locator(".years a[rel=next]").click()
    page.wait_for_url("**year=2016")
    settled(page)
    page.get_by_text("Share, download or cite this view").click()
    share = page.request.get("/provinces.json?year=2016").json()["share"]
    for name, part in (
        ("live", "live_url"),
        ("frozen", "frozen_url"),
        ("embed", "embed_url"),
        ("citation", "citation"),
    ):
        wanted = share[part].replace("&", "&amp;") if name == "embed" else share[part]
        assert wanted in page.locator(f'[data-share="{name}"]').input_value()
    assert violations(page, ".provenance") == []
    for link in page.locator(".provenance [data-format]").all():
        answer = page.request.get(link.get_attribute("href"))
        assert answer.status == 200, link.get_attribute("href")


def test_the_numbers_of_events_stand_in_the_chart_and_beside_it_and_light_each_other_up(page):
    page.goto("/provinces/?year=2016")
    element = chart(page)
    marks = element.evaluate("element => element.figure.events")
    events = next(one for one in shown(page)["figures"] if one["id"] == "by-year")["events"]
    assert marks == [{name: event[name] for name in ("number", "category", "row")} for event in events]
    listed = element.locator(".events li[data-event]")
    assert [event["number"] for event in events] == list(range(1, len(events) + 1))
    expect(listed).to_have_count(len(events))
    for event, item in zip(events, listed.all(), strict=True):
        for one in event["items"]:
            expect(item).to_contain_text(one["label"])
    answers = {page.request.get(one["url"]).status for event in events for one in event["items"] if one["url"]}
    assert answers == {200}


SHADE = """element => {
    const [canvas, [span]] = [element.querySelector("canvas"), element.figure.spans];
    const chart = Chart.getChart(canvas);
    const { left, width, top } = chart.chartArea;
    const sharp = chart.currentDevicePixelRatio;
    const copy = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const at = (part) => {
        copy.clearRect(0, 0, 1, 1);
        copy.drawImage(canvas, -Math.round((left + part * width) * sharp), -Math.round((top + 120) * sharp));
        return copy.getImageData(0, 0, 1, 1).data[3] > 0;
    };
    const [step, middle] = [1 / element.figure.categories.length, (span.from + span.to) / 2];
    return { label: span.label, within: at(middle), after: at(span.to + 0.2 * step) };
}"""


@pytest.mark.parametrize("path", ["/provinces/?flow=from_dprk", "/provinces/?flow=from_dprk&view=lines"])
def test_the_closed_border_is_shaded_on_the_canvas_as_in_the_drawing(page, path):
    page.goto(path)
    element = chart(page)
    assert element.evaluate(SHADE) == {"label": "Border closed", "within": True, "after": False}
    assert element.locator(".plot > svg .span rect").count() == 1
