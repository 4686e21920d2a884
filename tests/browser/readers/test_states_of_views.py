"""axe in each state of a view: every kind of chart, unit and time, with all that folds unfolded; no sideways scroll."""

import pytest

from tests.browser.pages import COLOURS, DARK, DESKTOP, LIGHT, NARROW, draw_charts, faults, overflow, unfold
from tests.samples import some

VIEWS = [
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
]


@pytest.mark.parametrize("path", some(VIEWS, 4))
def test_axe_finds_nothing_in_any_state_wide_or_narrow_light_or_dark(page, path):
    page.goto(path)
    draw_charts(page)
    unfold(page)
    assert faults(page, [(DESKTOP, LIGHT, None), (NARROW, DARK, COLOURS)]) == {}
    assert overflow(page) <= 0


@pytest.mark.parametrize("path", some(VIEWS[1:], 1))
def test_the_list_of_names_and_the_last_button_stand_open_without_a_fault(page, path):
    page.set_viewport_size(NARROW)
    page.goto(path)
    draw_charts(page)
    for summary in page.locator(".controls > details > summary:visible").all():
        summary.click()
        assert faults(page, [(NARROW, LIGHT, None)]) == {}
        page.keyboard.press("Escape")
