"""Reads what a text claims: cuts it into clauses and takes each apart by the forms of docs/sentences.md.

What has none of the forms is returned as "unknown": nothing is said unseen.
"""

import re
from typing import NamedTuple

from tests.trade.charts.sentences.standing_forms import FORMS as STANDINGS

MONEY = r"(?:−?US\$[\d.,]+(?:\xa0(?:m|bn))?)"
SHARE = r"(?:(?:less than |more than )?[\d.]+%)"
PERIOD = r"(?:(?:[A-Z][a-z]{2}(?:–[A-Z][a-z]{2})? )?\d{4}|\d+ months? of \d{4})"
CHANGE = (
    rf"(?P<reported>on reported values alone )?(?P<amount>about the same as|the same as|[\d.,]+ times as much as"
    rf"|(?:about )?{SHARE} (?:less|more) than) in (?P<when>{PERIOD})(?P<matched> where both periods have a figure)?"
)
CAUTION = r"(?: \((?P<caution>[^()]*)\))?"
BASIS = r" \((?P<basis>[^()]*)\)"
VALUE = rf"(?P<value>{MONEY})"
IN = rf"in (?P<period>{PERIOD})"
ABOUT = r"(?:(?P<about>[^:]+): )?"
WHY_NOT = r"not compared with \S.*: [a-z ]+"
BALANCE = (
    rf"sold the DPRK {MONEY} more than it bought|sold the DPRK (?:about )?as much as it bought"
    rf"|bought {MONEY} more from the DPRK than it sold"
)
OF_THE_COMPARED = r"Of the (?P<count>\d+) (?P<many>[a-z]+) compared, (?P<first>.+?)"
RANKED = r"(?:was the (?P<largest>largest)|ranked (?P<place>\d+)(?:st|nd|rd|th)) of (?P<count>\d+) (?P<many>.+?)"

FORMS = {
    "went": rf"(?P<whole>.+?) went from (?P<before>{MONEY}) in (?P<first>{PERIOD}) to (?P<now>{MONEY})"
    rf" in (?P<last>{PERIOD})(?:, {CHANGE}| \(not compared: (?P<why>[a-z ]+)\))?{CAUTION}",
    "came to": rf"(?P<whole>.+?) came to {VALUE} {IN}(?:{BASIS})?(?:, (?:{CHANGE}|{WHY_NOT}))?{CAUTION}",
    "side": rf"(?:In (?P<period>{PERIOD}): )?(?P<whole>.+?) came to {VALUE}{BASIS}",
    "accounted": rf"(?P<name>.+?) accounted for {VALUE}, or (?P<share>{SHARE}), of (?P<whole>.+?) {IN}{BASIS}"
    rf"(?:, (?:{CHANGE}|{WHY_NOT}))?{CAUTION}",
    "other": rf"Other or unspecified goods came to {VALUE} {IN}{BASIS}, (?P<share>{SHARE}) of (?P<whole>.+?)"
    r", in \d+ sections?",
    "overtook": rf"(?P<first>.+?) overtook (?P<second>.+?) {IN} as the largest contributor to (?P<whole>.+?){CAUTION}",
    "record": rf"(?P<period>{PERIOD}) was the (?P<extreme>peak|lowest) year for (?P<whole>.+?)"
    rf" from (?P<from>\d{{4}}) to (?P<to>\d{{4}}): {VALUE}{CAUTION}",
    **STANDINGS,
    "ranges": r"Lowest and highest (?:year|month): (?P<ranges>.+)",
    "among": rf"{OF_THE_COMPARED} led (?P<whole>.+?) {IN}, with {VALUE}{CAUTION}",
    "overtook among": rf"{OF_THE_COMPARED} overtook (?P<second>.+?) in (?P<whole>.+?) {IN}{CAUTION}",
    "led": rf"(?P<first>.+?) led (?P<whole>.+?) {IN}, with (?P<share>{SHARE}){CAUTION}",
    "rank": rf"(?P<name>.+?) {RANKED} in (?P<whole>(?:China|the world)’s .+?) {IN}, with (?P<share>{SHARE}){CAUTION}",
    "balance": rf"{ABOUT}(?P<partner>China|The world) (?P<sold>{BALANCE}) {IN}{CAUTION}",
    "led by": r"led by (?P<first>.+?) \((?P<first_value>[^()]*)\) and (?P<second>.+?) \((?P<second_value>[^()]*)\)",
    "shares": rf"Shares of (?P<whole>.+?) {IN}{BASIS}: (?P<told>.+)",
    "compared": rf"(?P<whole>.+?) {IN}{BASIS}: (?P<told>.+)",
    "value": rf"(?P<whole>.+?): {VALUE} {IN}{CAUTION}",
    "end": rf"There is no figure after (?P<period>{PERIOD})",
    "latest": rf"the latest is for (?P<period>{PERIOD})",
    "in force": r"UN resolution \d+ has (?:banned|capped) these (?:imports|exports),?(?: with exemptions,)? since .+",
    "none": rf"(?P<whole>.+?): no figure for .+|(?:In (?P<period>{PERIOD}): )?there is no figure for .+"
    rf"|There is no figure for (?P<missing>.+?) in {PERIOD}"
    r"|No other or unspecified goods are recorded for .+",
    "said of totals": r"The total is the sum of exports valued \w+ and imports valued \w+"
    r"|For \d{4}, only total trade \(both directions combined\) was published|.+ are not compared with \d{4}: .+"
    r"|Source for \d{4}: .+|This release contains no figures",
}
COMPILED = {name: re.compile(form) for name, form in FORMS.items()}
WHOLE = ("shares", "compared", "ranges", *STANDINGS)  # what is one claim, whatever signs are in it


class Claim(NamedTuple):
    """What a clause claims: "came to", {"whole": "China’s exports to the DPRK", "value": "US$5", …}."""

    form: str
    parts: dict
    text: str


def read(text: str) -> list[Claim]:
    """Read the claims of a title or a sentence; a clause on what was said before inherits its whole and period."""
    claims, whole, period = [], None, None
    for clause in _clauses(text):
        claim = _claim(clause)
        claim.parts["whole"] = claim.parts.get("whole") or claim.parts.pop("missing", None)
        claim.parts.setdefault("whole", whole)
        claim.parts["period"] = claim.parts.get("period") or period
        claim.parts["whole"] = claim.parts["whole"] or whole
        whole, period = claim.parts["whole"], claim.parts["period"]
        claims.append(claim)
    return claims


def _claim(clause):
    for name, form in COMPILED.items():
        if found := form.fullmatch(clause):
            return Claim(name, found.groupdict(), clause)
    return Claim("unknown", {}, clause)


def _clauses(text):
    """Cut at ". " and "; ", but not within brackets, nor in the list of a comparison or of standings."""
    for sentence in _cut(text, ". "):
        if any(COMPILED[form].fullmatch(sentence.rstrip(".")) for form in WHOLE):
            yield sentence.rstrip(".")
        else:
            yield from (clause.rstrip(".") for clause in _cut(sentence, "; ") if clause.strip(" ."))


def _cut(text, mark):
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and text[place : place + 2] == mark:
            parts.append(text[start:place])
            start = place + 2
    return [*parts, text[start:]]


def money(text: str) -> tuple[float, float]:
    """Read dollars and half of their last digit: "US$1.67 bn" -> (1670000000, 5000000)."""
    digits = re.search(r"[\d.,]+", text).group().replace(",", "")
    scale = 10**9 if text.endswith("bn") else 10**6 if text.endswith("m") else 1
    half = 0.5 * 10 ** -len(digits.partition(".")[2]) * scale
    return float(digits) * scale * (-1 if text.startswith("−") else 1), half if scale > 1 else 0.5


def is_share(text: str, part: float, whole: float) -> bool:
    """Whether "37%", or "less than 0.1%", is the share, as finely as it is written."""
    if not whole:
        return text == "0%"
    share, number = 100 * abs(part) / abs(whole), re.search(r"[\d.]+", text).group()
    if text.startswith(("less than", "<")):
        return share < float(number)
    if text.startswith(("more than", ">")):
        return share > float(number)
    digits = len(number.partition(".")[2])
    coarse = 0.5 if digits == 0 and share >= 9.5 else 0.05
    return abs(float(number) - share) <= coarse + 1e-6
