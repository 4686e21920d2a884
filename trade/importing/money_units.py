"""Units in titles and headers, in English, Chinese and Korean: scales, US dollars, other currencies.

A scale without a currency ("in thousands") is loose: the editor is asked whether it is of dollars.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from trade.importing.heading_text import plain

DOLLAR = (
    r"(?:us ?\$|u\.s\. ?\$|\$ ?us|usd|(?:us|u\.s\.|united states|american) dollars?|(?<![a-z])dollars?|(?<![a-z])\$"
    r"|美元|美金|미국? ?달러|달러|미불)"
)
SCALES = {  # the longer one first, where one is part of another
    10**8: r"(?:100|hundred) ?(?:million|mn)s?|亿|億|억",
    10**4: r"10[ ,']?000s?|ten thousands?|(?<![百十])[万萬]|(?<!백)만",
    10**9: r"billions?|bn|十亿|十億|10억",
    10**6: r"1[ ,']?000[ ,']?000|(?:1 )?millions?|mns?|mio|mln|百万|百萬|백만",
    10**3: r"1[ ,']?000s?|(?:1 )?thousands?|'?000s?|ths|千|천",
}
LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9}
SCALE = "|".join(SCALES.values())
NOT_A_COUNT = r"(?<![\d.,])(?<!\d )"  # in "3 million US$" nothing is a unit
SCALED = [
    re.compile(rf"{NOT_A_COUNT}(?P<scale>{SCALE}) ?(?:of )?(?:current )?{DOLLAR}"),
    re.compile(rf"{DOLLAR}[ ,:;(/–-]*(?:in )?(?P<scale>{SCALE})(?![\d,]|[a-z])"),
    re.compile(rf"{DOLLAR} ?(?P<scale>[kmb])(?![a-z])"),
    re.compile(rf"(?<![a-z])(?P<scale>[kmb]) ?{DOLLAR.replace('(?<![a-z])', '')}"),
]
LOOSE = re.compile(
    rf"(?:\bin |\bunits?\b ?[:=]? ?|单位 ?[:=]? ?|單位 ?[:=]? ?|단위 ?[:=]? ?|\()(?P<scale>{SCALE})(?![a-z\d])"
)
OTHER_MONEY = re.compile(
    r"人民币|人民幣|(?<![美欧日韩港单公])[元圆](?![月旦素])|欧元|日元|韩元|港元|卢布|위안|유로|[천만억]원|원화|[¥€£₩]"
    r"|\b(?:rmb|cny|yuan|renminbi|eur|euros?|krw|won|jpy|yen|gbp|hkd|rub|roubles?|rubles?|hong kong dollars?)\b"
    r"|(?<![a-z])(?:hk|nt|au|a|ca|c|nz|s) ?\$"
)


@dataclass
class Units:
    """The units that some texts speak of: scales in dollars, scales without a currency, other currencies."""

    dollars: set[int] = field(default_factory=set)  # {1000}; 1 is "US$" and nothing more
    loose: set[int] = field(default_factory=set)
    other: set[str] = field(default_factory=set)

    @property
    def scales(self):
        return (self.dollars | self.loose) - {1}


def units(texts: Iterable[str]) -> Units:
    """Find the units in titles or headers: ["Exports, US$ thousand"] -> dollars {1000}; ["单位：万元"] -> other."""
    named = Units()
    for text in map(plain, texts):
        for pattern in SCALED:
            named.dollars |= {_scale(match["scale"]) for match in pattern.finditer(text)}
            text = pattern.sub(" ", text)  # so that its scale is not loose, nor its dollars without a scale, as well
        named.other |= set(OTHER_MONEY.findall(text))
        named.loose |= {_scale(match["scale"]) for match in LOOSE.finditer(text)}
        if re.search(DOLLAR, text):
            named.dollars.add(1)
    return named


def _scale(words):
    if words in LETTERS:
        return LETTERS[words]
    return next(scale for scale, pattern in SCALES.items() if re.fullmatch(pattern, words) or re.match(pattern, words))


def in_words(unit: int) -> str:
    """Say a unit: 1000 -> "US$ thousand"."""
    names = {1: "US dollars", 10**3: "US$ thousand", 10**4: "US$ 10,000 (万美元)", 10**6: "US$ million"}
    return (names | {10**8: "US$ 100 million (亿美元)", 10**9: "US$ billion"})[unit]
