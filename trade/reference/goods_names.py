"""The short titles of headings and subheadings: those written by hand in data/, and for the rest those of the rule."""

import csv
from itertools import groupby
from pathlib import Path

from django.conf import settings

from trade.models import short_titles

WRITTEN = Path(settings.BASE_DIR) / "data" / "hs_heading_short_titles.csv"


def short_titles_of(titles: dict[str, str]) -> dict[str, str]:
    """Name goods by code and official title: {"2709": "Petroleum oils and …; crude"} -> {"2709": "Crude petroleum"}."""
    names = {code: name for code, name in _written().items() if code in titles}
    for chapter, codes in groupby(sorted(titles), key=lambda code: code[:2]):
        taken = [name for code, name in names.items() if code[:2] == chapter]
        names |= short_titles.by_rule({code: titles[code] for code in codes if code not in names}, taken)
    return names


def _written():
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["short_title"] for row in csv.DictReader(file)}
