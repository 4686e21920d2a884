"""Writes a view as CSV: the drawn numbers in long form, with what a table needs so as not to lose its source."""

import csv
import io

from trade.charts.schema import Payload
from trade.charts.text import labels
from trade.charts.view_state import CHOICES

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = [
    "chart", "category", "category_label", "series", "series_label", "component", "value", "unit", "status",
    "status_text", "share", "rank", "flow", "basis", "dataset", "release", "source", "demonstration",
]  # fmt: skip


def name(payload: Payload) -> str:
    """Name the file of a view by its state: "china-provinces-2-to_dprk-2016", "…-share"."""
    usual = {values[0] for name, values in CHOICES.items() if name != "flow"}
    chosen = [
        str(value)
        for name, value in payload["state"].items()
        if name not in ("dataset", "release") and value not in usual and value not in (None, "")
    ]
    return "-".join([payload["dataset"]["slug"], str(payload["release"]["number"]), *chosen])


def rows(payload: Payload) -> list[dict]:
    """List every drawn value under COLUMNS: {"chart": "by-year", "category": "2016", "series": "cn-ln", …}."""
    dataset, release = payload["dataset"], payload["release"]
    view = {
        "dataset": dataset["slug"],
        "release": release["number"],
        "source": dataset["source"],
        "demonstration": "yes" if dataset["is_demonstration"] else "no",
    }
    return [point | view for figure in payload["figures"] for point in _points(figure, dataset)]


def as_csv(payload: Payload) -> bytes:
    """Write the drawn values as RFC 4180 in UTF-8 with a byte order mark; a missing value is empty, never 0."""
    buffer = io.StringIO()
    out = csv.DictWriter(buffer, COLUMNS)
    out.writeheader()
    out.writerows({key: _inert(value) for key, value in row.items()} for row in rows(payload))
    return buffer.getvalue().encode("utf-8-sig")


def _points(figure, dataset):
    for one in figure["series"]:
        for category, point in zip(figure["categories"], one["points"], strict=True):
            yield {
                "chart": figure["id"],
                "category": category["key"],
                "category_label": category["label"],
                "series": one["key"],
                "series_label": one["name"],
                "component": category.get("component", one["component"]),
                "value": point["value"],
                "unit": figure["unit"],
                "status": point["status"],
                "status_text": point["status_text"],
                "share": point["share"],
                "rank": point["rank"],
                "flow": one["flow"],
                "basis": labels.basis(dataset, one["flow"]),
            }


def _inert(value):
    """Text that a spreadsheet would run as a formula is made inert; numbers are left alone."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
