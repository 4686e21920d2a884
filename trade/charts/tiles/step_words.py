"""Writes the ends of each colour as a legend has them: "US$10 m to US$100 m", "deficit of US$1 bn or more"."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.tiles.size_steps import Step

DOLLARS = "US$"


def label(step: Step, unit: str, *, two_sided: bool = False) -> str:
    """Say which values a colour stands for: label(Step(3, 10**6, 10**7), "US$") -> "US$1 m to US$10 m"."""
    words = _span(step, _writer(unit))
    if not two_sided:
        return words
    return (_("deficit of %s") if step.number < 0 else _("surplus of %s")) % words


def _span(step: Step, write: Callable) -> str:
    if step.low is None and step.high is None:
        return _("any value")
    if step.low is None:
        return _("less than %s") % write(step.high)
    if step.high is None:
        return _("%s or more") % write(step.low)
    return _("%(low)s to %(high)s") % {"low": write(step.low), "high": write(step.high)}


def _writer(unit):
    if unit == DOLLARS:
        return lambda end: _("US$%(number)s") % {"number": number_text.tick(end, 0)}
    return lambda end: f"{end:.10f}".rstrip("0").rstrip(".") + ("%" if unit == "%" else f"{number_text.SPACE}{unit}")
