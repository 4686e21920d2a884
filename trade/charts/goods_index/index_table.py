"""Writes the index of goods as rows of a file: the exact numbers, and what they rest on."""

from collections.abc import Iterator

from trade.charts.goods_index.index_rows import Index, Row, every

COLUMNS = (
    "dataset", "release", "demonstration", "flow", "level", "code", "name", "title", "latest_period", "value_usd",
    "reported_usd", "estimate_usd", "status", "figures_missing", "recorded", "sanctions", "sanctions_as_of",
)  # fmt: skip


def table(index: Index, rows: tuple[Row, ...]) -> Iterator[dict]:
    """Give a row for each section, chapter and heading: {"code": "2701", "latest_period": "2017", …}.

    Values are whole US dollars; None is missing or was never recorded, and "recorded" tells which.
    """
    dataset, today = index.cube["dataset"], index.rules.today.isoformat()
    about = {"dataset": dataset["slug"], "release": index.cube["release"]["number"], "flow": index.flow}
    about |= {"demonstration": _yes(dataset["is_demonstration"])}
    for row in every(rows):
        made = about | _row(row) | {"sanctions_as_of": today if row.group else ""}
        yield {name: made[name] for name in COLUMNS}


def _row(row):
    return {
        "level": row.level,
        "code": row.code if row.level != "section" or row.group else "",
        "name": row.name,
        "title": row.title,
        "latest_period": row.period,
        "value_usd": row.value,
        "reported_usd": row.reported,
        "estimate_usd": row.estimate,
        "status": row.status,
        "figures_missing": row.missing,
        "recorded": _yes(row.is_recorded),
        "sanctions": row.group,
    }


def _yes(is_so):
    return "yes" if is_so else "no"
