"""What readers take away by a button: the picture, the link, the code, the citation; and what lights up together."""

import re
import struct
import zlib
from html import unescape

import pytest
from playwright.sync_api import expect

from tests.browser.pages import DESKTOP, PHONE, chart, press_tab_until, remembered
from tests.samples import some

SHARE = "Share, download or cite this view"


@pytest.mark.parametrize("path", ["/provinces/?year=2016", "/commodities/?year=2016"])
def test_the_picture_is_saved_as_a_png_twice_as_large_as_the_drawing_and_full_of_colours(page, path):
    """The drawing, which the picture is made of, has the title, the sentence, the source and the release in words."""
    page.goto(path)
    chart(page)
    title, source = page.locator("h1").inner_text(), page.locator(".provenance dd").nth(1).inner_text()
    page.get_by_text(SHARE).click()
    drawing = page.request.get(page.locator('[data-format="svg"]').get_attribute("href")).text()
    said = " ".join(unescape(re.sub(r"<[^>]+>", " ", drawing)).split())
    assert all(" ".join(words.split()) in said for words in (title, source, "release"))
    with page.expect_download() as saved:
        page.locator('[data-format="png"]').click()
    assert saved.value.suggested_filename.endswith(".png")
    width, height, rows = pixels(saved.value.path().read_bytes())
    size = [float(side) for side in re.match(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"', drawing).groups()]
    assert (width, height) == (2 * size[0], 2 * int(size[1]))
    assert len({rows[at : at + 4] for at in range(0, len(rows), 4 * 97)}) > 20


def pixels(png):
    """Read a PNG: (width, height, its filtered bytes). Raises AssertionError for what is none."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data, size = 8, b"", (0, 0)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0]
        size = struct.unpack(">II", body[:8]) if kind == b"IHDR" else size
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    return *size, zlib.decompress(data)


@pytest.mark.parametrize("name", some(["embed_frozen", "citation", "live", "frozen", "embed", "bibtex"], 2))
def test_a_button_copies_the_field_beside_it_and_says_so(new_page, name):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.clock.install()
    page.goto("/provinces/?year=2016")
    page.get_by_text(SHARE).click()
    button = page.locator(f'[data-copy="{name}"]')
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_contain_text("Copied")
    expect(page.locator('[data-part="said"]')).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(f'[data-share="{name}"]').input_value() != ""
    page.clock.run_for(3000)
    expect(button).to_contain_text("Copy")


def test_where_a_page_may_not_copy_the_field_is_selected(new_page):
    page = new_page()
    page.goto("/provinces/?year=2016")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.get_by_text(SHARE).click()
    page.locator('[data-copy="live"]').click()
    field = page.locator('[data-share="live"]')
    expect(field).to_be_focused()
    assert field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd) === field.value")
    expect(page.locator('[data-part="said"]')).to_contain_text("Selected")


MARKER = """(element, number) => {
    const canvas = element.querySelector("canvas");
    const [chart, box] = [Chart.getChart(canvas), canvas.getBoundingClientRect()];
    const event = element.figure.events.find((one) => one.number === number);
    const place = element.figure.categories.findIndex((one) => one.key === event.category);
    const [x, y] = [chart.scales.x.getPixelForValue(place), 9 + 20 * event.row];
    const sharp = chart.currentDevicePixelRatio;
    const copy = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, -Math.round((x - 6) * sharp), -Math.round(y * sharp));
    return { x: box.x + x, y: box.y + y, filled: copy.getImageData(0, 0, 1, 1).data[0] < 128 };
}"""


def marker(element, number):
    """Where the number of an event stands on the canvas, in pixels of the window, and whether it is filled."""
    return element.evaluate(MARKER, number)


def expect_filled(element, number, filled=True):
    """Wait until the number of an event is filled, or no longer is: a frame or two after what fills it."""
    element.page.wait_for_function(
        f"([element, number, filled]) => ({MARKER})(element, number).filled === filled",
        arg=[element.element_handle(), number, filled],
    )


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_an_event_and_its_number_light_each_other_by_mouse(new_page, viewport):
    page = new_page(viewport=viewport)
    page.goto("/provinces/?year=2016")
    element = chart(page)
    item = element.locator('[data-event="3"]')
    place = marker(element, 3)
    assert not place["filled"]
    page.mouse.move(place["x"], place["y"])
    expect(item).to_have_class("lit")
    expect_filled(element, 3)
    assert not marker(element, 2)["filled"]
    page.mouse.move(place["x"], place["y"] + 60)
    expect(item).not_to_have_class("lit")
    item.hover()
    expect_filled(element, 3)
    page.mouse.move(1, 1)
    expect_filled(element, 3, filled=False)


def test_an_event_and_its_number_light_each_other_by_keys(page):
    page.goto("/provinces/?year=2016")
    element = chart(page)
    remembered(page)  # what the page learns draws it once more
    press_tab_until(page, "element => element.matches('trade-chart .term')")
    for number in (3, 4):  # what stands around a chart is one stop, in which arrows move
        for _ in range(20):
            if page.evaluate("number => document.activeElement.matches(`[data-event='${number}'] a`)", number):
                break
            page.keyboard.press("ArrowDown")
        expect_filled(element, number)
    assert not marker(element, 3)["filled"]
    year = element.evaluate("element => element.figure.events[3].category")
    element.locator(".drawn").focus()
    page.keyboard.press("Home")
    for _ in range(30):
        if f"{year}," in element.locator(".drawn [aria-live]").inner_text():
            break
        page.keyboard.press("ArrowRight")
    expect(element.locator('[data-event="4"]')).to_have_class("lit")
    expect_filled(element, 4)
    page.keyboard.press("Tab")
    expect(element.locator(".lit")).to_have_count(0)
