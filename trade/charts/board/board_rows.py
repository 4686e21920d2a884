"""Lists the figures of a board in long form, a row a value, under the names of trade.charts.view_columns."""

from collections.abc import Iterator

from trade.charts.schema import BoardCell, BoardDataset
from trade.charts.text.labels import status_text

CHART = "board"


def of(board: list[BoardDataset]) -> Iterator[tuple[dict, dict]]:
    """Give every figure beside its dataset's entry: reported alone; where there is an estimate both, and their sum.

    ({"chart": "board", "period": "2025-09", "member": "china-provinces", "component": "reported", "value_usd": 5}, …)
    """
    for listed in board:
        dataset = listed["dataset"]
        for row in listed["rows"]:
            of_all = {"chart": CHART, "member": dataset["slug"], "member_label": dataset["title"], "flow": row["flow"]}
            for cell in row["cells"]:
                period = {"period": cell["period"], "period_label": cell["label"]}
                yield from ((of_all | period | values, listed) for values in _values(row["flow"], cell))


def _values(flow, cell: BoardCell):
    """The value as it is shown, with its change, and where it holds an estimate its two parts."""
    if cell["value"] is None:
        return
    of_value = {name: cell[name] for name in ("status", "status_text", "change_percent", "change_from")}
    is_sum = cell["estimate"] is not None or flow == "both"
    yield {"component": "shown" if is_sum else "reported", "value_usd": cell["value"]} | of_value
    if cell["estimate"] is None:
        return
    for component, status in (("reported", cell["status"]), ("estimate", "E")):
        if cell[component] is not None:
            yield {"component": component, "value_usd": cell[component]} | _status(status)


def _status(letter):
    return {"status": letter, "status_text": status_text(letter)}
