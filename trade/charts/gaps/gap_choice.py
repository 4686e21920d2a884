"""What a reader chose on the page of gaps: a direction, goods to look within, a year of which the months are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells, months_of, reading
from trade.charts.view_state import FLOWS, quoted

STORED = (*FLOWS, "total")  # the directions that datasets hold, the usual one first
ORDER = ("release", "flow", "within", "year")


@dataclass(frozen=True)
class Choice:
    """A complete choice, and how to write a neighbouring one."""

    dataset: str  # "china-provinces"
    release: int | None = None  # a number; None is the newest
    flow: str = "to_dprk"
    within: str = ""  # "v", "27"; "" is all
    year: int | None = None  # whose months are shown; None shows the years
    usual: str = "to_dprk"  # the direction that an address need not name
    notices: list = field(default_factory=list)

    def url(self, suffix: str = "/", **changes) -> str:
        """Write the address with `changes`: choice.url(flow="from_dprk") -> "/data/china-provinces/gaps/?flow=…"."""
        query = self.query(**changes)
        return f"/data/{self.dataset}/gaps{suffix}" + (f"?{query}" if query else "")

    def query(self, **changes) -> str:
        """What differs from the defaults, in one order: "flow=from_dprk&within=27"."""
        values = {name: getattr(self, name) for name in ORDER} | changes
        values["flow"] = "" if values["flow"] == self.usual else values["flow"]
        return urlencode([(name, values[name]) for name in ORDER if values[name]])


def read(query: Mapping, cube: dict, release: int | None, notices: list) -> Choice:
    """Read a query, a mapping of names to values, against a cube; what it cannot show is said in the notices."""
    flows, told = flows_of(cube), [*notices]
    return Choice(
        dataset=cube["dataset"]["slug"],
        release=release,
        flow=_flow(query.get("flow"), flows, told),
        within=_within(query.get("within"), cube["nodes"], told),
        year=_year(query.get("year"), cube, told),
        usual=flows[0],
        notices=told,
    )


def flows_of(cube: dict) -> list[str]:
    """The directions of which a dataset has any row: ["to_dprk", "from_dprk"]; the usual one of an empty one."""
    return [flow for flow in STORED if flow in cube["cells"]] or [STORED[0]]


def cells_of(cube: dict, choice: Choice) -> Cells:
    """Open the years of the direction chosen, or the months."""
    return reading(cube, choice.flow, monthly=choice.year is not None)


def years_of_months(cube: dict) -> list[int]:
    """The years of which a dataset has months: [2025]."""
    return sorted({int(month[:4]) for month in months_of(cube)})


def periods(cube: dict, choice: Choice) -> list:
    """The columns: all years, or the months of one: ["2025-01", …]."""
    if choice.year is None:
        return cube["years"]
    return [month for month in months_of(cube) if month.startswith(str(choice.year))]


def parts(cube: dict, choice: Choice) -> list[str]:
    """The rows: provinces; sections, or the codes within one; of total trade itself."""
    return cube["nodes"][choice.within or ROOT]["children"] or [choice.within or ROOT]


def of_page(cube: dict, state) -> str:
    """The address of the gaps behind a view of charts, at the row that it is about: "/data/…/gaps/#cn-ln"."""
    node, flows = cube["nodes"].get(state.slug), flows_of(cube)
    goods = node if node and node["level"] not in ("root", "province") else None
    within = (goods["slug"] if goods["children"] else goods["parent"]) if goods else ""
    flow = state.get("flow") if state.get("flow") in flows else flows[0]
    choice = Choice(cube["dataset"]["slug"], state["release"], flow, "" if within == ROOT else within, None, flows[0])
    return choice.url() + (f"#{node['slug']}" if node and not node["children"] else "")


def _flow(found, flows, notices):
    if not found or found in flows:
        return found or flows[0]
    words = {"found": quoted(found), "choices": ", ".join(flows), "default": flows[0]}
    notices.append(
        _("“%(found)s” is not a direction of this dataset. It has %(choices)s; %(default)s is shown.") % words
    )
    return flows[0]


def _within(found, nodes, notices):
    slug = (found or "").lower()
    if not slug or (slug in nodes and slug != ROOT and nodes[slug]["level"] != "province"):
        return slug
    words = {"found": quoted(found)}
    notices.append(_("This dataset has no goods “%(found)s”; the whole dataset is shown.") % words)
    return ""


def _year(found, cube, notices):
    if not found or found in map(str, years_of_months(cube)):
        return int(found) if found else None
    notices.append(_("This dataset has no monthly data for “%(found)s”; years are shown.") % {"found": quoted(found)})
    return None
