"""Directions in titles: both sides are named in many wordings, and either may be the exporter."""

import pytest

from trade.importing.texts import flow_words
from trade.importing.texts.flow_words import EXPORTS, FROM, TO

TITLES = {
    FROM: [
        "朝鲜向中国出口额（按省份）",
        "朝鲜往中国出口额",
        "朝鲜向我国出口额",
        "朝鲜向华出口额",
        "朝鲜→中国出口额",
        "朝鲜至中国出口额",
        "朝向中国出口额",
        "朝方对华出口额",
        "朝方向中国出口",
        "北韓向中國大陸出口",
        "DPRK → China exports",
        "북한→중국 수출 (성별)",
        "朝鲜对外出口商品结构",
        "朝鲜对华出口",
        "各省自朝进口",
        "朝鲜→中国",
        "북한의 수출",
        "북한의 대중국 품목별 수출",
        "북한의 대중국 수출액",
        "DPRK to China",
        "North Korea's exports to China",
        "中国从朝鲜进口",
        "进口自朝鲜",
        "中国进口自朝鲜",
    ],
    TO: [
        "朝鲜由中国进口额",
        "朝鲜自我国进口额",
        "朝鲜方自中国进口",
        "China → DPRK exports",
        "China → DPRK exports by province (US$)",
        "中国对朝出口",
        "输往朝鲜",
        "向朝出口",
        "中国→朝鲜",
        "对北朝鲜出口",
        "對北出口",
        "중국의 대북한 품목별 수출",
        "북한의 대중국 수입액",
        "중국→북한 수출",
        "Exports to NK (US$)",
        "China to DPRK",
        "朝阳市出口",
    ],
    None: [
        "중국의 대북한 수출입",
        "朝中贸易",
        "中国对朝鲜出口额和自朝鲜进口额",
    ],
    EXPORTS: [
        "대중 수출",
        "朝鲜出口",
    ],
}


@pytest.mark.parametrize(("flow", "title"), [(flow, title) for flow, titles in TITLES.items() for title in titles])
def test_the_exporter_is_who_the_title_says(flow, title):
    assert flow_words.flow(title) == flow
