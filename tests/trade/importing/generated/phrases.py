"""Sentences in which tables say what they are about: flows, units, periods and measures, in three languages.

{p} is the partner, {y} a year, {a} and {b} the first and the last year, {t} a title and {u} a unit.
"""

from tests.trade.importing.generated.titles import MILLION, THOUSAND, WAN, YI

FLOWS = {
    "en": {
        "to_dprk": [
            "China's exports to {p}",
            "Exports to {p}",
            "Exports to {p} by province",
            "Chinese exports to {p}",
            "Exports from China to {p}",
            "Exports of Chinese provinces to {p}",
            "Merchandise exports to {p}",
        ],
        "from_dprk": [
            "China's imports from {p}",
            "Imports from {p}",
            "Imports from {p} by province",
            "Chinese imports from {p}",
            "Imports of Chinese provinces from {p}",
            "Merchandise imports from {p}",
        ],
        "total": [
            "China's trade with {p}",
            "Total trade with {p}",
            "Exports plus imports, {p}",
            "Trade turnover with {p}",
            "China's imports and exports with {p}",
            "Two-way trade with {p}",
        ],
        "balance": [
            "Trade balance with {p}",
            "Net exports to {p}",
            "Trade surplus with {p}",
            "Exports less imports, {p}",
        ],
    },
    "zh": {
        "to_dprk": [
            "中国对{p}出口",
            "各省对{p}出口额",
            "对{p}出口总额",
            "各地区对{p}出口",
            "中国向{p}出口",
            "出口到{p}",
            "对{p}出口总值",
        ],
        "from_dprk": [
            "中国自{p}进口",
            "各省自{p}进口额",
            "从{p}进口总额",
            "各地区自{p}进口",
            "中国从{p}进口",
            "自{p}进口总值",
        ],
        "total": ["对{p}进出口总额", "各省对{p}进出口额", "与{p}进出口总值", "各地区对{p}进出口", "与{p}贸易总额"],
        "balance": ["对{p}净出口", "与{p}贸易差额", "对{p}贸易顺差", "对{p}进出口差额"],
    },
    "ko": {
        "to_dprk": [
            "중국의 대{p} 수출",
            "중국의 대{p} 수출액",
            "대{p} 수출",
            "중국의 {p}에 대한 수출",
            "중국 성별 대{p} 수출액",
        ],
        "from_dprk": ["중국의 대{p} 수입", "대{p} 수입액", "중국의 {p}으로부터의 수입", "중국 성별 대{p} 수입액"],
        "total": ["중국의 대{p} 수출입", "대{p} 수출입 총액", "중국과 {p}의 교역액", "대{p} 교역 총액"],
        "balance": ["중국의 대{p} 무역수지", "대{p} 순수출", "대{p} 무역흑자"],
    },
}
NO_PARTNER = {  # whose exports they are is said, to whom is not
    "en": {
        "to_dprk": ["China's exports", "Chinese exports", "China's exports by province"],
        "from_dprk": ["China's imports", "Chinese imports", "China's imports by province"],
        "total": ["China's total trade", "China's imports and exports"],
        "balance": ["China's trade balance", "China's net exports"],
    },
    "zh": {
        "to_dprk": ["各省出口额", "中国出口", "各地区出口总值"],
        "from_dprk": ["各省进口额", "中国进口", "各地区进口总值"],
        "total": ["各省进出口总额", "进出口总值", "中国外贸进出口"],
        "balance": ["各省净出口", "进出口差额", "贸易顺差"],
    },
    "ko": {
        "to_dprk": ["중국의 수출", "중국 수출액"],
        "from_dprk": ["중국의 수입", "중국 수입액"],
        "total": ["중국의 수출입", "중국 수출입 총액", "중국의 교역액"],
        "balance": ["중국의 무역수지", "중국의 순수출"],
    },
}
BARE = {
    "en": {"to_dprk": "Exports", "from_dprk": "Imports", "total": "Total trade"},
    "zh": {"to_dprk": "出口", "from_dprk": "进口", "total": "进出口"},
    "ko": {"to_dprk": "수출", "from_dprk": "수입", "total": "수출입"},
}
ABOUT = {  # a title of both flows, of which the columns tell: with a partner, and without one
    "en": (["China's trade with {p}", "China–{p} trade by province"], ["China's foreign trade by province"]),
    "zh": (["中国对{p}贸易", "中国与{p}进出口统计"], ["中国各省外贸统计"]),
    "ko": (["중국의 대{p} 무역", "중국의 대{p} 무역 통계"], ["중국 성별 무역 통계"]),
}
OF_PARTNER = {  # a title whose bare exports are not China's, or may not be
    "en": ["{p}: foreign trade", "Foreign trade of {p}", "Trade of {p} by province"],
    "zh": ["{p}进出口贸易", "{p}对外贸易统计", "{p}外贸"],
    "ko": ["{p}의 무역 통계", "{p}의 대외무역", "{p} 수출입 동향"],
}
NOTHING = {"en": ["Table 3", "Data by province"], "zh": ["表3", "分省统计数据"], "ko": ["표 3", "성별 통계"]}

# --- units ---------------------------------------------------------------------------------------------------------

UNITS = {
    "en": {
        1: ["US$", "USD", "US dollars", "in US dollars", "current US$"],
        THOUSAND: ["US$ thousand", "thousand US$", "USD thousand", "thousands of US dollars", "US$ '000", "USD x1000"],
        WAN: ["10 thousand USD", "US$ 10,000", "10,000 US dollars"],
        MILLION: ["US$ million", "million US$", "USD mn", "USD mil.", "millions of US dollars", "US$ MM"],
        YI: ["100 million US$", "USD 100 million"],
    },
    "zh": {
        1: ["美元", "美金", "USD"],
        THOUSAND: ["千美元", "1000美元", "千USD"],
        WAN: ["万美元", "萬美元", "1万美元"],
        MILLION: ["百万美元", "百萬美元"],
        YI: ["亿美元", "億美元"],
    },
    "ko": {
        1: ["달러", "미국 달러", "US$", "미달러"],
        THOUSAND: ["천 달러", "천달러", "천US$", "1,000달러"],
        WAN: ["만 달러", "만달러"],
        MILLION: ["백만 달러", "백만달러", "백만US$"],
        YI: ["억 달러", "억달러"],
    },
}
OTHER_MONEY = {
    "en": ["RMB 10,000", "CNY", "million yuan", "EUR thousand", "KRW million", "HK$ million", "¥ million", "Rouble"],
    "zh": ["万元", "人民币", "亿元人民币", "万欧元", "日元", "人民币万元", "新台币千元"],
    "ko": ["원", "위안", "억 위안", "백만 유로", "억원", "엔"],
}
SCALES = {
    "en": ["in thousands", "thousands", "millions", "'000", "in millions"],
    "zh": ["千", "万", "百万", "亿"],
    "ko": ["천", "백만", "만"],
}
UNIT_IN_TITLE = {
    "en": ["{t} ({u})", "{t}, {u}", "{t}, in {u}", "{t} [{u}]", "{t} – {u}", "{t},{u}"],
    "zh": ["{t}（{u}）", "{t}，{u}", "{t} 单位：{u}", "{t}({u})", "{t}，单位：{u}", "{t}、{u}"],
    "ko": ["{t}({u})", "{t} (단위: {u})", "{t}, {u}", "{t} [단위: {u}]"],
}
UNIT_LINE = {
    "en": ["Unit: {u}", "Units: {u}", "({u})", "Values in {u}"],
    "zh": ["单位：{u}", "單位：{u}", "（单位：{u}）"],
    "ko": ["단위: {u}", "(단위: {u})", "단위 : {u}"],
}
IN_HEADER = {"en": "{t} ({u})", "zh": "{t}（{u}）", "ko": "{t}({u})"}

# --- periods and measures ------------------------------------------------------------------------------------------

YEAR_IN_TITLE = {
    "en": ["{t}, {y}", "{t} in {y}", "{y}: {t}", "{y} {t}"],
    "zh": ["{y}年{t}", "{t}（{y}年）"],
    "ko": ["{y}년 {t}", "{t}, {y}년"],
}
YEARS_IN_TITLE = {
    "en": ["{t}, {a}–{b}", "{t}, annual", "{t} by year"],
    "zh": ["{a}—{b}年{t}", "{t}（{a}-{b}年）", "历年{t}"],
    "ko": ["{a}~{b}년 {t}", "{t}({a}-{b})", "연도별 {t}"],
}
PART = {  # {t}, of part of a year
    "en": [
        "January–September {y}",
        "year to September {y}",
        "first half of {y}",
        "year to date",
        "Q3 {y}",
        "quarterly",
    ],
    "zh": ["{y}年1-9月", "截至{y}年9月", "{y}年上半年", "{y}年9月止", "累计值", "{y}年第三季度", "{y}年前三季度"],
    "ko": ["{y}년 1~9월", "{y}년 상반기", "{y}년 3분기", "누계", "{y}년 9월까지"],
}
SUMS = {  # of months: sums since January
    "en": ["cumulative", "year to date", "YTD", "cumulative since January", "running total"],
    "zh": ["累计", "累计值", "自年初累计", "1月至当月累计"],
    "ko": ["누계", "연초 이후 누계", "누적"],
}
MEASURES = {
    "en": {
        "quantity": ["quantity", "tonnes", "net weight, kg", "number of shipments", "volume (t)"],
        "share": ["share of total", "percent of total", "%"],
        "growth": ["growth rate", "change on year before", "year-on-year", "y/y", "increase on previous year"],
        "index": ["index", "2010=100", "index (2015 = 100)"],
        "estimate": ["estimate", "estimated", "forecast", "projection", "model estimates"],
        "constant": ["constant prices", "2010 prices", "in real terms", "deflated"],
        "reexport": ["re-exports", "re-export", "reexports only", "entrepôt trade"],
    },
    "zh": {
        "quantity": ["数量", "重量（吨）", "出口量（吨）", "批次"],
        "share": ["占比", "比重", "所占百分比"],
        "growth": ["同比增长", "增速", "增加额", "比上年增减"],
        "index": ["指数", "2010=100", "价格指数"],
        "estimate": ["估算", "估计值", "预测", "推算"],
        "constant": ["不变价", "可比价格", "2010年价格"],
        "reexport": ["转口", "复出口", "再出口"],
    },
    "ko": {
        "quantity": ["수량", "중량(톤)", "물량", "건수"],
        "share": ["비중", "점유율", "구성비"],
        "growth": ["증가율", "증감액", "전년 대비", "증감률"],
        "index": ["지수", "2010=100"],
        "estimate": ["추정", "추정치", "전망", "예측"],
        "constant": ["불변가격", "실질", "2010년 가격"],
        "reexport": ["재수출", "중계무역", "환적"],
    },
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MONTH_NAMES = {
    "en": MONTHS,
    "zh": [f"{month}月" for month in range(1, 13)],
    "ko": [f"{month}월" for month in range(1, 13)],
}
MONTHS_OF_YEARS = {
    "en": ["{y}-{m:02d}", "{name} {y}", "{y}/{m}"],
    "zh": ["{y}年{m}月", "{y}-{m:02d}", "{y}年{m:02d}月"],
    "ko": ["{y}년 {m}월", "{y}-{m:02d}", "{y}년{m}월"],
}
YEARS = {"en": ["{y}"], "zh": ["{y}", "{y}年"], "ko": ["{y}", "{y}년"]}
