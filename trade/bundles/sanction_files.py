"""Writes what a release of goods says of sanctions: the rules as they stood at its publication, and its trade by them.

The split is of all goods together; by the rules anybody can split the rows of data.csv likewise.
"""

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
from django.utils.translation import gettext as _

from trade import providers, sanction_levels
from trade.bundles.data_dictionary import PERIOD, Column
from trade.charts.by_sanctions import split_cube
from trade.charts.by_sanctions.split_cube import Split
from trade.charts.cube import ROOT
from trade.charts.cube_reader import reading
from trade.flow_names import NAMES
from trade.models import Dataset, Release
from trade.sanction_levels import GROUPS, RULES

SPLIT, RULES_FILE = "by-sanctions.csv", "sanctions-rules.csv"


def rules_now(dataset: Dataset) -> dict | None:
    """The rules and caps as they stand today, for a release of goods to keep; None for one that knows no goods."""
    if dataset.kind != Dataset.Kind.COMMODITY:
        return None
    sanctions = providers.sanctions()
    return sanctions.rulebook().written(sanctions.named())


def tables(release: Release, cube: dict) -> dict[str, pa.Table]:
    """The tables of a release, by the names of their files; none where it kept no rules."""
    if "sanctions" not in cube:
        return {}
    split, rules = of_split(release.dataset), of_rules(release.dataset)
    return {SPLIT: _table(split, _split(cube)), RULES_FILE: _table(rules, cube["sanctions"]["rules"])}


def of_split(dataset: Dataset) -> list[Column]:
    """List the columns of the split: rules, as_of, period, flow, sanctions, reported_usd, estimate_usd, …"""
    bases = {"then": _("the rules in force on the last day of the period"), "today": _("the rules of the release")}
    flows = {flow: str(_(NAMES[flow])) for flow in split_cube.FLOWS}
    names = sanction_levels.names()
    reported, estimate = _("Value reported, in whole US dollars; blank means missing."), _("Estimate added to it.")
    period, pattern = _("The year, e.g. 2016."), {"pattern": PERIOD}
    group, groups = _("What sanctions say of the goods."), {name: names[name] for name in GROUPS}
    missing, changed = _("Figures missing behind the value."), _("Whether these rules changed within the period.")
    return [
        Column("rules", pa.string(), _("Rules"), _("By which rules it is split."), required=True, labels=bases),
        Column("as_of", pa.string(), _("As of"), _("The day of these rules."), required=True),
        Column("period", pa.string(), _("Period"), period, required=True, constraints=pattern),
        Column("flow", pa.string(), _("Flow"), _("Direction of trade."), required=True, labels=flows),
        Column("sanctions", pa.string(), _("Sanctions"), group, required=True, labels=groups),
        Column("reported_usd", pa.int64(), _("Reported value"), reported, "USD", constraints={"minimum": 0}),
        Column("estimate_usd", pa.int64(), _("Estimate"), estimate, "USD", constraints={"minimum": 0}),
        Column("missing", pa.int32(), _("Missing"), missing, required=True),
        Column("changed", pa.bool_(), _("Changed"), changed, required=True),
    ]


def of_rules(dataset: Dataset) -> list[Column]:
    """List the columns of the rules: measure, resolution, paragraph, direction, level, code, in_part, …"""
    directions = {flow: str(_(NAMES[flow])) for flow in split_cube.FLOWS} | {"both": _("both directions")}
    names = sanction_levels.names()
    levels = {"banned": names["banned"], "banned_with_exemptions": names["exempted"], "capped": names["capped"]}
    return [
        Column("measure", pa.int32(), _("Measure"), _("The number of the measure on this site."), required=True),
        Column(
            "resolution", pa.int32(), _("Resolution"), _("The resolution of the UN Security Council."), required=True
        ),
        Column("paragraph", pa.string(), _("Paragraph"), _("Its paragraph or annex.")),
        Column("direction", pa.string(), _("Direction"), _("Direction of trade."), required=True, labels=directions),
        Column("level", pa.string(), _("Level"), _("What the measure does."), required=True, labels=levels),
        Column("code", pa.string(), _("HS code"), _("The code of the Harmonized System."), required=True),
        Column("in_part", pa.bool_(), _("In part"), _("Whether it covers only a part of the code."), required=True),
        Column("edition", pa.string(), _("Edition"), _("The edition of the Harmonized System; blank if not known.")),
        Column("since", pa.string(), _("Since"), _("The first day on which it applied."), required=True),
        Column("until", pa.string(), _("Until"), _("The last day on which it applied; blank while it applies.")),
    ]


def split_rows(split: Split, basis: str, today: date) -> Iterator[dict]:
    """Give the years of a split, group by group: {"period": "2016", "flow": "from_dprk", "sanctions": "banned", …}."""
    for flow in split_cube.FLOWS:
        cells = reading(split.cube, flow)
        for year in cells.periods:
            as_of = today if basis == "today" else split_cube.last_day(cells.part(year), year)
            about = {"rules": basis, "as_of": as_of.isoformat(), "period": str(year), "flow": flow}
            about["changed"] = split.changed(flow, year)
            known = [group for group in GROUPS if split_cube.has_row(cells, group, year)]
            yield from (about | _values(cells, group, year) for group in known)


def _values(cells, group, year):
    of = (group,)
    values = {"reported_usd": cells.reported(of, year), "estimate_usd": cells.estimate(of, year)}
    return values | {"sanctions": group, "missing": cells.gaps(of, year)}


def _split(cube) -> Iterator[dict]:
    released = date.fromisoformat(cube["release"]["date"])
    book = providers.sanctions().written_rulebook(cube["sanctions"], released)
    for basis in RULES:
        yield from split_rows(split_cube.of(cube, ROOT, book, basis), basis, released)


def _table(columns, rows):
    rows = list(rows)
    arrays = [pa.array([row[column.name] for row in rows], column.type) for column in columns]
    schema = pa.schema([pa.field(column.name, column.type, nullable=not column.required) for column in columns])
    return pa.Table.from_arrays(arrays, schema=schema)
