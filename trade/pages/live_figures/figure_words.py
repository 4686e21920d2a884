"""Writes a live figure in words: its value with unit, and in brackets what it rests on.

The rules are those of docs/sentences.md: missing is “no figure”, an estimate, a part-year and a missing part are said
beside the value, and what may not be compared is not. A figure of a demonstration dataset says “invented” every time.
"""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube import ROOT
from trade.charts.cube_reader import newest_full_year, reading
from trade.charts.text import changes, comparability, evidence, valuation
from trade.charts.text.labels import label, status_text
from trade.pages.live_figures.token_text import FLOWS, NEWEST, Token

SAID = "BPU"  # the statuses of a value that a reader must know


def no_figure() -> str:
    """What stands for a value that there is not, or not any more."""
    return _("no figure")


def say(cube: dict, token: Token) -> str:
    """Say what a token asks of a release: "US$1.19 bn (provisional, invented)", "37%", "8% less than in 2015"."""
    cells = reading(cube, FLOWS[token.flow], monthly=isinstance(token.period, str) and token.period != NEWEST)
    period = newest_full_year(cube, FLOWS[token.flow]) if token.period == NEWEST else token.period
    if token.key not in cells.nodes or cells.value((token.key,), period) is None:
        return no_figure()
    text, *notes = SPOKEN[token.what](cells, (token.key,), period)
    if cube["dataset"]["is_demonstration"] and token.what != "year":
        notes.append(_("invented"))
    return _in_brackets(text, ", ".join(note for note in notes if note))


def _in_brackets(text, said):
    """Put words of caution behind a figure, within the brackets that it has already, if it has any."""
    if not said:
        return text
    return f"{text[:-1]}; {said})" if text.endswith(")") else f"{text} ({said})"


def _value(cells, slugs, period):
    return [
        changes.value(cells, slugs, period),
        valuation.estimate(cells, slugs, period),
        *_notes(cells, slugs, period),
    ]


def _share(cells, slugs, period):
    """A share of all that the dataset lists; what the whole rests on counts, for it holds the part."""
    share = number_text.share_in_words(cells.value(slugs, period), cells.value((ROOT,), period))
    if not share:
        return [no_figure()]
    found = evidence.of(cells, (ROOT,), period)
    return [share, _("estimates included") if found.estimated else "", *_notes(cells, (ROOT,), period)]


def _change(cells, slugs, period):
    compared = comparability.with_period_before(cells, slugs, period)
    if any(cells.is_remainder(slug) for slug in slugs) or not compared.allowed:
        return [_("not compared with %(when)s") % {"when": compared.when}, compared.obstacle]
    return [changes.words(cells, slugs, period)]


def _year(cells, slugs, period):
    return [label(cells, period)]


SPOKEN = {"value": _value, "share": _share, "change": _change, "year": _year}


def _notes(cells, slugs, period):
    """The part of the year that is known, what is missing behind a sum, the status: ["Jan–Sep 2025", "provisional"]."""
    found, status = evidence.of(cells, slugs, period), cells.status(slugs, period)
    is_part = isinstance(period, int) and cells.part(period)
    return [
        label(cells, period) if is_part else "",
        comparability.missing_words(found.missing),
        status_text(status) if status and status in SAID else "",
    ]
