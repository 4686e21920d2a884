"""What the words of a payload are about: its wholes, names and periods, found in the raw rows."""

import re
from itertools import chain

from tests.trade.charts.sentences import claims
from tests.trade.charts.sentences.rows_by_hand import SECTIONS, Raw

# "China’s imports of coal from the DPRK"; "Liaoning’s exports to the DPRK"; "… to the DPRK from Liaoning and Jilin"
TRADE = re.compile(
    r"(?P<owner>.+?)’s (?P<trade>exports|imports|trade)(?: (?:of|in) (?P<goods>.+))? (?:to|from|with) the DPRK"
    r"(?: (?:from|into|of) (?P<places>.+))?"
)
TRADES = {"exports": "to_dprk", "imports": "from_dprk", "trade": "both"}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Misnamed(Exception):
    """A text names a whole or a period that the view is not about."""


class Scene:
    """A payload beside its raw rows; `names` are those of all nodes, {"cn-ln": "Liaoning", "v": "Mineral products"}."""

    def __init__(self, payload: dict, raw: Raw, names: dict):
        self.payload, self.raw, self.names = payload, raw, names

    # Nodes.

    def payload_slug(self) -> str:
        """The node that a page is about: "cn-ln" of /provinces/cn-ln/; "all" of all."""
        steps = self.payload["url"].partition("?")[0].strip("/").split("/")
        return steps[1] if len(steps) > 1 else "all"

    def chosen(self) -> list[str]:
        return self.payload["state"].get("show", "").split(",") if self.payload["state"].get("show") else []

    def spoken_keys(self) -> list[str]:
        """The keys of what a view is about: those compared, or the page's."""
        if self.payload_slug() == "other":
            return self.gathered()
        nodes = self.chosen() or [self.payload_slug()]
        return list(chain.from_iterable(map(self.raw.below, nodes)))

    def gathered(self) -> list[str]:
        """The keys of what a page of other goods gathers."""
        bars = self.payload["figures"][0]["categories"] if self.payload["figures"] else []
        return list(chain.from_iterable(self.raw.below(bar["key"]) for bar in bars))

    def node(self, name: str, nodes: list[str]) -> str | None:
        """Find a node by its name; within a sentence goods begin with a small letter."""
        spelt = {name} if self.raw.kind == "province" else {name, name[:1].upper() + name[1:]}
        return next((node for node in nodes if self.names[node] in spelt), None)

    def inside(self, node: str) -> str:
        """The name of a node within a sentence."""
        name = self.names[node]
        return name if self.raw.kind == "province" or not name[1:2].islower() else name[:1].lower() + name[1:]

    def parent(self, slug: str) -> str:
        if self.raw.kind == "province" or not slug.isdecimal():
            return "all"
        return SECTIONS[slug] if len(slug) == 2 else slug[:-2]

    def children(self, whole: str) -> list[str]:
        """The parts of a whole, one level below it."""
        slug = self._slug(whole)
        if self.raw.kind == "province":
            return [key.lower() for key in self.raw.keys]
        if slug == "all":
            return sorted({SECTIONS[key[:2]] for key in self.raw.keys})
        length = 2 if not slug.isdecimal() else len(slug) + 2
        return sorted({key[:length] for key in self.raw.below(slug)})

    # Wholes.

    def whole(self, text: str) -> tuple[str, list[str]]:
        """Find a whole by its name: "China’s imports of coal from the DPRK" -> ("from_dprk", [...])."""
        return self._flow(text), self._keys(text)

    def _flow(self, text):
        found = TRADE.fullmatch(text or "")
        if not found:
            raise Misnamed(f"no trade is named: {text}")
        return TRADES[found["trade"]]

    def _keys(self, text):
        name = self._name(text)
        if name.lower() == "other or unspecified goods":
            return self.gathered()
        if self.chosen() and name.lower() == self._list_of_chosen().lower():
            return self.spoken_keys()
        return self.raw.below(self._slug(text))

    def _list_of_chosen(self):
        *others, last = names = [self.names[slug] for slug in self.chosen()]
        if not others:
            return last
        comma = any("," in name for name in names)
        return f"{'; '.join(others)}; and {last}" if comma else f"{', '.join(others)} and {last}"

    def _slug(self, text):
        name = self._name(text)
        if not name:
            return "all"
        if name.lower() == "unspecified goods":
            return "unspecified"
        own = self.payload_slug()
        known = [own, self.parent(own)] if own not in ("all", "other") else list(self.names)
        found = [slug for slug in known if self.names[slug][1:] == name[1:]]
        if not found:
            raise Misnamed(f"a whole that the page is not about: {text}")
        return found[0]

    def _name(self, text):
        """What of the trade is named: "mineral products", "Liaoning"; "" for all of it."""
        found = TRADE.fullmatch(text)
        owner = found["owner"] if found["owner"].lower() not in ("china", "the world") else ""
        return found["goods"] or found["places"] or owner

    def is_remainder(self, whole: str | None = None) -> bool:
        """Whether a whole, or the page, is of what is gathered or not specified."""
        slug = self.payload_slug()
        if whole is not None:
            slug = "other" if self._name(whole).lower() == "other or unspecified goods" else self._slug(whole)
        return slug == "other" or self.raw.is_remainder(slug)

    # Periods.

    def period(self, text: str, flow: str):
        """Read a period: 2016, "2025-09"; what is not named as far as it is known is no period."""
        year = int(text[-4:])
        period = f"{year}-{MONTHS.index(text[:3]) + 1:02d}" if self.by_months() else year
        if self.label(period, flow) != text:
            raise Misnamed(f"{text} where {self.label(period, flow)} is known")
        return period

    def spanned(self) -> list:
        """The periods within the span that a reader chose."""
        first, last = (self.payload["state"].get(name) for name in ("from", "to"))
        return [one for one in self.periods() if (first is None or one >= first) and (last is None or one <= last)]

    def periods(self) -> list:
        """All years, or months, from the first to the last."""
        years = range(self.raw.years[0], self.raw.years[-1] + 1) if self.raw.years else []
        return [f"{year}-{month:02d}" for year in years for month in range(1, 13)] if self.by_months() else list(years)

    def by_months(self) -> bool:
        return self.payload["state"].get("period") == "months"

    def label(self, period, flow: str, *, like=None) -> str:
        """Name a period as far as it is known, or by the months of the one that it is compared with."""
        if not isinstance(period, int):
            return f"{MONTHS[int(period[5:]) - 1]} {period[:4]}"
        months = self.raw.window or self.raw.part(flow, period if like is None else like)
        if not months:
            return str(period)
        if months[-1] - months[0] + 1 != len(months):
            return f"{len(months)} month{'s' * (len(months) > 1)} of {period}"
        names = [MONTHS[month - 1] for month in (months[0], months[-1])]
        return f"{names[0] if len(months) == 1 else '–'.join(names)} {period}"

    # Values.

    def writes(self, text: str, value: int, flow: str, period) -> bool:
        number, half = claims.money(text)
        return abs(number - value) <= half + 1e-6 * abs(value) + self.uncertainty(flow, period)

    def uncertainty(self, flow: str, period, earlier=None) -> int:
        """By how much figures printed coarsely may be off."""
        years = (period, period - 1 if earlier is None else earlier) if isinstance(period, int) else ()
        return sum(row.get("precision_usd") or 0 for row in self.raw.rows if row["year"] in years)

    def leader(self, flow: str, nodes: list[str], period, *, reported: bool = False) -> str | None:
        """Who leads: larger than all others that have a figure, and than what is not specified."""
        values = self._values(flow, nodes, period, reported)
        ranked = sorted(values, key=values.get, reverse=True)
        if len(ranked) < 2 or values[ranked[0]] in (0, values[ranked[1]]) or self.raw.is_remainder(ranked[0]):
            return None
        return None if self.raw.is_unreliable(flow, self.raw.below(ranked[0]), period) else ranked[0]

    def rank(self, flow: str, slug: str, period, *, reported: bool = False) -> tuple[int, int] | None:
        values = self._values(flow, self.raw.siblings(slug), period, reported)
        if slug not in values or len(values) < 2:
            return None
        return 1 + sum(value > values[slug] for value in values.values()), len(values)

    def _values(self, flow, nodes, period, reported):
        value = self.raw.reported if reported else self.raw.value
        found = {node: value(flow, self.raw.below(node), period) for node in nodes}
        return {node: amount for node, amount in found.items() if amount is not None}
