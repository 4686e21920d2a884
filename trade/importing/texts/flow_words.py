"""Flows and countries in titles and headers, in English, Chinese and Korean.

Whose exports "Exports" are is not in the word: this module then says "exports", and the editor is asked. Chinese 出口
and 进口 are always seen from China.
"""

import re
from collections.abc import Iterable

from trade.importing.texts import countries
from trade.importing.texts.heading_text import plain

TO, FROM = "to_dprk", "from_dprk"
TOTAL = "total"  # both directions together
EXPORTS, IMPORTS = "exports", "imports"  # not yet a flow: whose, the words do not say
# A country that stands after a dash or "and" is half of a pair ("China–DPRK exports"), not whose exports they are.
ALONE = r"(?<![-–—/&→>])(?<![-–—/&→>] )(?<!and )"
ARROW = r" ?(?:→|⇒|➔|[-=–—]+>) ?"
CHINA_IN_CHINESE = r"(?:中国(?:大陆|内地)?|中方|我国|国内|华)"
NOT_TO_CHINA = r"(?<![대→])(?<![대→] )"  # 대중국 수출 is what is sold to China
TOWARD, AWAY = r"(?:对|向|往|至|到|输往|出口到)", r"(?:从|自|由)"
DPRK = (
    r"(?:the )?(?<![a-z])(?:dprk|d\.p\.r\.k\.|north korean?|n\.? ?korean?|korea,? d\.?p\.?r\.?|prk"
    r"|democratic people'?s republic of korea)"
)
CHINA = r"china|chinese|prc|p\.r\.c\.|people'?s republic of china"
PARTNER = rf"(?:the )?(?<![a-z])(?:{CHINA}|world)"
CHINA = rf"(?:the )?(?<![a-z])(?:{CHINA})"
OUT, IN = r"(?:exports?|exported|exp(?![a-z]))", r"(?:imports?|imported|imp(?![a-z]))"
FLOWS = [
    (TO, rf"{OUT} (?:value )?(?:to|into|destined for) {DPRK}|(?<![a-z])exp {DPRK}"),
    (TO, rf"{IN} (?:value )?from {PARTNER}"),
    (TO, rf"{ALONE}{PARTNER}(?:'s|s')? {OUT}"),
    (TO, rf"{ALONE}{DPRK}(?:'s|s')? {IN}"),
    (TO, rf"{IN} (?:of|by|into|to) {DPRK}"),
    (TO, rf"{OUT} (?:of|by|from) {PARTNER}"),
    (TO, r"[对對向往](?:朝鲜?|朝鮮|北韩|北韓)\w{0,3}出口|出口[到至往]?(?:朝鲜|朝鮮)"),
    (TO, rf"朝鲜(?:方面?)?{AWAY}{CHINA_IN_CHINESE}\w{{0,4}}进口|(?:输|销)往朝鲜|{CHINA_IN_CHINESE}{ARROW}朝鲜"),
    (TO, rf"{CHINA}{ARROW}{DPRK}|중국{ARROW}북한|中{ARROW}朝"),
    (TO, r"(?:대 ?북한?|중국의? 북한|북한(?:으?로의|으?로|에 ?대한|향)) ?(?:품목별 ?|성별 ?)?수출"),
    (TO, rf"{NOT_TO_CHINA}중국의? ?(?:성별 ?)?수출"),
    (TO, r"중국에서 북한으로 ?수출|북한의? ?대 ?중국? ?(?:품목별 ?)?수입"
     r"|북한의 ?(?:중국(?:으로부터의?|에서의?) ?)?(?:품목별 ?)?수입"),
    (FROM, rf"{IN} (?:value )?(?:from|originating in) {DPRK}|(?<![a-z])imp {DPRK}"),
    (FROM, rf"{OUT} (?:value )?(?:to|into) {CHINA}"),  # "to the world" does not say whose
    (FROM, rf"{ALONE}{PARTNER}(?:'s|s')? {IN}"),
    (FROM, rf"{ALONE}{DPRK}(?:'s|s')? {OUT}"),
    (FROM, rf"{OUT} (?:of|by|from) {DPRK}"),
    (FROM, rf"{IN} (?:of|by|into) {PARTNER}"),
    (FROM, r"[自从從由](?:朝鲜?|朝鮮|北韩|北韓)\w{0,3}进口|进口自(?:朝鲜|朝鮮)"),
    (FROM, rf"朝鲜(?:方面?)?{TOWARD}{CHINA_IN_CHINESE}\w{{0,4}}出口|朝鲜(?:的)?对外出口|朝鲜{ARROW}{CHINA_IN_CHINESE}"),
    (FROM, rf"{DPRK}{ARROW}{CHINA}|북한{ARROW}중국|朝{ARROW}中"),
    (FROM, rf"{NOT_TO_CHINA}중국의? ?(?:성별 ?)?수입"),
    (FROM, r"(?:대 ?북한?|북한(?:으로부터의?|에서의?|산)) ?(?:품목별 ?|성별 ?)?수입"),
    (FROM, r"북한의? ?(?:대 ?중국?|대 ?중) ?(?:품목별 ?)?수출"
     r"|북한의 ?(?:중국(?:으로의|에 ?대한|향) ?)?(?:품목별 ?)?수출"),
]  # fmt: skip
FLOWS = [(flow, re.compile(pattern)) for flow, pattern in FLOWS]
A_DPRK = re.compile(rf"{DPRK}|korea, ?dem.*|dem.*korea|408|109|北?朝[鲜鮮].{{0,12}}|북한|조선", re.IGNORECASE)
A_REPORTER = re.compile(rf"{PARTNER}|156|cn|chn|wld|w00|0|中国|世界|중국", re.IGNORECASE)
# "to the DPRK" alone, where no other word names a flow.
DIRECTIONS = [
    (TO, re.compile(rf"\bto {DPRK}\b|{CHINA} to {DPRK}")),
    (FROM, re.compile(rf"\bfrom {DPRK}\b|{DPRK} to {CHINA}")),
]
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


# A title of which one side is the subject: "North Korea's trade with China", "중국의 대북한 수출입".
SUBJECTS = [
    (
        FROM,
        rf"{DPRK}(?:'s|s')? (?:\w+ )?trade with {CHINA}"
        r"|북한의? ?(?:대 ?중국?|대외) ?(?:무역|교역|수출입)",
    ),
    (FROM, rf"{DPRK}(?:'s|s')? (?:total |overall )?(?:foreign|external) trade"),
    (TO, rf"{CHINA}(?:'s|s')? (?:\w+ )?trade with {DPRK}|중국의? ?대 ?북한? ?(?:무역|교역|수출입)"),
]
SUBJECTS = [(flow, re.compile(pattern)) for flow, pattern in SUBJECTS]


def whose(titles: Iterable[str], flow: str, heading: str) -> str:
    """Decide by the titles whose exports a heading is about; or doubt a bare 出口 below a title about the DPRK's trade.

    Below "North Korea's trade with China" exports are from the DPRK: "exports" -> "from_dprk". Below 朝鲜对华贸易 an
    出口, which is China's elsewhere, may be either's: "to_dprk" -> "exports" (whose?).
    """
    if flow in (EXPORTS, IMPORTS):
        words = [countries.normal(plain(title)) for title in titles]
        named = {one for one, pattern in SUBJECTS if any(map(pattern.search, words))}
        if len(named) == 1:
            [exports] = named
            return exports if flow == EXPORTS else {TO: FROM, FROM: TO}[exports]
        verb = re.compile({EXPORTS: rf"\b{OUT}|수출", IMPORTS: rf"\b{IN}|수입"}[flow])
        decided = {_flow_of_words(title) for title in words if verb.search(title)} & {TO, FROM}
        if len(decided) == 1:  # "Products exported by China to the DPRK", above "Exported value in 2017"
            return decided.pop()
    is_bare = flow in (TO, FROM) and not NAMES_COUNTRY.search(plain(heading))
    # China's customs (海关) publish such titles, too, and mean China's own 出口.
    if is_bare and any(ABOUT_DPRK.search(countries.normal(plain(title))) and "海关" not in title for title in titles):
        return EXPORTS if flow == TO else IMPORTS
    return flow


def flow(heading) -> str | None:
    """Read the direction: "China's exports to North Korea" -> "to_dprk"; "Exports" -> "exports" (whose?).

    None where the text says nothing, or speaks of both directions.
    """
    words = plain(heading)
    if words in (TO.replace("_", " "), FROM.replace("_", " ")):
        return words.replace(" ", "_")
    if balance(words):
        return None
    return _flow_of_words(countries.normal(BOTH.sub(" ", words)))  # "进出口" holds "出口", and is not it


def _flow_of_words(words):
    for patterns in (FLOWS, DIRECTIONS, WHOSE_UNSAID):
        named = {flow for flow, pattern in patterns if pattern.search(words)}
        if named and _speaks_of_both(words):
            return None
        if named:
            return named.pop() if len(named) == 1 else None
    return None


BOTH = re.compile(r"进出口|수출입")
TOTAL_TRADE = re.compile(
    rf"{BOTH.pattern}|교역(?:액|량|총액)|贸易(?:总[额值]|额)|双边贸易|\btotal (?:foreign )?trade"
    rf"|\b(?:two-way|bilateral) trade|\btrade (?:volume|turnover|total)|\bboth directions"
    rf"|{OUT} (?:and|&|\+|plus) {IN}|{IN} (?:and|&|\+|plus) {OUT}"
)
BALANCE = re.compile(
    r"[净淨][出进]口|[贸顺逆]差|差额|\bnet (?:exports?|imports?|trade)|balance of trade|trade balance"
    r"|\b(?:surplus|deficit)\b|순수[출입]|수지|흑자|적자"
)


def total_trade(heading) -> bool:
    """Tell a title of both directions together: "各省对朝鲜进出口总额", "Total trade with the DPRK"."""
    return bool(TOTAL_TRADE.search(plain(heading)))


def balance(heading) -> bool:
    """Tell a title of exports less imports: "净出口", "Net exports", "Trade balance"."""
    return bool(BALANCE.search(plain(heading)))


def of_reporter(flow: str, reporter: str) -> str:
    """Turn the "exports" of a reporter, "CN", "RU" or "KP", into a flow; "" where the reporter is not known."""
    exports = {countries.DPRK: FROM, countries.WORLD: "", "": ""}.get(reporter, TO)
    return exports if flow == EXPORTS else {TO: FROM, FROM: TO}.get(exports, "")


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
