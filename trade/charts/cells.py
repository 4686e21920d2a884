"""Reading a cube: the value, status and gaps of any node or group of nodes in any year, or month, of one flow.

Wherever it says `slugs`, several nodes are added up; wherever it says `period`, it is a year, 2016, or where a dataset
has months and the reader asked for them, a month, "2025-01".
"""

from trade.charts.sums import NO_VALUE, ROOT, WEIGHT


def add(*values: int | None) -> int | None:
    """Add what there is: add(1, None, 2) -> 3, add(None) -> None."""
    there = [value for value in values if value is not None]
    return sum(there) if there else None


def newest_full_year(cube: dict, flow: str) -> int | None:
    """Find the newest year of a flow that has a value and all its months; failing that the newest with a value."""
    cells = Cells(cube, flow)
    valued = [year for year in cells.periods if cells.value([ROOT], year) is not None]
    full = [year for year in valued if not cells.part(year)]
    return (full or valued or cells.periods or [None])[-1]


def months_of(cube: dict) -> list:
    """List the months that a dataset has, without holes: ["2025-01", …, "2025-09"]; [] if it has years only."""
    known = [month for of_flow in cube["months"].values() for month in of_flow.get(ROOT, {})]
    if not known:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(known), max(known)))
    return [f"{count // 12}-{count % 12 + 1:02d}" for count in range(first, last + 1)]


class Cells:
    """The cells of one flow, with estimates or without, by year or by month."""

    def __init__(self, cube: dict, flow: str, *, estimates: bool = True, monthly: bool = False):
        self.cube, self.flow, self.estimates = cube, flow, estimates
        self.nodes = cube["nodes"]
        self.periods = months_of(cube) if monthly else cube["years"]
        self._monthly = monthly
        self._cells = cube["cells"].get(flow, {})
        self._months = cube["months"].get(flow, {})
        self._parts = cube["parts"].get(flow, {})
        self._place = {year: place for place, year in enumerate(cube["years"])}
        self._ranks = {}

    def reported(self, slugs: list, period) -> int | None:
        """What the source printed, or None where it printed nothing."""
        return self._sum("reported", slugs, period)

    def estimate(self, slugs: list, period) -> int | None:
        """What an editor added, or None: there is none, or the reader switched estimates off."""
        return self._sum("estimate", slugs, period) if self.estimates else None

    def component(self, name: str, slugs: list, period) -> int | None:
        """The reported value or the estimate, by name."""
        return self.estimate(slugs, period) if name == "estimate" else self.reported(slugs, period)

    def value(self, slugs: list, period) -> int | None:
        """The shown value: reported and estimate together."""
        return add(self.reported(slugs, period), self.estimate(slugs, period))

    def gaps(self, slugs: list, period) -> int:
        """How many parts of the sum have no figure, or not one for every month."""
        hidden = [] if self.estimates else [self._at(slug, "covered", period, 0) for slug in slugs]
        return sum(hidden) + sum(self._at(slug, "gaps", period, 0) for slug in slugs)

    def status(self, slugs: list, period) -> str:
        """The SDMX status of what is reported, "" where there is no row: "A", "P", "O" …"""
        letters = {self._at(slug, "status", period, " ") for slug in slugs} - {" "}
        if not letters:
            return ""
        heaviest = max(letters, key=WEIGHT.get)
        return heaviest if WEIGHT[heaviest] >= NO_VALUE or len(letters) == 1 else "O"

    def shown_status(self, slugs: list, period) -> str:
        """The status of the shown value: "E" where it is an estimate and nothing else."""
        if self.reported(slugs, period) is None and self.estimate(slugs, period) is not None:
            return "E"
        return self.status(slugs, period)

    def part(self, period) -> list:
        """The months of a year that is not known in full, [1, …, 9]; [] for a full year, and for a month."""
        return self._parts.get(str(period), [])

    def ranked(self, slugs: list, period) -> list:
        """Those of `slugs` that have a value in the period, the largest first; equals keep their order."""
        valued = {slug: self.value([slug], period) for slug in slugs}
        return sorted((slug for slug in slugs if valued[slug] is not None), key=lambda slug: -valued[slug])

    def rank(self, slug: str, period) -> tuple[int, int] | None:
        """The place of a node's shown value among its siblings that have one: (1, 31). Equals share a place."""
        parent = self.nodes[slug]["parent"]
        if (parent, period) not in self._ranks:
            siblings = self.nodes[parent]["children"] if parent else []
            values = [self.value([sibling], period) for sibling in siblings]
            self._ranks[parent, period] = sorted((value for value in values if value is not None), reverse=True)
        order, value = self._ranks[parent, period], self.value([slug], period)
        return (order.index(value) + 1, len(order)) if value is not None and len(order) > 1 else None

    def has_estimates(self, slugs: tuple = (ROOT,)) -> bool:
        """Whether there is any estimate to show."""
        return any(self.estimate(slugs, period) is not None for period in self.periods)

    def is_known(self, slug: str) -> bool:
        """Whether the flow has any row of a node, with a value or without."""
        return slug in self._cells

    def same_months(self, slug: str, year: int, months: list) -> int | None:
        """The shown value of some months of a year, None unless every one of them has a value."""
        found = [self._months.get(slug, {}).get(f"{year}-{month:02d}", [None, None, ""]) for month in months]
        values = [add(cell[0], cell[1] if self.estimates else None) for cell in found]
        return None if None in values else add(*values)

    def quantity(self, code: str, year: int) -> list | None:
        """The quantity of a code in a year, [22480000.0, "t"], or None."""
        return self.cube["quantities"].get(self.flow, {}).get(code, {}).get(str(year))

    def has_quantities(self, code: str) -> bool:
        """Whether the source gives any quantity of a code."""
        return code in self.cube["quantities"].get(self.flow, {})

    def _sum(self, component, slugs, period):
        return add(*[self._at(slug, component, period, None) for slug in slugs])

    def _at(self, slug, name, period, otherwise):
        if self._monthly:
            return self._in_month(slug, name, period, otherwise)
        if slug not in self._cells or period not in self._place:
            return otherwise
        return self._cells[slug][name][self._place[period]]

    def _in_month(self, slug, name, period, otherwise):
        cell = self._months.get(slug, {}).get(period)
        if cell is None:
            return otherwise
        return dict(zip(("reported", "estimate", "status", "gaps", "covered"), cell, strict=True))[name]
