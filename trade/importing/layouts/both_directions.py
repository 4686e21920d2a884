"""Recognises the sum of both directions in headers and titles, and checks it against its parts: it is never stored."""

import re
from typing import NamedTuple

from spreadsheets.sheet import Fault
from trade import time_period
from trade.importing.texts import flow_words, heading_text, heading_words, money_units
from trade.importing.texts.flow_words import FROM, TO, TOTAL
from trade.importing.texts.heading_text import closed_up
from trade.reference.spelling import normalise

MOST_LISTED = 5
NOT_THE_SUM = re.compile(
    r"差[额額]|[顺順逆]差|净|淨|balance|\bnet\b|surplus|deficit|수지|增|同比|growth|change|份[额額]|share|비중|증감"
)
SUM = re.compile(
    r"(?:(?!出口)[^进進]){0,8}(?:[进進]出口|[对對]外贸易|[贸貿]易)(?:商品)?(?:总|總)?(?:[额額值]|金[额額]|合[计計]|总[计計]|总[额額值])?(?:合[计計])?"
    r"|合[计計]|[总總][计計额額值]|[总總]"
    r"|총? ?(?:교역|무역)(?: ?총?액)?|(?:대북|대중|총)? ?수출입(?: ?총?액| ?합계)?|합계|총계|총액|계"
    r"|(?:grand |overall )?totals?(?: trade)?(?: value| volume| turnover)?|sum(?: of both.*)?|both(?: directions)?"
    r"|two-way trade|(?:total )?trade(?: volume| turnover| value)?|trade in both directions|turnover"
    r"|exports? ?(?:and|&|\+|plus) ?imports?|imports? ?(?:and|&|\+|plus) ?exports?|x ?\+ ?m|import-export"
)
# In a title: only words that say that the sum itself is given.
SUM_IN_TITLE = re.compile(
    r"[进進]出口(?:商品)?(?:[总總]?[额額值]|金[额額]|[总總合][计計]|贸易[额額])|贸易[总總]?[额額]|貿易[總总]?額"
    r"|(?:교역|무역)(?: ?총?액| ?규모)|수출입 ?(?:총?액|합계|총계)"
    r"|total trade\b|two-way trade|trade (?:turnover|volume)|trade in both directions"
    r"|(?:exports?|imports?) plus (?:imports?|exports?)"
    r"|(?:sum|total) of (?:exports?|imports?) and (?:exports?|imports?)"
)
A_LABEL = re.compile(
    r"(?:[一二三四五\d]+[、.．)] ?)?(?:[进進]出口|수출입|교역|total trade|both directions|exports and imports)"
)


def _without_unit(words):
    for pattern in (*money_units.SCALED, re.compile(money_units.DOLLAR), money_units.LOOSE):
        words = pattern.sub(" ", words)
    words = re.sub(r"[(\[][^)\]]*[)\]]|[,:;/] *$|\b(?:in|of)\b *$", " ", words)
    return " ".join(words.split()).strip(" ,:;")


def flow_of_header(cell) -> str | None:
    """Read the flow that the header of a column names: a direction, "exports", or "total" for the sum of both."""
    if not isinstance(cell, str):
        return None
    cell = closed_up(cell)
    words = _without_unit(heading_text.plain(cell))
    if NOT_THE_SUM.search(words):
        return None
    if SUM.fullmatch(words):
        return TOTAL
    is_other = heading_words.told_apart(cell) or heading_words.estimated(cell)  # a share, another country, an estimate
    return None if is_other else flow_words.flow(cell)


def is_titled_so(texts) -> bool:
    """Tell a table whose titles, or the name of whose sheet, say that it holds the sum of both directions.

    `texts` are the nearest first. A text that names one direction decides against it.
    """
    says_sum = False
    for text in texts:
        words = heading_text.plain(closed_up(text))
        if NOT_THE_SUM.search(words):
            continue
        if SUM_IN_TITLE.search(words) or A_LABEL.fullmatch(_without_unit(words)):
            says_sum = True
        elif flow_words.flow(text) in (TO, FROM, flow_words.EXPORTS, flow_words.IMPORTS):
            return False
    return says_sum


class Sum(NamedTuple):
    """A stated sum of both directions: of what and when, how much, where it stands and in what unit."""

    key: str
    year: int
    month: int
    usd: int
    place: str
    unit: int


def refused(sheet, cell: str, found: str) -> Fault:
    """Make the fault of a table that gives nothing but the sum of both directions."""
    return sheet.fault(
        "flow",
        "This is the sum of both directions, which is not stored here. Upload a table of exports (出口) and one of "
        "imports (进口), or both as columns.",
        cell=cell,
        found=found,
        expected="exports or imports",
    )


def compare(sums: list[Sum], values, vocabulary: dict) -> list[str]:
    """Compare stated sums with the directions that were read: the sums that differ, in words.

    `values` are (key, flow, year, month, US dollars). Of rounded values a sum may differ by one unit of its last digit.
    """
    parts = {}
    for key, flow, year, month, usd in values:
        name = vocabulary.get(normalise(key), normalise(key))
        parts.setdefault((name, year, month), {})[flow] = usd
    return [sentence for one in sums if (sentence := _difference(one, parts, vocabulary))]


def _difference(one, parts, vocabulary):
    name = vocabulary.get(normalise(one.key), normalise(one.key))
    directions = parts.get((name, one.year, one.month), {})
    known = [usd for usd in directions.values() if usd is not None]
    if {TO, FROM} - set(directions) or not known:
        return ""
    slack = one.unit if one.unit > 1 else 0
    if abs(one.usd - sum(known)) <= slack:
        return ""
    period = time_period.written(one.year, one.month)
    return f"{one.place} ({one.key} {period}) is {one.usd:,}, but both directions add up to {sum(known):,}"
