"""Names of things: periods, statuses, the members of a chart, the levels of the nomenclature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube import ROOT, UNSPECIFIED
from trade.charts.cube_reader import Cells
from trade.flow_names import NAMES

OTHERS = "others"  # the key of a member that gathers those without a colour of their own


@dataclass(frozen=True)
class Member:
    """What a series, bar or slice stands for: one node, or several gathered as "other"."""

    key: str
    name: str
    colour: int
    slugs: tuple
    url: str | None = None

    @property
    def single(self) -> bool:
        """Whether it is one node below the root, which has a rank, and not a gathering of nodes."""
        return self.slugs == (self.key,) and self.key != ROOT


@dataclass(frozen=True)
class Level:
    """How the things of one level are called: provinces of all China, chapters of one section."""

    one: str  # "Province"
    many: str  # "provinces"
    whole: str  # "all provinces"
    others: str  # "Other provinces"


NO_LEVEL = Level("", "", "", "")  # of what has no parts


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does: ["A", "B", "C"] -> "A, B and C"; ["A, B", "C"] -> "A, B; and C"."""
    *others, last = names
    if not others:
        return last
    if any("," in name for name in names):
        return _("%(others)s; and %(last)s") % {"others": "; ".join(others), "last": last}
    return _("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last}


def separated(names: Sequence[str]) -> str:
    """List names without a last word between them: ["A", "B"] -> "A, B"; ["A, B", "C"] -> "A, B; C"."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def provinces() -> Level:
    """Name the level of provinces."""
    return Level(_("Province"), _("provinces"), _("all provinces"), _("Other provinces"))


def goods(level: str, whole: str) -> Level:
    """Name a level of the Harmonized System below `whole`: ("chapter", "Mineral products")."""
    names = {
        "section": (_("Section"), _("sections"), _("Other sections")),
        "chapter": (_("Chapter"), _("chapters"), _("Other chapters")),
        "heading": (_("Heading"), _("headings"), _("Other headings")),
        "subheading": (_("Subheading"), _("subheadings"), _("Other subheadings")),
    }
    one, many, others = names[level]
    return Level(one, many, whole, others)


def numbered(node: dict) -> str:
    """Name a node of goods with its code, as it is found in tables: "27 Mineral fuels"; sections by name alone."""
    return node["name"] if node["level"] == "section" else f"{node['code']} {node['name']}"


def label(cells: Cells, period) -> str:
    """Name a year, the part of it that is known, or a month: "2016", "Jan–Sep 2025", "Mar 2025"."""
    if isinstance(period, str):
        return number_text.period_label(period)
    return year_label(period, cells.cube.get("window") or cells.part(period))


def year_label(year: int, months: list) -> str:
    """Name a year by the months that are known of it, [] if that is all: (2025, [1, …, 9]) -> "Jan–Sep 2025"."""
    if not months:
        return str(year)
    if months[-1] - months[0] + 1 == len(months):
        return f"{number_text.months(months[0], months[-1])} {year}"
    words = {"count": len(months), "year": year}
    return ngettext("%(count)s month of %(year)s", "%(count)s months of %(year)s", len(months)) % words


def status_text(letter: str) -> str:
    """Say an SDMX status aloud: "P" -> "provisional"; "A" needs no word; "" is a value that no row speaks of."""
    return "" if letter == "A" else _statuses(get_language())[letter]


@lru_cache
def _statuses(language):
    """The words for every status, once a language: each point of each chart asks for one."""
    return {
        "": _("missing: no figure in this release"),
        "A": "",
        "B": _("break in the series"),
        "E": _("estimate"),
        "L": _("missing: data may exist but were not collected"),
        "O": _("missing"),
        "P": _("provisional"),
        "Q": _("missing: suppressed"),
        "U": _("low reliability"),
    }


def trade(dataset: dict, flow: str) -> str:
    """Name a flow in a sentence: "China’s exports to the DPRK", "the world’s imports from the DPRK"."""
    words = {"partner": dataset["partner"]}
    if flow == "to_dprk":
        return _("%(partner)s’s exports to the DPRK") % words
    if flow in ("both", "total"):
        return _("%(partner)s’s trade with the DPRK") % words
    if flow == "balance":
        return _("%(partner)s’s trade balance with the DPRK") % words
    return _("%(partner)s’s imports from the DPRK") % words


def trade_of(cells: Cells, slugs: Sequence[str]) -> str:
    """Name what some nodes have in a flow, in a sentence.

    "China’s imports of mineral products from the DPRK"; "Liaoning’s exports to the DPRK"; of several provinces "China’s
    exports to the DPRK from Liaoning and Jilin".
    """
    nodes, all_ = [cells.nodes[slug] for slug in slugs], trade(cells.cube["dataset"], cells.flow)
    if not nodes or nodes[0]["level"] == "root":
        return all_
    if nodes[0]["level"] != "province":
        return goods_trade(cells, listed([_goods_within(cells, node) for node in nodes]))
    if len(nodes) == 1:
        return trade(cells.cube["dataset"] | {"partner": nodes[0]["name"]}, cells.flow)
    words = {"trade": all_, "names": listed([node["name"] for node in nodes])}
    if cells.flow == "to_dprk":
        return _("%(trade)s from %(names)s") % words
    return (_("%(trade)s into %(names)s") if cells.flow == "from_dprk" else _("%(trade)s of %(names)s")) % words


def goods_trade(cells: Cells, goods: str) -> str:
    """Name a flow of goods: "China’s imports of mineral products from the DPRK"."""
    words = {"partner": cells.cube["dataset"]["partner"], "goods": goods}
    if cells.flow == "to_dprk":
        return _("%(partner)s’s exports of %(goods)s to the DPRK") % words
    if cells.flow == "from_dprk":
        return _("%(partner)s’s imports of %(goods)s from the DPRK") % words
    if cells.flow == "balance":
        return _("%(partner)s’s balance of trade in %(goods)s with the DPRK") % words
    return _("%(partner)s’s trade in %(goods)s with the DPRK") % words


def _goods_within(cells, node):
    """The name of goods within a sentence; the section of the unspecified and its chapter have one name."""
    is_unspecified = node["name"] == cells.nodes[UNSPECIFIED]["name"]
    return _("unspecified goods") if is_unspecified else within(node["name"])


def flow_label(dataset: dict, flow: str) -> str:
    """Name a flow on a control: "Chinese exports to the DPRK", "World imports from the DPRK (DPRK exports)"."""
    if flow in ("both", "balance"):
        return _("Both directions") if flow == "both" else _("Balance")
    words = {
        ("China", "to_dprk"): _("Chinese exports to the DPRK"),
        ("China", "from_dprk"): _("Chinese imports from the DPRK"),
        ("the world", "to_dprk"): _("World exports to the DPRK"),
        ("the world", "from_dprk"): _("World imports from the DPRK (DPRK exports)"),
    }
    return words.get((dataset["partner"], flow)) or capital(trade(dataset, flow))


def flow_name(flow: str) -> str:
    """Name a flow without its partner: "exports to the DPRK"."""
    return _(NAMES[flow])


def basis(dataset: dict, flow: str) -> str:
    """Say how a flow is valued: "FOB"; of both flows, or their balance, how each is."""
    if flow in dataset["basis"]:
        return dataset["basis"][flow]
    if dataset["basis"]["to_dprk"] == dataset["basis"]["from_dprk"]:
        return dataset["basis"]["to_dprk"]
    return _("exports to the DPRK %(to_dprk)s, imports from the DPRK %(from_dprk)s") % dataset["basis"]


def sum_of_both(dataset: dict) -> str:
    """Say how the two directions, which are not valued alike, are added up."""
    return _("The total is the sum of exports valued %(to_dprk)s and imports valued %(from_dprk)s.") % dataset["basis"]


def day(when: date) -> str:
    """Write a day in a sentence: "28 November 2026"."""
    return date_format(when, "j F Y")


def within(name: str) -> str:
    """Write a name inside a sentence: "Mineral products" -> "mineral products"; "IT goods" stays."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def capital(sentence: str) -> str:
    """Begin a sentence: "the world’s …" -> "The world’s …"."""
    return sentence[:1].upper() + sentence[1:]
