"""What a reader chose, as the query string says it: "?flow=from_dprk&year=2016&estimates=off".

Every parameter is valid, invalid (then a notice says what was found, what is possible and what is shown) or absent.
It is written only when it differs from its default, always in the same order, so that one view has one address.
Parameters that are not ours ("utm_source") are left alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from trade.charts.cells import newest_full_year

FLOWS = ("to_dprk", "from_dprk")
# The order in which an address names them, and so the only order.
ORDER = ("dataset", "flow", "year", "estimates")
PARAMETERS = {
    "provinces": ("dataset", "flow", "year", "estimates"),
    "province": ("dataset", "year", "estimates"),
    "commodities": ("dataset", "flow", "year", "estimates"),
    "commodity": ("dataset", "flow", "year", "estimates"),
    "home": (),
}
DEFAULT_FLOW = {"provinces": "to_dprk", "province": "to_dprk"}
DEFAULT_DATASET = {"provinces": "china-provinces", "commodities": "china-commodities"}
LONGEST_QUOTE = 30


@dataclass(frozen=True)
class State:
    """A complete choice: a value for every parameter of the page, and how to write a neighbouring view's address."""

    page: str
    path: str  # "/commodities/v/"
    values: dict  # {"dataset": "china-commodities", "flow": "from_dprk", "year": 2024, "estimates": "on"}
    years: dict  # the default year of each flow: {"to_dprk": 2024, "from_dprk": 2024}
    datasets: Sequence = ()  # (slug, title) of those the page can show; the first is the default
    notices: list = field(default_factory=list)

    def __getitem__(self, name):
        return self.values[name]

    def url(self, path: str = "", suffix: str = "", **changes) -> str:
        """Write the address of this view with `changes`: state.url(year=2016) -> "/provinces/?year=2016"."""
        values = self.values | changes
        if "dataset" in changes and changes["dataset"] != self.values["dataset"]:
            values["year"] = None  # another dataset has other years
        query = [(name, values[name]) for name in ORDER if name in values and self._differs(name, values)]
        path = path or self.path
        path = path.rstrip("/") + suffix if suffix else path
        return path + ("?" + urlencode(query) if query else "")

    def _differs(self, name, values):
        default = {
            "dataset": self.datasets[0][0] if self.datasets else values.get("dataset"),
            "flow": default_flow(self.page),
            "year": self.years.get(values.get("flow", default_flow(self.page))),
            "estimates": "on",
        }[name]
        return values[name] is not None and values[name] != default

    def at(self, path: str, page: str) -> "State":
        """The same choice on another page's address."""
        return replace(self, path=path, page=page)


def default_flow(page: str) -> str:
    """Provinces open with what is sold to the DPRK, goods with what it sells."""
    return DEFAULT_FLOW.get(page, "from_dprk")


def dataset(query: Mapping, datasets: Sequence) -> tuple[str, list]:
    """Choose the dataset, before its cube is opened, from (slug, title) pairs: ("china-commodities", notices)."""
    notices = []
    found = _one(query, "dataset", notices)
    slugs = [slug for slug, title in datasets]
    if found is None or found in slugs:
        return found or slugs[0], notices
    notices.append(
        _("There is no dataset “%(found)s” for this page. “%(default)s” is shown.")
        % {"found": _quote(found), "default": datasets[0][1]}
    )
    return slugs[0], notices


def read(page: str, path: str, query: Mapping, cube: dict, datasets: Sequence = ()) -> State:
    """Read a query string, a mapping of names to lists of values, against the cube that it asks about."""
    datasets = datasets or [(cube["dataset"]["slug"], cube["dataset"]["title"])]
    years = {flow: newest_full_year(cube, flow) for flow in FLOWS}
    chosen, notices = dataset(query, datasets)
    values = {"dataset": chosen} if "dataset" in PARAMETERS[page] else {}
    if "flow" in PARAMETERS[page]:
        values["flow"] = _flow(_one(query, "flow", notices), default_flow(page), notices)
    if "year" in PARAMETERS[page]:
        default = years[values.get("flow", default_flow(page))]
        values["year"] = _year(_one(query, "year", notices), cube["years"], default, notices)
    if "estimates" in PARAMETERS[page]:
        values["estimates"] = _estimates(_one(query, "estimates", notices), notices)
    return State(page, path, values, years, datasets, notices)


def _one(query, name, notices):
    found = [value for value in query.get(name, []) if value.strip()]
    if len(set(found)) > 1:
        notices.append(_("The address gives “%(name)s” more than once; the last one counts.") % {"name": name})
    return found[-1].strip() if found else None


def _flow(found, default, notices):
    if found is None or found in FLOWS:
        return found or default
    notices.append(
        _("“%(found)s” is not a direction of trade. It can be to_dprk or from_dprk; %(default)s is shown.")
        % {"found": _quote(found), "default": default}
    )
    return default


def _year(found, years, default, notices):
    if found is None or not years:
        return default
    named = {"earliest": years[0], "latest": years[-1]}.get(found)
    if named or (found.isascii() and found.isdigit() and len(found) == 4 and int(found) in years):
        return named or int(found)
    notices.append(
        _("“%(found)s” is not a year of this dataset, which runs from %(first)s to %(last)s; %(default)s is shown.")
        % {"found": _quote(found), "first": years[0], "last": years[-1], "default": default}
    )
    return default


def _estimates(found, notices):
    if found in (None, "on", "off"):
        return found or "on"
    notices.append(
        _("“%(found)s” does not say whether to show estimates. It can be on or off; they are shown.")
        % {"found": _quote(found)}
    )
    return "on"


def _quote(found):
    shown = "".join(character if character.isprintable() else "�" for character in found[: LONGEST_QUOTE + 1])
    return shown if len(shown) <= LONGEST_QUOTE else shown[:LONGEST_QUOTE] + "…"
