"""What a page must show, added up from the rows of the site's own database: dictionaries and sums, slow and obvious.

Of a page it takes the keys of what is drawn (series, categories, rows) and the state of its address, never a number.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from tests.browser.site import Site

ROWS = """
import json
from trade.models import Chapter, CommodityObservation, ProvinceObservation
FACTS = ("flow", "year", "month", "component", "value_usd", "status")
rows = list(ProvinceObservation.objects.standing().values_list("dataset_id", "province_id", *FACTS))
rows += CommodityObservation.objects.standing().values_list("dataset_id", "code", *FACTS, "quantity")
sections = dict(Chapter.objects.values_list("code", "section_id"))
print(json.dumps({"rows": rows, "sections": sections}, default=float))
"""
FLOWS = ("to_dprk", "from_dprk")
ESTIMATE = "-estimate"
IN_TIME = ("stacked", "line")
GATHERED = {"others", "other", "balance", "to-dprk", "from-dprk"}


@dataclass
class Row:
    dataset: str
    code: str
    flow: str
    year: int
    month: int
    component: str
    value: int | None
    status: str
    quantity: float | None = None


class Oracle:
    """The rows that stand in a site's database, and what a view of them must come to."""

    def __init__(self, site: Site):
        found = json.loads(site.manage("shell", "-v", "0", "-c", ROWS).splitlines()[-1])
        self.rows = [Row(*row) for row in found["rows"]]
        self.of_code = defaultdict(list)
        for row in self.rows:
            self.of_code[row.dataset, row.code, row.flow, row.component].append(row)
        self.sections = {chapter: section.lower() for chapter, section in found["sections"].items()}

    def is_in(self, code: str, slug: str) -> bool:
        """Whether a code is, or lies below, what a slug names: "2701" in "27" and in "v", "CN-LN" in "cn-ln"."""
        if slug == "":
            return True
        if code.startswith("CN-") or slug.startswith("cn-"):
            return code.lower() == slug
        return code.startswith(slug) if slug[0].isdigit() else self.sections[code[:2]] == slug

    def codes(self, state: dict, slug: str) -> frozenset:
        """Every code of a dataset in or below a slug; "" is all of it."""
        return frozenset(r.code for r in self.rows if r.dataset == state["dataset"] and self.is_in(r.code, slug))

    def sum(self, state: dict, codes: frozenset, flow: str, period: str, component: str) -> int | None:
        """Add up what there is of a component; None where there is nothing."""
        if component == "estimate" and state["estimates"] == "off":
            return None
        rows = self._rows(state, codes, flow, period, component)
        values = [row.value for row in rows if row.value is not None]
        return sum(values) if values else None

    def _rows(self, state, codes, flow, period, component):
        """The rows of a year, of a month, or of the months of a year so far."""
        year, _, month = period.partition("-")
        months = [int(month)] if month else range(13)
        if state.get("period") == "ytd":
            months = range(1, int(state["month"][5:]) + 1)
        return [
            row
            for code in codes
            for row in self.of_code[state["dataset"], code, flow, component]
            if row.year == int(year) and row.month in months
        ]

    def quantity(self, state: dict, codes: frozenset, flow: str, period: str) -> float | None:
        """Add up how much there was; None where there is nothing."""
        known = [row.quantity for row in self._rows(state, codes, flow, period, "reported") if row.quantity]
        return sum(known) if known else None

    def shown(self, state: dict, codes: frozenset, flow: str, period: str) -> int | None:
        """What is reported and what is estimated, together; the balance is of both flows, or missing."""
        if flow in ("both", "balance"):
            to_dprk, from_dprk = (self.shown(state, codes, one, period) for one in FLOWS)
            if flow == "both":
                return added(to_dprk, from_dprk)
            return None if None in (to_dprk, from_dprk) else to_dprk - from_dprk
        return added(*(self.sum(state, codes, flow, period, component) for component in ("reported", "estimate")))

    def drawn(self, state: dict, slug: str, figure: dict) -> list[list]:
        """Every value that a figure must draw, series by series."""
        if figure.get("scale") == "rank":
            years = [category["key"] for category in figure["categories"]]
            return [[self._place(state, slug.upper(), one["flow"], year) for year in years] for one in figure["series"]]
        members = self._members(state, slug, figure)
        return [
            [self._value(state, figure, members, one, category) for category in figure["categories"]]
            for one in figure["series"]
        ]

    def _place(self, state, code, flow, year):
        """The place of a province among those with a value: the first, and one below for each that has more."""
        values = {one: self.shown(state, frozenset({one}), flow, year) for one in self.codes(state, "")}
        if values.get(code) is None:
            return None
        return 1 + sum(value > values[code] for value in values.values() if value is not None)

    def _members(self, state, slug, figure):
        """The codes behind each thing that is drawn; "others" are those of the page that nothing else names."""
        in_time = figure["kind"] in IN_TIME
        keys = {one["member"] for one in figure["series"]} if in_time else set()
        keys |= set() if in_time else {one["key"].removesuffix(ESTIMATE) for one in figure["categories"]}
        page = self.codes(state, "" if slug in ("", "other") else slug)
        named = {key: self.codes(state, key) & page for key in keys - GATHERED}
        # What "show" leaves out is left out of the totals that are drawn, but not of the whole of a share.
        drawn = page if not (in_time and state.get("show")) else self._of_list(state, state["show"]) & page
        rest = page.difference(*named.values())
        everything = page if in_time or slug != "other" else frozenset().union(*named.values())
        return named | dict.fromkeys(keys & {"others", "other"}, rest) | {"drawn": drawn, "whole": everything}

    def _of_list(self, state, slugs):
        return frozenset().union(*(self.codes(state, slug) for slug in slugs.split(",")))

    def _value(self, state, figure, members, series, category):
        in_time = figure["kind"] in IN_TIME
        key, period = (series["member"], category["key"]) if in_time else (category["key"], when(state))
        codes = members.get(key.removesuffix(ESTIMATE), members["drawn"])
        if len(period) == len("09"):  # of seasons a series is a year
            period, codes = f"{key}-{period}", members["drawn"]
        flow = series.get("flow") or flow_of(state, figure)
        component = category.get("component") or series["component"]
        if figure["kind"] == "tiles" or flow == "balance":
            value = self.shown(state, codes, flow, period)
        elif component == "shown":
            # A dashed line is drawn where there is an estimate.
            known = not series["estimated"] or self.sum(state, codes, flow, period, "estimate") is not None
            value = self.shown(state, codes, flow, period) if known else None
        else:
            value = self.sum(state, codes, flow, period, component)
        measure = figure.get("measure", "share" if figure["unit"] == "%" else "value")
        if measure == "change":  # held against the rules of sentences in tests/trade/charts/sentences
            return series["points"][figure["categories"].index(category)]["value"]
        if value is None or measure == "value":
            return value
        if measure == "index":
            base = re.search(r"index \((.*) = 100\)", figure["title"])[1]
            return round(100 * value / self.shown(state, codes, flow, base), 4)
        if measure in ("quantity", "unit_value"):
            amount = self.quantity(state, codes, flow, period)
            return amount if measure == "quantity" or not amount else float(f"{value / amount:.6g}")
        whole = self.shown(state, members["whole"], flow, period)
        return round(100 * value / whole, 4) if whole else None


def when(state: dict) -> str:
    """The year or month that a page is about."""
    return state["month"] if state.get("period") == "months" else str(state["year"])


def flow_of(state: dict, figure: dict) -> str:
    """The flow that a figure shows: the page's, or, on the page of one province, the figure's own."""
    return state.get("flow") or figure["id"].replace("-", "_")


def added(*values: int | None) -> int | None:
    """Add what there is; None where there is nothing."""
    there = [value for value in values if value is not None]
    return sum(there) if there else None


def dollars(value: int | None) -> str:
    """Write a value as sentences do, in three digits: 1673785123 -> "US$1.67 bn", 845123 -> "US$845,123"."""
    if value is None:
        return "–"
    sign, size = ("−" if value < 0 else ""), abs(value)
    for scale, name in ((10**9, "bn"), (10**6, "m")):
        if size >= scale - scale // 2000:
            number = Decimal(size) / scale
            places = max(0, 3 - len(str(int(number + Decimal("0.005")))))
            return f"{sign}US${number:.{places}f}\u00a0{name}"
    return f"{sign}US${size:,}"
