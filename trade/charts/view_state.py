"""The choice of a reader, read from a query string and written as one: "?flow=from_dprk&year=2016&estimates=off".

Every parameter is valid, invalid (then a notice says what was found, what is possible and what is shown) or absent.
It is written only when it differs from its default, always in the same order, so that one view has one address.
"release=2" freezes a view to that release of its dataset, even while it is the newest; without it a view is live.
Parameters that are not ours ("utm_source") are left alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from django.utils.translation import gettext as _

from trade.charts.time import calendar, chosen_time
from trade.charts.time.calendar import BY_MONTH, FLOWS, Calendar
from trade.charts.time.chosen_time import TIMES
from trade.charts.time.query import last, number, quoted
from trade.charts.view_rules import MOST, NO_PARTS, Parts, parts_of, settle
from trade.sanction_levels import Rules, no_rules

# Those with a fixed set of values; the first is the default, but for the flow of goods.
CHOICES = {
    "flow": (*FLOWS, "both", "balance"),
    "view": ("columns", "lines", "seasons", "sanctions"),
    "rules": ("then", "today"),
    "scale": ("linear", "log"),
    "unit": ("usd", "share", "change", "index", "quantity", "unit-value"),
    "period": ("years", "months", "ytd"),
    "estimates": ("on", "off"),
}
# The order in which an address names them, and so the only order.
ORDER = (
    "dataset", "release", "flow", *TIMES, "view", "rules", "scale", "unit", "base", "period", "estimates", "show",
    "highlight",
)  # fmt: skip
LISTS = ("show", "highlight")  # of slugs, "cn-ln,cn-jl": those of the page's parts
PARAMETERS = {
    "totals": ("dataset", "release", "flow", "year", "from", "to", "view", "scale", "estimates"),
    "provinces": tuple(name for name in ORDER if name != "rules"),
    "province": ("dataset", "release", *TIMES, "view", "scale", "unit", "base", "period", "estimates"),
    "commodities": ORDER,
    "commodity": ORDER,
}
FOLDERS = {"totals": "totals", "provinces": "provinces", "province": "provinces"}
FOLDERS |= {"commodities": "commodities", "commodity": "commodities"}
OWN_PAGES = {"totals": "totals", "provinces": "province", "province": "province"}
OWN_PAGES |= {"commodities": "commodity", "commodity": "commodity"}
OF_GOODS = ("commodities", "commodity")  # the pages whose trade can be held against the rules
WITH_MONTHS = ("provinces", "province", "commodities", "commodity")
LONGEST_NUMBER = 9  # digits of a release's number
CHAPTER = 2  # digits of a code


@dataclass(frozen=True)
class State:
    """A complete choice: a value for every parameter of the page, and how to write a neighbouring view's address."""

    page: str  # "commodity"
    slug: str  # "v" of /commodities/v/; "" of a page that is of all
    values: dict  # {"dataset": "china-commodities", "flow": "from_dprk", "year": 2024, "estimates": "on"}
    calendar: Calendar = Calendar()  # the years and months of its dataset
    datasets: Sequence = ()  # (slug, title) of those the page can show; the first is the default
    notices: list = field(default_factory=list)
    newest: int = 0  # the number of the dataset's newest release
    site: str = ""  # where the site stands, "https://yalu.example", for what is cited
    parts: Parts = NO_PARTS
    rules: Callable[[], Rules] = no_rules  # opens what sanctions say of goods, for the view that asks
    calendar_of: Callable[[str], Calendar] | None = None  # the times of another page: calendar_of("2701")
    parts_of: Callable[[str], Parts] | None = None  # and its parts
    drawn: dict | None = None  # the figures that views of its cube have in common

    def __getitem__(self, name):
        return self.values[name]

    def get(self, name, otherwise=None):
        """A parameter that not every page has."""
        return self.values.get(name, otherwise)

    def url(self, suffix: str = "", **changes) -> str:
        """Write the address of this view with `changes`: state.url(year=2016) -> "/provinces/?year=2016"."""
        values, slug = self._changed(changes), self.slug
        if values.get("dataset") != self.values.get("dataset"):
            # Another dataset has other years and other months, and may not go as deep.
            values = values | {"release": None, "period": None} | dict.fromkeys((*TIMES, "base"))
            values = values | {name: "" for name in LISTS if name in values}
            slug = slug[:CHAPTER] if slug.isdecimal() else slug
        # Every value is a slug, a number or a list of slugs by now: nothing in it needs to be quoted.
        query = "&".join(f"{name}={value}" for name, value in self._written(values))
        return _path(self.page, slug, suffix or "/") + (f"?{query}" if query else "")

    @property
    def path(self) -> str:
        """The address without its query: "/commodities/v/"."""
        return _path(self.page, self.slug, "/")

    @property
    def place(self) -> list[str]:
        """The steps of the address to the page: ["commodities", "v"]."""
        return _place(self.page, self.slug)

    def query(self, **changes) -> list[tuple]:
        """The parameters that an address names, with `changes`: state.query(show="") -> [("year", 2016)]."""
        return self._written(self._changed(changes))

    def at(self, page: str, slug: str = "") -> "State":
        """The same choice on another page's address; parameters that it does not know are left behind.

        A year that nobody chose stays unchosen: each page opens with its own.
        """
        values = {name: value for name, value in self.values.items() if name in PARAMETERS[page]}
        if (page, slug) == (self.page, self.slug):
            return self
        values |= {name: "" for name in LISTS if name in values}
        values |= {name: None for name in ("year", "month") if name in values and not self._differs(name, self.values)}
        known = self.calendar_of(slug) if self.calendar_of else self.calendar
        parts = self.parts_of(slug) if self.parts_of else self.parts
        return replace(self, page=page, slug=slug, values=values, calendar=known, parts=parts)

    def url_of(self, slug: str) -> str | None:
        """The address of a province's, or a code's, own page with the same choice; None where this is that page."""
        return None if slug == self.slug else self.at(OWN_PAGES[self.page], slug).url()

    @property
    def by_month(self) -> bool:
        """Whether a month is chosen, not a year."""
        return self.get("period") in BY_MONTH

    @property
    def time(self) -> int | str | None:
        """The year, or where time is counted in months the month, that the view is about: 2024, "2025-09"."""
        return self["month"] if self.get("period") == "months" else self["year"]

    @property
    def span(self) -> tuple:
        """The first and the last period that are drawn, None where no end is set: (2010, None)."""
        return self.get("from"), self.get("to")

    def at_time(self, period) -> dict:
        """The choice of a year or month on the line of time: 2016 -> {"year": 2016}; of years so far their month."""
        if self.get("period") == "ytd":
            return {"month": f"{period}{self['month'][4:]}"}
        return {"month": period} if self.get("period") == "months" else {"year": period}

    def of_any_year(self) -> "State":
        """The same choice without a year or month, for what leads to no year but its own."""
        return replace(self, values=self.values | {name: None for name in ("year", "month") if name in self.values})

    def beside(self, **changes) -> "State":
        """The state of a neighbouring view, as its own address would be read: state.beside(year=2016)."""
        values, _reasons = settle(self._changed(changes), self.parts)
        return replace(self, values=chosen_time.settled(values, self.calendar), notices=[])

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

    def _changed(self, changes):
        """The choice with `changes`; where time is counted in another way, it is chosen anew."""
        return chosen_time.moved(self.values, changes, self.calendar)

    def _written(self, values):
        """What differs from its default, in the one order, of a choice whose times are settled, as can be drawn."""
        settled, reasons = settle(values, self.parts)
        if reasons:
            settled = chosen_time.settled(settled, self.calendar)
        return [(name, settled[name]) for name in ORDER if name in settled and self._differs(name, settled)]

    def _differs(self, name, values):
        if name in TIMES:
            return chosen_time.is_written(name, values, self.calendar)
        if values[name] is None or name in ("release", "base"):
            return values[name] is not None
        if name == "dataset":
            return bool(self.datasets) and values[name] != _slugs(self.datasets)[0]
        return values[name] != default(self.page, name)


def choices(page: str, name: str) -> tuple:
    """The values that a parameter can have on a page, the usual one first."""
    kept = dict.fromkeys(("seasons", "ytd"), WITH_MONTHS)
    kept |= dict.fromkeys(("sanctions", "quantity", "unit-value"), OF_GOODS)
    return tuple(value for value in CHOICES[name] if page in kept.get(value, (page,)))


def default(page: str, name: str) -> str:
    """The value of a parameter that an address does not name.

    Goods open with what the DPRK sells, all trade with both directions.
    """
    if name == "flow" and page == "totals":
        return "both"
    if name == "flow" and page.startswith("commodit"):
        return "from_dprk"
    return "" if name in LISTS else CHOICES[name][0]


class Asked(NamedTuple):
    """The release that an address asks for, which must be known before its cube is opened."""

    dataset: str  # "china-commodities"
    release: int | None  # its number; None is the newest, or what is no number
    number: str | None  # as the address has it
    notices: list


def asked(query: Mapping, datasets: Sequence) -> Asked:
    """Read the dataset, one of (slug, title) pairs, and the release that a query string asks for."""
    notices, slugs = [], _slugs(datasets)
    slug = last(query, "dataset")
    if slug is not None and slug not in slugs:
        _default, title = datasets[0]
        words = {"found": quoted(slug), "default": title}
        notices.append(_("There is no dataset “%(found)s” for this page. “%(default)s” is shown.") % words)
        slug = None
    asked_for = last(query, "release")
    return Asked(slug or slugs[0], number(asked_for, LONGEST_NUMBER), asked_for, notices)


def read(
    page: str,
    slug: str,
    query: Mapping,
    cube: dict,
    datasets: Sequence = (),
    *,
    opened: Asked | None = None,
    newest: int = 0,
    withdrawn: str = "",
    site: str = "",
    rules: Callable[[], Rules] = no_rules,
) -> State:
    """Read a query string, a mapping of names to lists of values, against the cube that it asks about.

    `opened` is what was asked of it to find the cube, if it was; `newest` the number of the dataset's newest release,
    if the cube may be of another; `withdrawn` the reason for which the release asked for is not shown; `rules` opens
    what sanctions say of goods.
    """
    datasets = datasets or [(cube["dataset"]["slug"], cube["dataset"]["title"])]
    opened = opened or asked(query, datasets)
    notices, known, parts = [*opened.notices], calendar.of(cube, slug), parts_of(cube, slug)
    values = {"dataset": opened.dataset}
    values["release"] = shown_release(opened, cube["release"]["number"], withdrawn, notices)
    for name in PARAMETERS[page]:
        if name in LISTS:
            values[name] = _list(name, query.get(name, []), parts, notices)
        elif name not in (*values, *TIMES, "base"):
            values[name] = _choice(page, name, last(query, name), notices)
    if values.get("period") in BY_MONTH and not known.months:
        notices.append(_("This dataset has no monthly data; annual data are shown."))
        values["period"] = "years"
    values |= chosen_time.read(PARAMETERS[page], values, query, known, notices)
    values, reasons = settle({name: values[name] for name in PARAMETERS[page]}, parts)
    values = chosen_time.settled(values, known)
    newest = newest or cube["release"]["number"]
    about = {"calendar_of": partial(calendar.of, cube), "parts_of": partial(parts_of, cube), "rules": rules}
    return State(page, slug, values, known, datasets, [*notices, *reasons], newest, site, parts, **about)


def _place(page, slug):
    return [FOLDERS[page], slug] if slug else [FOLDERS[page]]


def _path(page, slug, ending):
    return "/" + "/".join(_place(page, slug)) + ending


def _slugs(datasets):
    return [slug for slug, _title in datasets]


def _choice(page, name, found, notices):
    usual = default(page, name)
    if found is None or found in choices(page, name):
        return found or usual
    *others, final = choices(page, name)
    possible = _("%(others)s or %(last)s") % {"others": ", ".join(others), "last": final}
    words = {"name": name, "found": quoted(found), "default": usual, "choices": possible}
    notices.append(_("“%(found)s” is not a valid %(name)s. Choose %(choices)s; %(default)s is shown.") % words)
    return usual


def shown_release(opened: Asked, shown: int, withdrawn: str, notices: list) -> int | None:
    """The number of the release asked for, or None, with a notice, where that cannot be shown and the newest is."""
    if opened.number is None or opened.release == shown:
        return opened.release
    words = {"found": quoted(opened.number), "shown": shown, "reason": withdrawn.rstrip(".") + "."}
    notice = _("This dataset has no release “%(found)s”; the latest, release %(shown)s, is shown.")
    if withdrawn:
        notice = _("Release %(found)s was withdrawn: %(reason)s The latest, release %(shown)s, is shown.")
    notices.append(notice % words)
    return None


def _list(name, found, parts, notices):
    """Read a list of slugs, given as "cn-ln,cn-jl" or one by one; only those of the page, each once, ten at most."""
    asked = list(dict.fromkeys(slug.strip().lower() for value in found for slug in value.split(",") if slug.strip()))
    if not asked:
        return ""
    known = [slug for slug in asked if slug in parts.slugs]
    if unknown := [slug for slug in asked if slug not in parts.slugs]:
        words = {"name": name, "found": quoted(", ".join(unknown))}
        notices.append(_("“%(found)s” in “%(name)s” cannot be shown on this page and is ignored.") % words)
    if len(known) > MOST:
        words = {"name": name, "count": len(known), "most": MOST}
        notices.append(_("“%(name)s” lists %(count)s items; only the first %(most)s are used.") % words)
    return ",".join(known[:MOST])
