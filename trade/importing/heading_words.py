"""Recognises the words of titles and headers, in English, Chinese or Korean: columns, units, flows, totals.

"Exports" does not say whose: it is read as "exports", and unit_and_flow asks the editor. Chinese 出口 and 进口 are
always seen from China. A scale without a currency ("in thousands") is loose, and asked about, too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from trade.importing import cell_values

TO, FROM = "to_dprk", "from_dprk"
EXPORTS, IMPORTS = "exports", "imports"  # not yet a flow: whose, the words do not say


LONGEST = 300  # characters of a title that are read


def plain(heading) -> str:
    """Bring a heading to the form it is compared in: "Reported_USD " -> "reported usd"."""
    return re.sub(r"[\s_]+", " ", cell_values.text(heading)[:LONGEST].casefold()).strip()


# --- units -----------------------------------------------------------------------------------------------------

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


# --- flows -----------------------------------------------------------------------------------------------------

# A country that stands after a dash or "and" is half of a pair ("China–DPRK exports"), not whose exports they are.
ALONE = r"(?<![-–—/&])(?<![-–—/&] )(?<!and )"
DPRK = (
    r"(?:the )?(?<![a-z])(?:dprk|d\.p\.r\.k\.|north korean?|n\.? ?korean?|korea,? d\.?p\.?r\.?|prk"
    r"|democratic people'?s republic of korea)"
)
CHINA = r"china|chinese|prc|p\.r\.c\.|people'?s republic of china"
PARTNER = rf"(?:the )?(?<![a-z])(?:{CHINA}|world)"
CHINA = rf"(?:the )?(?<![a-z])(?:{CHINA})"
OUT, IN = r"(?:exports?|exported)", r"(?:imports?|imported)"
FLOWS = [
    (TO, rf"{OUT} (?:value )?(?:to|into) {DPRK}"),
    (TO, rf"{IN} (?:value )?from {PARTNER}"),
    (TO, rf"{ALONE}{PARTNER}(?:'s|s')? {OUT}"),
    (TO, rf"{ALONE}{DPRK}(?:'s|s')? {IN}"),
    (TO, rf"{IN} (?:of|by|into|to) {DPRK}"),
    (TO, rf"{OUT} (?:of|by|from) {PARTNER}"),
    (TO, r"[对對向往](?:朝鲜?|朝鮮|北韩|北韓)\w{0,3}出口|出口[到至往]?(?:朝鲜|朝鮮)|朝鲜[从自](?:中国|华)\w{0,2}进口"),
    (TO, r"대북 ?수출"),
    (FROM, rf"{IN} (?:value )?from {DPRK}"),
    (FROM, rf"{OUT} (?:value )?(?:to|into) {CHINA}"),  # "to the world" does not say whose
    (FROM, rf"{ALONE}{PARTNER}(?:'s|s')? {IN}"),
    (FROM, rf"{ALONE}{DPRK}(?:'s|s')? {OUT}"),
    (FROM, rf"{OUT} (?:of|by|from) {DPRK}"),
    (FROM, rf"{IN} (?:of|by|into) {PARTNER}"),
    (FROM, r"[自从從由](?:朝鲜?|朝鮮|北韩|北韓)\w{0,3}进口|进口自(?:朝鲜|朝鮮)|朝鲜对(?:中国|华)\w{0,2}出口"),
    (FROM, r"대북 ?수입"),
]  # fmt: skip
FLOWS = [(flow, re.compile(pattern)) for flow, pattern in FLOWS]
A_DPRK = re.compile(rf"{DPRK}|korea, ?dem.*|dem.*korea|408|109|北?朝[鲜鮮].{{0,12}}|북한|조선", re.IGNORECASE)
A_REPORTER = re.compile(rf"{PARTNER}|156|cn|chn|wld|w00|0|中国|世界|중국", re.IGNORECASE)
ANOTHER = re.compile(
    r"(?<!people's )(?<!peoples )republic of korea|south korea|\brok\b|russia|japan|viet ?nam|\busa\b"
    r"|united states(?! dollars?)|韩国|韓國|俄罗斯|日本|越南|美国|한국|러시아|일본"
)
# "to the DPRK" alone, where no other word names a flow.
DIRECTIONS = [(TO, re.compile(rf"\bto {DPRK}\b")), (FROM, re.compile(rf"\bfrom {DPRK}\b"))]
WHOSE_UNSAID = [
    (EXPORTS, re.compile(r"\bexports?\b|\bexported\b|수출|朝[鲜鮮]出口")),
    (IMPORTS, re.compile(r"\bimports?\b|\bimported\b|수입|朝[鲜鮮]进口")),
    (TO, re.compile(r"(?<![朝鲜鮮进])出口")),
    (FROM, re.compile(r"(?<![朝鲜鮮])进口")),
]


# A Chinese title of which the DPRK is the subject: its 出口 are not China's.
ABOUT_DPRK = re.compile(
    r"(?<![对對与與和往向从自同])朝[鲜鮮](?:民主主义人民共和国)?的?"
    r"(?:对外|對外|外贸|外貿|进出口|進出口|贸易|貿易|对华|對華|[对對与與][中华]|[出进進]口)"
)
NAMES_COUNTRY = re.compile(r"[朝华華]|中国|中國|dprk|korea|china")


def whose(titles: Iterable[str], flow: str, heading: str) -> str:
    """Doubt a bare 出口 or 进口 below a title about the DPRK's own trade: to_dprk -> "exports" (whose?)."""
    is_bare = flow in (TO, FROM) and not NAMES_COUNTRY.search(plain(heading))
    # China's customs (海关) publish such titles, too, and mean China's own 出口.
    if is_bare and any(ABOUT_DPRK.search(plain(title)) and "海关" not in title for title in titles):
        return EXPORTS if flow == TO else IMPORTS
    return flow


def another_partner(heading) -> str:
    """Find another partner than the DPRK in a title: "Exports to South Korea" -> "south korea", else ""."""
    match = ANOTHER.search(plain(heading))
    return match[0] if match else ""


def flow(heading) -> str | None:
    """Read the direction: "China's exports to North Korea" -> "to_dprk"; "Exports" -> "exports" (whose?).

    None where the text says nothing, or speaks of both directions.
    """
    words = plain(heading)
    if words in (TO.replace("_", " "), FROM.replace("_", " ")):
        return words.replace(" ", "_")
    for patterns in (FLOWS, DIRECTIONS, WHOSE_UNSAID):
        named = {flow for flow, pattern in patterns if pattern.search(words)}
        if named and _speaks_of_both(words):
            return None
        if named:
            return named.pop() if len(named) == 1 else None
    return None


FLOW_CODES = {"x": EXPORTS, "e": EXPORTS, "export": EXPORTS, "m": IMPORTS, "i": IMPORTS, "import": IMPORTS}


def flow_of_cell(cell) -> str | None:
    """Read the cell of a column of flows: "X" -> "exports", "to_dprk" -> "to_dprk"."""
    return FLOW_CODES.get(plain(cell)) or flow(cell)


def _speaks_of_both(words):
    """Tell a title about both directions, which decides neither; "DPRK exports (imports of China)" is about one."""
    named = {flow for flow, pattern in FLOWS if pattern.search(words)}
    if len(named) == 1 and not re.search(rf"{OUT} (?:to )?(?:and|or|/|&) |{IN} (?:from )?(?:and|or|/|&) ", words):
        return False
    names_exports = re.search(rf"\b{OUT}\b|出口|수출", words)
    names_imports = re.search(rf"\b{IN}\b|进口|수입", words)
    return bool(len(named) > 1 or "进出口" in words or (names_exports and names_imports))


# --- columns of long tables ------------------------------------------------------------------------------------

# Roles by name. "code" and "name" are of whatever the dataset lists.
ROLES = {
    "province_code": "province code, iso code, iso, iso 3166-2, place code, gb code, 省份代码, 地区代码, 注册地编码",
    "province": "province, provinces, province name, region, place, 省份, 省, 省市, 省区市, 省份名称, 地区, 地区名称, "
    "注册地, 注册地名称, 성, 지역",
    "good_code": "hs, hs code, hscode, hs2, hs4, hs6, hs8, hs 2, hs 4, hs 6, chapter, hs chapter, heading, subheading, "
    "commodity code, product code, cmdcode, tariff code, 商品编码, 商品代码, 税号, 章, 类章, hs编码, 품목코드",
    "good": "commodity, commodity name, product, product name, goods, 商品, 商品名称, 품목명",
    "code": "code, id, 代码, 编码, 코드",
    "name": "name, title, description, label, commodity name, product name, 名称, 商品名称, 注册地名称, 이름, 품목명",
    "year": "year, years, yr, 年, 年份, 年度, 연도",
    "month": "month, mon, 月, 月份, 월",
    "period": "period, date, time, time period, year-month, year month, ym, quarter, "
    "年月, 数据年月, 时间, 期间, 季度, 기간",
    "flow": "flow, direction, trade flow, flow code, 流向, 方向, 进出口, 贸易方向, 进出口方向, 방향, 수출입",
    "status": "status, obs status, observation status, 状态, 상태",
    "note": "note, notes, comment, comments, remark, remarks, footnote, 备注, 注, 说明, 비고",
    "quantity": "quantity, qty, 数量, 第一数量, 수량",
    "quantity_unit": "quantity unit, unit of quantity, qty unit, quantity units, "
    "数量单位, 计量单位, 第一计量单位, 수량단위",
    "unit": "unit, currency, 单位, 币种, 货币, 단위",
    "component": "component, 成分",
    "release": "release",
    "partner": "partner, partner country, partner name, trade partner, 贸易伙伴, 贸易伙伴名称, 伙伴国, 상대국",
    "reporter": "reporter, reporter country, reporting country, 报告国",
    "ignored": "source, section, section title, dataset, demonstration, name zh, name en, name ko, no., no, #, rank, "
    "序号, 来源, 순위",
}
ROLE_OF = {name.strip(): role for role, names in ROLES.items() for name in names.split(", ")}
VALUE_WORDS = {"value", "values", "reported", "trade", "amount", "金额", "贸易额", "价值", "进出口额", "금액", "출하"}
ESTIMATE_WORDS = {"estimate", "estimates", "estimated", "est", "est.", "估计", "估算", "估计值", "估算值", "추정"}
FILLERS = {"in", "of", "the", "to", "from", "by", "and", "current", "unit", "dollar", "dollars", "whole", "额", "值"}
FLOW_WORDS = re.compile(rf"{OUT}|{IN}|{DPRK}|{PARTNER}|'s\b|对朝鲜?|自朝鲜?|从朝鲜?|中国|出口|进口|수출|수입|대북")


class Column(NamedTuple):
    """What a header names: a role ("reported", "year" …) or "", and for a value the flow it may speak of."""

    role: str
    flow: str | None = None


def column(heading) -> Column:
    """Name the role of a column by its header: "省份" -> province; "China's exports (US$)" -> reported, to_dprk."""
    words = plain(heading)
    if not words:
        return Column("")
    without_brackets = re.sub(r" ?[(\[].*?[)\]]", "", words).strip()
    for name in (words, without_brackets):
        if name in ROLE_OF:
            return Column(ROLE_OF[name])
    return _value_column(words)


def _value_column(words):
    """Tell a column of values by the words that remain once its unit and its flow are taken away."""
    text = words
    for pattern in (*SCALED, re.compile(DOLLAR), OTHER_MONEY, LOOSE, FLOW_WORDS):
        text = pattern.sub(" ", text)
    remaining = set(re.findall(r"[^\W_]+", text)) - FILLERS
    if remaining & ESTIMATE_WORDS and not remaining - ESTIMATE_WORDS - VALUE_WORDS:
        return Column("estimate", flow(words))
    if remaining - VALUE_WORDS:
        return Column("")
    named = units([words])
    names_unit = named.dollars or named.scales or named.other
    return Column("reported", flow(words)) if remaining or names_unit or flow(words) else Column("")


# --- totals ----------------------------------------------------------------------------------------------------

TOTAL = re.compile(
    r"(?:grand |overall |national |country |(?:19|20)\d\d ?年? ?)?(?:totals?(?:[ ,:].*)?|合计)"
    r"|(?:the )?sum(?: of .*)?|whole country|world|china|all (?:provinces|chapters|goods|commodities|products|sections)"
    r"|(?:全国|全國|合计|合計|总计|總計).*|总值|总额|计|共计|합계|총계"
)
SUBTOTAL = re.compile(r"sub-? ?totals?.*|小计.*|小計.*|소계|.+ total")
# Headers over numbers that are not values of a period, and are known not to be.
ASIDES = re.compile(
    r".*(?:share|%|per ?cent|growth|change|average|mean|cagr|rank|yoy|y-o-y|balance|surplus|deficit"
    r"|差[额額]|[顺順逆]差|进出口|進出口|占比|比重|增长|增速|同比|环比|平均|비중|증감).*"
)


# --- headings within a table, and parts of a year ---------------------------------------------------------------

MEASURE = re.compile(r"quantit|tonn|\btons?\b|\bkg\b|\bvolume|weight|数量|重量|吨|千克|수량|중량")
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
TO_MONTH = re.compile(rf"\b{MONTH} ?(?:[-–—~]|to|through|until) ?(?P<last>{MONTH})(?![a-z])")
TO_NUMBER = re.compile(r"(?<!\d)1 ?月? ?[-–—~至到] ?(?P<last>\d{1,2}) ?月")
PART_OF_YEAR = re.compile(
    r"(?:first|last|second|third) (?:half|quarter|(?:\w+ )?(?:months|quarters))|\b[qh][1-4]\b"
    r"|year[- ]to[- ]date|\bytd\b|上半年|下半年|前[一二三四五六七八九十]+个?[季月]|季度|상반기|하반기|분기"
)

CUMULATIVE = re.compile(r"cumulativ|\bytd\b|year[- ]to[- ]date|累计|累計|누계")
NO_VALUES = re.compile(
    rf"{MEASURE.pattern}|\b(?:shares?|index|indices|growth|per ?cent|percentages?)\b"
    r"|%|指[数數]|占比|比重|增[长長速]|同比|비중|증감|지수"
)


def another_measure(title) -> bool:
    """Tell a title of what is no value in money: "Growth on a year earlier", "Crude oil, tonnes", "指数"."""
    return bool(NO_VALUES.search(plain(title)))


def cumulative(title) -> bool:
    """Tell a title of months that hold the sum since January: "累计"."""
    return bool(CUMULATIVE.search(plain(title)))


def estimated(heading) -> bool:
    """Tell a heading of estimates: "Imports (estimate)"."""
    return bool(set(re.findall(r"[^\W_]+", plain(heading))) & ESTIMATE_WORDS)


def told_apart(heading) -> str:
    """Say what a heading within a table tells apart from what stands above it: "Quantity, t" -> "another measure"."""
    words = plain(heading)
    if another_partner(words):
        return "another country"
    if ASIDES.fullmatch(words) or MEASURE.search(words):
        return "another measure"
    return "a period" if cell_values.period(heading) is not None else ""


def part_of_year(heading) -> bool:
    """Tell a text that speaks of part of a year: "January–September 2025", "1-9月", "first half"."""
    words = plain(heading)
    ends = [match["last"] for pattern in (TO_MONTH, TO_NUMBER) for match in pattern.finditer(words)]
    return bool(PART_OF_YEAR.search(words)) or any(end[:3] != "dec" and end != "12" for end in ends)


def is_total(label) -> bool:
    """Tell the label of a total row or column: "Total", "合计", "All provinces"."""
    return bool(TOTAL.fullmatch(plain(label).rstrip(" :*")))


def is_subtotal(label) -> bool:
    return bool(SUBTOTAL.fullmatch(plain(label).rstrip(" :*"))) and not is_total(label)
