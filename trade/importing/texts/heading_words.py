"""Recognises what headers and labels name, in English, Chinese or Korean: columns by role, totals, other measures."""

import re
from typing import NamedTuple

from trade.importing.texts import countries, period_values
from trade.importing.texts.flow_words import DPRK, IN, OUT, PARTNER, flow
from trade.importing.texts.heading_text import closed_up, plain
from trade.importing.texts.money_units import DOLLAR, LOOSE, OTHER_MONEY, SCALED, units

# Roles by name. "code" and "name" are of whatever the dataset lists.
ROLES = {
    "province_code": "prov code, registration place code, registered place code, place of registration code, "
    "province code, iso code, iso, iso 3166-2, place code, gb code, 省份代码, 地区代码, 注册地编码",
    "province": "province cn, province en, province zh, province, provinces, prov, province/region, "
    "registration place, registered place,  province name, region, place, 省份, 省, 省市, 省区市, 省份名称, "
    "省市名称, 地区, 地区名称, 省级行政区, 省、自治区、直辖市, 收发货人所在地, 注册地, 注册地名称, 성, 성시, "
    "성명, 성 이름, 지역, 지역명",
    "good_code": "product code, prod code, hs, hs code, hscode, hs2, hs4, hs6, hs8, hs 2, hs 4, hs 6, "
    "hs2 code, hs4 code, hs6 code, hs 2 code, hs 4 code, hs 6 code, hs codes, hs chapter, productcode, chapter, "
    "heading, subheading, commodity code, cmdcode, tariff code, 商品编码, 商品代码, 税号, 章, 类章, hs编码, "
    "hs代码, 품목코드, hs코드, hs 코드",
    "good": "commodity, commodity name, product, product name, goods, 商品, 商品名称, 품목명",
    "code": "code, id, 代码, 编码, 코드",
    "name": "name, title, description, label, commodity name, product name, 名称, 商品名称, 注册地名称, 이름, 품목명",
    "year": "year, years, yr, 年, 年份, 年度, 연도, 년도, 년",
    "month": "month, mon, 月, 月份, 월",
    "period": "obs date, period, date, date of data, ref date, reference date, refdate, year_month,  time, "
    "time period, year-month, year month, ym, quarter, quarters, qtr, half, half-year, semester, 年月, 数据年月, "
    "연월, 时间, 期间, 季度, 季, 半年, 기간, 분기, 반기",
    "flow": "tradeflow, tradeflowname, trade flow name, flow, direction, trade flow, flow code, "
    "imports & exports, import/export, im/ex,  流向, 方向, 进出口, 贸易方向, 进出口方向, 进出口类型, 进/出口, "
    "进出口标志, 贸易流向, 商品流向, 项目, 방향, 수출입, 수출입 구분, 수출입구분, 구분",
    "status": "obs status code, status, obs status, observation status, 状态, 상태",
    "note": "note, notes, comment, comments, remark, remarks, footnote, 备注, 注, 说明, 비고",
    "quantity": "quantity, qty, 数量, 第一数量, 수량",
    "quantity_unit": "quantity unit, unit of quantity, qty unit, quantity units, 数量单位, 计量单位, "
    "第一计量单位, 수량단위",
    "unit": "unit, units, unit of value, currency, currency code, currency unit, scale, multiplier, "
    "unit multiplier, unit mult, powercode, power code, 单位, 币种, 币制, 货币, 货币单位, 金额单位, 计价单位, "
    "计价货币, 倍数, 数量级, 단위, 통화, 화폐단위",
    "component": "component, 成分",
    "second_estimate": "second estimate usd, second estimate, other estimate",
    "second_estimate_note": "second estimate note, note on the second estimate, second estimate by",
    "release": "release",
    "partner": "partner code, trade partner code, trading partner code, 贸易伙伴编码, partneriso3, "
    "partnername, counterpart area, counterpart_area, trading partner, trade partner name, partner2, partner, "
    "partner country, partner name, partner iso, partneriso, trade partner, destination, country of destination, "
    "destination country, market, counterpart, counterpart country, counterparty, country, country name, "
    "贸易伙伴, 贸易伙伴名称, 伙伴国, 国别, 国家, 国家(地区), 国家（地区）, 国别(地区), 目的国, 目的国(地区), "
    "最终目的国, 最终目的国(地区), 最终目的国（地区）, 贸易国, 贸易国(地区), 상대국, 상대국명, 대상국, 국가, "
    "국가명, 교역국, 무역상대국",
    "reporter": "reporteriso3, reportername, ref area, reference area, reporter, reporter country, "
    "reporting country, 报告国",
    "exporter": "exporter, exporting country, exporter iso3, exporter iso, exporter name, origin country, "
    "from country, from",
    "importer": "importer, importing country, importer country, importer iso3, importer iso, importer name, "
    "to country, to",
    "publisher": "publisher, published by",
    "source": "source, sources, 来源",
    "precision_usd": "precision usd, precision us$, precision",
    "ignored": "nomenclature, structure, structure id, product description, product label, tradeflowcode, "
    "supplementary unit, supplementary quantity, section, section title, dataset, demonstration, name zh, "
    "name en, name ko",
}
# Headers of flows that may as well head the names of a table: what stands below them decides.
OF_FLOWS_OR_NAMES = {"구분", "项目"}
ROLE_OF = {name.strip(): role for role, names in ROLES.items() for name in names.split(", ")}
VALUE_WORDS = {
    *(
        "value",
        "values",
        "reported",
        "trade",
        "amount",
        "金额",
        "贸易额",
        "贸易金额",
        "价值",
        "进出口额",
        "价额",
        "금액",
        "무역액",
        "무역금액",
        "출하",
        "가액",
        "obs",
        "fobvalue",
        "cifvalue",
        "tradevalue",
        "primaryvalue",
    ),
}
ESTIMATE_WORDS = {"estimate", "estimates", "estimated", "est", "est.", "估计", "估算", "估计值", "估算值", "추정"}
FILLERS = {
    *("in", "of", "the", "to", "from", "by", "and", "current", "unit", "dollar", "dollars", "whole", "额", "值"),
    *("province", "provinces", "provincial", "chinese", "merchandise", "goods", "各省", "各地区", "总额", "总值", "의"),
}
FLOW_WORDS = re.compile(
    rf"{OUT}|{IN}|{DPRK}|{PARTNER}|'s\b|[对自从向往由]朝鲜?|朝鲜|中国|出口[到至往]?|进口自?|수[출입]액?"
    r"|대 ?북한?|대중|성별|중국|북한|에 ?대한|으로부터의?|에서의?|으로의?|로의?|(?<= )의(?= )"
)


TOTAL_TRADE = re.compile(
    r"(?:grand |overall )?totals?(?: trade| value)?|sum|both(?: directions)?|trade(?: volume)?|total of both.*"
    r"|进出口(?:总[额值])?|合计|总计|总额|총액|교역액|수출입(?:액|총액)?"
)


# Between the same words in two languages: "年 Year", "Year/年份".
LANGUAGES = re.compile(r" ?/ ?|(?<=[\u3400-\u9fff가-힣]) (?=[a-z])|(?<=[a-z]) (?=[\u3400-\u9fff가-힣])")


class Column(NamedTuple):
    """What a header names: a role ("reported", "year" …) or "", and for a value the flow it may speak of."""

    role: str
    flow: str | None = None


def column(heading) -> Column:
    """Name the role of a column by its header: "省份" -> province; "China's exports (US$)" -> reported, to_dprk."""
    words = plain(heading)
    if not words:
        return Column("")
    if is_rank(heading):
        return Column("ignored")
    without_brackets = re.sub(r" ?[(\[].*?[)\]]", "", words).strip()
    for name in (words, without_brackets):
        if name in ROLE_OF:
            return Column(ROLE_OF[name])
    roles = {ROLE_OF.get(part.strip(" /")) for part in LANGUAGES.split(words)}
    if len(roles) == 1 and None not in roles:  # "年 Year", "省份/Province"
        return Column(*roles)
    return _value_column(words)


def _value_column(words):
    """Tell a column of values by the words that remain once its unit and its flow are taken away."""
    text = countries.normal(words)
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


def total_trade(heading) -> bool:
    """Tell a heading, or a flow, of both directions together: "Total (US$ million)", "进出口总额"."""
    words = plain(heading)
    for pattern in (*SCALED, re.compile(DOLLAR), LOOSE, re.compile(r"[()\[\],:*]|\b(?:in|of|us)\b")):
        words = pattern.sub(" ", words)
    return bool(TOTAL_TRADE.fullmatch(" ".join(words.split())))


TOTAL = re.compile(
    r"(?:grand |overall |national |country |(?:19|20)\d\d ?年? ?)?(?:totals?(?:[ ,:].*)?|合计)"
    r"|(?:the )?sum(?: of .*)?|whole country|world|china|all (?:provinces|chapters|goods|commodities|products|sections)"
    r"|(?:全国|全國|合计|合計|总计|總計).*|总值|总额|计|共计|합계|총계"
    r"|全年(?:合计|累计|数)?|年合计|연간(?: ?합계)?|(?:annual|full[- ]year|year|yearly) total|full year|whole year"
)
SUBTOTAL = re.compile(r"sub-? ?totals?.*|小计.*|小計.*|소계|.+ total")
RANK = re.compile(r"排[名序位]|名次|位次|序[号號]?|순위|순번|번호|rank(?:ing)?|nos?\.?|#|№|s/?n|nr\.?")
# Headers over numbers that are not values of a period, and are known not to be.
ASIDES = re.compile(
    r".*(?:share|%|per ?cent|growth|change|average|mean|cagr|rank|yoy|y-o-y|balance|surplus|deficit"
    r"|差[额額]|[顺順逆]差|进出口|進出口|占比|比重|增长|增速|同比|环比|平均|비중|증감).*"
)
MEASURE = re.compile(
    r"quantit|tonn|\btons?\b|\bkg\b|\bvolume|weight|\bnumber of\b|数量|重量|吨|千克|[出进]口量|批次|件数"
    r"|수량|중량|수[출입]량|물량|건수"
)
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
DAY = r"(?:\d{1,2}(?:st|nd|rd|th)? ?)?"
TO_MONTH = re.compile(rf"\b{MONTH} ?{DAY}(?:[-–—~]|to|through|until) ?{DAY}(?P<last>{MONTH})(?![a-z])")
TO_NUMBER = re.compile(r"(?<!\d)1 ?[月월]? ?[-–—~～至到] ?(?P<last>\d{1,2}) ?[月월]")
PART_OF_YEAR = re.compile(
    r"(?:first|last|second|third) (?:half|quarter|(?:\w+ )?(?:months|quarters))|\b[qh][1-4]\b"
    rf"|year[- ]to[- ]date|\bytd\b|\byear to (?:end[- ])?{MONTH}(?![a-z])|\b\d+ months (?:of|to|end\w*|until|through)\b"
    r"|\bquarterly\b|\b(?:per|a) month\b"
    r"|截[至止]|\d ?月止|\d ?월까지|月平均|월평균|上半年|下半年"
    r"|前[一二三四五六七八九十]+个?[季月]|季度|상반기|하반기|분기"
)
CUMULATIVE = re.compile(
    r"cumulativ|\brunning total|\bytd\b|year[- ]to[- ]date|\byear to\b|\bsince january\b|累计|截[至止]|\d ?月止"
    r"|누계|\d ?월까지"
)
NO_VALUES = re.compile(
    rf"{MEASURE.pattern}|\b(?:shares?|index|indices|growth|per ?cent|percentages?)\b"
    r"|%|指[数數]|占比|比重|百分[比点]|比例|份额|점유율|비율|增[长長速]|同比|비중|증감|지수"
)


# What a title may say of values that are dollars, and yet are not the value of what was traded.
OTHER_VALUES = {
    "an estimate": r"\bestimat|\bforecast|\bproject(?:ed|ion)|估[计算]|推[估算]|预[测计]|추정|전망|예측",
    "constant prices": r"실질|\bconstant\b|\breal (?:exports|imports|trade|values?|terms)|\binflation|\bdeflated"
    r"|\b(?:19|20)\d\d (?:prices|us ?\$|usd|us dollars|dollars)|不变价|可比价|불변|(?:19|20)\d\d ?年价格",
    "re-exports or re-imports": r"\bre-? ?(?:ex|im)ports?\b|\bentrep[oô]t|转口|[再复][出进]口|재수[출입]|중계|환적",
    "growth or a change": r"\bgrowth\b|\bchange (?:on|from|over)|\byear[- ]on[- ]year|\byoy\b|\bincrease (?:in|on|over)"
    r"|增[加减长速]额?|比上年|同比|环比|증감|증가|대비",
    "an average or a rate": r"\baverages?\b|\bper capita\b|平均|人均|평균|1인당",
    "an index": r"\b(?:19|20)\d\d ?= ?100|\bindex\b|\bindices\b|指[数數]|지수",
}
OTHER_VALUES = {what: re.compile(pattern) for what, pattern in OTHER_VALUES.items()}
RE_EXPORTS = OTHER_VALUES["re-exports or re-imports"]


def is_rank(heading) -> bool:
    """Tell the header of a column of ranks or running numbers: "排名", "순위", "No."."""
    return bool(RANK.fullmatch(plain(closed_up(heading))))


def aside(heading) -> bool:
    """Tell the header of a column that is known to hold no values of trade: a share, a rank, growth."""
    return bool(ASIDES.fullmatch(plain(heading)))


def another_measure(title) -> bool:
    """Tell a title of what is no value in money: "Growth on a year earlier", "Crude oil, tonnes", "指数"."""
    return bool(NO_VALUES.search(plain(title)))


def other_values(title) -> str:
    """Say of which other values than those traded a title speaks: "Exports at 2010 prices" -> "constant prices"; ""."""
    return next((what for what, pattern in OTHER_VALUES.items() if pattern.search(plain(title))), "")


def not_the_trade(text) -> str:
    """Say what a text speaks of that is not the value of trade in whole periods: "Weight (t)" -> "a quantity"; ""."""
    words = plain(text)
    if MEASURE.search(words):
        return "a quantity"
    if CUMULATIVE.search(words):
        return "sums since January"
    return other_values(text) or ("a part of a year" if part_of_year(text) else "")


def cumulative(title) -> bool:
    """Tell a title of months that hold the sum since January: "累计"."""
    return bool(CUMULATIVE.search(plain(title)))


def estimated(heading) -> bool:
    """Tell a heading of estimates: "Imports (estimate)"."""
    return bool(set(re.findall(r"[^\W_]+", plain(heading))) & ESTIMATE_WORDS)


def told_apart(heading) -> str:
    """Say what a heading within a table tells apart from what stands above it: "Quantity, t" -> "another measure"."""
    words = plain(heading)
    if countries.named(words).others:
        return "another country"
    if ASIDES.fullmatch(words) or MEASURE.search(words):
        return "another measure"
    return "a period" if period_values.period(heading) is not None else ""


def part_of_year(heading) -> bool:
    """Tell a text that speaks of part of a year: "January–September 2025", "1-9月", "first half"."""
    words = plain(heading)
    ends = [match["last"] for pattern in (TO_MONTH, TO_NUMBER) for match in pattern.finditer(words)]
    return bool(PART_OF_YEAR.search(words)) or any(end[:3] != "dec" and end != "12" for end in ends)


def not_whole_years(text) -> bool:
    """Tell a text over years that speaks of part of one, of sums since January or of averages of months."""
    return part_of_year(text) or cumulative(text)


def is_total(label) -> bool:
    """Tell the label of a total row or column: "Total", "合计", "All provinces"."""
    return bool(TOTAL.fullmatch(plain(label).rstrip(" :*")))


def is_subtotal(label) -> bool:
    return bool(SUBTOTAL.fullmatch(plain(label).rstrip(" :*"))) and not is_total(label)
