"""Cubes for tests of charts, and beside them the oracle: the same numbers, added up from the CSV files by hand.

The oracle uses the csv module and dictionaries only; nothing of `trade` or pandas has a part in it.
"""

import csv
from functools import cache
from pathlib import Path

import pandas as pd

from trade import charts
from trade.charts import view_state

DATA = Path(__file__).resolve().parents[2] / "data"
YEARS_FILE = "china_dprk_trade_by_province_demo.csv"
MONTHS_FILE = "china_dprk_trade_by_province_2025_months_demo.csv"
HEADINGS_FILE = "china_dprk_trade_by_heading_demo.csv"
BACI_FILE = "baci_dprk_world_by_chapter_2017_2022.csv"
TOTALS_FILE = "china_dprk_totals.csv"
FLOWS = ("to_dprk", "from_dprk")
RELEASE = {"number": 2, "date": "2026-11-21", "kind": "scheduled", "note": "A note."}


def records(*names: str) -> list[dict]:
    """Read CSV files as dictionaries of text."""
    found = []
    for name in names:
        with open(DATA / name, encoding="utf-8-sig", newline="") as file:
            found += csv.DictReader(file)
    return found


# Cubes.


def frame(rows: list[dict]) -> pd.DataFrame:
    """Make a head frame of (key, flow, year, value) dictionaries; what a row leaves out has its usual value."""
    usual = {"month": 0, "component": "reported", "status": "A", "note": "", "quantity": None, "quantity_unit": ""}
    usual |= {"publisher": "", "source": "", "precision_usd": None}
    columns = ["id", "key", "flow", "year", "value_usd", *usual]
    table = pd.DataFrame([{"id": number} | usual | row for number, row in enumerate(rows)], columns=columns)
    return table.astype(
        {"value_usd": "Int64", "quantity": "float64", "precision_usd": "Int64", "year": "int64", "month": "int64"}
    )


def long_rows(*names: str) -> list[dict]:
    """Turn long CSV records into rows of a head frame: one for what is reported, one for an estimate."""
    rows = []
    for record in records(*names):
        row = {"key": record.get("province") or record["code"], "flow": record["flow"], "note": record["note"]}
        row |= {"year": int(record["year"]), "month": int(record["month"] or 0)}
        quantity = {
            "quantity": float(record.get("quantity") or "nan"),
            "quantity_unit": record.get("quantity_unit", ""),
        }
        rows.append(row | quantity | {"value_usd": number(record["reported_usd"]), "status": record["status"]})
        if record["estimate_usd"]:
            rows.append(row | {"component": "estimate", "value_usd": number(record["estimate_usd"]), "status": "E"})
    return rows


def number(text: str) -> int | None:
    return int(text) if text else None


def dataset(slug: str, kind: str, *, partner: str = "China", demonstration: bool = True) -> dict:
    """Describe a dataset as trade.bundles.build does."""
    return {
        "slug": slug, "kind": kind, "title": f"Title of {slug}", "description": "", "partner": partner,
        "reporter": "", "source": "Somebody", "source_url": "", "licence": "Free", "licence_url": "",
        "basis": {"to_dprk": "FOB", "from_dprk": "CIF"}, "estimate_method": "",
        "is_demonstration": demonstration,
    }  # fmt: skip


@cache
def province_labels() -> list[dict]:
    return [
        {"code": r["iso_3166_2"], "slug": r["iso_3166_2"].lower(), "name": r["name_en"], "name_zh": r["name_zh"],
         "name_ko": r["name_ko"]}
        for r in records("provinces.csv")
    ]  # fmt: skip


@cache
def goods_labels() -> dict:
    short = {r["code"]: r["short_title"] for r in records("hs_short_titles.csv", "hs_heading_short_titles.csv")}
    sections = [(r["section"], r["name"]) for r in records("hs_sections.csv")] + [("unspecified", "Unspecified")]
    chapters = [
        (r["hs2"], r["section"].replace("TOTAL", "unspecified"), r["title"]) for r in records("hs_chapters.csv")
    ]
    return {
        "sections": [
            {"number": n, "slug": n.lower(), "title": title, "short_title": short[n]} for n, title in sections
        ],
        "chapters": [
            {"code": code, "section": section, "title": title, "short_title": short[code]}
            for code, section, title in chapters
        ],
        "commodities": {
            r["hscode"]: {"title": r["description"], "short_title": short.get(r["hscode"], r["hscode"])}
            for r in records("hs2022_headings_subheadings.csv")
        },
    }


def cube(rows: list[dict], kind: str = "province", **about) -> dict:
    """Make a small cube of rows."""
    labels = province_labels() if kind == "province" else goods_labels()
    slug = "china-provinces" if kind == "province" else "china-commodities"
    return charts.cube(frame(rows), dataset(slug, kind, **about), RELEASE, labels)


@cache
def provinces() -> dict:
    return cube(long_rows(YEARS_FILE, MONTHS_FILE))


@cache
def commodities() -> dict:
    return cube(long_rows(HEADINGS_FILE), "commodity")


@cache
def world() -> dict:
    columns = {"from_dprk": "dprk_exports_to_world_usd", "to_dprk": "dprk_imports_from_world_usd"}
    rows = [
        {"key": r["hs2"], "flow": flow, "year": int(r["year"]), "value_usd": number(r[column])}
        for r in records(BACI_FILE)
        for flow, column in columns.items()
    ]
    about = dataset("world-commodities", "commodity", partner="the world", demonstration=False)
    return charts.cube(frame(rows), about, RELEASE, goods_labels())


def total_rows(records_of_file: list[dict]) -> list[dict]:
    """Turn long CSV records of totals into rows of a head frame."""
    rows = []
    for record in records_of_file:
        row = {"key": "china-totals", "flow": record["flow"], "year": int(record["year"]), "note": record["note"]}
        row |= {name: record[name] for name in ("publisher", "source")}
        row |= {"precision_usd": number(record["precision_usd"])}
        rows.append(row | {"value_usd": number(record["reported_usd"]), "status": record["status"]})
        if record["estimate_usd"]:
            rows.append(row | {"component": "estimate", "value_usd": number(record["estimate_usd"]), "status": "E"})
    return rows


def totals_of(rows: list[dict]) -> dict:
    """Make the cube of a dataset of totals."""
    about = dataset("china-totals", "total", demonstration=False) | {"estimate_kind": "worked_out"}
    return charts.cube(frame(rows), about, RELEASE, None)


@cache
def totals() -> dict:
    return totals_of(total_rows(records(TOTALS_FILE)))


# Pages.


def page(of: dict, name: str, slug: str = "", **query) -> dict:
    """Make a page's payload for a query: page(cube, "commodity", "v", year=2016)."""
    chosen = view_state.read(name, slug, {key: [str(value)] for key, value in query.items()}, of)
    make = getattr(charts, name)
    return make(of, slug, chosen) if slug else make(of, chosen)


@cache
def shown(name: str, slug: str = "", **query) -> dict:
    """A page of the demonstration data; made once, for the tests that look at it from several sides."""
    return page(provinces() if name.startswith("provinc") else commodities(), name, slug, **query)


def figure(payload: dict, name: str) -> dict:
    return next(one for one in payload["figures"] if one["id"] == name)


ON_OFF = [True, False]
PROVINCES = [label["code"] for label in province_labels()]


def query(flow: str, estimates: bool, **more) -> dict:
    """What a reader asks for: query("to_dprk", False, year=2016)."""
    return {"flow": flow, "estimates": "on" if estimates else "off"} | more


def row(key="CN-LN", flow="to_dprk", year=2020, value=100, **more) -> dict:
    """A row of a small cube."""
    return {"key": key, "flow": flow, "year": year, "value_usd": value} | more


# What a figure draws.


def keys_of(one: dict, payload: dict) -> list[str]:
    """The province codes behind a series or bar: its own, or for "other" those that are drawn nowhere else."""
    slug = one["key"].removesuffix("-estimate")
    if slug != "others":
        return [slug.upper()]
    return [code for code in PROVINCES if code not in payload]


def drawn_keys(figure_: dict, what: str) -> set[str]:
    """The province codes of the series or categories of a figure."""
    return {one["key"].removesuffix("-estimate").upper() for one in figure_[what]}


def numbers_in(payload: dict) -> list[tuple]:
    """Every drawn value of a payload, figure by figure."""
    return [
        (drawn["id"], one["key"], [point["value"] for point in one["points"]])
        for drawn in payload["figures"]
        for one in drawn["series"]
    ]


def close(written: str, part: int, whole: int) -> bool:
    """Whether "7.6%" is the share, within what its digits can say."""
    share = 100 * part / whole
    if written.startswith(("<", ">")):
        return eval(f"{share} {written[0]} {written[1:-1]}")  # noqa: S307 - our own digits
    digits = len(written.rstrip("%").partition(".")[2])
    return abs(float(written.rstrip("%")) - share) <= 0.5 * 10**-digits + 1e-9 or (digits == 0 and share < 10)


# The oracle.


def add(values) -> int | None:
    """Add what is there; None if nothing is."""
    there = [value for value in values if value is not None]
    return sum(there) if there else None


class Oracle:
    """Every value of a long CSV, under (flow, key, year): what is reported, and what is estimated."""

    def __init__(self, *names: str):
        self.reported, self.estimated = {}, {}
        for record in records(*names):
            at = (record["flow"], record.get("province") or record["code"], int(record["year"]))
            self.reported.setdefault(at, []).append(number(record["reported_usd"]))
            self.estimated.setdefault(at, []).append(number(record["estimate_usd"]))
        self.keys = sorted({key for _flow, key, _year in self.reported})
        self.years = sorted({year for _flow, _key, year in self.reported})

    def part(self, component: str, flow: str, keys: list, year: int) -> int | None:
        held = self.reported if component == "reported" else self.estimated
        return add(value for key in keys for value in held.get((flow, key, year), []))

    def value(self, flow: str, keys: list, year: int, estimates: bool = True) -> int | None:
        reported = self.part("reported", flow, keys, year)
        return add([reported, self.part("estimate", flow, keys, year)]) if estimates else reported


@cache
def province_oracle() -> Oracle:
    return Oracle(YEARS_FILE, MONTHS_FILE)


@cache
def goods_oracle() -> Oracle:
    return Oracle(HEADINGS_FILE)


@cache
def chapters_of_section() -> dict[str, list]:
    """{"v": ["25", "26", "27"], …}"""
    chapters = {}
    for record in records("hs_chapters.csv"):
        section = record["section"].replace("TOTAL", "unspecified").lower()
        chapters.setdefault(section, []).append(record["hs2"])
    return chapters


@cache
def codes_below(slug: str) -> list[str]:
    """The codes of the heading file that belong to a section, chapter or heading, or to all."""
    starts = chapters_of_section().get(slug, [slug]) if slug != "all" else [""]
    return [key for key in goods_oracle().keys if key.startswith(tuple(starts))]
