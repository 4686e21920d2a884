"""The first resolutions, measures and events, from the files in data/, for the editors to take over.

A measure is known by its resolution and its position in the file, which stay when its words are corrected.
"""

import csv
from pathlib import Path

from django.conf import settings
from django.db import transaction

from sanctions.models import Event, Measure, Resolution
from tables import first_rows

DATA = Path(settings.BASE_DIR) / "data"


@transaction.atomic
def load() -> dict:
    """Load the first resolutions, measures and events; return the account of it.

    {"created": 71, "updated": 0, "unchanged": 0} the first time, {"created": 0, "updated": 0, "unchanged": 71} the
    second. The chapters must be there (trade.reference.seed): the codes of measures refer to them.
    """
    accounts = [
        first_rows.load(Resolution, ["number"], _resolutions()),
        first_rows.load(Measure, ["resolution_id", "position"], _measures()),
        first_rows.load(Event, ["date", "title"], _events()),
    ]
    return {word: sum(account[word] for account in accounts) for word in accounts[0]}


def _rows(name):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _resolutions():
    return [
        Resolution(
            number=int(row["number"]),
            adopted=row["adopted"],
            title=f"Resolution {row['number']} ({row['adopted'][:4]})",
            url=row["url"],
            summary=row["summary"],
        )
        for row in _rows("resolutions.csv")
    ]


def _measures():
    return [
        Measure(
            resolution_id=int(row["resolution"]),
            position=int(row["position"]),
            paragraph=row["paragraph"],
            direction=row["direction"],
            category=row["category"],
            kind=row["kind"],
            goods=row["goods"],
            codes_stated=row["hs_codes_stated_in_text"],
            codes_text=row["hs_codes_for_matching"],
            measure=row["measure"],
            effective_from=row["effective_from"] or None,
            wind_down_or_cap=row["wind_down_or_cap"],
            exemptions=row["main_exemptions"],
            basis=row["basis"],
        )
        for row in _rows("sanctions.csv")
    ]


def _events():
    return [Event(**row | {"weight": int(row["weight"])}) for row in _rows("events.csv")]
