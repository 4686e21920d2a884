"""The matrix of goods × years at the head of the list of sanctions: a row for goods of one history, in plain words."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sanctions.pages import goods_lines, standing_words, time_line
from sanctions.pages.goods_lines import DIRECTIONS, Line
from sanctions.pages.named_goods import GoodsNames, page_of

MOST_TITLES = 3  # of a row; goods of more codes are called as their measure calls them
SHOWN_CODES = 8


class Row(NamedTuple):
    """Goods of one history: name, the codes with their pages, how they stand now, the drawing, and a cell a year."""

    name: str
    url: str  # of the goods, "" where each code has its own
    codes: list[tuple[str, str]]  # ("2701", "/commodities/2701/")
    more: int  # codes that are not listed
    now: str
    drawing: SafeString
    cells: list[str]


class Direction(NamedTuple):
    """The rows of one direction."""

    name: str
    title: str
    rows: list[Row]


class Matrix:
    """The matrix of measures; `keeps` tells which lines are shown, all if it is left out.

    `measures` have their codes at hand, and are all that bear on the goods. The goods cost four queries.
    """

    def __init__(self, measures: Iterable, today: date, keeps: Callable[[Line], bool] | None = None):
        self.measures = {measure.pk: measure for measure in measures}
        self.today = today
        rules = [rule for measure in self.measures.values() for rule in measure.rules]
        self.lines = list(filter(keeps, goods_lines.lines(rules)) if keeps else goods_lines.lines(rules))

    @cached_property
    def names(self) -> GoodsNames:
        return GoodsNames(code for line in self.lines for code in line.codes)

    @cached_property
    def years(self) -> list[int]:
        """The years that the table has a column for."""
        return [year for year in goods_lines.years(self.lines) if year < self.today.year]

    @cached_property
    def scale(self) -> time_line.TimeScale:
        return time_line.TimeScale(self.years[0] if self.years else self.today.year, self.today)

    @property
    def axis(self) -> SafeString:
        return time_line.axis(self.scale, _("today"))

    @property
    def directions(self) -> list[Direction]:
        """What the page shows, a part for each direction that has rows."""
        titles = {"from_dprk": _("Imports from the DPRK"), "to_dprk": _("Exports to the DPRK")}
        parts = [(name, [self._row(line) for line in self.lines if line.direction == name]) for name in DIRECTIONS]
        return [Direction(name, titles[name], rows) for name, rows in parts if rows]

    @property
    def legend(self) -> list[tuple]:
        return [(name, time_line.sample(state)) for state, name in standing_words.legend()]

    def _row(self, line):
        name, url, codes = self._named(line)
        label = _("%(goods)s: %(history)s") % {"goods": name, "history": standing_words.history_in_words(line.spans)}
        days = [*(goods_lines.last_day(year) for year in self.years), self.today]
        return Row(
            name,
            url,
            codes[:SHOWN_CODES],
            max(len(codes) - SHOWN_CODES, 0),
            standing_words.now_in_words(line.spans, self.today),
            time_line.drawn(line.spans, self.scale, label),
            [standing_words.in_words(line.on(day)) for day in days],
        )

    def _named(self, line: Line):
        """The name of a line, its page, and its codes with theirs where they have several."""
        section = self.names.section(line.codes) if len(line.codes) > 1 else None
        if section:
            first, last = line.codes[0], line.codes[-1]
            return section["name"], page_of(section["slug"], line.direction), [(f"{first}–{last}", "")]
        pages = [(code, self.names.url(code, line.direction)) for code in line.codes]
        if len(pages) == 1:
            [(code, url)] = pages
            return self.names.title(code), url, [(code, "")]
        return self._joined(line), "", pages

    def _joined(self, line):
        """A name for several codes: as their measure calls them, if they are all of its codes or many; else titles."""
        titles = list(dict.fromkeys(self.names.title(code) for code in line.codes))
        [first, *others] = [self.measures[pk] for pk in line.measures]
        is_whole = {code.digits for code in first.codes.all()} == set(line.codes)
        if not others and (is_whole or len(titles) > MOST_TITLES):
            return capfirst(first.goods)
        shown = [titles[0], *(title[:1].lower() + title[1:] for title in titles[1:MOST_TITLES])]
        said = "; ".join(shown) if any("," in title or " and " in title for title in shown) else _and(shown)
        left = len(titles) - MOST_TITLES
        return said if left <= 0 else _("%(goods)s and %(count)d more") % {"goods": said, "count": left}


def _and(names):
    *most, last = names
    return _("%(goods)s and %(last)s") % {"goods": ", ".join(most), "last": last} if most else last
