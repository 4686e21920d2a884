"""The long form: one record a key, flow and period, its components side by side, as in the CSV and the sheet "data"."""

import csv
import io

from trade.models import Dataset, Release

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FLOWS = ("to_dprk", "from_dprk")


def from_frame(frame, names: dict) -> list[dict]:
    """Join the components of a value: {"key", "name", "year", "flow", "reported", …}."""
    records = {}
    names_of = ["key", "flow", "year", "month", "component", "value_usd", "status", "note", "quantity", "quantity_unit"]
    plain = (frame[c].astype(object).where(frame[c].notna(), None).tolist() for c in names_of)
    for key, flow, year, month, component, value, status, note, quantity, unit in zip(*plain, strict=True):
        record = records.setdefault(
            (flow, year, month, key),
            {"key": key, "name": names.get(key, ""), "year": year, "month": month, "flow": flow},
        )
        record[component], record["note"] = value, note or record.get("note", "")
        if component == "reported":
            record |= {"status": status, "quantity": quantity, "quantity_unit": unit}
    return [records[at] for at in sorted(records, key=lambda at: (FLOWS.index(at[0]), *at[1:]))]


def columns(dataset: Dataset) -> list[str]:
    """Name the columns of the long form: province or code, name, year, month, flow, reported_usd, …"""
    key = "province" if dataset.kind == Dataset.Kind.PROVINCE else "code"
    goods = [] if dataset.kind == Dataset.Kind.PROVINCE else ["quantity", "quantity_unit"]
    return [
        *(key, "name", "year", "month", "flow", "reported_usd", "estimate_usd", "status", "note", *goods),
        *("source", "demonstration", "release"),
    ]


def as_row(release: Release, record: dict) -> tuple:
    """Lay a record out under `columns`."""
    dataset = release.dataset
    goods = (
        () if dataset.kind == Dataset.Kind.PROVINCE else (_number(record.get("quantity")), record.get("quantity_unit"))
    )
    return (
        *(record["key"], record["name"], record["year"], record["month"] or None, record["flow"]),
        *(record.get("reported"), record.get("estimate"), record.get("status"), record["note"], *goods),
        *(dataset.source, "yes" if dataset.is_demonstration else "no", f"{dataset.slug}/{release.number}"),
    )


def _number(quantity):
    """Write a whole quantity without a decimal point."""
    return int(quantity) if quantity is not None and quantity == int(quantity) else quantity


def as_csv(release: Release, records) -> bytes:
    """Write RFC 4180, UTF-8 with a byte order mark; text that a spreadsheet would run as a formula is made inert."""
    buffer = io.StringIO()
    out = csv.writer(buffer)
    out.writerow(columns(release.dataset))
    out.writerows([_inert(value) for value in as_row(release, record)] for record in records)
    return buffer.getvalue().encode("utf-8-sig")


def _inert(value):
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
