"""Finds the questions that stand on a page of charts, the best fitting first, and where its terms are explained."""

from pathlib import PurePath

from django.http import HttpRequest

from trade import providers
from trade.charts.cube import ROOT, UNSPECIFIED
from trade.charts.view_state import FOLDERS, State
from web.page_cache.by_stamp import once_a_stamp

OTHER = "other"  # the page of what is gathered as other or unspecified


def charts(request: HttpRequest, template: str, chosen: State | None) -> dict:
    """Give a page's template {"asked": [Question], "terms": {"fob": "/questions/cif-and-fob/"}}; {} of the front page.

    On a page that is frozen to a release the figures within answers are of that release, too.
    """
    page = PurePath(template).stem
    if page not in FOLDERS:
        return {}
    cube, _state = request.chosen
    dataset, number = (chosen["dataset"], chosen.get("release")) if chosen else ("", None)
    keys = tuple(_thing_and_above(cube, chosen.slug)) if chosen else ()
    return {"asked": _beside(FOLDERS[page], keys, dataset, number), "terms": _terms()}


@once_a_stamp
def _beside(page, keys, dataset, number):
    return providers.questions().beside(page, keys, dataset, {dataset: number} if number else None)


@once_a_stamp
def _terms():
    return providers.questions().terms()


def _thing_and_above(cube, slug):
    """A page's province or goods and those above: ["2701", "27", "v"]; [] of all. What is other is unspecified, too."""
    keys, slug = [], UNSPECIFIED if slug == OTHER else slug
    while slug in cube["nodes"] and slug != ROOT:
        keys.append(slug)
        slug = cube["nodes"][slug]["parent"]
    return keys
