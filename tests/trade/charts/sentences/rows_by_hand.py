"""What the rows of a dataset say, added up by hand from docs/sentences.md: values, what is missing, estimated, broken.

Nothing of the program has a part in it. A period is a year, 2016, or a month, "2016-03".
"""

from typing import NamedTuple

from tests.trade import cubes

BOTH = ("to_dprk", "from_dprk")
SECTIONS = {chapter: section for section, chapters in cubes.chapters_of_section().items() for chapter in chapters}


class Compared(NamedTuple):
    """What may be compared of two periods, and how: (80, 100, True, False) of what has a figure in both."""

    now: int
    before: int
    is_matched: bool
    is_reported: bool


class Raw:
    """The rows of a dataset, with estimates or without."""

    window = ()  # the months by which years are named where these alone are counted

    def __init__(self, kind: str, rows: list[dict], *, estimates: bool = True, worked_out: bool = False):
        self.kind, self.estimates, self.worked_out = kind, estimates, worked_out
        self.rows, self.of_all_periods, self.by_key = rows, rows, {}
        for row in rows:
            self.by_key.setdefault((row["flow"], row["key"], row["year"]), []).append(row)
        self.keys = sorted({row["key"] for row in rows})
        self.by_month = {(row["flow"], row["year"]) for row in rows if row.get("month")}
        self.years = sorted({row["year"] for row in rows})

    # Places in the tree.

    def below(self, slug: str) -> list[str]:
        """The keys that lie at or below a node."""
        if slug == "all":
            return self.keys
        if self.kind == "province":
            return [key for key in self.keys if key.lower() == slug]
        return [key for key in self.keys if key.startswith(slug) or SECTIONS.get(key[:2]) == slug]

    def siblings(self, slug: str) -> list[str]:
        """The nodes among which one is ranked; none of a remainder."""
        if self.is_remainder(slug):
            return []
        if self.kind == "province":
            return [key.lower() for key in self.keys]
        if not slug.isdecimal():
            return sorted({SECTIONS[key[:2]] for key in self.keys} - {"unspecified"})
        if len(slug) == 2:
            return sorted({key[:2] for key in self.keys if SECTIONS[key[:2]] == SECTIONS[slug]})
        return sorted({key[: len(slug)] for key in self.keys if key.startswith(slug[:-2])})

    def is_remainder(self, slug: str) -> bool:
        return self.kind == "commodity" and (slug == "unspecified" or SECTIONS.get(slug[:2]) == "unspecified")

    # Sums.

    def amount(self, flow, keys, period, component):
        values = [
            row["value_usd"]
            for key in keys
            for row in self._rows(flow, key, period)
            if row.get("component", "reported") == component
        ]
        there = [value for value in values if value is not None]
        return sum(there) if there else None

    def reported(self, flow, keys, period):
        return _add(self.amount(one, keys, period, "reported") for one in self.made_of(flow, keys, period))

    def estimate(self, flow, keys, period):
        if not self.estimates:
            return None
        return _add(self.amount(one, keys, period, "estimate") for one in self.made_of(flow, keys, period))

    def value(self, flow, keys, period):
        """The shown value; of all trade both directions where both are known, else their published sum."""
        if flow == "balance":
            to, back = (self.value(one, keys, period) for one in BOTH)
            return None if to is None or back is None else to - back
        return _add([self.reported(flow, keys, period), self.estimate(flow, keys, period)])

    def made_of(self, flow, keys, period):
        if flow not in ("both", "balance"):
            return [flow]
        if self.kind == "total" and flow == "both":
            are_known = all(self.value(one, keys, period) is not None for one in BOTH)
            return BOTH if are_known else ("total",)
        return BOTH

    def _rows(self, flow, key, period):
        year, month = (period, None) if isinstance(period, int) else (int(period[:4]), int(period[5:]))
        found = self.by_key.get((flow, key, year), [])
        return found if month is None else [row for row in found if row.get("month", 0) == month]

    # What values rest on.

    def part(self, flow, year):
        """The months of a part-year, [] of a full year."""
        known = [self._months(one, self.keys, year) for one in (BOTH if flow in ("both", "balance") else [flow])]
        if self.kind == "total":
            return []
        months = set.intersection(*(one or set(range(1, 13)) for one in known))
        return sorted(months) if len(months) < 12 else []

    def _months(self, flow, keys, year):
        rows = [row for key in keys for row in self.by_key.get((flow, key, year), [])]
        reported = [row for row in rows if row.get("component", "reported") == "reported"] or rows
        months = {row.get("month", 0) for row in reported}
        return set(range(1, 13)) if 0 in months else months

    def missing(self, flow, keys, period):
        """How many figures are missing behind a sum, and a direction that has none at all."""
        count = sum(self._lacking(one, keys, period) for one in self.made_of(flow, keys, period))
        if self.kind != "total" and flow in ("both", "balance"):
            count += sum(self.value(one, self.keys, period) is None for one in BOTH)
        return count

    def _lacking(self, flow, keys, period):
        """How many keys lack a figure; in a month also what is known by its year alone, goods by chapter."""
        count = sum(self._is_missing(flow, key, period) for key in keys)
        if isinstance(period, int) or not any(self._rows(flow, key, period) for key in self.keys):
            return count
        return count + len(self._known_by_year(flow, keys, int(period[:4])))

    def _known_by_year(self, flow, keys, year):
        rows = [row for key in keys for row in self.by_key.get((flow, key, year), [])]
        alone = [row for row in rows if row.get("component", "reported") == "reported" and not row.get("month")]
        return {self._unit(row["key"], "") for row in alone}

    def _is_missing(self, flow, key, period):
        rows = [row for row in self._rows(flow, key, period) if row.get("component", "reported") == "reported"]
        if not rows:
            return False
        is_blank = any(row["value_usd"] is None for row in rows)
        if is_blank and not (self.estimates and self.amount(flow, [key], period, "estimate") is not None):
            return True
        return isinstance(period, int) and self._months(flow, [key], period) < self._months(flow, self.keys, period)

    def estimated(self, flow, keys, periods):
        """The parts that have an estimate; of months the chapters."""
        return {
            (one, self._unit(key, period))
            for period in periods
            for one in self.made_of(flow, keys, period)
            for key in keys
            if self.estimates and self.amount(one, [key], period, "estimate") is not None
        }

    def is_broken(self, flow, keys, period, earlier):
        """Whether the source breaks after one period, and before or in another."""
        flows = {one for when in (period, earlier) for one in self.made_of(flow, keys, when)}
        return any(
            self._breaks(row, period, earlier)
            for row in self.of_all_periods
            if row.get("status") == "B" and row["key"] in keys and row["flow"] in flows
        )

    def _breaks(self, row, period, earlier):
        """A break is before its own period, and in the middle of a year before the next one too."""
        if isinstance(period, int):
            return earlier < row["year"] <= period or earlier < row["year"] + (row.get("month", 0) > 1) <= period
        if not row.get("month") and (row["flow"], row["year"]) in self.by_month:
            return False  # what is known by its year alone is missing in the months of others, and not compared
        return earlier < f"{row['year']}-{row.get('month') or 1:02d}" <= period

    def is_unreliable(self, flow, keys, period):
        """Whether some of what is reported is of low reliability."""
        return any(
            row.get("status") == "U" and row["value_usd"] is not None
            for one in self.made_of(flow, keys, period)
            for key in keys
            for row in self._rows(one, key, period)
        )

    def _unit(self, key, period):
        return key[:2] if self.kind == "commodity" and not isinstance(period, int) else key

    # What may be compared.

    def compared(self, flow, keys, period, earlier=None) -> Compared | None:
        """What may be compared with the period a year before, or an earlier one, by rules 1 to 5; None if nothing."""
        earlier = a_year_before(period) if earlier is None else earlier
        spans = self._spans(flow, keys, period, earlier)
        if spans is None or self._is_barred(flow, keys, period, earlier):
            return None
        found = self._like_for_like(flow, keys, spans)
        return found if found and found.before else None

    def _is_barred(self, flow, keys, period, earlier):
        """Whether a break lies before a period, or figures of low reliability in it or in the one before."""
        unreliable = any(self.is_unreliable(flow, keys, one) for one in (period, earlier))
        return unreliable or self.is_broken(flow, keys, period, earlier)

    def _spans(self, flow, keys, period, earlier):
        """The periods on either side, each a year, a month, or the months of a part-year; None if not all is known."""
        if not isinstance(period, int):
            return self._valued(flow, keys, [[period], [earlier]])
        months = self.part(flow, period)
        if not months:
            is_unfinished = any(self._is_unfinished(flow, one) for one in (period, earlier))
            return None if is_unfinished else self._valued(flow, keys, [[period], [earlier]])
        spans = self._valued(flow, keys, [[f"{year}-{month:02d}" for month in months] for year in (period, earlier)])
        if spans is None or self._sum(flow, keys, spans[0]) != self.value(flow, keys, period):
            return None
        return spans

    def _valued(self, flow, keys, spans):
        return None if any(self.value(flow, keys, one) is None for span in spans for one in span) else spans

    def _sum(self, flow, keys, span):
        return _add(self.value(flow, keys, period) for period in span)

    def _missing_in(self, flow, keys, spans):
        return sum(self.missing(flow, keys, period) for span in spans for period in span)

    def _like_for_like(self, flow, keys, spans):
        is_matched = bool(self._missing_in(flow, keys, spans))
        if is_matched:
            keys = [key for key in keys if not self._missing_in(flow, self._together(key, keys, spans), spans)]
        sums = [self._sum(flow, keys, span) for span in spans]
        if not keys or None in sums or any(self.value(flow, keys, one) is None for span in spans for one in span):
            return None
        if self.worked_out or self.estimated(flow, keys, spans[0]) == self.estimated(flow, keys, spans[1]):
            return Compared(*sums, is_matched, False)
        without = Raw(self.kind, self.rows, estimates=False)
        found = without._like_for_like(flow, keys, spans)
        return found and Compared(found.now, found.before, found.is_matched or is_matched, True)

    def _together(self, key, keys, spans):
        return [one for one in keys if self._unit(one, spans[0][0]) == self._unit(key, spans[0][0])]

    def run_around(self, flow, keys, year):
        """The years around one that can be compared one by one, without anything missing or estimated otherwise."""
        if self.value(flow, keys, year) is None or self.missing(flow, keys, year) or self._is_unfinished(flow, year):
            return [year]
        first = last = year
        while self.is_plain(flow, keys, first):
            first -= 1
        while not self._is_unfinished(flow, last + 1) and self.is_plain(flow, keys, last + 1):
            last += 1
        return list(range(first, last + 1))

    def _is_unfinished(self, flow, year):
        return bool(self.part(flow, year)) or year >= 2026

    def is_plain(self, flow, keys, period):
        """Whether two shown values may be compared as they stand."""
        spans = self._spans(flow, keys, period, a_year_before(period))
        if spans is None or self._is_barred(flow, keys, period, a_year_before(period)):
            return False
        if self._missing_in(flow, keys, spans):
            return False
        return self.worked_out or self.estimated(flow, keys, spans[0]) == self.estimated(flow, keys, spans[1])


def a_year_before(period):
    """The year before a year, or the same month of it: "2025-09" -> "2024-09"."""
    return period - 1 if isinstance(period, int) else f"{int(period[:4]) - 1}{period[4:]}"


def _add(values):
    there = [value for value in values if value is not None]
    return sum(there) if there else None
