"""What the rows say of the months of each year so far, January to one month, added up by hand."""

from tests.trade.charts.sentences.rows_by_hand import Raw


class SoFar(Raw):
    """The rows of January to month `last` of each year; a direction that lacks one of them has no figure in a year."""

    def __init__(self, kind: str, rows: list[dict], last: int, *, estimates: bool = True):
        self.window = tuple(range(1, last + 1))
        within = [row for row in rows if 1 <= row.get("month", 0) <= last]
        known = {(row["flow"], row["year"], row["month"]) for row in within}
        whole = [row for row in within if all((row["flow"], row["year"], one) in known for one in self.window)]
        super().__init__(kind, whole, estimates=estimates)
        self.keys, self.of_all_periods = sorted({row["key"] for row in rows}), rows
        self.by_month = {(row["flow"], row["year"]) for row in rows if row.get("month")}

    def part(self, flow, year):
        return []  # all years are known by the same months

    def _is_unfinished(self, flow, year):
        return False

    def _lacking(self, flow, keys, year):
        """How many places, or chapters of goods, have no figure for one of the months, or one for the year alone."""
        units = {}
        for key in keys:
            units.setdefault(self._unit(key, ""), []).append(key)
        return sum(self._lacks_a_month(flow, of_unit, year) for of_unit in units.values())

    def _lacks_a_month(self, flow, keys, year):
        rows = [row for key in keys for row in self.by_key.get((flow, key, year), [])]
        blank = {(row["key"], row["month"]) for row in rows if row["value_usd"] is None}
        estimated = {(row["key"], row["month"]) for row in rows if row.get("component") == "estimate"}
        if blank - (estimated if self.estimates else set()):
            return True
        return 0 < len({row["month"] for row in rows}) < len(self.window) or self._is_known_by_year(flow, keys, year)

    def _is_known_by_year(self, flow, keys, year):
        """Whether the year of a key is known, but not its months, and those of others are."""
        yearly = {(row["flow"], row["key"], row["year"]) for row in self.of_all_periods
                  if not row.get("month") and row.get("component", "reported") == "reported"}  # fmt: skip
        is_there = any((row["flow"], row["year"]) == (flow, year) for row in self.rows)
        return is_there and any((flow, key, year) in yearly for key in keys)

    def _breaks(self, row, period, earlier):
        """A break later in a year is one before the months of the next; a year’s counts where it has no months."""
        if not row.get("month") and (row["flow"], row["year"]) in self.by_month:
            return False
        first = f"{row['year']}-{row.get('month') or 1:02d}"
        return f"{earlier}-01" < first <= f"{period}-{self.window[-1]:02d}"

    def _unit(self, key, period):
        return super()._unit(key, "")


def by_hand(state: dict, kind: str, rows: list[dict], *, worked_out: bool = False) -> Raw:
    """The rows as a view counts them: all, or those of January to its month in each year."""
    estimates = state["estimates"] == "on"
    if state.get("period") == "ytd":
        return SoFar(kind, rows, int(state["month"][5:]), estimates=estimates)
    return Raw(kind, rows, estimates=estimates, worked_out=worked_out)
