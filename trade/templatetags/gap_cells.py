"""Filters by which the template of the page of gaps asks of its table."""

from django import template

from trade.charts.gaps import observation_states
from trade.charts.gaps.gap_choice import Choice
from trade.charts.gaps.gap_table import Gaps

register = template.Library()
register.filter(observation_states.said)


@register.filter
def all_years(choice: Choice) -> str:
    """The address of the same without a year of months."""
    return choice.url(year=None)


@register.filter
def file(choice: Choice, form: str) -> str:
    """The address of the same as a file: "/data/china-provinces/gaps.csv"."""
    return choice.url(suffix=f".{form}")


@register.filter
def has_breaks(table: Gaps) -> bool:
    """Whether a series breaks anywhere in the table."""
    return any(state.breaks for part in table.parts for state in part.states)


@register.filter
def has_unlisted(table: Gaps) -> bool:
    """Whether the release has no row for some part and period."""
    return any(period.counts["unlisted"] for period in table.periods)


@register.filter
def has_part_years(table: Gaps) -> bool:
    """Whether a year of the table is not known in full."""
    return any(period.is_part for period in table.periods)
