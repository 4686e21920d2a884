"""Says which part of what was traded is under sanctions: "Between 71% and 88% of … would be banned today".

It is a range wherever a measure covers a part of a code, or the data are shallower than its codes. Of a period in which
the rules changed nothing is said. What was reported in banned goods never stands without a reminder that trade which
goes unreported is in no figure.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from trade import number_text, sanction_levels
from trade.charts.by_sanctions.split_cube import Split
from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells, add
from trade.charts.text import changes, comparability, evidence, valuation
from trade.charts.text.labels import capital, day, label, listed
from trade.charts.view_state import State
from trade.sanction_levels import ORDER

BANNED = ("banned", "exempted")  # with exemptions or without
POSSIBLY = (*BANNED, "partly-banned")


class Share(NamedTuple):
    """How much of a whole is banned: at least `low`, at most `high`, in US$."""

    low: int
    high: int
    whole: int


def of(split: Split, cells: Cells, state: State, period, whole: str) -> dict:
    """Give title and sentence of a period: {"title": "63% of … would be banned today", "sentence": "…"}."""
    total = cells.value((ROOT,), period)
    is_invented = cells.cube["dataset"]["is_demonstration"]
    invented = _("invented figures") if is_invented else ""
    title = _title(split, cells, state, period, whole) + comparability.caution(cells, (ROOT,), [period], invented)
    if total is None:
        words = {"whole": whole, "period": label(cells, period)}
        return {"title": title, "sentence": _("There is no figure for %(whole)s in %(period)s.") % words}
    sentence = " ".join([_came_to(cells, state, period, whole), *_explained(split, cells, state, period)])
    if is_invented:
        sentence = _("Invented figures: %(sentence)s") % {"sentence": sentence}
    return {"title": title, "sentence": sentence}


def share(cells: Cells, period) -> Share | None:
    """Tell how much of a period's trade is banned; None where nothing was traded, or there is no figure."""
    whole = cells.value((ROOT,), period)
    if not whole:
        return None
    low, high = (cells.value(groups, period) or 0 for groups in (BANNED, POSSIBLY))
    return Share(low, high, whole)


def in_words(found: Share) -> str:
    """Write a share at the beginning of a sentence: "63%", "Between 71% and 88%", "Up to 12%", "None", …"""
    low, high = (number_text.share_in_words(part, found.whole) for part in found[:2])
    words = {"low": low, "high": high}
    if not found.high:
        return _("None")
    if found.low == found.whole:
        return _("All")
    if low == high:
        return capital(low)
    if not found.low and found.high == found.whole:
        return _("An unknown share")
    if not found.low:
        return _("Up to %(high)s") % words
    if found.high == found.whole:
        return _("At least %(low)s") % words
    return _("Between %(low)s and %(high)s") % words


def after_the_bans(split: Split, cells: Cells, state: State) -> Iterator[str]:
    """Say what was reported in banned goods in the full years since the rules last changed, and its limits."""
    if state["rules"] != "then" or cells.flow == "both":
        return
    years = _settled(split, cells)
    low, high = (add(*(cells.reported(groups, year) for year in years)) for groups in (BANNED, POSSIBLY))
    if not years or not high:
        return
    words = {"years": _span(cells, years), "value": _between(low or 0, high)}
    yield (
        _(
            "Reported in goods under a ban, %(years)s: %(value)s. Unreported trade is not included: a low value "
            "does not mean that no trade took place."
        )
        % words
    )


# The title.


def _title(split, cells, state, period, whole):
    words = {"whole": whole, "Whole": capital(whole), "period": label(cells, period)}
    if cells.value((ROOT,), period) is None:
        return _("%(Whole)s: no figure for %(period)s") % words
    if split.changed(cells.flow, period):
        changed = _("%(Whole)s in %(period)s: sanctions changed during the year") % words
        return (
            changed if isinstance(period, int) else _("%(Whole)s in %(period)s: sanctions changed that month") % words
        )
    found = share(cells, period)
    if found is None:
        return changes.plain(cells, (ROOT,), period, whole)
    if evidence.of(cells, (ROOT,), period).missing:  # nobody knows which share of all it is
        words["whole"] = _("the known value of %(whole)s") % words
    words |= {"share": in_words(found), "day": day(state.rules().today)}
    if state["rules"] == "then":
        return _("%(share)s of %(whole)s in %(period)s fell under a ban") % words
    if state["release"] is None:
        return _("%(share)s of %(whole)s in %(period)s would be banned today") % words
    return _("%(share)s of %(whole)s in %(period)s would be banned under the sanctions of %(day)s") % words


# The sentence.


def _came_to(cells, state, period, whole):
    words = {"Whole": capital(whole), "value": changes.value(cells, (ROOT,), period), "period": label(cells, period)}
    words |= {"basis": valuation.of(cells, (ROOT,), period), "parts": listed(list(_parts(cells, period)))}
    if not cells.value((ROOT,), period):
        return _("%(Whole)s came to %(value)s in %(period)s (%(basis)s).") % words
    if state["rules"] == "then":
        return (
            _("%(Whole)s came to %(value)s in %(period)s (%(basis)s): under the sanctions then in force, %(parts)s.")
            % words
        )
    words["day"] = day(state.rules().today)
    return (
        _("%(Whole)s came to %(value)s in %(period)s (%(basis)s): under the sanctions of %(day)s, %(parts)s.") % words
    )


def _parts(cells, period):
    """ "US$1.06 bn (63%) banned", for each group that has a value."""
    names, whole = sanction_levels.names(), cells.value((ROOT,), period)
    for group in ORDER:
        if value := cells.value((group,), period):
            words = {"value": number_text.usd(value), "share": number_text.percent(value, whole)}
            words["group"] = names[group][:1].lower() + names[group][1:]
            yield _("%(value)s (%(share)s) %(group)s") % words


def _explained(split, cells, state, period):
    if split.changed(cells.flow, period):
        yield _("Sanctions on these goods changed during the period, so no share is stated.")
    elif state["rules"] == "then" and cells.value(POSSIBLY, period):
        yield _("Unreported trade is not included.")


# Spans of years.


def _settled(split: Split, cells: Cells) -> list:
    """The full years after the last one in which the rules changed, if it lies in the data."""
    changed = [year for year in cells.periods if split.changed(cells.flow, year)]
    full = [year for year in cells.periods if not cells.part(year) and cells.reported((ROOT,), year) is not None]
    return [year for year in full if changed and year > changed[-1]]


def _span(cells: Cells, years: Sequence) -> str:
    first, last = label(cells, years[0]), label(cells, years[-1])
    return first if first == last else f"{first}–{last}"


def _between(low, high):
    if number_text.usd(low) == number_text.usd(high):
        return number_text.usd(high)
    words = {"low": number_text.usd(low), "high": number_text.usd(high)}
    return _("up to %(high)s") % words if not low else _("between %(low)s and %(high)s") % words
