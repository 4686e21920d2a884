"""Finds the countries that a title, a sheet name or a column names, in English, Chinese and Korean.

The names are those of CLDR (Babel) with a few that trade statistics use beside them. Whatever is named and is neither
the DPRK nor the partner of the dataset is another country; "Korea" alone is not clear; and a destination that nobody
knows ("exports to Ruritania") is named, too.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from babel import Locale

from spreadsheets.sheet import Question, Stop
from trade.importing.texts.heading_text import plain
from trade.importing.texts.money_units import DOLLAR, OTHER_MONEY

DPRK, CHINA, WORLD, KOREA = "KP", "CN", "001", "Korea"
LANGUAGES = ("en", "zh", "zh_Hant", "ko")
# Official forms as statistics invert and shorten them: "Korea, Dem. People's Rep. of (the)".
DEMOCRATIC = r"dem(?:ocratic|\.)?"
PEOPLES = r"(?:people's?|peoples|p\.?)\.?"
REPUBLIC = r"(?:rep(?:ublic|\.)?|r\.?)\.?"
LATIN_NAMES = "|".join([
    rf"(?:the )?{DEMOCRATIC} (?:{PEOPLES} )?{REPUBLIC} (?:of )?korea(?: ?\(the\))?",
    rf"korea[,;]? ?\(?(?:the )?{DEMOCRATIC} ?{PEOPLES} ?{REPUBLIC}(?: of)?\)?",
    r"d\.? ?p\.? ?r\.?(?: of)? korea|korea,? ?\(?(?:d\.?p\.?r\.?(?:k\.?)?|north)\)?",
    rf"korea[,;]? ?\(?(?:the )?{DEMOCRATIC} ?{REPUBLIC}(?: of)?\)?|korea,? d ?p ?r(?: of)?",
    r"north[ -]?korean?s?|n\.? ?korean?s?|d\.p\.r\.k\.?|dprk|prk(?![a-z])|(?<![a-z])n\.?k\.?(?![a-z])",
    r"(?<![a-z])kp(?![a-z])|pyongyang",
])  # fmt: skip
# 朝 alone is the DPRK beside a word of direction: 对朝, 朝方, 朝向中国, 中→朝.
CHINESE_NAME = (
    r"北?朝鲜(?:民主主[义義]人民共和国)?(?!族|半岛|半島|语|語|文)|北韩"
    r"|(?<=对)北(?= ?(?:进出口|出口|进口|贸易|输出|수출|수입|교역))"
    r"|(?<=[对自从与由向往中→])朝(?![鲜韩阳廷代着])|朝(?=方|[对向往从自由至→](?:中|华|我国))"
)
KOREAN_NAME = r"(?<!남)조선(?:민주주의 ?인민공화국)?(?!족)|북조선|(?<!남)북한|북측"
DPRK_NAMES = rf"{LATIN_NAMES}|{CHINESE_NAME}|{KOREAN_NAME}|대북"
CHINA_NAMES = r"people's republic of china|p\.r\.c\.?|prc(?![a-z])|chn(?![a-z])|(?<![a-z])cn(?![a-z])|chinese"
WORLD_NAMES = (
    r"(?:the )?(?:whole |rest of the )?world(?:wide)?(?! (?:bank|trade|customs|integrated))|wld(?![a-z])"
    r"|all (?:countries|partners)|全?世界|全球|各国|所有国家|전 ?세계"
)
# Beside CLDR: the Republic of Korea in its many forms, other short and official names, adjectives, groups of countries.
NAMES_BY_COUNTRY = {
    "KR": rf"(?:the )?{REPUBLIC} of korea|korea[,;]? ?\(?(?:the )?{REPUBLIC}(?: of)?\)?|korea,? ?\(?south\)?"
    r"|south[ -]?korean?s?|s\.? ?korean?s?|r\.o\.k\.?|rok|kor|大韩民国|南韩|南朝鲜|남조선|남한|한국|대한민국",
    "RU": r"russian federation|russians?|俄国|俄罗斯联邦",
    "VN": r"viet ?nam(?:ese)?",
    "LA": r"lao p\.?d\.?r\.?|laotian",
    "MM": r"burma|burmese",
    "US": r"u\.s\.a?\.?(?!\$)|usa|americans?",
    "GB": r"u\.k\.?|uk|britain|british|england",
    "JP": "japanese",
    "MN": "mongolian?",
    "IN": "indian",
    "TH": "thai",
    "DE": "german",
    "FR": "french",
    "MY": "malaysian",
    "SG": "singaporean",
    "IR": "iranian",
    "CZ": "czech republic",
    "SY": "syrian arab republic",
    "TW": "chinese taipei|台湾",
    "HK": "hong ?kong|香港|홍콩",
    "MO": "macao|macau|澳门|마카오",
    "EU": r"e\.u\.?|eu|european union|欧盟",
    "": "一带一路|asean|东盟|아세안",
}
OTHER_NAMES = "|".join(NAMES_BY_COUNTRY.values())
# Provinces and institutions that hold the name of a country.
NOT_COUNTRIES = (
    r"inner mongolia|内蒙古|네이멍구|내몽고|korea international trade association|kita(?![a-z])|kotra"
    r"|korea trade[- ]investment promotion agency|한국무역협회|대한무역투자진흥공사|한국은행|bank of korea"
)
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
# A destination or an origin: what follows, up to the end of its phrase, is whose trade it is.
STOP = r"(?= by | in | of | for | since | during | from | to | at | per |[,;:()\[\]–—|/]| - |$)"
DESTINATION = re.compile(
    rf"\b(?:exports?|exported|imports?|imported|trade|trading|shipments?|sales|deliveries)\b[^,;:()–—]{{0,40}}?"
    rf" (?:to|from|with|into) (?P<place>[^,;:()\[\]]+?){STOP}"
)
CHINESE_DESTINATION = re.compile(
    r"(?:[对往向与和跟同]|[从自由](?!治|贸))(?P<place>[^\s,，、;；:：()（）\d]{1,10}?)(?:的)?(?:进出口|出口|进口|贸易)"
)
CHINESE_PAIR = re.compile(r"中(?P<place>[^朝国华央部心\s])(?:贸易|双边|经贸)")
KOREAN_DESTINATION = re.compile(r"(?:^| |의 ?)대 ?(?P<place>[가-힣]{1,8}?) ?(?:수출입|수출|수입|교역|무역)")
NO_PLACE = re.compile(
    rf"(?:the )?(?:\d.*|{MONTH}\b.*|date|end.*|year.*|each.*|all provinces.*|provinces?.*|data.*|source.*|partners?.*"
    r"|(?:and|or) .*|한|해|外|外国|华|中国|我国|全国|各省|各地区?|其|之|比|期|年|月|此|口岸|외|중|전체|총)"
)
KNOWN = re.compile(r"⟨\w+⟩")
EXCEPT_DPRK = re.compile(
    rf"(?:except|exclud\w*|other than|without|but|除|不含|不包[括含]|剔除)[^,，;；。⟨]{{0,9}}⟨{DPRK}⟩"
    rf"|⟨{DPRK}⟩ *(?:以外|除外|을? ?제외)"
)
# "North Korea's foreign trade" is its trade with the world.
FOREIGN_TRADE = re.compile(rf"⟨{DPRK}⟩ *(?:'s|s'|의|的)? *(?:(?:total |overall )?(?:foreign|external)|대외|对外|外贸)")


@dataclass
class Named:
    """The countries that a text names: {"KP", "CN", "001"}, names of others, and what is not clear."""

    known: set[str] = field(default_factory=set)
    others: list[str] = field(default_factory=list)  # ["mongolia"], as the text has them
    unclear: list[str] = field(default_factory=list)  # ["korea", "ruritania"]


@cache
def _territories() -> dict[str, str]:
    """All names of CLDR but those of the DPRK, China and the world: {"myanmar": "MM", "burma": "MM", …}."""
    words = {}
    for language in LANGUAGES:
        territories = Locale.parse(language).territories
        for code, name in territories.items():
            if code not in (DPRK, CHINA, WORLD, "UN", "ZZ", "QO", "EZ"):
                words |= dict.fromkeys(_variants(name), code)
    return words


@cache
def _others() -> re.Pattern:
    """All names of other countries, the longer ones first."""
    words = _territories()
    latin = sorted((word for word in words if word.isascii() or not _is_cjk(word)), key=len, reverse=True)
    cjk = sorted((word for word in words if _is_cjk(word)), key=len, reverse=True)
    bounded = rf"(?<![a-z])(?:{OTHER_NAMES}|{'|'.join(map(re.escape, latin))})(?![a-z])"
    return re.compile(rf"{bounded}|{'|'.join(map(re.escape, cjk))}")


def _variants(name):
    """A name of CLDR, and its parts: "Myanmar (Burma)" -> {"myanmar", "burma"}; "Hong Kong SAR China" -> {…}."""
    name = plain(name.replace("’", "'"))
    parts = {name, *re.split(r" ?[(（)）] ?", name)}
    parts |= {re.sub(r"^中国|特别行政区$| sar china$", "", part) for part in parts}
    return {
        part
        for part in parts
        if len(part) > (1 if _is_cjk(part) else 3) and part not in ("中国", "中國", "중국", "china")
    }


def _is_cjk(word):
    return bool(re.search(r"[\u3040-\u9fff\uac00-\ud7a3]", word))


# What is named is taken out, so that no part of it is found again: North Korea before Korea.
MARKS = [
    (re.compile(rf"(?<![a-z])(?:{NOT_COUNTRIES})"), " "),
    (re.compile(rf"(?<![a-z])(?:{DPRK_NAMES})"), f" ⟨{DPRK}⟩ "),
    (re.compile(rf"(?<![a-z])(?:{WORLD_NAMES})"), f" ⟨{WORLD}⟩ "),
]
NORMAL = [
    (re.compile(rf"(?<![a-z])(?:{LATIN_NAMES})(?![a-z])"), "dprk"),
    (re.compile(CHINESE_NAME), "朝鲜"),
    (re.compile(KOREAN_NAME), "북한"),
    (re.compile(rf"(?<![a-z])(?:{CHINA_NAMES})(?![a-z])"), "china"),
    (re.compile(r"(?:(?<=[가-힣])|(?<=[가-힣] ))dprk|dprk(?= ?[가-힣])"), "북한"),
    (re.compile(r"对朝鲜(?= ?[수교무])"), "대북한"),
]
CHINA_MARK = re.compile(rf"(?<![a-z])(?:{CHINA_NAMES}|china)(?:'s)?(?![a-z])|中国|중국")
BARE_KOREA = re.compile(r"(?<![a-z])korean?s?(?![a-z])|코리아|南北朝鲜|朝韩|韩朝|남북한")


def named(text: str) -> Named:
    """Find the countries in a text: "China's exports to Mongolia" -> known {"CN"}, others ["mongolia"]."""
    found = Named()
    words = re.sub(DOLLAR, " ", OTHER_MONEY.sub(" ", plain(text).replace("’", "'")))
    for pattern, mark in MARKS:
        words = pattern.sub(mark, words)
    found.others = [match.strip() for match in _others().findall(words)]
    words = CHINA_MARK.sub(f" ⟨{CHINA}⟩ ", _others().sub(" ⟨xx⟩ ", words))
    found.known = {mark.strip("⟨⟩") for mark in KNOWN.findall(words)} - {"xx"}
    if FOREIGN_TRADE.search(words) and CHINA not in found.known:
        found.known.add(WORLD)
    if EXCEPT_DPRK.search(words):
        found.others.append("all countries except the DPRK")
    if BARE_KOREA.search(words):
        found.unclear.append(KOREA)
        words = BARE_KOREA.sub(" ⟨xx⟩ ", words)
    found.unclear += _destinations(words)
    return found


CODES = {"408": DPRK, "109": DPRK, "156": CHINA, "0": WORLD}  # UN and customs


def code_of(cell: str) -> str:
    """Read a cell that names one country: "China", "156", "CHN" -> "CN"; "" for none, or several."""
    found = named(cell)
    codes = found.known | {country(other) for other in found.others}
    if len(codes) == 1 and not found.unclear:
        return next(iter(codes))
    return CODES.get(cell.removesuffix(".0"), "")


@cache
def country(name: str) -> str:
    """Find the country that a name of `named` is of: "russian", "俄国" -> "RU"; the name itself where it is of none."""
    for code, names in NAMES_BY_COUNTRY.items():
        if code and re.fullmatch(names, name):
            return code
    return _territories().get(name, name)


def without_names(words: str) -> str:
    """Take the names of all countries out of plain words."""
    for pattern in (*(pattern for pattern, _mark in MARKS), _others(), CHINA_MARK):
        words = pattern.sub(" ", words)
    return words


def names(text: str, code: str) -> bool:
    """Tell whether a text names a country: "Russian exports" names "RU"."""
    found = named(text)
    return code in found.known or code in map(country, found.others)


def _destinations(words):
    """Whose trade a text names beside the countries that are known."""
    for pattern in (DESTINATION, CHINESE_DESTINATION, CHINESE_PAIR, KOREAN_DESTINATION):
        for match in pattern.finditer(words):
            place = match["place"].strip()
            if place and "⟨" not in place and not NO_PLACE.fullmatch(place):
                yield place


def normal(words: str) -> str:
    """Write each name of the DPRK and of China in one way: "d.p.r. of korea" -> "dprk", "北韩" -> "朝鲜"."""
    for pattern, name in NORMAL:
        words = pattern.sub(name, words)
    return words


def check(terms, sheet, titles) -> None:
    """Refuse a table whose titles, or whose sheet, name another country than the DPRK and its partner; ask if unclear.

    Raises: Stop, with a fault, or with the question "partner".
    """
    for text in [*titles, sheet.name]:
        found = named(text)
        if others := strangers(found, terms):
            raise Stop(_of_another_country(sheet, text, others[0]))
        if unclear := [word for word in found.unclear if not terms.knows(word)]:
            terms.answer(_whose(sheet, text, unclear[0]))


def of_dataset(terms) -> str:
    """Say whose trade with the DPRK a dataset is of: "CN", "RU", or "001" for the world."""
    return _partner(terms.partner)


@cache
def _partner(name):
    if "world" in name:
        return WORLD
    found = named(name)
    return country(found.others[0]) if found.others and CHINA not in found.known else CHINA


def strangers(found: Named, terms) -> list[str]:
    """The countries named that are neither the DPRK nor the partner of the dataset."""
    own = of_dataset(terms)
    known = ["the world"] if WORLD in found.known and terms.partner not in ("", "the world") else []
    known += ["China"] if CHINA in found.known and own not in (CHINA, WORLD) else []
    return [other for other in found.others if country(other) != own] + known


def _whose(sheet, text, word):
    where = f"The sheet “{sheet.name}”" if sheet.name else "The file"
    said = f"{where} says “{str(text).strip()[:120]}”, which names “{word}”"
    yes = ["dprk", "Yes, all of it is trade with the DPRK"]
    return Question("partner", f"{said}: is all of it trade with the DPRK?", [yes])


def _of_another_country(sheet, text, other):
    advice = "Upload data on trade with the DPRK only. If this is such data, remove the other country from the title."
    found = f"“{str(text).strip()[:120]}”, which names {other}"
    return sheet.fault("other-partner", advice, found=found, expected="trade with the DPRK")
