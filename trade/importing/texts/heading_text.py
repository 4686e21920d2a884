"""The form in which titles, headers and labels are compared."""

import re

from trade.importing import cell_values

LONGEST = 300  # characters of a title that are read
# Chinese as it is written in Taiwan and Hong Kong, where titles need it.
SIMPLE = str.maketrans(
    "進對対鮮貿額總從與數單國華韓灣廣東內蘇億萬幣圓實計價長產業區縣報關",
    "进对对鲜贸额总从与数单国华韩湾广东内苏亿万币圆实计价长产业区县报关",
) | {ord("臺"): "台", ord("羅"): "罗"}
BETWEEN_SIGNS = re.compile(r"(?<=[\u3400-\u9fff\uac00-\ud7a3])\s+(?=[\u3400-\u9fff\uac00-\ud7a3])")


def closed_up(label) -> str:
    """Write a Chinese or Korean label without the spaces inside that only fill its cell: "合　计" -> "合计"."""
    return BETWEEN_SIGNS.sub("", " ".join(cell_values.text(label).split()))


def plain(heading) -> str:
    """Bring a heading to the form it is compared in: "Reported_USD " -> "reported usd"; "進口額" -> "进口额"."""
    return re.sub(r"[\s_]+", " ", cell_values.text(heading)[:LONGEST].casefold().translate(SIMPLE)).strip()
