"""Whether two values may be compared, and with which words of caution: the rules of docs/sentences.md.

Titles, sentences, tooltips, speech and tables all ask here.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade import time_period
from trade.charts.cube_reader import Cells, reading
from trade.charts.text import estimates, evidence, origins
from trade.charts.text.evidence import Evidence
from trade.charts.text.labels import label, listed, year_label

LONG_ENOUGH = 10  # years, of which one can be a record


class Comparison(NamedTuple):
    """A value beside that of the period before, and in words why they cannot be compared, "" where they can.

    Where figures are missing `now` and `before` hold what has a figure in both periods; where the estimates differ,
    what is reported.
    """

    now: Evidence
    before: Evidence
    when: str  # "2023", "Jan–Sep 2024"
    earlier: int | str  # 2023, "2025-08"
    obstacle: str
    uncertainty: int = 0  # by how much the difference may be off, in US$
    is_matched: bool = False
    is_reported: bool = False

    @property
    def allowed(self) -> bool:
        """Whether a change may be stated; from nought none can be."""
        return not self.obstacle and bool(self.before.value)

    @property
    def plain(self) -> bool:
        """Whether the two shown values themselves may be compared."""
        return not (self.obstacle or self.is_matched or self.is_reported)


def with_period_before(cells: Cells, slugs: Sequence, period) -> Comparison:
    """Set a year beside the year before, a part-year beside the same months, a month beside that of a year before."""
    return between(cells, slugs, before(period), period)


def between(cells: Cells, slugs: Sequence, earlier, later) -> Comparison:
    """Set two years, or two months, beside each other, however far apart."""
    slugs, key = tuple(slugs), ("comparison", tuple(slugs), earlier, later)
    return cells.remember(key, lambda: _compared(cells, slugs, later, earlier))


def before(period):
    """The period a year before a year or month: 2024 -> 2023, "2025-01" -> "2024-01"."""
    if isinstance(period, int):
        return period - 1
    return time_period.written(int(period[:4]) - 1, int(period[5:]))


def run_around(cells: Cells, slugs: Sequence, year: int) -> list:
    """The finished years around one of which each can be compared with the next: [1998, …, 2013]; [] where none can."""
    whole = evidence.of(cells, slugs, year)
    if whole.value is None or whole.missing or _unfinished(cells, year):
        return []
    first = last = year
    while with_period_before(cells, slugs, first).plain:
        first -= 1
    while not _unfinished(cells, last + 1) and with_period_before(cells, slugs, last + 1).plain:
        last += 1
    return list(range(first, last + 1))


def _compared(cells, slugs, period, earlier):
    """A part-year is compared as the sum of its months."""
    months = cells.part(period)
    read = reading(cells.cube, cells.flow, estimates=cells.estimates, monthly=True) if months else cells
    spans = [[time_period.written(year, m) for m in months] if months else [year] for year in (period, earlier)]
    named = {"when": year_label(earlier, months) if months else label(cells, earlier), "earlier": earlier}
    if obstacle := _obstacle(cells, read, slugs, spans, period, earlier):
        now, then = (evidence.of(read, slugs, *span) for span in spans)
        return Comparison(now, then, obstacle=obstacle, **named)
    uncertainty = origins.uncertainty(cells, period) + origins.uncertainty(cells, earlier)
    return _like_for_like(read, slugs, spans)._replace(uncertainty=uncertainty, **named)


def _obstacle(cells, read, slugs, spans, period, earlier):
    """What stands between two periods as a whole, whatever may be missing or estimated in either."""
    now, then = (evidence.of(read, slugs, *span).value for span in spans)
    if now is None or then is None:
        return _("no figure")
    if cells.part(period):
        if now != cells.value(slugs, period):
            return _("monthly figures are incomplete")
    elif unfinished := _unfinished(cells, period, earlier):
        return unfinished
    if any(cells.breaks(slugs, each) for each in cells.periods_of_all if earlier < each <= period):
        return _("break in series between the two periods")
    is_unreliable = any(evidence.of(cells, slugs, each).is_unreliable for each in (period, earlier))
    return _("figures are of low reliability") if is_unreliable else ""


def _like_for_like(cells, slugs, spans):
    """Compare what is alike in both periods: what has a figure in both, with the same estimates or with none."""
    now, then = (evidence.of(cells, slugs, *span) for span in spans)
    is_matched = bool(now.missing or then.missing)
    if is_matched:
        slugs = [leaf for leaf in evidence.leaves(cells, slugs) if not _missing_in(cells, leaf, spans)]
        now, then = (evidence.of(cells, slugs, *span) for span in spans)
    if now.missing or then.missing or None in (now.value, then.value):
        return Comparison(now, then, "", 0, _("figures are missing"))
    if now.estimated == then.estimated or estimates.stand_for_the_figure(cells.cube["dataset"]):
        return Comparison(now, then, "", 0, "", is_matched=is_matched)
    if not cells.estimates:
        return Comparison(now, then, "", 0, _("the estimates are not comparable"))
    reported = reading(cells.cube, cells.flow, estimates=False, monthly=cells.monthly)
    found = _like_for_like(reported, slugs, spans)
    return found._replace(is_reported=True, is_matched=is_matched or found.is_matched)


def _missing_in(cells, leaf, spans):
    return any(evidence.missing(cells, (leaf,), *span) for span in spans)


def _unfinished(cells, *periods):
    """Of years that a source does not know in full, or that had not ended when the release was made."""
    years = [period for period in periods if isinstance(period, int) and not cells.cube.get("window")]
    ended = int(cells.cube["release"]["date"][:4])
    return _("incomplete years") if any(cells.part(year) or year >= ended for year in years) else ""


# Words of caution.


def qualified(cells: Cells, slugs: Sequence, period, text: str) -> str:
    """Say beside a share or rank what the values of `slugs` rest on: "2nd of 31, estimates included"."""
    found = evidence.of(cells, slugs, period)
    words = [text, _("estimates included") if found.estimated else "", missing_words(found.missing)]
    return ", ".join(word for word in words if word)


def caution(cells: Cells, slugs: Sequence, periods: Sequence, *more: str) -> str:
    """Say in brackets what values rest on: " (2024 includes estimates)"; "" where nothing."""
    words = [estimates.behind(cells, slugs, periods), _missing(cells, slugs, periods)]
    words += [_unreliable(cells, slugs, periods), *more]
    said = "; ".join(word for word in words if word)
    return f" ({said})" if said else ""


def missing_words(count: int) -> str:
    """Say how many figures a sum lacks: "2 figures missing"; "" where none."""
    return ngettext("%(count)s figure missing", "%(count)s figures missing", count) % {"count": count} if count else ""


def _missing(cells, slugs, periods):
    """How many figures each period lacks, once where all lack as many: "3 figures missing in each of 2022 and …"."""
    counts = {period: evidence.of(cells, slugs, period).missing for period in sorted(periods)}
    found = {label(cells, period): missing_words(count) for period, count in counts.items() if count}
    if len(found) > 1 and len(set(found.values())) == 1:
        words = {"missing": next(iter(found.values())), "periods": listed(list(found))}
        return _("%(missing)s in each of %(periods)s") % words
    return ", ".join(
        _("%(missing)s in %(period)s") % {"missing": missing, "period": period} for period, missing in found.items()
    )


def _unreliable(cells, slugs, periods):
    found = [label(cells, each) for each in periods if evidence.of(cells, slugs, each).is_unreliable]
    return _("low reliability in %(periods)s") % {"periods": ", ".join(found)} if found else ""
