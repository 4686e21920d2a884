"""Says what one table was understood to be about: partner, direction, unit, periods, each with the text that says so.

The page of an upload shows it, so that an editor sees at a glance what was read, and what was assumed.
"""

from collections.abc import Iterable

from trade import time_period
from trade.importing.texts import countries, flow_words, money_units
from trade.importing.texts.flow_words import FROM, TO, TOTAL

DIRECTIONS = {TO: "to the DPRK", FROM: "from the DPRK", TOTAL: "both together, as one sum"}
MOST = 80  # characters of a text that are quoted


class Texts:
    """The texts of a table by where they stand: [("title", "China's exports …"), ("header", "Value (US$)"), …]."""

    def __init__(self, sheet, titles: Iterable, headers: Iterable, notes: Iterable = ()):
        self.sheet = sheet
        named = [("sheet name", sheet.name)] if sheet.name else []
        self.all = [*(("title", text) for text in titles), *named, *(("header", text) for text in headers)]
        self.all += [("note", text) for text in notes]

    def first(self, says) -> tuple[str, str]:
        """Find the first text that says something, and where it stands; ("", "") if none does."""
        return next(((str(text).strip()[:MOST], place) for place, text in self.all if text and says(text)), ("", ""))


def table(texts: Texts, terms, *, flows: set, unit: int, periods: set) -> list[dict]:
    """Describe a table.

    [{"what": "Unit", "value": "US$ thousand", "said": "in US$ thousand", "place": "title", "where": "Sheet “a”"}, …];
    `said` is "" where nothing in the file says it.
    """
    where = f"Sheet “{texts.sheet.name}”" if texts.sheet.name else texts.sheet.file
    rows = [
        _partner(texts, terms),
        *(_direction(texts, terms, flow) for flow in sorted(flows)),
        _unit(texts, terms, unit),
    ]
    rows.append(("Periods", _periods(periods), "", ""))
    return [dict(zip(("what", "value", "said", "place"), row, strict=True)) | {"where": where} for row in rows]


def _partner(texts, terms):
    said = texts.first(lambda text: countries.DPRK in countries.named(text).known)
    if not said[0] and "partner" in terms.answers:
        said = ("", "answered by the editor")
    value = f"{terms.partner}’s trade with the DPRK" if terms.partner else "trade with the DPRK"
    return ("Trade", value[:1].upper() + value[1:], *(said if any(said) else ("", "not named in the file")))


def _direction(texts, terms, flow):
    said = texts.first(lambda text: flow_words.flow(text) == flow)
    if not said[0]:
        said = texts.first(lambda text: flow_words.flow(text) or flow_words.total_trade(text))
    if terms.flow == flow and not said[0]:
        said = ("", "chosen at upload")
    return ("Direction", DIRECTIONS.get(flow, flow), *(said if any(said) else ("", "in a column, or answered")))


def _unit(texts, terms, unit):
    said = texts.first(lambda text: unit in money_units.units([text]).dollars | money_units.units([text]).loose)
    if not said[0]:
        said = (
            "",
            "answered by the editor" if "unit" in terms.asked else "not named in the file: whole dollars are read",
        )
    return ("Unit", money_units.in_words(unit), *said)


def _periods(periods):
    if not periods:
        return "none"
    first, last = (time_period.written(*period) for period in (min(periods), max(periods)))
    kind = "months" if all(month for _year, month in periods) else "years"
    if any(month for _year, month in periods) and not all(month for _year, month in periods):
        kind = "years and months"
    return f"{kind}, {first} to {last}" if first != last else f"{kind}, {first}"
