"""Writes rows as CSV: RFC 4180, UTF-8 with a byte order mark, a blank for null; each row names where it comes from."""

import csv
import io

from spreadsheets import formula_injection
from trade.api import queries
from trade.bundles import sanction_files
from trade.models import Dataset, Release

DIMENSIONS = ("name", "year", "month", "period", "flow", "component")


def of_observations(release: Release, rows: list[dict]) -> str:
    """Write observations: province or code, name, …, component, value_usd, status, note, …, release."""
    columns = [*_dimensions(release.dataset), *queries.facts_of(release.dataset)]
    return _write(release, columns, rows)


def of_changes(release: Release, rows: list[dict]) -> str:
    """Write changes: change, province or code, …, old_value_usd, new_value_usd, old_status, …, release."""
    facts = queries.facts_of(release.dataset)
    old_and_new = [f"{age}_{name}" for name in facts for age in ("old", "new")]
    flat = [
        row | {f"{age}_{name}": (row[age] or {}).get(name) for name in facts for age in ("old", "new")} for row in rows
    ]
    return _write(release, ["change", *_dimensions(release.dataset), *old_and_new], flat)


def of_groups(release: Release, rows: list[dict]) -> str:
    """Write a split by sanctions: rules, as_of, period, flow, sanctions, reported_usd, estimate_usd, …, release."""
    names = [column.name for column in sanction_files.of_split(release.dataset)]
    return _write(release, names, rows)


def _dimensions(dataset):
    key = queries.key_of(dataset)
    return [key, *DIMENSIONS] if key else list(DIMENSIONS[1:])


def _write(release, columns, rows):
    provenance = {name: text for name, text in _provenance(release.dataset, release).items() if name not in columns}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*columns, *provenance])
    for row in rows:
        writer.writerow([*(_plain(row[column]) for column in columns), *provenance.values()])
    return "\ufeff" + out.getvalue()


def _provenance(dataset: Dataset, release: Release):
    return {
        "source": formula_injection.inert(dataset.source),
        "licence": formula_injection.inert(dataset.licence),
        "demonstration": "yes" if dataset.is_demonstration else "no",
        "release": f"{dataset.slug}/{release.number}",
    }


def _plain(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return formula_injection.inert(value) if isinstance(value, str) else value
