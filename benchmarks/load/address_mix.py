"""What two hundred readers ask for: kinds, their shares, and the addresses of each, drawn by a seed."""

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

SHARES = {"kept page": 60, "file": 15, "unseen view": 15, "API": 10}

# A link of a newspaper leads to one page, and from there readers go on.
KEPT = {
    "/": 30,
    "/provinces/": 20,
    "/commodities/": 10,
    "/provinces/cn-ln/": 8,
    "/commodities/27/": 8,
    "/questions/": 6,
    "/sanctions/": 6,
    "/data/": 5,
    "/provinces.json": 4,
    "/provinces.csv": 3,
}
RELEASE = "/data/china-provinces/1/"
FILES = {RELEASE + "data.csv": 5, RELEASE + "workbook.xlsx": 3, RELEASE + "data.json": 2, RELEASE + "chart.json": 1}
FLOWS = ("to_dprk", "from_dprk")
PROVINCES = ("cn-ln", "cn-jl", "cn-hl", "cn-gd", "cn-bj", "cn-sd", "cn-js", "cn-zj", "cn-sh", "cn-tj", "cn-he", "cn-fj")
CHAPTERS = ("03", "08", "26", "27", "39", "54", "61", "62", "72", "84", "85", "87")
YEARS = range(1999, 2025)  # not the newest one, with which pages open


class Asked(NamedTuple):
    """One question of a reader: Asked("kept page", "/provinces/")."""

    kind: str
    address: str


def questions(seed: int = 1) -> Iterator[Asked]:
    """Draw what is asked for, without an end; no unseen view is drawn twice.

    Args: seed, by which the same questions are drawn again.
    """
    draw, seen = random.Random(seed), set()
    while True:
        kind = draw.choices(list(SHARES), list(SHARES.values()))[0]
        address = DRAWN[kind](draw)
        while kind == "unseen view" and address in seen:
            address = DRAWN[kind](draw)
        seen.add(address)
        yield Asked(kind, address)


def unseen(draw: random.Random) -> str:
    """Draw the address of a view, as pages write it: "/provinces/?flow=from_dprk&year=2011&show=cn-ln,cn-bj"."""
    flow = draw.choice(("", "flow=from_dprk&"))
    year, shown = draw.choice(YEARS), ",".join(draw.sample(PROVINCES, 3))
    place = draw.choice(("provinces", "provinces", "provinces", "province", "commodities", "commodity"))
    of_place = {
        "provinces": f"/provinces/?{flow}year={year}&show={shown}",
        "province": f"/provinces/{draw.choice(PROVINCES)}/?year={year}&unit=share",
        "commodities": f"/commodities/?{flow}year={year}&show={draw.choice(CHAPTERS)}",
        "commodity": f"/commodities/{draw.choice(CHAPTERS)}/?{flow}year={year}",
    }
    return of_place[place]


def asked_of_the_api(draw: random.Random) -> str:
    """Draw what a program asks for: the values of a year."""
    dataset = draw.choice(("china-provinces", "china-commodities"))
    return f"/api/v1/datasets/{dataset}/observations?year={draw.choice(YEARS)}&flow={draw.choice(FLOWS)}"


def _of(addresses: dict) -> Callable:
    return lambda draw: draw.choices(list(addresses), list(addresses.values()))[0]


DRAWN = {"kept page": _of(KEPT), "file": _of(FILES), "unseen view": unseen, "API": asked_of_the_api}
