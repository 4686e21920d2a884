"""Loads what all else names: provinces, sections, chapters, headings and aliases, from the files in data/.

The loaded rows belong to the editors: one that was changed by hand stays, unless a refresh is asked for.
"""

import csv
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import models, transaction

from trade.models import Alias, Chapter, Commodity, Province, Section, short_titles
from trade.reference.goods_names import short_titles_of

DATA = Path(settings.BASE_DIR) / "data"
# Goods that a country does not classify, chapter 99, and those that each country classifies in its own way, chapter 98,
# stand outside the 21 sections of the nomenclature.
UNSPECIFIED = "unspecified"


@transaction.atomic
def load(refresh: bool = False) -> dict:
    """Load the reference tables and return the account of it.

    {"created": 7199, "updated": 0, "unchanged": 0} the first time, and 7199 unchanged the second.
    With `refresh`, rows that differ from the files are brought back to them and counted as updated.
    """
    accounts = [
        _store(Province, _provinces(), refresh),
        _store(Section, _sections(), refresh),
        _store(Chapter, _chapters(), refresh),
        _store(Commodity, _commodities(), refresh),
        _store(Alias, _aliases(), refresh, key="name"),
    ]
    return {word: sum(account[word] for account in accounts) for word in accounts[0]}


def _store(model: type[models.Model], rows: Callable, refresh: bool, key: str = "pk") -> dict:
    """Write the rows that are missing and, with `refresh`, those that differ, set-wise."""
    stored = {getattr(row, key): row for row in model.objects.all()}
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    new, changed, same = [], [], 0
    for row in rows:
        old = stored.get(getattr(row, key))
        if old is None:
            new.append(row)
        elif refresh and any(getattr(old, name) != getattr(row, name) for name in fields):
            row.pk = old.pk
            changed.append(row)
        else:
            same += 1
    if model is Commodity:
        _rename(new, stored.values())
    model.objects.bulk_create(new)
    model.objects.bulk_update(changed, fields)
    return {"created": len(new), "updated": len(changed), "unchanged": same}


def _rename(new, stored):
    """Give new goods other short titles where an editor has given theirs to other goods of the chapter."""
    taken = {(row.chapter_id, row.short_title.lower()) for row in stored}
    for row in new:
        if (row.chapter_id, row.short_title.lower()) in taken:
            names = [name for chapter, name in taken if chapter == row.chapter_id]
            row.short_title = short_titles.by_rule({row.code: row.title}, names)[row.code]


def _rows(name: str) -> Iterator[dict]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _provinces():
    for row in _rows("provinces.csv"):
        yield Province(
            code=row["iso_3166_2"],
            gb_code=row["gb_t_2260"],
            gacc_code=row["gacc_registered_place_code"],
            name_en=row["name_en"],
            name_zh=row["name_zh"],
            name_ko=row["name_ko"],
            kind=row["type"],
            note=row["note"],
        )


def _sections():
    short = _short_titles()
    for position, row in enumerate(_rows("hs_sections.csv"), start=1):
        yield Section(row["section"], position, _title(row["name"]), short[row["section"]])
    yield Section(UNSPECIFIED, position + 1, "Commodities not specified according to kind", short[UNSPECIFIED])


def _chapters():
    short = _short_titles()
    for row in _rows("hs_chapters.csv"):
        section = UNSPECIFIED if row["section"] == "TOTAL" else row["section"]
        yield Chapter(row["hs2"], section, _title(row["title"]), short[row["hs2"]])


def _commodities():
    for code, (title, short_title) in _goods().items():
        yield Commodity(code, code[:2], title, short_title)


@cache  # naming goods by the rule takes as long as all else here
def _goods() -> dict[str, tuple[str, str]]:
    """Read headings and subheadings: {"2701": ("Coal; briquettes, …", "Coal"), …}."""
    rows = [row for row in _rows("hs2022_headings_subheadings.csv") if row["level"] in ("4", "6")]
    titles = {row["hscode"]: _title(row["description"]) for row in rows}
    short = short_titles_of(titles)
    return {code: (title, short[code]) for code, title in titles.items()}


def _aliases():
    for row in _rows("aliases.csv"):
        of = "province_id" if row["code"].startswith("CN-") else "chapter_id"
        yield Alias(name=row["name"], **{of: row["code"]})


def _short_titles() -> dict[str, str]:
    return {row["code"]: row["short_title"] for row in _rows("hs_short_titles.csv")}


def _title(text: str) -> str:
    """Mend what the nomenclature's file has untidy: a trailing space, "live animals" in small letters."""
    text = text.strip()
    return text[:1].upper() + text[1:]
