"""Units in titles and headers, in English, Chinese and Korean: scales, US dollars, other currencies.

A scale without a currency ("in thousands") is loose: the editor is asked whether it is of dollars.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from trade.importing.texts.heading_text import plain

DOLLAR = (
    r"(?:us ?\$|u\.s\. ?\$|\$ ?us|usd|(?:us|u\.s\.|united states|american) dollars?|(?<![a-z])dollars?|(?<![a-z])\$"
    r"|долл(?:\.|аров)?(?: сша)?|d[oó]lares?|美元|美金|미국? ?달러|달러|미불|(?<=[천만억])불)"
)
SCALES = {  # the longer one first, where one is part of another
    10**8: r"(?:100|hundred) ?(?:millions?|mns?|mlns?|m)|10\^8|1e8|亿|억",
    10**4: r"x? ?10[ ,'.]?000s?|(?:10|ten) ?(?:thousands?|thou\.?|k)|10\^4|1e4|1 ?万|(?<![百十\d])万|(?<![백십\d])만",
    10**9: r"billions?|blns?\.?|bns?\.?|milliards?|mrd\.?|10\^9|1e9|十亿|10억",
    10**6: r"x? ?1[ ,'.]?000[ ,'.]?000|(?:1 )?millions?|millionen|mns?\.?|mio\.?|mlns?\.?|mills?\.?|mils?\.?|mm|млн\.?"
    r"|10\^6|1e6|百万|백만|100 ?[万만]",
    10**3: r"x? ?1[ ,'.]?000s?|(?:1 )?thousands?|'?000s?|thous?\.?|thsd\.?|ths?\.?|tsd\.?|tausend|milliers?|mille"
    r"|miles|тыс\.?|10\^3|1e3|千|천",
}
RAISED = {ord(digit): f"^{number}" for digit, number in zip("³⁴⁶⁸⁹", "34689", strict=True)}  # "10³ US$"
CHINESE_NUMBER = re.compile(rf"[十百千万亿십백천만억]+ ?(?:{DOLLAR})")
# "按1美元=6.9元人民币折算": at what rate values were converted; they are in dollars.
EXCHANGE_RATE = re.compile(
    rf"[按以]? ?1 ?(?:{DOLLAR}) ?(?:[=＝:：]|兑|合|折合|等于|equals) ?[\d.,]+ ?(?:元|人民币|rmb|cny|yuan|위안|원)*"
    r"(?:折算|计算|换算)?"
)
IN_SIGNS = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")  # "万 美 元"
# "Unit: X" says a unit, whatever X is, down to the next label.
GIVEN = re.compile(r"(?:\bunits?|单位|단위) ?[:=：] ?(?P<unit>(?:(?! \S{1,9} ?[:：]|\. )[^()（）\[\];；。])+)")
MOST_WORDS = 3  # of a phrase that is a unit and no sentence
# What may stand beside a currency and says no scale; and what tells that a phrase is no unit.
BESIDE = re.compile(
    r"in|of|the|at|and|or|current|constant|real|nominal|prices?|values?|amounts?|units?|dollars?|us|total|fob|cif|usd|whole|basis"
    r"|reported|estimated?|trade|per|year|annual|month|monthly|second"
)
NOT_UNITS = re.compile(
    r"exports?|imports?|to|from|dprk|korea|north|china|chinese|by|province|balance|surplus|quantity|tonnes|kg"
)
LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9}
SCALE = "|".join(SCALES.values())
NOT_A_COUNT = r"(?<![a-z\d])(?<!\d[.,])(?<!\d )"  # in "3 million US$" nothing is a unit
SCALED = [
    re.compile(rf"{NOT_A_COUNT}(?P<scale>{SCALE}) ?(?:of |de )?(?:current )?{DOLLAR}"),
    re.compile(rf"{DOLLAR}[ ,，:;(（/–-]*(?:in )?(?P<scale>{SCALE})(?!\d|,\d|[a-z])"),
    re.compile(rf"{DOLLAR} ?(?P<scale>[kmb])(?![a-z])"),
    re.compile(rf"(?<![a-z])(?P<scale>[kmb]) ?{DOLLAR.replace('(?<![a-z])', '')}"),
]
AFTER_YEAR = re.compile(rf"(?<!\d)((?:19|20)\d\d),(?=10{{1,2}} ?(?:{SCALE}))")  # "in 2013,10 thousand USD"
COUNTED = re.compile(rf"\d[\d.,]* ?(?:{SCALE}) ?{DOLLAR}")  # "3 million US$": an amount, or a unit
LOOSE = re.compile(
    rf"(?:\bin |\bunits?\b ?[:=]? ?|单位 ?[:=]? ?|單位 ?[:=]? ?|단위 ?[:=]? ?|[(\[（])(?P<scale>{SCALE})"
    r"(?![a-z\d克瓦升米吨个])"
    rf"|(?:(?<!\d)[,，、] ?|[,，、] ?(?=[^\d\s'])| [–—-] )(?P<last>{SCALE})$"
)
OTHER_MONEY = re.compile(
    r"人民币|人民幣|(?<![美欧日韩港单公])[元圆](?![月旦素])|欧元|日元|韩元|港元|卢布|위안|유로|루블|엔(?=\s*(?:[)\]）]|$))|[천만억]원"
    r"|원화|(?<![가-힣])원(?![가-힣])|[¥€£₩]"
    r"|\b(?:rmb|cny|yuan|renminbi|eur|euros?|krw|won|jpy|yen|gbp|hkd|rub|roubles?|rubles?|hong kong dollars?)\b"
    r"|(?<![a-z])(?:hk|nt|au|a|ca|c|nz|s) ?\$"
)


@dataclass
class Units:
    """The units that some texts speak of: scales in dollars, scales without a currency, other currencies."""

    dollars: set[int] = field(default_factory=set)  # {1000}; 1 is "US$" and nothing more
    loose: set[int] = field(default_factory=set)
    other: set[str] = field(default_factory=set)
    unclear: set[str] = field(default_factory=set)  # {"us$ thosand"}: what stands beside a currency is not known

    @property
    def scales(self):
        return (self.dollars | self.loose) - {1}

    def __bool__(self):
        return bool(self.dollars or self.loose or self.other or self.unclear)


def units(texts: Iterable[str]) -> Units:
    """Find the units in titles or headers: ["Exports, US$ thousand"] -> dollars {1000}; ["单位：万元"] -> other."""
    named = Units()
    for text in map(plain, texts):
        text = AFTER_YEAR.sub(r"\1, ", EXCHANGE_RATE.sub(" ", text.translate(RAISED)))
        named.unclear |= set(_not_understood(text))
        text = IN_SIGNS.sub("", text)
        named.unclear |= set(_unclear(text))
        for pattern in SCALED:
            named.dollars |= {_scale(match["scale"]) for match in pattern.finditer(text)}
            text = pattern.sub(" ", text)  # so that its scale is not loose, nor its dollars without a scale, as well
        named.unclear |= set(COUNTED.findall(text))
        named.other |= set(OTHER_MONEY.findall(text))
        named.loose |= {_scale(match["scale"] or match["last"]) for match in LOOSE.finditer(text)}
        if re.search(DOLLAR, text):
            named.dollars.add(1)
    return named


def _unclear(text) -> Iterator[str]:
    """Find what stands beside a currency where a unit is given, and is no known scale: "(US$ thosand)", "百美元"."""
    if found := CHINESE_NUMBER.search(SCALED[0].sub(" ", text)):
        yield found[0]
    in_brackets = re.findall(r"[(（\[]([^()（）\[\]]*)[)）\]]", text)
    given = in_brackets or [*re.split(r"units?:|单位[:：]|단위[:：]|[,，]", text)[1:], text]
    for phrase in given:
        rest = phrase
        for pattern in (*SCALED, re.compile(DOLLAR), OTHER_MONEY):
            rest = pattern.sub(" ", rest)
        words = set(re.findall(r"[^\W\d_]+", rest))
        is_unit = rest != phrase and phrase.isascii() and len(phrase.split()) <= MOST_WORDS > len(words)
        if is_unit and not any(map(NOT_UNITS.fullmatch, words)) and not all(map(BESIDE.fullmatch, words)):
            yield phrase.strip()


def _not_understood(text) -> Iterator[str]:
    """Find what is given as a unit and holds anything else than a known unit: "Unit: Swiss francs", "单位：家"."""
    for match in GIVEN.finditer(text):
        rest = IN_SIGNS.sub("", match["unit"])
        for pattern in (*SCALED, re.compile(DOLLAR), OTHER_MONEY, re.compile(SCALE)):
            rest = pattern.sub(" ", rest)
        words = set(re.findall(r"[^\W\d_]+|%", rest))
        if words and not all(map(BESIDE.fullmatch, words)):
            yield match["unit"].strip()


def _scale(words):
    if words in LETTERS:
        return LETTERS[words]
    whole = (scale for scale, pattern in SCALES.items() if re.fullmatch(pattern, words))
    return next(whole, None) or next(scale for scale, pattern in SCALES.items() if re.match(pattern, words))


def in_words(unit: int) -> str:
    """Say a unit: 1000 -> "US$ thousand"."""
    names = {1: "US dollars", 10**3: "US$ thousand", 10**4: "US$ 10,000 (万美元)", 10**6: "US$ million"}
    return (names | {10**8: "US$ 100 million (亿美元)", 10**9: "US$ billion"})[unit]
