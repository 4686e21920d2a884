"""Ends and inserts observations set-wise, by the quickest way each database has. Only `releases` calls this."""

import json

from django.db import connection

from trade.models import Observation, ProvinceObservation


def end(model: type[Observation], ids, release_id: int) -> None:
    """Let the standing rows with these ids end with a release, in one statement."""
    table = connection.ops.quote_name(model._meta.db_table)
    ids = [int(i) for i in ids]
    if not ids:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"UPDATE {table} SET until_id = %s WHERE id = ANY(%s)", [release_id, ids])  # noqa: S608
            return
        chosen = "SELECT value FROM json_each(%s)"
        cursor.execute(
            f"UPDATE {table} SET until_id = %s WHERE id IN ({chosen})",  # noqa: S608
            [release_id, json.dumps(ids)],
        )


def insert(model: type[Observation], changes, dataset_id: str, release_id: int) -> None:
    """Write the new values of a frame of changes (diff.CHANGE_COLUMNS), standing since a release."""
    columns = _columns(model, changes, dataset_id, release_id)
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    rows = zip(*columns.values(), strict=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def _columns(model, changes, dataset_id, release_id):
    """Lay the frame out as the table's columns: {"dataset_id": [...], "flow": [...], …} of plain Python values."""
    size = len(changes)
    columns = {name: _plain(changes[name]) for name in ("flow", "year", "month", "component")}
    columns |= {name: _plain(changes[f"new_{name}"]) for name in ("value_usd", "status")}
    columns["note"] = [note or "" for note in _plain(changes["new_note"])]
    columns |= {"dataset_id": [dataset_id] * size, "since_id": [release_id] * size}
    if model is ProvinceObservation:
        return columns | {"province_id": _plain(changes["key"])}
    return columns | {
        "code": _plain(changes["key"]),
        "chapter_id": _plain(changes["key"].str[:2]),
        "quantity": _plain(changes["new_quantity"]),
        "quantity_unit": [unit or "" for unit in _plain(changes["new_quantity_unit"])],
    }


def _plain(series):
    return series.astype(object).where(series.notna(), None).tolist()
