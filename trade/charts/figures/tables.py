"""Makes the table beside a chart: exact numbers, a row a thing or a period, the same values that are drawn."""

from django.utils.translation import gettext as _

from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells
from trade.charts.figures import table_cells
from trade.charts.figures.parts import component_of, flow_key
from trade.charts.figures.table_cells import column
from trade.charts.figures.units.measures import Dollars
from trade.charts.schema import Category, Column, Point, Series, Table
from trade.charts.text import comparability
from trade.charts.text.comparability import before
from trade.charts.text.labels import Level, Member, capital, flow_name, label


def by_period(
    measured: Dollars,
    title: str,
    categories: list[Category],
    series: list[Series],
    totals: list[Point],
    flow: str = "",
    flow_totals: dict[str, list[Point]] | None = None,
) -> Table:
    """One row a period, one column a series, and their total; of both flows the total of each as well."""
    sums = _sums(measured, totals, flow, flow_totals or {}) if totals and len(series) > 1 else []
    columns = [(_of_series(measured, one), one["points"], one["estimated"]) for one in series]
    columns += [(column, points, False) for column, points in sums]
    rows = []
    for place, category in enumerate(categories):
        cells = [table_cells.drawn(points[place], column, estimated=mark) for column, points, mark in columns]
        rows.append(_row(category["key"], category["label"], category["url"], cells))
    return _table(
        measured.caption(title), "periods", [_times(categories), *(column for column, *_others in columns)], rows
    )


def _of_series(measured, one):
    component, flow = one["component"], one["flow"]
    made = column(one["key"], one["name"], measured.measure, component, flow, member=one["member"], of=measured.of)
    return made | {"unit": made["unit"] or measured.unit}


def _sums(measured, totals, flow, flow_totals):
    """The columns of totals beside their points: what all members came to in a flow."""
    component = "balance" if flow == "balance" else "shown"
    sums = [(f"total-{flow_key(one)}", capital(flow_name(one)), one, points) for one, points in flow_totals.items()]
    sums.append(("total", _("Total"), flow, totals))
    about = {"member": ROOT, "of": measured.of}
    made = [(column(key, words, measured.measure, component, one, **about), points) for key, words, one, points in sums]
    return [(one | {"unit": one["unit"] or measured.unit}, points) for one, points in made]


def ranked(cells: Cells, members: list, level: Level, *, title: str, year: int, whole: list) -> Table:
    """One row a member, the largest first: rank, values, share, change, quantity where known; their sum below."""
    estimates = cells.estimate(whole, year) is not None
    quantities = any(cells.quantity(member.key, year) for member in members if member.single)
    columns = [column("name", level.one, "name", numeric=False), _rank_column(cells, estimates)]
    columns += [*_sides(cells), *_values(cells, estimates)]
    if cells.flow != "balance":
        columns += [_share_column(cells, estimates, level.whole), _change_column(cells, estimates, before(year))]
    columns += _quantity_columns(cells) if quantities else []
    ordered = sorted(members, key=lambda member: _sortable(cells.value(member.slugs, year)))
    total = Member(ROOT, _("Total"), 0, tuple(whole))
    rows = [_ranked_row(cells, member, whole, year, estimates, quantities) for member in [*ordered, total]]
    period = {"key": str(year), "label": label(cells, year)}
    return _table(title, "members", columns, [*rows[:-1], rows[-1] | {"total": True}]) | {"of": period}


def _ranked_row(cells, member, whole, year, estimates, quantities):
    row = [_rank(cells, member, year), *_side_cells(cells, member.slugs, year)]
    row += _value_cells(cells, member.slugs, year, estimates)
    if cells.flow != "balance":
        row += [_share(cells, member, whole, year), _change(cells, member.slugs, year)]
    row += _quantity_cells(cells, member, year) if quantities else []
    return _row(member.key, member.name, member.url, row)


def history(cells: Cells, member: Member, whole: list, level: Level, title: str) -> Table:
    """One member over the years: values, quantity where the file gives any, share of the whole, rank."""
    estimates, quantities = cells.has_estimates(member.slugs), cells.has_quantities(member.key)
    columns = [_years(), *_sides(cells), *_values(cells, estimates)]
    columns += _quantity_columns(cells) if quantities else []
    columns += [_share_column(cells, estimates, level.whole), _rank_column(cells, estimates)]
    rows = []
    for year in cells.periods:
        row = [*_side_cells(cells, member.slugs, year), *_value_cells(cells, member.slugs, year, estimates)]
        row += _quantity_cells(cells, member, year) if quantities else []
        row += [_share(cells, member, whole, year), _rank(cells, member, year)]
        rows.append(_row(str(year), label(cells, year), None, row))
    return _table(title, "periods", columns, rows) | {"of": {"key": member.key, "label": member.name}}


# Columns and their cells.


def _times(categories):
    is_monthly = bool(categories) and ("-" in categories[0]["key"] or len(categories[0]["key"]) == len("09"))
    return column("year", _("Month") if is_monthly else _("Year"), "name", numeric=False)


def _years():
    return column("year", _("Year"), "name", numeric=False)


def _sides(cells) -> list[Column]:
    """Of both flows, or their balance, a column for each."""
    flows = [side.flow for side in getattr(cells, "sides", [])]
    named = [(flow, _("%(flow)s, US$") % {"flow": capital(flow_name(flow))}) for flow in flows]
    return [column(flow_key(flow), name, "value", "shown", flow) for flow, name in named]


def _side_cells(cells, slugs, year):
    sides = getattr(cells, "sides", [])
    return [table_cells.number(side.value(slugs, year), side.shown_status(slugs, year)) for side in sides]


def _values(cells, estimates) -> list[Column]:
    """Reported alone; or reported, estimate and both."""
    words = {"reported": _("Reported, US$"), "estimate": _("Estimate, US$"), "shown": _("Total, US$")}
    words["balance"] = _("Balance, US$")
    names = ["reported", "estimate", "shown"] if estimates else [component_of(cells, "reported")]
    return [column(name, words[name], "value", name, cells.flow) for name in names]


def _value_cells(cells, slugs, year, estimates):
    reported = table_cells.number(cells.reported(slugs, year), cells.status(slugs, year))
    if not estimates:
        return [reported]
    estimate = cells.estimate(slugs, year)
    both = table_cells.number(cells.value(slugs, year), cells.shown_status(slugs, year))
    return [reported, table_cells.word("") if estimate is None else table_cells.number(estimate, "E"), both]


def _described(cells, estimates):
    """The component that a rank, share or change is of: what is shown, which without estimates is all reported."""
    return component_of(cells, "shown" if estimates else "reported")


def _rank_column(cells, estimates):
    return column("rank", _("Rank"), "rank", _described(cells, estimates), cells.flow)


def _rank(cells, member, year):
    return table_cells.place(cells.rank(member.slugs[0], year) if member.single else None)


def _share_column(cells, estimates, whole):
    words = _("Share of %(whole)s") % {"whole": whole}
    return column("share", words, "share", _described(cells, estimates), cells.flow, of=whole)


def _share(cells, member, whole, year):
    return table_cells.percent(cells.value(member.slugs, year), cells.value(whole, year))


def _change_column(cells, estimates, earlier):
    words = _("Change from %(year)s") % {"year": label(cells, earlier)}
    return column("change", words, "change", _described(cells, estimates), cells.flow, of=str(earlier))


def _change(cells, slugs, year):
    """The change from the year before, "−8%"; blank where the two may not be compared, or in a part-year."""
    compared = comparability.with_period_before(cells, slugs, year)
    is_remainder = any(cells.is_remainder(slug) for slug in slugs)
    if cells.part(year) or not (compared.plain and compared.before.value) or is_remainder:
        return table_cells.word("")
    now, before = compared.now.value, compared.before.value
    return table_cells.percent(now - before, before, "+" if now > before else "")


def _quantity_columns(cells):
    return [
        column("quantity", _("Quantity"), "quantity", "reported", cells.flow),
        column("unit-value", _("Unit value"), "unit_value", "reported", cells.flow),
    ]


def _quantity_cells(cells, member, year):
    """What there was of it, and what one unit of it came to: of what is reported, which is what was weighed."""
    known = cells.quantity(member.key, year) if member.single else None
    return table_cells.quantity(known, cells.reported(member.slugs, year))


def _sortable(value):
    """The largest first, what is missing last."""
    return (value is None, -(value or 0))


# Parts of a table.


def _row(key, header, url, cells):
    return {"key": key, "header": header, "url": url, "cells": cells, "total": False}


def _table(caption, rows_are, columns, rows):
    return {"caption": caption, "rows_are": rows_are, "of": None, "columns": columns, "rows": rows}
