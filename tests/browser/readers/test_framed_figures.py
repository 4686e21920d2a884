"""A figure in an article, by the code that its page hands out: nothing in its frame scrolls, script or no script."""

import re
import threading
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser.pages import chart, violations
from tests.samples import some

WIDTHS = (280, 320, 360, 414, 600, 1000, 1600)
FIGURES = ["/provinces/?figure=by-year", "/provinces/?figure=ranked", "/provinces/?figure=map",
           "/provinces/cn-hl/?figure=ranks", "/commodities/?figure=pie", "/commodities/27/?figure=by-year&view=lines",
           "/provinces/?view=lines&show=cn-ln,cn-gd,cn-jl,cn-sd,cn-hl,cn-bj,cn-tj&figure=by-year",
           "/commodities/?view=sanctions&figure=by-sanctions", "/?figure=by-year"]  # fmt: skip
INSIDE = "[document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth]"


class Article(BaseHTTPRequestHandler):
    """A page of another site, as the test has written it."""

    body = b""

    def do_GET(self):
        self.send_response(200 if self.path == "/article" else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.body if self.path == "/article" else b"")

    def log_message(self, *_words):
        """Say nothing."""


@pytest.fixture(scope="module", autouse=True)
def elsewhere():
    """Another site, that is: another origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Article) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Article.address = f"http://127.0.0.1:{server.server_port}/article"
        yield
        server.shutdown()


def article(page, path, *fields):
    """Open an article of another site that holds what a figure's page hands out; return its frame."""
    handed = page.request.get(path).text()
    code = [unescape(re.search(rf'data-share="{name}">([^<]+)<', handed)[1]) for name in fields if name == "embed"]
    code += [unescape(one) for one in re.findall(r'value="(&lt;script[^"]+)"', handed) if "embed_script" in fields]
    style = "<style>body { margin: 0 } p { height: 40px; margin: 0 }</style>"
    body = f"<!doctype html><html lang=en><title>An article</title>{style}<p>Words</p>{''.join(code)}<p>More words</p>"
    Article.body = body.encode()
    page.goto(Article.address)
    page.frame_locator("iframe").locator("footer").wait_for()
    return page.frames[1]


def scrolls(page, frame):
    """The widths at which something in a frame scrolls, and by how much."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        frame.wait_for_function("width => innerWidth === width", arg=width)
        if any(more > 0 for more in frame.evaluate(INSIDE)):
            found[width] = frame.evaluate(INSIDE)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("path", some(FIGURES, 3))
def test_nothing_scrolls_in_a_frame_without_any_script(new_page, path):
    page = new_page(java_script_enabled=False)
    frame = article(page, path, "embed")
    box = page.locator("iframe").bounding_box()
    assert 600 <= box["height"] <= 800 and box["x"] == 0 and box["width"] == page.viewport_size["width"]
    assert page.locator("iframe").evaluate("frame => getComputedStyle(frame).borderTopWidth") == "0px"
    assert scrolls(page, frame) == {}
    foot, folds = (frame.locator(part).bounding_box() for part in ("footer", ".folds"))
    assert folds["y"] + folds["height"] <= foot["y"] + 1


@pytest.mark.slow
@pytest.mark.parametrize("path", some(FIGURES, 3))
def test_a_frame_has_the_height_that_its_figure_asks_for(new_page, path):
    page = new_page()
    frame = article(page, path, "embed", "embed_script")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        frame.wait_for_function(
            "width => innerWidth <= width && document.documentElement.scrollHeight <= innerHeight", arg=width
        )
    page.wait_for_timeout(200)  # until the last height has arrived
    height = page.locator("iframe").bounding_box()["height"]
    frame.locator("summary").first.click()
    page.wait_for_function("least => document.querySelector('iframe').offsetHeight > least", arg=height + 10)
    frame.wait_for_function("() => document.documentElement.scrollHeight <= innerHeight")
    frame.locator("summary").first.click()
    page.wait_for_function("height => document.querySelector('iframe').offsetHeight === height", arg=round(height))


@pytest.mark.slow
def test_a_page_of_another_site_cannot_set_the_height_of_our_frame(new_page):
    page = new_page()
    article(page, FIGURES[0], "embed", "embed_script")
    page.wait_for_function("() => document.querySelector('iframe').style.height !== ''")
    before = page.locator("iframe").bounding_box()["height"]
    page.evaluate("postMessage({ yalu: 4000 }, '*')")
    page.frames[1].evaluate("parent.postMessage({ yalu: 1e9 }, '*')")
    page.frames[1].evaluate("parent.postMessage({ yalu: 'x' }, '*')")
    page.wait_for_timeout(50)
    assert page.locator("iframe").bounding_box()["height"] == before


@pytest.mark.slow
def test_a_name_in_a_framed_legend_lights_its_series_and_opens_nothing(new_page):
    page = new_page()
    frame = article(page, FIGURES[0], "embed")
    name = frame.locator(".legend [data-member]").first
    name.scroll_into_view_if_needed()
    frame.locator("canvas").wait_for()
    name.click()
    assert len(page.context.pages) == 1 and frame.locator(".legend a").count() == 0
    lit = frame.locator("trade-chart").evaluate(
        "one => Chart.getChart(one.querySelector('canvas')).data.datasets.length"
    )
    assert lit > 1
    assert frame.locator("a:visible").all_inner_texts() == [frame.locator("footer a").inner_text()]


@pytest.mark.slow
@pytest.mark.parametrize("width", some([360, 1280], 1))
def test_what_can_be_taken_of_a_figure_opens_in_place_and_agrees_with_the_view(new_page, width):
    page = new_page(viewport={"width": width, "height": 800}, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/provinces/?year=2016")
    chart(page)
    link = page.locator("a.take").nth(1)
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_role("heading", name="Download or embed this figure")).to_be_visible()
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    assert dialog.locator('[data-share="live"]').input_value().endswith("/provinces/?year=2016&figure=ranked")
    assert dialog.evaluate("one => one.scrollWidth - one.clientWidth") <= 0 and violations(page) == []
    dialog.locator('[data-copy="embed"]').click()
    assert page.evaluate("navigator.clipboard.readText()") == dialog.locator('[data-share="embed"]').input_value()
    dialog.locator("[data-picture]").click()
    expect(dialog.locator("[data-picture]")).to_have_text("Copied")
    expect(dialog.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.read().then(([one]) => one.types.join())") == "image/png"
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    assert page.locator("dialog").count() == 0 and page.url.endswith("/provinces/?year=2016")


@pytest.mark.slow
def test_the_page_of_a_figure_holds_the_same_without_a_script(new_page):
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto("/provinces/?year=2016")
    page.locator("a.take").nth(2).click()
    expect(page.get_by_role("heading", name="Download or embed this figure")).to_be_visible()
    assert page.locator("[data-picture]").is_hidden() and violations_free(page)
    page.get_by_role("link", name="Back to the whole view").click()
    assert page.url.endswith("/provinces/?year=2016")


def violations_free(page):
    """Whether nothing is wider than the page."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.slow
def test_a_finger_hits_every_target_of_a_frame(new_page):
    page = new_page(viewport={"width": 390, "height": 720})
    for query in ("view=lines", "period=months", "period=months&view=seasons", "release=1"):
        page.goto(f"/embed/provinces/?{query}")
        chart(page)
        assert violations(page) + violations(page, rules=["target-size"]) == [], query
