"""Draws a time line as SVG that fills the width it has: places across are parts of a hundred, heights are pixels.

Each state has a colour and a pattern of its own, so that it is told apart on grey paper and in forced colours; the look
is the stylesheet's. The patterns stand once a page, in templates/sanctions/_patterns.html.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sanctions.pages.goods_lines import State, merged, state_of
from sanctions.rules import Span

HEIGHT = 16
AXIS = 20
STEP = 5  # years between two marks of the axis
FILLS = {State.CAPPED: "url(#of-capped)", State.PARTLY: "url(#of-partly)", State.EXEMPT: "url(#of-exempt)"}


class TimeScale:
    """Days from the first of January of a year to a last day, in parts of a hundred."""

    def __init__(self, first_year: int, last: date):
        self.first, self.last = date(first_year, 1, 1), last
        self.days = max((last - self.first).days, 1)

    def place(self, day: date) -> str:
        part = 100 * (day - self.first).days / self.days
        return f"{min(max(part, 0), 100):.2f}".rstrip("0").rstrip(".")

    def marks(self) -> list[int]:
        """The years that the axis names, but those so near to its end that they would touch "today" on a phone."""
        years = range(self.first.year, self.last.year + 1)
        named = [year for year in years if year % STEP == 0 or year == self.first.year]
        return [year for year in named if float(self.place(date(year, 1, 1))) < 80 and self._is_apart(year)]

    def _is_apart(self, year):
        return year == self.first.year or year - self.first.year >= STEP - 2


def drawn(spans: Iterable[Span], scale: TimeScale, label: str) -> SafeString:
    """Draw the time line of goods; `label` says the same in words."""
    bars = format_html_join("", "{}", ((_bar(span, scale),) for span in merged(spans)))
    return format_html(
        '<svg class="time-line" role="img" aria-label="{}" width="100%" height="{}">{}</svg>', label, HEIGHT, bars
    )


def axis(scale: TimeScale, today: str) -> SafeString:
    """Draw the years above the lines; they are for the eye, for each line says its days."""
    marks = [
        (scale.place(date(year, 1, 1)), "start" if n == 0 else "middle", year) for n, year in enumerate(scale.marks())
    ]
    words = format_html_join("", '<text x="{}%" y="14" text-anchor="{}">{}</text>', [*marks, ("100", "end", today)])
    return format_html('<svg class="years-axis" aria-hidden="true" width="100%" height="{}">{}</svg>', AXIS, words)


def _bar(span, scale):
    state = state_of(span.standing)
    start = scale.place(span.since or scale.first)
    end = scale.place(span.until or scale.last)
    width = f"{float(end) - float(start):.2f}"
    if state == State.FREE:
        return format_html('<rect class="free" x="{}%" y="{}" width="{}%" height="2"/>', start, HEIGHT // 2 - 1, width)
    words = (state, start, width, HEIGHT - 2, FILLS.get(state, "currentColor"))
    return format_html('<rect class="{}" x="{}%" y="1" width="{}%" height="{}" fill="{}"/>', *words)


def sample(state: State) -> SafeString:
    """Draw a state by itself, for the legend."""
    if state == State.FREE:
        shape = format_html('<rect class="free" y="{}" width="28" height="2"/>', HEIGHT // 2 - 1)
    else:
        words = (state, HEIGHT - 2, FILLS.get(state, "currentColor"))
        shape = format_html('<rect class="{}" x="1" y="1" width="26" height="{}" fill="{}"/>', *words)
    return format_html('<svg class="sample" aria-hidden="true" width="28" height="{}">{}</svg>', HEIGHT, shape)
