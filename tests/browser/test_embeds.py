"""A figure in a frame on another site, as its readers meet it: in any width, without scripts, and with the way back."""

import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.pages import chart, overflow, violations
from tests.samples import some

EMBEDS = ["/embed/provinces/", "/embed/provinces/?figure=map", "/embed/provinces/cn-ln/?release=1",
          "/embed/commodities/", "/embed/commodities/27/?figure=ranked"]  # fmt: skip
FRAME = """<!doctype html><html lang="en"><title>An article</title>
<iframe src="{src}" title="A chart" width="{width}" height="720"></iframe>"""


class Article(BaseHTTPRequestHandler):
    """A page of another site: it puts into a frame what its address names."""

    def do_GET(self):
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.send_response(200 if asked else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if asked:
            self.wfile.write(FRAME.format(src=escape(asked["src"]), width=asked["width"]).encode())

    def log_message(self, *_words):
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere():
    """Another site, that is: another origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Article) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/article"
        server.shutdown()


def article(page, elsewhere, src, width=640):
    """Open a page of the other site that holds the embed in a frame."""
    page.goto(f"{elsewhere}?{urlencode({'src': src, 'width': width})}")
    return page.frame_locator("iframe")


@pytest.mark.parametrize("path", some(EMBEDS, 3))
def test_another_site_shows_the_figure_with_its_source_and_the_way_back(new_page, site, elsewhere, path):
    page = new_page()
    frame = article(page, elsewhere, site.address + path)
    expect(frame.locator("figure")).to_be_visible()
    expect(frame.locator("footer")).to_contain_text("Invented figures.")
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="open this view").click()
    expect(opened.value.locator("nav[aria-label=Main]")).to_be_visible()
    assert page.url.startswith(elsewhere) and not page.context.cookies()


@pytest.mark.parametrize("path", some(EMBEDS, 2))
def test_a_framed_figure_needs_no_script(new_page, site, elsewhere, path):
    frame = article(new_page(java_script_enabled=False), elsewhere, site.address + path, width=320)
    expect(frame.locator("figure").locator("svg, .tiles").first).to_be_visible()
    expect(frame.locator("footer")).to_be_in_viewport()


def test_a_framed_drawing_opens_nothing(new_page, site, elsewhere):
    page = new_page(java_script_enabled=False)
    frame = article(page, elsewhere, f"{site.address}/embed/commodities/?figure=ranked")
    expect(frame.locator("svg.bars")).to_be_visible()
    assert frame.locator("svg a").count() == 0 and frame.locator("a:visible").count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_a_chart_over_time_takes_the_room_that_its_frame_has(new_page, scripts):
    """Title, chart and source are in sight in each frame, and nothing needs to be scrolled where there is room."""
    page, heights = new_page(java_script_enabled=scripts), []
    for width, height in ((300, 400), (600, 400), (800, 600), (800, 900)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/embed/provinces/")
        if scripts:
            chart(page)
        box = page.locator(".plot").bounding_box()
        assert box["width"] > width - 40 and box["y"] + box["height"] <= height
        if height >= 600:
            expect(page.locator("footer")).to_be_in_viewport(ratio=1)
            assert page.evaluate("document.documentElement.scrollHeight") == height
        heights.append(box["height"])
    assert heights[0] == heights[1] < heights[2] < heights[3] - 200


@pytest.mark.parametrize("path", some(EMBEDS, 2))
def test_axe_finds_nothing_in_an_embed_and_it_fits_320_pixels(new_page, path):
    page = new_page(viewport={"width": 320, "height": 720})
    page.goto(path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 320, "height": 300})
    assert overflow(page) <= 0


@pytest.mark.parametrize("path", ["/provinces/", "/data/"])
def test_whole_pages_are_shown_in_no_frame(browser, site, elsewhere, path):
    context = browser.new_context()
    page = context.new_page()
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        frame = article(page, elsewhere, site.address + path)
    expect(frame.locator("main.page")).to_have_count(0)
    context.close()
