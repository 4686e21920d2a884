"""Says how trade moved over the span that a reader chose, from its first period to its last where they compare."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trade.charts.cube_reader import Cells
from trade.charts.text import changes, comparability, evidence
from trade.charts.text.labels import capital, label

NEARLY = 0.95  # of the value at either end


def after(said: str, cells: Cells, span: tuple, slugs: Sequence, whole: str) -> str:
    """Add to a view's sentence how its span moved, where a reader chose one."""
    return " ".join(words for words in (said, sentence(cells, span, tuple(slugs), whole)) if words)


def sentence(cells: Cells, span: tuple, slugs: Sequence, whole: str) -> str:
    """Say the ends of a span: "China’s exports … went from US$2.28 bn in 2010 to US$2.14 bn in 2024, 6% less (…)."

    The ends are the first and the last complete period in it that has a figure; "" without a span, with one period, and
    of a remainder, which holds other things in another.
    """
    if span == (None, None) or any(map(cells.is_remainder, slugs)):
        return ""
    periods = cells.within(*span).periods
    known = [period for period in periods if cells.value(slugs, period) is not None and not cells.part(period)]
    if len(known) < 2:
        return ""
    first, final = known[0], known[-1]
    words = {"Whole": capital(whole), "first": label(cells, first), "last": label(cells, final)}
    words |= {"before": changes.value(cells, slugs, first), "now": changes.value(cells, slugs, final)}
    text = _("%(Whole)s went from %(before)s in %(first)s to %(now)s in %(last)s") % words
    if cells.flow == "balance":  # it can change its sign
        return text + comparability.caution(cells, slugs, [first, final]) + "."
    compared = comparability.between(cells, slugs, first, final)
    if compared.allowed and _stands_for_all(cells, slugs, compared, final):
        return f"{text}, {changes.said(cells, slugs, compared, [first, final])}."
    reason = compared.obstacle or (_("figures are missing") if compared.is_matched else _("the first is zero"))
    text += f" ({_('not compared: %(reason)s') % {'reason': reason}})"
    return text + comparability.caution(cells, slugs, [first, final]) + "."


def _stands_for_all(cells, slugs, compared, final):
    """Whether what has a figure at both ends is nearly everything at both: years apart, the rest is no detail."""
    if not compared.is_matched:
        return True
    of_all = [evidence.of(cells, slugs, period) for period in (final, compared.earlier)]
    whole = [found.reported if compared.is_reported else found.value for found in of_all]
    matched = (compared.now.value, compared.before.value)
    return all(part >= NEARLY * (all_ or 0) for part, all_ in zip(matched, whole, strict=True))
