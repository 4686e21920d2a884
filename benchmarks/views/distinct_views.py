"""Addresses of views, each given once, that both the present site and the earlier one know."""

from collections.abc import Iterator
from itertools import product

FLOWS = ("from_dprk", "to_dprk")
YEARS = range(2001, 2023)
OTHERS = ("cn-jl", "cn-hl", "cn-gd", "cn-bj", "cn-sd")


def provinces() -> Iterator[str]:
    for other, year, flow in product(OTHERS, YEARS, FLOWS):
        yield f"/provinces/?flow={flow}&year={year}&show=cn-ln,{other}"


def province() -> Iterator[str]:
    for slug, year in product(("cn-ln", *OTHERS), YEARS):
        yield f"/provinces/{slug}/?year={year}"


def commodities() -> Iterator[str]:
    for flow, year, unit in product(FLOWS, YEARS, ("usd", "share")):
        yield f"/commodities/?flow={flow}&year={year}&unit={unit}"


def commodity() -> Iterator[str]:
    for chapter, flow, year in product(("27", "26", "62", "03", "72"), FLOWS, YEARS):
        yield f"/commodities/{chapter}/?flow={flow}&year={year}"


PAGES = {"all provinces": provinces, "one province": province, "all goods": commodities, "one chapter": commodity}
