"""What a reader chose, as the query string says it: "?flow=from_dprk&year=2016&estimates=off".

Every parameter is valid, invalid (then a notice says what was found, what is possible and what is shown) or absent.
It is written only when it differs from its default, always in the same order, so that one view has one address.
"release=2" freezes a view to that release of its dataset, even while it is the newest; without it a view is live.
Parameters that are not ours ("utm_source") are left alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from trade.charts.cube_reader import months_of, newest_full_year
from trade.charts.view_rules import MOST, NO_PARTS, Parts, parts_of, settle

FLOWS = ("to_dprk", "from_dprk")
# Those with a fixed set of values; the first is the default, but for the flow of goods.
CHOICES = {
    "flow": (*FLOWS, "both", "balance"),
    "view": ("columns", "lines"),
    "scale": ("linear", "log"),
    "unit": ("usd", "share"),
    "period": ("years", "months"),
    "estimates": ("on", "off"),
}
# The order in which an address names them, and so the only order.
ORDER = ("dataset", "release", "flow", "year", "view", "scale", "unit", "period", "estimates", "show", "highlight")
LISTS = ("show", "highlight")  # of slugs, "cn-ln,cn-jl": those of the page's parts
PARAMETERS = {
    "provinces": ORDER,
    "province": ("dataset", "release", "year", "view", "scale", "period", "estimates"),
    "commodities": ORDER,
    "commodity": ORDER,
}
DEFAULT_DATASET = {"provinces": "china-provinces", "commodities": "china-commodities"}
LONGEST_QUOTE = 30
LONGEST_NUMBER = 9  # digits of a release's number
DEEPER_THAN_A_CHAPTER = re.compile(r"^(/commodities/\d\d)\d+/$")


@dataclass(frozen=True)
class State:
    """A complete choice: a value for every parameter of the page, and how to write a neighbouring view's address."""

    page: str
    path: str  # "/commodities/v/"
    values: dict  # {"dataset": "china-commodities", "flow": "from_dprk", "year": 2024, "estimates": "on"}
    years: dict  # the default year of each flow: {"to_dprk": 2024, "from_dprk": 2024}
    datasets: Sequence = ()  # (slug, title) of those the page can show; the first is the default
    notices: list = field(default_factory=list)
    newest: int = 0  # the number of the dataset's newest release
    site: str = ""  # where the site stands, "https://yalu.example", for what is cited
    parts: Parts = NO_PARTS
    drawn: dict | None = None  # figures that neighbouring views have in common, while they are made together

    def __getitem__(self, name):
        return self.values[name]

    def get(self, name, otherwise=None):
        """A parameter that not every page has."""
        return self.values.get(name, otherwise)

    def url(self, suffix: str = "", **changes) -> str:
        """Write the address of this view with `changes`: state.url(year=2016) -> "/provinces/?year=2016"."""
        values, path = self.values | changes, self.path
        if values.get("dataset") != self.values.get("dataset"):
            # Another dataset has other years and other months, and may not go as deep.
            values = values | {"release": None, "year": None, "period": None}
            path = DEEPER_THAN_A_CHAPTER.sub(r"\1/", path)
            values = values | {name: "" for name in LISTS if name in values}
        values, _reasons = settle(values, self.parts)
        # Every value is a slug, a number or a list of slugs by now: nothing in it needs to be quoted.
        query = "&".join(f"{name}={values[name]}" for name in ORDER if name in values and self._differs(name, values))
        return (path.rstrip("/") + suffix if suffix else path) + (f"?{query}" if query else "")

    def at(self, path: str, page: str) -> "State":
        """The same choice on another page's address; parameters that it does not know are left behind."""
        values = {name: value for name, value in self.values.items() if name in PARAMETERS[page]}
        if path != self.path:
            values |= {name: "" for name in LISTS if name in values}
        return replace(self, path=path, page=page, values=values)

    def beside(self, **changes) -> "State":
        """The state of a neighbouring view, as its own address would be read: state.beside(year=2016)."""
        values, _reasons = settle(self.values | changes, self.parts)
        return replace(self, values=values, notices=[])

    def can(self, name: str, value: str) -> bool:
        """Whether a value goes together with the rest of the choice."""
        return settle(self.values | {name: value}, self.parts)[0].get(name) == value

    def listed(self, name: str) -> tuple:
        """The slugs of a list: state.listed("show") -> ("cn-ln", "cn-jl")."""
        return tuple(self.values.get(name, "").split(",")) if self.values.get(name) else ()

    def toggled(self, name: str, slug: str) -> str:
        """A list with a slug put in, or taken out: "cn-ln,cn-jl" without "cn-jl" -> "cn-ln"."""
        listed = self.listed(name)
        if slug in listed:
            return ",".join(one for one in listed if one != slug)
        # Of more than can be drawn the one chosen first gives way.
        return ",".join([*listed, slug][-MOST:])

    def _differs(self, name, values):
        if values[name] is None or name == "release":
            return values[name] is not None
        if name == "dataset":
            return bool(self.datasets) and values[name] != self.datasets[0][0]
        if name == "year":
            return values[name] != self.years[values.get("flow", default(self.page, "flow"))]
        return values[name] != default(self.page, name)


def default(page: str, name: str) -> str:
    """The value of a parameter that an address does not name: goods open with what the DPRK sells."""
    if name == "flow" and page.startswith("commodit"):
        return "from_dprk"
    return "" if name in LISTS else CHOICES[name][0]


def dataset(query: Mapping, datasets: Sequence) -> tuple[str, list]:
    """Choose the dataset, before its cube is opened, from (slug, title) pairs: ("china-commodities", notices)."""
    notices = []
    found = _one(query, "dataset", notices)
    slugs = [slug for slug, title in datasets]
    if found is None or found in slugs:
        return found or slugs[0], notices
    words = {"found": quoted(found), "default": datasets[0][1]}
    notices.append(_("There is no dataset “%(found)s” for this page. “%(default)s” is shown.") % words)
    return slugs[0], notices


def release(query: Mapping) -> int | None:
    """Read which release is asked for, before its cube is opened: 2, or None for the newest or what is no number."""
    found = _one(query, "release", [])
    return int(found) if found and found.isascii() and found.isdigit() and len(found) <= LONGEST_NUMBER else None


def read(
    page: str,
    path: str,
    query: Mapping,
    cube: dict,
    datasets: Sequence = (),
    *,
    newest: int = 0,
    withdrawn: str = "",
    site: str = "",
) -> State:
    """Read a query string, a mapping of names to lists of values, against the cube that it asks about.

    `newest` is the number of the dataset's newest release, if the cube may be of another; `withdrawn` the reason for
    which the release asked for is not shown.
    """
    datasets = datasets or [(cube["dataset"]["slug"], cube["dataset"]["title"])]
    years, parts = _newest_years(cube), parts_of(cube, path)
    chosen, notices = dataset(query, datasets)
    values = {"dataset": chosen}
    for name in PARAMETERS[page][1:]:
        found = None if name in LISTS else _one(query, name, notices)
        if name == "year":
            values[name] = _year(found, cube["years"], years[values.get("flow", default(page, "flow"))], notices)
        elif name == "release":
            values[name] = _release(found, release(query), cube["release"]["number"], withdrawn, notices)
        elif name in LISTS:
            values[name] = _list(name, query.get(name, []), parts, notices)
        else:
            values[name] = _choice(page, name, found, notices)
    if values.get("period") == "months" and not months_of(cube):
        notices.append(_("This dataset has no months; years are shown."))
        values["period"] = "years"
    values, reasons = settle(values, parts)
    notices += reasons
    return State(page, path, values, years, datasets, notices, newest or cube["release"]["number"], site, parts)


def _newest_years(cube):
    """The default year of each flow; of both together the newest that both know in full."""
    years = {flow: newest_full_year(cube, flow) for flow in FLOWS}
    both = min((year for year in years.values() if year is not None), default=None)
    return years | {"both": both, "balance": both}


def _one(query, name, notices):
    found = [value for value in query.get(name, []) if value.strip()]
    if len(set(found)) > 1:
        notices.append(_("The address gives “%(name)s” more than once; the last one counts.") % {"name": name})
    return found[-1].strip() if found else None


def _choice(page, name, found, notices):
    usual = default(page, name)
    if found is None or found in CHOICES[name]:
        return found or usual
    *others, last = CHOICES[name]
    choices = _("%(others)s or %(last)s") % {"others": ", ".join(others), "last": last}
    words = {"name": name, "found": quoted(found), "default": usual, "choices": choices}
    notices.append(_("“%(found)s” is no %(name)s. It can be %(choices)s; %(default)s is shown.") % words)
    return usual


def _release(found, asked, shown, withdrawn, notices):
    """The cube that was opened is of the release asked for, or of the newest where that cannot be shown."""
    if found is None or asked == shown:
        return asked
    words = {"found": quoted(found), "shown": shown, "reason": withdrawn.rstrip(".") + "."}
    said = _("There is no release “%(found)s” of this dataset; the newest, release %(shown)s, is shown.")
    if withdrawn:
        said = _("Release %(found)s was withdrawn: %(reason)s The newest, release %(shown)s, is shown.")
    notices.append(said % words)
    return None


def _year(found, years, usual, notices):
    if found is None or not years:
        return usual
    named = {"earliest": years[0], "latest": years[-1]}.get(found)
    if named or (found.isascii() and found.isdigit() and len(found) == 4 and int(found) in years):
        return named or int(found)
    notices.append(
        _("“%(found)s” is not a year of this dataset, which runs from %(first)s to %(last)s; %(default)s is shown.")
        % {"found": quoted(found), "first": years[0], "last": years[-1], "default": usual}
    )
    return usual


def _list(name, found, parts, notices):
    """Read a list of slugs, given as "cn-ln,cn-jl" or one by one; only those of the page, each once, ten at most."""
    asked = list(dict.fromkeys(slug.strip().lower() for value in found for slug in value.split(",") if slug.strip()))
    if not asked:
        return ""
    known = [slug for slug in asked if slug in parts.slugs]
    if unknown := [slug for slug in asked if slug not in parts.slugs]:
        words = {"name": name, "found": quoted(", ".join(unknown))}
        notices.append(_("“%(found)s” in “%(name)s” is not among what this page can draw; it is left out.") % words)
    if len(known) > MOST:
        words = {"name": name, "count": len(known), "most": MOST}
        notices.append(_("“%(name)s” names %(count)s; the first %(most)s are taken.") % words)
    return ",".join(known[:MOST])


def quoted(found: str) -> str:
    """Repeat what an address says, in a notice: short, and nothing that does not print."""
    shown = "".join(character if character.isprintable() else "�" for character in found[: LONGEST_QUOTE + 1])
    return shown if len(shown) <= LONGEST_QUOTE else shown[:LONGEST_QUOTE] + "…"
