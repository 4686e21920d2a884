"""The lists of choices above a chart, each opened on a narrow window: axe finds nothing."""

import pytest

from tests.browser.pages import LIGHT, NARROW, draw_charts, faults
from tests.samples import some

VIEWS = ["/provinces/?period=months&view=seasons", "/commodities/27/?view=lines&unit=unit-value"]
VIEWS += [
    "/provinces/?view=lines&show=cn-ln,cn-gd,cn-jl,cn-sd,cn-zj,cn-bj",
    "/provinces/?unit=change&from=2010&to=2020",
]


@pytest.mark.parametrize("path", some(VIEWS, 1))
def test_the_list_of_names_and_the_last_button_stand_open_without_a_fault(page, path):
    page.set_viewport_size(NARROW)
    page.goto(path)
    draw_charts(page)
    for summary in page.locator(".controls > details > summary:visible").all():
        summary.click()
        assert faults(page, [(NARROW, LIGHT, None)]) == {}
        page.keyboard.press("Escape")
