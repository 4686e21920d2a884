"""Holds what was reported against the caps on it, by weight or by value, in the calendar years that a cap covers whole.

A cap of "each 12 months" runs from a day of its own; here it is held against calendar years, and the note says so.
Barrels count by the tonnes that the source gives for them. Estimates are left out: a cap is held against what was
reported alone.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells, Quantity
from trade.charts.figures import table_cells
from trade.charts.schema import Table
from trade.charts.text.labels import day, listed, within

TONNES = {"t": 1.0, "kg": 0.001}


class Use(NamedTuple):
    """What was reported in a year, and which part of the cap that came to."""

    tonnes: float | None
    value_usd: int
    share: float  # of the cap, in per cent
    cap: object  # the one that was the nearest to being used up


def of(cells: Cells, node: dict, caps: tuple) -> dict[int, Use]:
    """Find the use of the caps on goods of a section or code: {2018: Use(…)}; {} of none, and of all goods."""
    if cells.monthly or node["level"] == "root" or cells.flow not in ("to_dprk", "from_dprk"):
        return {}
    about = [cap for cap in caps if cap.direction in (cells.flow, "both") and _lies_within(cells, cap, node)]
    found = {year: _used(cells, about, year) for year in cells.periods}
    return {year: max(uses, key=lambda use: use.share) for year, uses in found.items() if uses}


def notes(cells: Cells, uses: dict[int, Use], caps: tuple) -> Iterator[str]:
    """Say the caps that are held against what was reported, and how much of each was used, year by year."""
    for cap in dict.fromkeys(use.cap for use in uses.values()):
        years = [(year, use) for year, use in uses.items() if use.cap == cap]
        told = "; ".join(_("%(year)s %(used)s") % {"year": year, "used": _said(cap, use)} for year, use in years)
        words = {"cap": _cap(cells, cap, caps), "told": told}
        yield _("%(cap)s. Reported, by calendar year: %(told)s.") % words


def in_table(table: Table, cells: Cells, uses: dict[int, Use]) -> Table:
    """Add to a table by year what was reported by weight, and its part of the cap."""
    if not uses:
        return table
    about = {"member": "all"}
    columns = [
        table_cells.column("reported", _("Reported, US$"), "value", "reported", cells.flow, **about),
        table_cells.column("quantity", _("Quantity"), "quantity", "reported", cells.flow, **about),
        table_cells.column("cap", _("Share of cap"), "cap", "reported", cells.flow, **about),
    ]
    rows = [row | {"cells": [*row["cells"], *_cells(uses.get(int(row["key"])))]} for row in table["rows"]]
    return table | {"columns": [*table["columns"], *columns], "rows": rows}


def _lies_within(cells, cap, node):
    """Whether all the goods of a cap that the data know lie within a node, and some do."""
    known = _known(cells, cap)
    return bool(known) and all(_is_in(cells, code, node["slug"]) for code in known)


def _known(cells, cap):
    return [code for code in cap.codes if code in cells.nodes and cells.has_rows(code)]


def _is_in(cells, slug, whole):
    while slug and slug != whole:
        slug = cells.nodes[slug]["parent"]
    return slug == whole


def _used(cells, caps, year):
    """The use of each cap that covers a year whole and can be held against what is known of it."""
    uses = []
    for cap in caps:
        if cells.part(year) or not _covers(cap, year):
            continue
        known = [code for code in _known(cells, cap) if cells.reported((code,), year) is not None]
        value = sum(cells.reported((code,), year) for code in known)
        tonnes = _weighed(cells, known, year)
        if known and cap.unit == "usd":
            uses.append(Use(tonnes, value, 100 * value / cap.amount, cap))
        elif known and cap.tonnes and tonnes is not None:
            uses.append(Use(tonnes, value, 100 * tonnes / cap.tonnes, cap))
    return uses


def _covers(cap, year):
    """A cap of 12 months that began in the last ten days of a year covers the next."""
    first = date(year, 1, 1)
    return cap.period != "in_all" and cap.since <= first and (cap.until is None or cap.until >= date(year, 12, 31))


def _weighed(cells, codes, year):
    """The tonnes of codes together; None where one of them has a value and no weight."""
    amounts = [cells.quantity(code, year) for code in codes if cells.reported((code,), year)]
    if any(amount is None or amount.unit not in TONNES for amount in amounts):
        return None
    return sum(amount.amount * TONNES[amount.unit] for amount in amounts)


def _said(cap, use):
    amount = number_text.usd(use.value_usd) if cap.unit == "usd" else _tonnes(use.tonnes)
    share = number_text.percent(round(1000 * use.share), 100_000) or number_text.percent(0, 1)
    return _("%(amount)s (%(share)s of the cap)") % {"amount": amount, "share": share}


def _cap(cells, cap, caps):
    """ "Resolution 2321, paragraph 26(b) caps coal at US$400,870,018 or 7,500,000 tonnes in each …"."""
    together = [one for one in caps if one[0] == cap[0] and (one.since, one.period) == (cap.since, cap.period)]
    words = {"number": cap.resolution, "paragraph": cap.paragraph, "since": day(cap.since)}
    words["goods"] = listed([within(cells.nodes[code]["name"]) for code in _known(cells, cap)])
    words["amount"] = _(" or ").join(one.label for one in together)
    place = _("Resolution %(number)s, paragraph %(paragraph)s") if cap.paragraph else _("Resolution %(number)s")
    words["place"] = place % words
    if cap.period == "year":
        return _("%(place)s caps %(goods)s at %(amount)s in each calendar year from %(since)s") % words
    return _("%(place)s caps %(goods)s at %(amount)s in each 12 months from %(since)s") % words


def _tonnes(amount):
    return f"{number_text.exact(round(amount))}{number_text.SPACE}t"


def _cells(use):
    if use is None:
        return [table_cells.word(""), table_cells.word("") | {"unit": ""}, table_cells.word("")]
    known = None if use.tonnes is None else Quantity(use.tonnes, "t")
    share = table_cells.word(f"{use.share:.1f}%", round(use.share, 4)) | {"of": None}
    return [table_cells.number(use.value_usd, "A"), table_cells.quantity(known, None)[0], share]
