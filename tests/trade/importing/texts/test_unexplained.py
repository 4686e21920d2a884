"""Titles of which every word is understood, and titles that say more."""

import pytest

from trade.importing.texts.unexplained import words


@pytest.mark.parametrize(
    "title",
    [
        "Table 3. China's exports to the DPRK by province, 2015–2019 (US$ thousand)",
        "Imports from North Korea by HS chapter, Jan-Dec 2024, current US$",
        "表2 2019年各省市对朝鲜出口商品总值（万美元）",
        "对朝鲜进出口贸易统计（按收发货人所在地）",
        "중국의 성별 대북한 수출액 (천 달러)",
        "북한의 대중국 품목별 수출 현황, 2019년",
        "Sheet1",
        "T3",
        "2019年",
    ],
)
def test_a_usual_title_leaves_nothing(title):
    assert words(title) == []


@pytest.mark.parametrize(
    ("title", "more"),
    [
        ("China's exports of coal to the DPRK (US$)", ["coal"]),
        ("Exports to North Korea excluding crude oil", ["excluding", "crude", "oil"]),
        ("China's exports to the DPRK, seasonally adjusted", ["seasonally", "adjusted"]),
        ("Exports of Liaoning to North Korea by HS chapter", ["liaoning"]),
        ("对朝鲜边境小额贸易出口", ["边境小"]),
        ("对朝鲜煤炭出口额", ["煤炭"]),
        ("对朝鲜出口计划目标额", ["计划", "标"]),
        ("대북 수출 목표 (천달러)", ["목표"]),
        ("BRI countries", ["bri"]),
    ],
)
def test_words_that_say_more_are_listed(title, more):
    assert words(title) == more
