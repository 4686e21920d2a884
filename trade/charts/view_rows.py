"""Lists the numbers of a view's tables in long form: a row a value, each with all that its table says of it.

A table has columns of values and columns that describe one of them (its share, its rank, its quantity); `component` and
`flow` of a column say which. Here each value is a row, and what describes it stands beside it. A pie and a grid have no
table of their own: what they draw stands in that of another chart.
"""

from collections.abc import Iterator

from trade.charts.board import board_rows
from trade.charts.cube import ROOT
from trade.charts.figures.points import UNIT
from trade.charts.schema import Cell, Column, Figure, NumberText, Payload, Point, Row
from trade.charts.text import labels
from trade.charts.view_columns import FACTS, VALUE


def of(payload: Payload) -> list[dict]:
    """List every number of a view under the names of trade.charts.view_columns.

    [{"chart": "ranked", "period": "2016", "member": "cn-ln", "component": "shown", "value_usd": 1673784811, …}]
    """
    rows = [row for figure in payload["figures"] if figure["table"] for row in _of_figure(figure)]
    found = [_complete(row, payload, payload["unit"]) for row in rows]
    return found + [_complete(row, listed, UNIT) for row, listed in board_rows.of(payload.get("board", []))]


def _complete(row, of, unit):
    """Add what a value needs so as not to lose its source: `of` has its dataset and release."""
    dataset = of["dataset"]
    return row | {
        "basis": labels.basis(dataset, row["flow"]),
        "unit": unit,
        "dataset": dataset["slug"],
        "release": of["release"]["number"],
        "source": dataset["source"],
        "demonstration": "yes" if dataset["is_demonstration"] else "no",
    }


def _of_figure(figure: Figure) -> Iterator[dict]:
    table, points, names = figure["table"], _points(figure), _names(figure)
    for place, row in enumerate(table["rows"]):
        of_all, several = _facts_of(table["columns"], row)
        for (member, flow, component), facts in several.items():
            drawn = points.get((member, flow, component))
            yield (
                {"chart": figure["id"], **_place(figure, row, (member, names.get(member)))}
                | {"flow": flow, "component": component}
                | dict.fromkeys((*VALUE, *FACTS))
                | (_of_point(drawn[place], figure.get("measure")) if drawn else {})
                | facts
                | of_all
            )


def _facts_of(columns, row: Row):
    """What a row says of all its values, and of each: ({}, {("", "to_dprk", "shown"): {"value_usd": 5, "rank": 2}})."""
    of_all, several = {}, {}
    pairs = list(zip(columns[1:], row["cells"], strict=True))
    for column, cell in sorted(pairs, key=lambda pair: pair[0]["measure"] != "value"):  # in the order of the values
        if cell["text"] == "":  # there is no estimate, no rank: nothing that could be missing
            continue
        value = column["member"], column["flow"], column["component"]
        (several.setdefault(value, {}) if column["component"] else of_all).update(_facts(column, cell))
    return of_all, several


def _facts(column: Column, cell: Cell) -> dict:
    """What a cell says, by the names of columns."""
    measure, value = column["measure"], cell["value"]
    if measure == "value":
        return {"value_usd": value, "status": cell["status"], "status_text": cell["status_text"]}
    if measure == "share":
        return {"share_percent": value, "share_of": column["of"]}
    if measure == "rank":
        return {"rank": value, "rank_of": cell["of"]}
    if measure == "change":
        return {"change_percent": value} | ({"change_from": column["of"]} if "of" in column else {})
    if measure == "index":
        return {"index": value, "index_base": column["of"]}
    if measure == "quantity":
        return {"quantity": value, "quantity_unit": cell["unit"]}
    if measure == "cap":
        return {"cap_percent": value}
    return {"unit_value_usd": value} if measure == "unit_value" else {measure: cell["text"]}


def _points(figure):
    """What is drawn over time, by the value that a column of the table holds."""
    points = {(one["member"], one["flow"], one["component"]): one["points"] for one in figure["series"]}
    sums = _sums(figure)
    several = [*figure.get("flow_totals", {}).values(), figure["totals"]]
    return points | {(ROOT, one["flow"], one["component"]): drawn for one, drawn in zip(sums, several, strict=False)}


def _of_point(point: Point, measure: str = "") -> dict:
    """What a drawn point says beside its table: of dollars their share, of a share or place the dollars, and a rank."""
    facts = {"status": point["status"], "status_text": point["status_text"]}
    if measure == "change" and isinstance(point["text"], NumberText):
        facts["change_from"] = point["text"].of
    for said in (point["share"], point["rank"]):
        if isinstance(said, NumberText) and said.number is not None:
            name = {"%": "share_percent", "US$": "value_usd"}.get(said.unit, "rank")
            facts |= {name: said.number} | ({name.replace("_percent", "") + "_of": said.of} if said.of else {})
    return facts


def _names(figure):
    """The members that columns stand for, by name, an estimate by that of its member."""
    names = {}
    for one in figure["series"]:
        names.setdefault(one["member"], one["legend"])
    sums = _sums(figure)
    return names | {ROOT: sums[-1]["label"]} if sums else names


def _sums(figure):
    """The columns of what all members came to; of both flows that of both is the last."""
    return [one for one in figure["table"]["columns"] if one["member"] == ROOT and one["key"].startswith("total")]


def _place(figure: Figure, row: Row, of_column) -> dict:
    """The period and the member of a value: one is the row's, the other the table's or the column's."""
    of_row = (row["key"], row["header"])
    of_table = figure["table"]["of"]
    other = (of_table["key"], of_table["label"]) if of_table else of_column
    if figure["table"]["rows_are"] == "months":  # of several years, each a column
        year, month = of_column[0], row["key"]
        of_row, other = (f"{year}-{month}", f"{row['header']} {year}"), (ROOT, figure["title"])
    period, member = (other, of_row) if figure["table"]["rows_are"] == "members" else (of_row, other)
    return {"period": period[0], "period_label": period[1], "member": member[0], "member_label": member[1]}
