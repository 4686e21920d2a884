"""A seeded generator of addresses that nobody wrote by hand, and the site that they are asked of.

It puts pages, forms and parameters together, the valid and the invalid ones, and knows which are which.
"""

import re
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from tests.trade import released
from trade.demonstration import DATASETS
from trade.models import Dataset
from trade.publishing.removing import withdrawal
from trade.reference import seed as reference

PLACES = ["CN-LN", "CN-JL", "CN-HL", "CN-SD", "CN-HE", "CN-JS", "CN-GD", "CN-ZJ", "CN-BJ", "CN-TJ", "CN-SH", "CN-FJ"]
GOODS = ["0101", "0307", "2601", "2701", "2709", "6109", "6203", "7201", "8471", "9401", "9901"]
DEEP = ["720110", "720120", "720150"]
YEARS = range(2019, 2024)
FLOWS = ("to_dprk", "from_dprk")


# --- what is published ---------------------------------------------------------------------------------------------


def publish():
    """Publish provinces with months, gaps, every status, estimates, a withdrawn release; goods; chapters."""
    reference.load()
    provinces, goods, world, totals = [Dataset.objects.create(**facts) for facts in DATASETS]
    years = records(PLACES, YEARS)
    released.release(provinces, years)
    months = records(PLACES[:9], [(2024, month) for month in range(1, 10)])
    released.release(provinces, years | months)
    wrong = released.release(provinces, years | months | {("CN-LN", "to_dprk", 2023, 0): {"reported": 7}})
    withdrawal.withdraw(wrong, "a wrong file")
    released.release(goods, records(GOODS, YEARS[:3]) | records([*GOODS[:7], *DEEP], YEARS[3:]))
    released.release(world, records(["01", "03", "26", "27", "61", "84"], YEARS[1:3]))
    sums = {(totals.slug, "total", 2018, 0): {"reported": 123_456_789}}
    released.release(totals, records([totals.slug], YEARS) | sums)


def records(keys, periods) -> dict:
    """Invent a record for each key, flow and period: values of all sizes, noughts, gaps, every status, estimates."""
    random, found = Random(f"{keys} {periods}"), {}
    for key in keys:
        for flow in FLOWS:
            for period in periods:
                year, month = period if isinstance(period, tuple) else (period, 0)
                record = {"reported": random.choice([0, random.randrange(10**9), random.randrange(10**5)])}
                record["status"] = random.choice("AAAAPBU")
                if random.random() < 0.15:
                    record = {"reported": None, "status": random.choice("OLQ")}
                if key in ("CN-HL", "2709") and flow == "to_dprk" and year > 2020:
                    record["estimate"] = random.randrange(10**9)
                found[key, flow, year, month] = record | quantity(key, flow, period)
    return found


def quantity(key, flow, period) -> dict:
    """Invent the quantity of a good, in most periods; a code has one unit but for 720120, which has another."""
    random = Random(f"quantity {key} {flow} {period}")
    if not key.isdigit() or random.random() < 0.3:
        return {}
    return {"quantity": random.choice([0.0, 12.5, float(random.randrange(1, 10**6))]),
            "quantity_unit": "kg" if key == "720120" else "t"}  # fmt: skip


# --- addresses -----------------------------------------------------------------------------------------------------

RUBBISH = ["abc", "0", "-1", "99999999999", "２０２３", "2023.0", "nan", "on off", "'\"<b>", "\x00", "é" * 50, "../.."]
SLUGS = ["i", "v", "xi", "xvi", "unspecified", "01", "03", "26", "27", "61", "62", "2701", "2709", "6109", "other"]
PATHS = {
    "totals": ["/totals"],
    "provinces": ["/provinces"],
    "province": [f"/provinces/{code.lower()}" for code in (*PLACES, "CN-XZ")],
    "commodities": ["/commodities"],
    "commodity": [f"/commodities/{slug}" for slug in SLUGS],
}
NOWHERE = ["/provinces/cn-xx", "/provinces/ln", "/commodities/98765", "/commodities/root", "/commodities/xxx", "/prov"]
WAYS = {
    "flow": (*FLOWS, "both", "balance"),
    "view": ("columns", "lines"),
    "scale": ("linear", "log"),
    "unit": ("usd", "share"),
    "period": ("years", "months"),
    "estimates": ("on", "off"),
}
# In an order in which each can be chosen to go with those before it.
ALL = ("release", "flow", "year", "view", "unit", "scale", "period", "estimates", "show", "highlight")
OF_PAGES = {
    "totals": ("release", "flow", "year", "view", "scale", "estimates"),
    "provinces": ALL,
    "province": ("release", "year", "view", "scale", "period", "estimates"),
    "commodities": ALL,
    "commodity": ALL,
}
PARTS = {  # what can be shown by itself, the first of them always
    "/provinces": ["cn-ln", "cn-jl", "cn-hl", "cn-xz", "cn-gd"],
    "/commodities": ["v", "xi", "xv", "i"],
    "/commodities/v": ["27", "26"],
}
DATASET_OF = {"provinces": "china-provinces", "province": "china-provinces", "totals": "china-totals"}
DATA = {  # of each dataset: its years, its releases that can be shown, those that cannot, and whether it has months
    "china-provinces": ([*YEARS, 2024], [1, 2], [3], True),
    "china-commodities": ([*YEARS], [1], [], False),
    "world-commodities": ([2020, 2021], [1], [], False),
    "china-totals": ([2018, *YEARS], [1], [], False),
}


@dataclass
class Address:
    """An address and what is wrong with it: Address("/provinces", [("year", "abc")], ["year"])."""

    path: str
    query: list
    invalid: list

    def form(self, ending: str) -> str:
        query = f"?{urlencode(self.query)}" if self.query else ""
        return self.path + ending + query


def draw(random: Random) -> Address:
    """Put one address together; every second one is valid in all its parts."""
    page = random.choice(list(PATHS))
    path, spoilt = random.choice(PATHS[page]), random.random() < 0.5
    dataset = DATASET_OF.get(page, "china-commodities")
    query, invalid = [], []
    if page == "commodities" and random.random() < 0.3:
        dataset = "world-commodities"
        query.append(("dataset", dataset))
    for name in OF_PAGES[page]:
        if random.random() < 0.5:
            continue
        good = valid(name, path, dataset, dict(query), random)
        if spoilt and random.random() < 0.4:
            query.append((name, random.choice([one for one in RUBBISH if one not in good])))
            invalid.append(name)
        elif good:
            query.append((name, random.choice(good)))
    if random.random() < 0.2:
        query.append(random.choice([("utm_source", "x"), ("", ""), ("year", ""), ("flow", " ")]))
    random.shuffle(query)
    return Address(path, query, invalid)


def valid(name, path, dataset, query, random) -> list:
    """The values of a parameter that need no notice, beside those chosen already."""
    years, shown, _withdrawn, monthly = DATA[dataset]
    flow, lines = query.get("flow"), query.get("view") == "lines"
    if name == "release":
        return [str(number) for number in shown]
    if name == "year":
        known = [year for year in years if year < 2024 or query.get("release") != "1"]
        return [str(year) for year in known] + ["earliest", "latest"]
    if name == "period":
        of_months = query.get("year") in (None, "2024", "earliest", "latest") and query.get("release") != "1"
        return ["years", "months"] if monthly and of_months else ["years"]
    if name == "view" and path == "/commodities/other":  # of one year alone
        return ["columns"]
    has_parts = not re.fullmatch(r"/commodities/\d{4}", path)
    if name == "unit" and (not has_parts or flow == "balance" or (flow == "both" and lines)):
        return ["usd"]
    if name == "scale" and (not lines or flow == "balance" or query.get("unit") == "share"):
        return ["linear"]
    parts = PARTS.get(path, [])
    if name == "show":
        return [",".join(random.sample(parts, random.randint(1, len(parts))))] if parts else []
    if name == "highlight":
        totals = (flow == "both" and lines) or (flow == "balance" and not lines)
        drawn = [slug for slug in query.get("show", "").split(",") if slug in parts] or parts[:1]
        return [] if totals else drawn
    return list(WAYS[name])
