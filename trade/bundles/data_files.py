"""Lays a release out as records, one a key, flow and period, components side by side; writes CSV, Parquet and JSON.

Records are an Arrow table of data_dictionary.of_data. CSV, Parquet, JSON and the sheet "data" are all written from the
one table, so that they agree cell by cell: blank is null everywhere, zero is zero.
"""

import codecs
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from spreadsheets import formula_injection
from spreadsheets.writing import column_texts
from trade.bundles import data_dictionary
from trade.bundles.data_dictionary import CONSTANT
from trade.charts.cube import pieces
from trade.frames import ORIGINS
from trade.models import Flow, Release

FLOWS = ("to_dprk", "from_dprk")
CELL = ["key", "flow", "year", "month"]
KEPT = 20_000  # texts of a file, as they are quoted
PIECE = 10_000  # rows that are Python objects, or texts, at one time
QUOTED = re.compile(r'[",\r\n]')
ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def of_data(release: Release, frame: pd.DataFrame, names: dict) -> pa.Table:
    """Join the components of a frame (frames.HEAD_COLUMNS) into records, in the order of flow, period and key."""
    by_flow = (frame[frame["flow"] == flow] for flow in Flow.of_kind(release.dataset.kind))
    return pa.concat_tables([_joined(release, piece, names) for rows in by_flow for piece in pieces(rows)])


def _joined(release, frame, names):
    """Join the components of a flow in some years."""
    reported, estimate, second = (_component(frame, name) for name in ("reported", "estimate", "second_estimate"))
    twice = ["value_usd", "note", *ORIGINS]
    joined = reported.merge(estimate[[*CELL, *twice]], on=CELL, how="outer", suffixes=("", "_estimate"))
    second = second[[*CELL, "value_usd", "note"]]
    joined = joined.merge(second, on=CELL, how="outer", suffixes=("", "_second")).sort_values(["year", "month", "key"])
    columns = _cell_columns(release, joined, names) | {
        "reported_usd": joined["value_usd"],
        "estimate_usd": joined["value_usd_estimate"],
        "status": joined["status"],
        "note": _join_notes(joined["note"], joined["note_estimate"]),
        "second_estimate_usd": joined["value_usd_second"],
        "second_estimate_note": joined["note_second"],
        "quantity": joined["quantity"],
        "quantity_unit": joined["quantity_unit"],
    }
    columns |= {name: _first(joined[name], joined[f"{name}_estimate"]) for name in ORIGINS}
    return _arrow(release, data_dictionary.of_data(release.dataset), columns, len(joined))


def of_changes(release: Release, changes: pd.DataFrame, names: dict) -> pa.Table:
    """Lay what a release changed (frames.CHANGE_COLUMNS) out as a table of data_dictionary.of_changes."""
    joined = changes.sort_values(
        ["flow", "year", "month", "key", "component"], ascending=[False, True, True, True, False]
    )
    columns = _cell_columns(release, joined, names) | {"change": joined["kind"], "component": joined["component"]}
    columns |= {name: joined[name] for name in joined.columns if name.startswith(("old_", "new_"))}
    return _arrow(release, data_dictionary.of_changes(release.dataset), columns, len(joined))


def _component(frame, name):
    columns = [*CELL, "value_usd", "status", "note", "quantity", "quantity_unit", *ORIGINS]
    return frame[frame["component"] == name][columns]


def _first(reported, estimate):
    """A record has one origin: that of its reported value, else of its estimate."""
    return reported.mask(reported.isna() | (reported == "").fillna(False), estimate)


def _join_notes(reported, estimate):
    """A record has one note: that of its estimate, or that of its reported value; both where they differ."""
    reported, estimate = reported.fillna(""), estimate.fillna("")
    differ = (reported != "") & (estimate != "") & (reported != estimate)
    return estimate.mask(estimate == "", reported).mask(differ, reported + "; " + estimate)


def _cell_columns(release, rows, names):
    month = rows["month"].astype("Int32")
    year = rows["year"].astype("str")
    return {
        data_dictionary.key_of(release.dataset): rows["key"],
        "name": rows["key"].map(names),
        "year": rows["year"],
        "month": month.mask(month == 0),
        "period": year.mask(month > 0, year + "-" + month.astype("str").str.zfill(2)),
        "flow": rows["flow"],
    }


def _arrow(release, columns, values, size):
    constants = {
        "source": release.dataset.source,
        "demonstration": release.dataset.is_demonstration,
        "release": f"{release.dataset_id}/{release.number}",
    }
    arrays = [
        _constant(constants[column.name], column.type, size)
        if column.name in constants and column.type in (CONSTANT, pa.bool_())
        else _array(values[column.name], column.type)
        for column in columns
    ]
    schema = pa.schema([pa.field(c.name, c.type, nullable=not c.required) for c in columns])
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(series, kind):
    """Turn a column into Arrow; a blank text is null."""
    if pa.types.is_integer(kind):
        series = series.astype("Int64")
    array = pa.array(series, type=kind, from_pandas=True)
    return pc.if_else(pc.equal(array, ""), pa.scalar(None, kind), array) if kind == pa.string() else array


def _constant(value, kind, size):
    if kind == CONSTANT:
        return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int8()), size), pa.array([value], pa.string()))
    return pa.repeat(pa.scalar(value, kind), size)


# --- rows and files ------------------------------------------------------------------------------------------------


def rows(table: pa.Table) -> Iterator[tuple]:
    """Yield the rows as tuples of plain values, a piece at a time: ("CN-LN", "Liaoning", 2016, None, …)."""
    for batch in table.to_batches(max_chunksize=PIECE):
        yield from zip(*(_plain(column) for column in batch.columns), strict=True)


def _plain(column):
    values = column.to_pylist()
    if pa.types.is_floating(column.type):  # a whole quantity is written without a decimal point
        return [int(value) if value is not None and value.is_integer() else value for value in values]
    return values


def write_csv(table: pa.Table, path: Path) -> None:
    """Write RFC 4180 in UTF-8 with a byte order mark; text that a spreadsheet would run as a formula is made inert."""
    quoted = lru_cache(KEPT)(_quoted)  # names and the like, which each piece has again
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8 + ",".join(table.column_names).encode() + b"\r\n")
        for batch in table.to_batches(max_chunksize=PIECE):
            columns = [column_texts.texts(column, quoted) for column in batch.columns]
            file.write(column_texts.lines(_between(columns, ",", "\r\n")))


def _quoted(text):
    """Write a text as a CSV does: made inert, and in quotation marks where it needs them."""
    text = formula_injection.inert(text)
    return '"' + text.replace('"', '""') + '"' if text and QUOTED.search(text) else text


def _between(columns, separator, end):
    """Put a separator between columns, and an end behind them: ["1", "2"] -> ["1", ",", "2", "\r\n"]."""
    return [part for column in columns for part in (column, separator)][:-1] + [end]


def write_parquet(table: pa.Table, path: Path, about: dict) -> None:
    """Write Parquet; `about` describes it in the file's own metadata: {"title": "…", "release": "…"}."""
    pq.write_table(table.replace_schema_metadata(about), path, compression="zstd")


def write_json(table: pa.Table, path: Path, about: dict) -> None:
    """Write one JSON object: what is said `about` the release, then "observations", one a line, a blank as null."""
    constant = [column.name for column in table.schema if column.type == CONSTANT]
    table = table.drop_columns([*constant, *({"demonstration"} & set(table.column_names))])
    head = json.dumps(about | {"observations": []}, ensure_ascii=False, indent=1)
    with path.open("wb") as file:
        file.write(head.removesuffix("]\n}").encode())
        between = b"\n"
        for batch in (batch for batch in table.to_batches(max_chunksize=PIECE) if len(batch)):
            file.write(between + column_texts.lines(_as_objects(batch)).removesuffix(b",\n"))
            between = b",\n"
        file.write(b"\n]}\n")


def _as_objects(batch):
    """Lay rows out as JSON objects: ['{"code": ', column of texts, ', "year": ', column of texts, '},\n']."""
    parts = []
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        written = column_texts.texts(column, ENCODE, ("true", "false"))
        parts += [f"{', ' if parts else '{'}{ENCODE(name)}: ", pc.fill_null(written, "null")]
    return [*parts, "},\n"]
