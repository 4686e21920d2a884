"""Units in titles and lines: scales in dollars, other currencies, and what is given as a unit and is not known."""

import pytest

from trade.importing.texts.money_units import units


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("单位：万 美 元", 10**4),
        ("단위: 100만 달러", 10**6),
        ("천불", 10**3),
        ("백만불", 10**6),
        ("USD thsd.", 10**3),
        ("万美元（按1美元=6.9元人民币折算）", 10**4),
        ("单位：美元 制表：统计局", 1),
        ("Unit: US$ million, current prices", 10**6),
        ("Unit: US dollars. Reported values only.", 1),
        ("Value (US$1,000)", 10**3),
        ("Value (US$ 1,000,000)", 10**6),
    ],
)
def test_one_scale_in_dollars_is_read(text, scale):
    found = units([text])
    assert (found.dollars, found.loose, found.other, found.unclear) == ({scale}, set(), set(), set())


@pytest.mark.parametrize(
    "text",
    [
        "Unit: Swiss francs",
        "Units: TEU",
        "Unit: percent",
        "单位：家",
        "单位：千克",
        "计量单位：千克",
        "(단위: 톤)",
        "십만 달러",
        "单位：万美元、吨",
    ],
)
def test_what_is_given_as_a_unit_and_is_not_known_is_unclear(text):
    assert units([text]).unclear


@pytest.mark.parametrize("text", ["1,388,000", "12,000", "2019,000"])
def test_a_number_is_no_unit(text):
    assert not units([text])
