"""Makes the rows of the index of goods, a tree: sections, below them chapters, below them headings.

A heading that the dataset never recorded is one of them, too, without a page: that nothing was traded is an answer. The
numbers are those of the pages of charts, because they are read from the same cube.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade import number_text
from trade.charts.cube import ROOT
from trade.charts.cube_reader import reading
from trade.charts.text import evidence, labels, origins
from trade.charts.time.usual_years import usual_years
from trade.sanction_levels import Rules, group_of

HEADING = 4  # digits


@dataclass(frozen=True)
class Row:
    """A line of the index: 27, Mineral fuels, US$14.5 m in 2024, provisional, 1 figure missing, partly banned."""

    slug: str
    code: str  # "V", "27", "2701"
    name: str
    title: str  # as the Harmonized System has it
    level: str  # "section", "chapter" or "heading"
    has_page: bool = True
    year: int | None = None  # of the newest figure; None where no year has one
    period: str = ""  # "2024", "Jan–Sep 2025"
    reported: int | None = None
    estimate: int | None = None
    value: int | None = None
    text: str = number_text.MISSING
    status: str = ""
    missing: int = 0  # figures behind the value that are missing
    facts: tuple = ()  # what is said beside the value, or in its place
    values: tuple = ()  # of all full years, for the small line beside it
    group: str = ""  # of sanctions: "banned", "partly-banned"; "" of what has no code
    sanctions: str = ""  # "partly banned"; "" of what is free
    below: tuple = field(default=(), repr=False)

    @property
    def is_recorded(self) -> bool:
        """Whether any year has a figure."""
        return self.year is not None

    @property
    def recorded_below(self) -> int:
        """How many of the rows directly below have a figure in any year."""
        return sum(one.is_recorded for one in self.below)


class Index:
    """The rows of one dataset and direction: Index(cube, "from_dprk", rules, …).sections()."""

    def __init__(self, cube: dict, flow: str, rules: Rules, words: Callable[[int, int], str], headings: Mapping):
        """Take the `words` for two levels of sanctions, and all `headings`: {"2701": ("Anthracite …", "Coal; …")}."""
        self.cube, self.flow, self.rules, self._words, self._headings = cube, flow, rules, words, headings
        self.cells, self._newest = reading(cube, flow), usual_years(cube)[flow]
        self._edition = cube["dataset"].get("hs_edition", "")
        self._of_chapter = {}
        for code in sorted({*headings, *(slug for slug in cube["nodes"] if len(slug) == HEADING and slug.isdecimal())}):
            self._of_chapter.setdefault(code[:2], []).append(code)

    def sections(self) -> tuple[Row, ...]:
        """All sections, with all that is below them."""
        return tuple(self._node(slug) for slug in self.cube["nodes"][ROOT]["children"])

    def _node(self, slug):
        node = self.cube["nodes"][slug]
        codes = node["children"] if node["level"] == "section" else self._of_chapter.get(slug, ())
        below = () if node["level"] == "heading" else tuple(self._row(code) for code in codes)
        about = {name: node[name] for name in ("slug", "code", "name", "title", "level")}
        return Row(**about, **self._figure(slug), **self._standing(slug, below), below=below)

    def _row(self, code):
        if code in self.cube["nodes"]:
            return self._node(code)
        name, title = self._headings[code]
        facts = (_("no trade recorded"),)
        return Row(code, code, name, title, "heading", has_page=False, facts=facts, **self._standing(code, ()))

    def _figure(self, slug):
        cells, year = self.cells, self._year(slug)
        if year is None:
            return {"facts": (self._never(slug),)}
        return {
            "year": year,
            "period": labels.label(cells, year),
            "reported": cells.reported((slug,), year),
            "estimate": cells.estimate((slug,), year),
            "value": cells.value((slug,), year),
            "text": number_text.usd(cells.value((slug,), year), origins.precision(cells, year)),
            "status": cells.shown_status((slug,), year),
            "missing": evidence.of(cells, (slug,), year).missing,
            "facts": tuple(self._facts(slug, year)),
            "values": tuple(None if cells.part(one) else cells.value((slug,), one) for one in cells.periods),
        }

    def _year(self, slug):
        """The year with which its page opens, if it has a figure."""
        year = usual_years(self.cube, slug)[self.flow]
        return year if self.cells.value((slug,), year) is not None else None

    def _never(self, slug):
        """Why there is no figure in any year: it is missing, or nothing was ever recorded."""
        letters = [self.cells.status((slug,), year) for year in self.cells.periods]
        known = [letter for letter in letters if letter]
        return labels.status_text(known[-1]) if known else _("no trade recorded")

    def _facts(self, slug, year) -> Iterator[str]:
        cells = self.cells
        found = evidence.of(cells, (slug,), year)
        if found.estimated:
            yield _("estimate") if found.reported is None else _("estimates included")
        letter = cells.status((slug,), year)
        if found.reported is not None and letter not in ("", "A"):
            yield labels.status_text(letter)
        if found.missing:
            counted = ngettext("%(count)s figure missing", "%(count)s figures missing", found.missing)
            yield counted % {"count": found.missing}
        if year < (self._newest or year):
            yield self._since(slug, year)

    def _since(self, slug, year):
        """What is known of the years after the last figure."""
        later = [one for one in self.cells.periods if year < one <= self._newest]
        if any(self.cells.status((slug,), one) for one in later):
            return _("missing in later years")
        return _("none recorded later")

    def _standing(self, slug, below):
        """What sanctions say today: of a section, between the mildest and the strictest of its chapters."""
        if slug in self.cube["nodes"] and self.cells.is_remainder(slug):
            return {}
        codes = [row.slug for row in below] if not slug.isdecimal() else [slug]
        levels = [self.rules.level(code, self.flow, self.rules.today, self._edition) for code in codes]
        least, most = min(one for one, _most in levels), max(one for _least, one in levels)
        group = group_of(least, most)
        return {"group": group, "sanctions": "" if group == "free" else self._words(least, most)}


def every(rows: tuple[Row, ...]) -> Iterator[Row]:
    """All rows of a tree, each before those below it."""
    for row in rows:
        yield row
        yield from every(row.below)
