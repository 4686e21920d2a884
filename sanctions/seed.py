"""The first resolutions, measures, caps, announcements and events, from the files in data/; then the editors take over.

A measure is known by its resolution and its position in the file, which stay when its words are corrected.
"""

import csv
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from sanctions.models import Announcement, Cap, Event, Measure, Resolution
from tables import first_rows

DATA = Path(settings.BASE_DIR) / "data"
# The columns of a measure that are called as its fields are, and those that hold a day or nothing.
SAME = ["paragraph", "direction", "category", "kind", "goods", "edition", "measure", "wind_down_or_cap", "basis"]
SAME += ["checked_by"]
DAYS = ["effective_from", "grace_until", "checked_on"]


@transaction.atomic
def load() -> dict:
    """Load the first rows of each table; return the account of it.

    {"created": 86, "updated": 0, "unchanged": 0} the first time, {"created": 0, "updated": 0, "unchanged": 86} the
    second. The chapters must be there (trade.reference.seed): the codes of measures refer to them.
    """
    accounts = [
        first_rows.load(Resolution, ["number"], _resolutions()),
        first_rows.load(Measure, ["resolution_id", "position"], [_measure(row) for row in _rows("sanctions.csv")]),
        first_rows.load(Cap, ["measure_id", "unit", "period", "since"], _caps()),
        first_rows.load(Announcement, ["authority", "number"], _announcements()),
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


def _measure(row):
    return Measure(
        resolution_id=int(row["resolution"]),
        position=int(row["position"]),
        codes_stated=row["hs_codes_stated_in_text"],
        codes_announced=row["hs_codes_announced"],
        codes_text=row["hs_codes_for_matching"],
        exemptions=row["main_exemptions"],
        **{name: row[name] for name in SAME},
        **{name: row[name] or None for name in DAYS},
    )


def _caps():
    """The caps of the measures that are still there."""
    for row in _rows("sanctions_caps.csv"):
        place = {"resolution": row.pop("resolution"), "position": row.pop("position")}
        if measure := Measure.objects.filter(**place).first():
            blanks = {name: row.pop(name) or None for name in ("tonnes", "until")}
            yield Cap(measure=measure, **row | blanks | {"since": date.fromisoformat(row["since"])})


def _announcements():
    for row in _rows("china_announcements.csv"):
        named = {"resolution_id": int(row.pop("resolution")), "codes_text": row.pop("codes")}
        yield Announcement(is_number_confirmed=row.pop("number_confirmed") == "yes", **named, **row)


def _events():
    return [Event(**row | {"weight": int(row["weight"])}) for row in _rows("events.csv")]
