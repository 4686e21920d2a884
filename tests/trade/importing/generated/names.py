"""Names that tables give to countries, provinces, chapters and columns, from CLDR, our table of provinces and by hand.

Nothing here is taken from the reader: what it knows is what these names put to the test.
"""

import csv
import re
from pathlib import Path

from babel import Locale

PROVINCES_FILE = Path(__file__).resolve().parents[4] / "data/provinces.csv"
LOCALES = {"en": ["en"], "zh": ["zh", "zh_Hant"], "ko": ["ko"]}
NO_COUNTRY = {"ZZ", "XA", "XB", "KP", "CN"}  # unknown, pseudo-locales, and the two of the trade

DPRK = {
    "en": [
        "DPRK", "D.P.R.K.", "North Korea", "N. Korea", "N Korea", "Korea (North)", "Korea, North", "DPR Korea",
        "Korea, Dem. People's Rep. of", "Korea, Dem. People's Rep.", "Korea, DPR", "Korea DPR", "KP", "PRK",
        "Democratic People's Republic of Korea", "Democratic People's Republic of Korea (the)",
        "Democratic People’s Republic of Korea", "Dem. People's Republic of Korea", "Dem. People's Rep. of Korea",
        "Korea, Democratic People's Republic of", "Korea (Democratic People's Republic of)",
        "Korea (the Democratic People's Republic of)", "the DPRK", "North-Korea", "NORTH KOREA", "Korea, D.P.R.",
        "Korea, Democratic People’s Rep. of", "Dem. Rep. of Korea",
    ],
    "zh": [
        "朝鲜", "朝鮮", "北朝鲜", "北朝鮮", "北韩", "北韓", "朝鲜民主主义人民共和国", "朝鮮民主主義人民共和國", "朝",
    ],
    "ko": ["북한", "북조선", "조선", "조선민주주의인민공화국", "DPRK"],
}  # fmt: skip
SEOUL = {
    "en": [
        "South Korea", "S. Korea", "Republic of Korea", "Rep. of Korea", "Korea, Rep.", "Korea, Rep. of",
        "Korea, South", "Korea, Republic of", "Korea (Republic of)", "Korea (South)", "ROK", "R.O.K.", "KOR", "KR",
    ],
    "zh": ["韩国", "韓國", "南韩", "南韓", "大韩民国", "大韓民國", "韩", "南朝鲜"],
    "ko": ["한국", "대한민국", "남한", "남조선"],
}  # fmt: skip
MANY = {
    "en": ["the world", "all countries", "ASEAN", "the European Union", "the rest of the world", "Asia", "BRICS"],
    "zh": ["世界", "所有国家", "东盟", "欧盟", "一带一路国家", "亚洲", "東盟"],
    "ko": ["세계", "전 세계", "아세안", "유럽연합", "아시아", "일대일로 국가"],
}
KOREA = {"en": ["Korea"], "zh": [], "ko": []}  # which of the two is not said


def territories(locale: str) -> list[str]:
    """Every territory and region of the world that CLDR names in a language, but China and the DPRK themselves."""
    named = Locale.parse(locale).territories
    return [name for code, name in sorted(named.items()) if code not in NO_COUNTRY]


OTHERS = {
    language: [*SEOUL[language], *MANY[language], *(name for locale in locales for name in territories(locale))]
    for language, locales in LOCALES.items()
}

# --- what stands down the side -------------------------------------------------------------------------------------

KIND_OF_PLACE = {"zh": r"省|市|(壮族|回族|维吾尔)?自治区", "ko": r"성|시| (좡족 |후이족 |위구르 )?자치구"}
ALIKE_IN_KOREAN = {"CN-SX", "CN-SN"}  # both are 산시성


def _spellings() -> dict:
    """{"zh": {"CN-LN": ["辽宁省", "辽宁"]}}, as people write provinces in each language, and in any by the code."""
    found = {language: {} for language in LOCALES}
    with PROVINCES_FILE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            code = row["iso_3166_2"]
            for language, names in found.items():
                name = row[f"name_{language}"]
                short = re.sub(rf"(?<=..)({KIND_OF_PLACE.get(language, ' ?[(].*')})$", "", name)
                if language != "ko" or code not in ALIKE_IN_KOREAN:
                    names[code] = list(dict.fromkeys([name, short]))
    return found


PROVINCES = _spellings()
CHAPTERS = ["01", "03", "10", "16", "25", "26", "27", "30", "39", "44", "54", "61", "62", "72", "84", "85", "87", "99"]
PROVINCE_OF = {name: code for names in PROVINCES.values() for code, written in names.items() for name in written}
CODE_OF = PROVINCE_OF | {code: code for code in (*PROVINCES["en"], *CHAPTERS)}

# --- what columns and rows are called ------------------------------------------------------------------------------

COLUMNS = {
    "en": {
        "province": ["Province", "Region", "Provinces"], "commodity": ["HS code", "HS", "HS2", "Chapter"],
        "year": ["Year"], "month": ["Month"], "value": ["Value", "Amount", "Trade value"],
        "flow": ["Flow", "Direction", "Trade flow"], "rank": ["Rank", "No.", "#", "Ranking"],
        "share": ["Share (%)", "Share of total, %", "% of total"], "note": ["Note", "Remarks", "Comment"],
        "unit": ["Unit", "Currency", "Unit of value", "Currency unit"], "total": ["Total", "All provinces", "Sum"],
        "partner": ["Partner", "Destination", "Country", "Partner country", "Market", "Counterpart", "PartnerISO"],
        "measure": ["Measure", "Indicator", "Series", "Type", "Data type", "Variable"],
        "quarter": ["Quarter", "Qtr"], "source": ["Source: China Customs.", "Source: GACC", "Note: preliminary data."],
    },
    "zh": {
        "province": ["省份", "地区", "省市", "注册地"], "commodity": ["商品编码", "HS编码", "税号"],
        "year": ["年份", "年", "年度"], "month": ["月份", "月"], "value": ["金额", "贸易额", "价值"],
        "flow": ["流向", "进出口", "贸易方向", "进出口类型"], "rank": ["序号", "排名", "位次"],
        "share": ["占比（%）", "比重(%)", "占比"], "note": ["备注", "说明"], "total": ["合计", "全国", "总计", "合 计"],
        "unit": ["单位", "货币单位", "币制", "币种", "计价单位"],
        "partner": ["国别", "国家", "国家（地区）", "贸易伙伴", "目的国", "最终目的国（地区）", "贸易国", "伙伴国"],
        "measure": ["指标", "类型", "数据类型", "指标名称"], "quarter": ["季度"],
        "source": ["数据来源：海关总署", "资料来源：中国海关统计", "注：数据为初步数。"],
    },
    "ko": {
        "province": ["지역", "성", "성시", "지역명"], "commodity": ["품목코드", "HS코드", "HS 코드"],
        "year": ["연도", "년도", "년"], "month": ["월"], "value": ["금액", "무역액", "가액"],
        "flow": ["수출입", "방향", "구분", "수출입 구분"], "rank": ["순번", "순위", "번호"],
        "share": ["비중(%)", "점유율(%)", "비중"], "note": ["비고", "주석"], "total": ["합계", "전국", "총계", "계"],
        "unit": ["단위", "통화", "화폐단위"], "partner": ["상대국", "국가", "국가명", "교역국", "대상국"],
        "measure": ["지표", "유형", "구분", "항목"], "quarter": ["분기"],
        "source": ["자료: 중국 해관총서", "출처: 중국해관통계", "주: 잠정치임."],
    },
}  # fmt: skip
