"""The first resolutions and measures, from the files in data/, for the editors to take over."""

import csv
from pathlib import Path

from django.conf import settings
from django.db import transaction

from sanctions.models import Measure, Resolution
from tables import first_rows

DATA = Path(settings.BASE_DIR) / "data"


@transaction.atomic
def load() -> dict:
    """Load the first resolutions and measures; return the account of it.

    {"created": 50, "unchanged": 0} the first time, {"created": 0, "unchanged": 50} the second.
    The chapters must be there (trade.reference.seed): the codes of measures refer to them.
    """
    accounts = [
        first_rows.create(Resolution, ["number"], _resolutions()),
        first_rows.create(Measure, ["resolution_id", "paragraph", "goods"], _measures()),
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
            position=position,
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
        for position, row in enumerate(_rows("sanctions.csv"), start=1)
    ]
