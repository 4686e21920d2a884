"""The map of provinces, by keys, in forced colours and on paper; the page of gaps, as anybody may meet it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import DESKTOP, faults, overflow, settled

NARROW = {"width": 360, "height": 740}
LOOKS = [
    (DESKTOP, {"color_scheme": "light", "forced_colors": "none"}, None),
    (NARROW, {"color_scheme": "dark", "forced_colors": "none"}, None),
    (NARROW, {"color_scheme": "light", "forced_colors": "active"}, None),
]
TILES = ".tiles [data-key]"


def stops(page) -> list:
    return page.locator(TILES).evaluate_all(
        "all => all.filter((one) => one.tabIndex === 0).map((one) => one.dataset.key)"
    )


def focused(page) -> str:
    return page.evaluate("document.activeElement.dataset.key")


def test_the_map_is_one_stop_that_arrows_walk_by_place_and_another_year_keeps(page):
    page.goto("/provinces/")
    settled(page)
    assert len(stops(page)) == 1
    page.locator(f"{TILES}[data-key=cn-bj]").focus()
    for key, reached in [("ArrowRight", "cn-ln"), ("ArrowDown", "cn-sh"), ("ArrowLeft", "cn-js"), ("Home", "cn-sc")]:
        page.keyboard.press(key)
        assert focused(page) == reached
    assert stops(page) == ["cn-sc"]
    expect(page.locator(f"{TILES}[data-key=cn-sc] .says")).to_have_text(re.compile(r"^Sichuan: US\$.+%.+ of 31"))
    page.locator('a[rel="prev"]').first.evaluate("link => link.click()")
    page.wait_for_url("**year=2023")
    settled(page)
    assert stops(page) == ["cn-sc"]
    page.locator(f"{TILES}[data-key=cn-sc]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/provinces/cn-sc/**")


def test_without_a_script_every_tile_is_a_stop_and_a_link_leads_past_them(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/provinces/")
    assert page.locator(f"{TILES}[tabindex]").count() == 0
    skip = page.get_by_role("link", name="Skip the map")
    skip.focus()
    skip.press("Enter")
    assert page.url.endswith("#past-map")


@pytest.mark.parametrize("how", [{"media": "print"}, {"forced_colors": "active"}], ids=["print", "forced colours"])
def test_without_backgrounds_frames_tell_the_size_and_the_values_are_read(page, how):
    page.goto("/provinces/?year=2016")
    page.emulate_media(**how)
    frames = dict(
        page.locator(TILES).evaluate_all(
            """all => all.map((one) => {
                const step = one.className.match(/step-\\d|none/)[0];
                return [step, parseFloat(getComputedStyle(one).borderTopWidth)];
            })"""
        )
    )
    widths = [frames[step] for step in sorted(frames) if step not in ("none", "step-0")]
    assert len(widths) > 4 and widths == sorted(set(widths))
    every = page.locator(TILES).first.evaluate(
        """one => [1, 2, 3, 4, 5, 6, 7].map((step) => {
            const worn = one.className;
            one.className = `step-${step}`;
            const width = parseFloat(getComputedStyle(one).borderTopWidth);
            one.className = worn;
            return width;
        })"""
    )
    assert every == sorted(set(every)) and every[0] > 0  # whichever of the steps a year has
    assert page.locator(f"{TILES}[data-key=cn-ln] i").inner_text() == "1.67\u00a0bn"
    assert page.locator(TILES).first.evaluate("one => getComputedStyle(one).backgroundColor").endswith(", 0)")


@pytest.mark.parametrize(
    ("address", "looks"),
    [("/data/china-provinces/gaps/?flow=from_dprk", LOOKS[:1]), ("/data/china-commodities/gaps/?within=27", LOOKS)],
)
def test_the_page_of_gaps_has_no_fault_and_scrolls_inside_its_table_alone(page, address, looks):
    page.goto(address)
    assert faults(page, looks) == {}
    page.set_viewport_size(NARROW)
    assert overflow(page) == 0
