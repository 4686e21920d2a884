"""Passes a view on: its addresses, live and frozen to a release, and its citation.

A live address shows the newest release whenever it is opened; a frozen one shows for good the release that it names.
What is cited is the frozen address, because only there do the cited numbers stay.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.utils.translation import gettext as _

from trade.charts.schema import Newer, Payload, Share
from trade.charts.svg import frame_height
from trade.charts.text import citation_forms, labels
from trade.charts.view_state import State

BRIEF = ("dataset", "release", "flow", "year", "estimates")  # what a brief takes over from its page
WITH_BRIEF = ("totals", "province", "commodity")
WITH_FEED = ("province", "commodity")
GATHERED = "other"  # what is gathered is not the same from release to release
HYPHENS = str.maketrans("_,", "--")  # what a value may have beside letters, digits and hyphens


def shareable(make: Callable) -> Callable:
    """Add to the payloads of a page, whose last argument is the state, "share", "newer" and "card_url"."""

    @wraps(make)
    def made(*arguments):
        payload, state = make(*arguments), arguments[-1]
        card = f"/cards{state.url(suffix='.png')}"
        return payload | {"share": of(payload, state), "newer": newer(state), "card_url": card}

    return made


def of(payload: Payload, state: State, figure: str = "") -> Share:
    """Give the addresses of a view, or of one `figure` of it, as paths, and how it is cited.

    {"live_url": "/provinces/?year=2016", "frozen_url": "/provinces/?release=2&year=2016",
     "embed_url": "/embed/provinces/?year=2016", "embed_frozen_url": "/embed/provinces/?release=2&year=2016",
     "embed_height": 680, "png_url": "/provinces.png?year=2016", "svg_url", "csv_url", "xlsx_url",
     "citation": "Yalu (2026): …", "bibtex"}
    """
    number = payload["release"]["number"]
    live, frozen = (of_figure(state.url(release=release), figure) for release in (None, number))
    files = {f"{kind}_url": of_figure(state.url(suffix=f".{kind}"), figure) for kind in ("png", "svg", "csv", "xlsx")}
    cited = payload | {"title": _("%(title)s: %(figure)s") % _named(payload)} if figure else payload
    return {
        "live_url": live,
        "frozen_url": frozen,
        "embed_url": f"/embed{live}",
        "embed_frozen_url": f"/embed{frozen}",
        "embed_height": frame_height.of(payload["figures"][0]) if payload["figures"] else frame_height.LEAST,
        **files,
        **beside(state),
        "citation": citation(cited, state.site + frozen),
        "bibtex": bibtex(cited, _key(state, number, figure), state.site + frozen),
    }


def of_figure(address: str, figure: str) -> str:
    """The address of one figure of a view: ("/provinces/?year=2016", "map") -> "/provinces/?year=2016&figure=map"."""
    return f"{address}{'&' if '?' in address else '?'}figure={figure}" if figure else address


def _named(payload):
    return {"title": payload["title"], "figure": payload["figures"][0]["title"]}


def beside(state: State) -> dict:
    """Give the addresses of a page's brief and of the feed of releases that changed it, where it has them.

    {"brief_url": "/provinces/cn-ln/brief/?year=2016", "feed_url": "/provinces/cn-ln/releases.atom"}
    """
    if state.slug == GATHERED:
        return {}
    query = "&".join(f"{name}={value}" for name, value in state.query() if name in BRIEF)
    found = {"brief_url": f"{state.path}brief/" + (f"?{query}" if query else "")} if state.page in WITH_BRIEF else {}
    return found | ({"feed_url": f"{state.path}releases.atom"} if state.page in WITH_FEED else {})


def newer(state: State) -> Newer | None:
    """Tell of the newer release where a view is frozen to an older one: {"number": 3, "url": "/provinces/"}."""
    if state["release"] is None or state["release"] >= state.newest:
        return None
    return {"number": state.newest, "url": state.url(release=None)}


def citation(payload: Payload, address: str) -> str:
    """Cite a view in words; the day on which it was read is left to who cites it."""
    dataset, release = payload["dataset"], payload["release"]
    cited = _(
        "%(publisher)s (%(year)s): “%(title)s”, from %(dataset)s, release %(number)s, %(date)s. Source: %(source)s. "
        "%(address)s (accessed [date])."
    ) % {
        "publisher": citation_forms.PUBLISHER,
        "year": release["date"][:4],
        "title": payload["title"],
        "dataset": dataset["title"],
        "number": release["number"],
        "date": labels.day(date.fromisoformat(release["date"])),
        "source": dataset["source"],
        "address": address,
    }
    return citation_forms.invented(cited) if dataset["is_demonstration"] else cited


def bibtex(payload: Payload, key: str, address: str) -> str:
    """Cite a view for BibTeX under a key; `urldate` is left empty for who cites it."""
    dataset, release = payload["dataset"], payload["release"]
    note = _("%(dataset)s, release %(number)s. Source: %(source)s") % {
        "dataset": dataset["title"],
        "number": release["number"],
        "source": dataset["source"],
    }
    return citation_forms.bibtex(
        "online",
        key,
        title=payload["title"],
        date=release["date"],
        version=release["number"],
        url=address,
        urldate="",
        note=citation_forms.invented_note(note) if dataset["is_demonstration"] else note,
    )


def _key(state, number, figure):
    """A key by which a bibliography tells views apart: "provinces-cn-ln-release-2-flow-to-dprk"."""
    chosen = [f"{name}-{value}" for name, value in state.query(release=number)]
    return "-".join([*state.place, *chosen, *([figure] if figure else [])]).translate(HYPHENS)
