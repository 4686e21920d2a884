"""Makes the table beside a chart: exact numbers, a row a thing or a period, the same values that are drawn."""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells
from trade.charts.figures.parts import flow_key
from trade.charts.schema import Category, Cell, NumberText, Point, Series, Table
from trade.charts.text import comparability
from trade.charts.text.labels import Level, Member, label, status_text


def by_period(
    title: str,
    categories: list[Category],
    series: list[Series],
    totals: list[Point],
    flow_totals: dict[str, list[Point]] | None = None,
) -> Table:
    """One row a period, one column a series, and their total; of both flows the total of each as well."""
    is_monthly = bool(categories) and "-" in categories[0]["key"]
    columns = [_column("year", _("Month") if is_monthly else _("Year"), numeric=False)]
    columns += [_column(one["key"], one["name"]) for one in series]
    sums = {**_named_totals(flow_totals or {}), "total": (_("Total"), totals)} if totals and len(series) > 1 else {}
    columns += [_column(key, words) for key, (words, _points) in sums.items()]
    rows = []
    for place, category in enumerate(categories):
        cells = [_drawn(one["points"][place], one["component"]) for one in series]
        cells += [_drawn(drawn[place], "total") for _words, drawn in sums.values()]
        rows.append(_row(category["key"], category["label"], category["url"], cells))
    return _table(title, columns, rows)


def ranked(cells: Cells, members: list, level: Level, *, title: str, year: int, whole: list) -> Table:
    """One row a member, the largest first: rank, values, share, change, quantity where known; their sum below."""
    estimates = cells.estimate(whole, year) is not None
    quantities = any(cells.quantity(member.key, year) for member in members if member.single)
    columns = [_column("name", level.one, numeric=False), _column("rank", _("Rank"))]
    columns += [*_sides(cells), *_values(cells, estimates)]
    if cells.flow != "balance":
        columns += [_column("share", _share_of(level)), _column("change", _("Against %(year)s") % {"year": year - 1})]
    columns += _quantity_columns() if quantities else []
    ordered = sorted(members, key=lambda member: _sortable(cells.value(member.slugs, year)))
    total = Member(ROOT, _("Total"), 0, tuple(whole))
    rows = [_ranked_row(cells, member, whole, year, estimates, quantities) for member in [*ordered, total]]
    return _table(title, columns, [*rows[:-1], rows[-1] | {"total": True}])


def _named_totals(flow_totals):
    names = {"to_dprk": _("To the DPRK"), "from_dprk": _("From the DPRK")}
    return {f"total-{flow_key(flow)}": (names[flow], drawn) for flow, drawn in flow_totals.items()}


def _share_of(level):
    return _("Share of %(whole)s") % {"whole": level.whole}


def history(cells: Cells, member: Member, level: Level, *, whole: list, title: str) -> Table:
    """One member over the years: values, quantity where the file gives any, share of the whole, rank."""
    estimates, quantities = cells.has_estimates(member.slugs), cells.has_quantities(member.key)
    columns = [_column("year", _("Year"), numeric=False), *_sides(cells), *_values(cells, estimates)]
    columns += _quantity_columns() if quantities else []
    columns += [_column("share", _share_of(level)), _column("rank", _("Rank"))]
    rows = []
    for year in cells.periods:
        row = [*_side_cells(cells, member.slugs, year), *_value_cells(cells, member.slugs, year, estimates)]
        row += _quantity_cells(cells, member, year) if quantities else []
        row += [_share(cells, member, whole, year), _rank(cells, member, year)]
        rows.append(_row(str(year), label(cells, year), None, row))
    return _table(title, columns, rows)


def _change(cells, slugs, year):
    """The change from the year before, "−8%"; "" where the two may not be compared, or in a part-year."""
    compared = comparability.with_period_before(cells, slugs, year)
    is_remainder = any(cells.is_remainder(slug) for slug in slugs)
    if cells.part(year) or not (compared.plain and compared.before.value) or is_remainder:
        return word("")
    now, before = compared.now.value, compared.before.value
    return _percent(now - before, before, "+" if now > before else "")


def _sides(cells):
    """Of both flows, or their balance, a column for each."""
    names = {"to_dprk": _("To the DPRK, US$"), "from_dprk": _("From the DPRK, US$")}
    return [_column(flow_key(side.flow), names[side.flow]) for side in getattr(cells, "sides", [])]


def _side_cells(cells, slugs, year):
    return [cell(side.value(slugs, year), side.shown_status(slugs, year)) for side in getattr(cells, "sides", [])]


def _values(cells, estimates):
    """Reported alone; or reported, estimate and both."""
    if cells.flow == "balance":
        return [_column("reported", _("Balance, US$"))]
    reported = [_column("reported", _("Reported, US$"))]
    if not estimates:
        return reported
    return [*reported, _column("estimate", _("Estimate, US$")), _column("total", _("Total, US$"))]


def _value_cells(cells, slugs, year, estimates):
    reported = cell(cells.reported(slugs, year), cells.status(slugs, year))
    if not estimates:
        return [reported]
    estimate = cells.estimate(slugs, year)
    both = cell(cells.value(slugs, year), cells.shown_status(slugs, year))
    return [reported, word("") if estimate is None else cell(estimate, "E"), both]


def _ranked_row(cells, member, whole, year, estimates, quantities):
    row = [_rank(cells, member, year), *_side_cells(cells, member.slugs, year)]
    row += _value_cells(cells, member.slugs, year, estimates)
    if cells.flow != "balance":
        row += [_share(cells, member, whole, year), _change(cells, member.slugs, year)]
    row += _quantity_cells(cells, member, year) if quantities else []
    return _row(member.key, member.name, member.url, row)


def _rank(cells, member, year):
    rank = cells.rank(member.slugs[0], year) if member.single else None
    return word(NumberText(str(rank.place), rank.place) if rank else "")


def _share(cells, member, whole, year):
    return _percent(cells.value(member.slugs, year), cells.value(whole, year))


def _percent(part, whole, sign=""):
    """A cell of a part of a whole, "52%"; without words where there is none to tell."""
    text = number_text.percent(part, whole)
    return word(NumberText(sign + text, number_text.rounded_percent(part, whole), "%") if text else "")


def _quantity_columns():
    return [_column("quantity", _("Quantity")), _column("unit-value", _("Unit value"))]


def _quantity_cells(cells, member, year):
    """What there was of it, and what one unit of it came to: of what is reported, which is what was weighed."""
    quantity, value = cells.quantity(member.key, year), cells.reported(member.slugs, year)
    if not quantity or not member.single:
        return [word(""), word("")]
    text = f"{number_text.exact(round(quantity.amount))}{number_text.SPACE}{quantity.unit}"
    return [word(text), word(number_text.unit_value(value, *quantity) if value and quantity.amount else "")]


def _drawn(point, component):
    """A drawn point as a cell; where there is no estimate, nothing is missing."""
    if component == "estimate" and point["value"] is None:
        return word("")
    drawn = cell(point["value"], point["status"]) | {"status_text": point["status_text"]}
    # A share is written as it is drawn, dollars and places in full.
    return drawn | {"text": point["text"]} if isinstance(point["text"], NumberText) else drawn


def _sortable(value):
    """The largest first, what is missing last."""
    return (value is None, -(value or 0))


# Parts of a table.


def cell(value: int | None, status: str = "A") -> Cell:
    """One number: {"text": "1 673 785 123", "value": 1673785123, "status": "P", "status_text": "provisional"}."""
    if value is None and status in ("A", "E"):
        status = ""
    return {"text": number_text.exact(value), "value": value, "status": status, "status_text": status_text(status)}


def word(text: str) -> Cell:
    """A cell of words: a rank, a share, a change."""
    return {"text": text, "value": None, "status": "A", "status_text": ""}


def _column(key, words, numeric=True):
    return {"key": key, "label": words, "numeric": numeric}


def _row(key, header, url, cells):
    return {"key": key, "header": header, "url": url, "cells": cells, "total": False}


def _table(caption, columns, rows):
    return {"caption": caption, "columns": columns, "rows": rows}
