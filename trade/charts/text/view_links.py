"""How a view is passed on: its addresses, live and frozen to a release, and how it is cited.

A live address shows the newest release whenever it is opened; a frozen one shows for good the release that it names.
What is cited is the frozen address, because only there do the cited numbers stay.
"""

import re
from collections.abc import Callable
from functools import wraps

from django.utils.translation import gettext as _

from trade.charts.text import citation_forms
from trade.charts.view_state import State


def shareable(make: Callable) -> Callable:
    """Add to the payloads of a page, whose last argument is the state, "share", "newer" and "card_url"."""

    @wraps(make)
    def made(*arguments):
        payload, state = make(*arguments), arguments[-1]
        card = f"/cards{state.url(suffix='.png')}"
        return payload | {"share": of(payload, state), "newer": newer(state), "card_url": card}

    return made


def of(payload: dict, state: State) -> dict:
    """Give the addresses of a view, as paths, and how it is cited.

    {"live_url": "/provinces/?year=2016", "frozen_url": "/provinces/?release=2&year=2016",
     "embed_url": "/embed/provinces/?year=2016", "embed_frozen_url": "/embed/provinces/?release=2&year=2016",
     "png_url": "/provinces.png?year=2016", "svg_url", "csv_url", "xlsx_url", "citation": "Yalu (2026): …", "bibtex"}
    """
    live, frozen = state.url(release=None), state.url(release=payload["release"]["number"])
    files = {f"{kind}_url": state.url(suffix=f".{kind}") for kind in ("png", "svg", "csv", "xlsx")}
    return {
        "live_url": live,
        "frozen_url": frozen,
        "embed_url": f"/embed{live}",
        "embed_frozen_url": f"/embed{frozen}",
        **files,
        "citation": citation(payload, state.site + frozen),
        "bibtex": bibtex(payload, frozen, state.site),
    }


def newer(state: State) -> dict | None:
    """Tell of the newer release where a view is frozen to an older one: {"number": 3, "url": "/provinces/"}."""
    if state["release"] is None or state["release"] >= state.newest:
        return None
    return {"number": state.newest, "url": state.url(release=None)}


def citation(payload: dict, address: str) -> str:
    """Cite a view in words; the day on which it was read is left to who cites it."""
    dataset, release = payload["dataset"], payload["release"]
    cited = _(
        "%(publisher)s (%(year)s): “%(title)s”, from %(dataset)s, release %(number)s, %(date)s. "
        "Source: %(source)s. %(address)s (read on [date])."
    ) % {
        "publisher": citation_forms.PUBLISHER,
        "year": release["date"][:4],
        "title": payload["title"],
        "dataset": dataset["title"],
        "number": release["number"],
        "date": release["date"],
        "source": dataset["source"],
        "address": address,
    }
    return citation_forms.invented(cited) if dataset["is_demonstration"] else cited


def bibtex(payload: dict, address: str, site: str = "") -> str:
    """Cite a view for BibTeX; `urldate` is left empty for who cites it."""
    dataset, release = payload["dataset"], payload["release"]
    note = _("%(dataset)s, release %(number)s. Source: %(source)s") % {
        "dataset": dataset["title"],
        "number": release["number"],
        "source": dataset["source"],
    }
    return citation_forms.bibtex(
        "online",
        _key(address),
        title=payload["title"],
        date=release["date"],
        version=release["number"],
        url=site + address,
        urldate="",
        note=citation_forms.invented_note(note) if dataset["is_demonstration"] else note,
    )


def _key(address):
    """A key by which a bibliography tells views apart: "provinces-release-2-year-2016"."""
    return re.sub(r"[^A-Za-z0-9]+", "-", address).strip("-")
