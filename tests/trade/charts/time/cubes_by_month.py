"""Small cubes of which the last years are known by month: provinces, goods, months alone."""

from functools import cache

from tests.trade.cubes import FLOWS, cube, row

KEYS = {"province": ["CN-LN", "CN-JL", "CN-GD"], "commodity": ["2701", "2716", "6403"]}
YEARS, MONTHS = range(2018, 2023), {2023: 12, 2024: 12, 2025: 9}


def by_month(key: str, flow: str, months: dict) -> list[dict]:
    """Rows of one key: by_month("CN-LN", "to_dprk", {2025: 9}) goes from January to September."""
    return [
        row(key, flow, year, 1000 * (year - 2000) + len(key) * month, month=month)
        for year, last in months.items()
        for month in range(1, last + 1)
    ]


def rows(kind: str = "province", *, years: bool = True) -> list[dict]:
    """Five years, then months from January 2023 to September 2025; without `years` the months alone."""
    found = []
    for flow in FLOWS:
        for number, key in enumerate(KEYS[kind]):
            found += [row(key, flow, year, 50_000 + 7 * year * (number + 1)) for year in YEARS if years]
            found += by_month(key, flow, MONTHS)
    return found


@cache
def drawn(kind: str = "province", *, years: bool = True) -> dict:
    """The cube of these rows."""
    return cube(rows(kind, years=years), kind)


@cache
def of_years_alone() -> dict:
    """No months at all."""
    return cube([row(key, flow, year, 5 * year) for key in KEYS["province"] for flow in FLOWS for year in YEARS])
