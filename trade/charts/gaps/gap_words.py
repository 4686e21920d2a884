"""Says in sentences what the table of gaps shows: how much is reported, what is estimated, what is missing."""

from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade.charts.gaps.gap_choice import Choice
from trade.charts.gaps.gap_table import COUNTED, Gaps
from trade.charts.text import labels

NAMED = 3  # parts that a sentence names one by one


def title(cube: dict, choice: Choice) -> str:
    """Title the page: "China’s exports to the DPRK: what is reported, estimated and missing"."""
    trade = labels.capital(labels.trade(cube["dataset"], choice.flow))
    if choice.within:
        words = {"trade": trade, "goods": labels.numbered(cube["nodes"][choice.within])}
        return _("%(trade)s, %(goods)s: what is reported, estimated and missing") % words
    return _("%(trade)s: what is reported, estimated and missing") % {"trade": trade}


def sentence(cube: dict, gaps: Gaps) -> str:
    """Sum the table up: of the newest period how many are reported, then what is estimated and missing and when."""
    if not gaps.periods or not gaps.parts:
        return _("This release contains no figures.")
    if len(gaps.parts) == 1:
        return " ".join([_single(gaps), _estimated(gaps), _missing(gaps)])
    return " ".join([_newest(cube, gaps), _estimated(gaps), _missing(gaps)])


def column_of_parts(cube: dict, gaps: Gaps) -> str:
    """Head the column of parts: "Province", "Chapter"."""
    level = cube["nodes"][gaps.parts[0].slug]["level"] if gaps.parts else "root"
    if level in ("root", "province"):
        return labels.provinces().one if level == "province" else _("Series")
    return labels.goods(level, "").one


def count_rows(gaps: Gaps) -> list[tuple[str, list[int]]]:
    """The rows of counts below the table, those of nothing left out: [("Reported", [31, 31, …]), …]."""
    if len(gaps.parts) == 1:
        return []
    rows = [(counted(kind), [period.counts[kind] for period in gaps.periods]) for kind in COUNTED]
    return [row for place, row in enumerate(rows) if not place or any(row[1])]


def many(cube: dict, gaps: Gaps, count: int) -> str:
    """Count parts by what they are called: "31 provinces", "1 chapter"."""
    level = cube["nodes"][gaps.parts[0].slug]["level"]
    words = {
        "province": ngettext("%(count)s province", "%(count)s provinces", count),
        "section": ngettext("%(count)s section", "%(count)s sections", count),
        "chapter": ngettext("%(count)s chapter", "%(count)s chapters", count),
        "heading": ngettext("%(count)s heading", "%(count)s headings", count),
        "subheading": ngettext("%(count)s subheading", "%(count)s subheadings", count),
    }
    return words.get(level, ngettext("%(count)s series", "%(count)s series", count)) % {"count": count}


def counted(kind: str) -> str:
    """Name a row of counts: "missing" -> "Missing"."""
    return {
        "reported": _("Reported"),
        "estimated": _("Estimated only"),
        "incomplete": _("Incomplete"),
        "missing": _("Missing"),
        "unlisted": _("Not listed"),
    }[kind]


def _newest(cube, gaps):
    newest = gaps.periods[-1]
    words = {"period": newest.label, "reported": newest.counts["reported"], "all": many(cube, gaps, len(gaps.parts))}
    words_of_reported = ngettext(
        "In %(period)s, %(reported)s of %(all)s is reported",
        "In %(period)s, %(reported)s of %(all)s are reported",
        words["reported"],
    )
    told = [words_of_reported % words]
    told += [f"{newest.counts[kind]} {labels.within(counted(kind))}" for kind in COUNTED[1:] if newest.counts[kind]]
    *others, last = told
    return (_("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last} if others else last) + "."


def _single(gaps):
    """Of one series: when it is reported."""
    (part,) = gaps.parts
    when = spans([period.label for period in gaps.periods], [state.is_reported for state in part.states])
    words = {"name": labels.capital(part.said), "periods": when}
    return (_("%(name)s: reported in %(periods)s.") if when else _("%(name)s: not reported.")) % words


def _estimated(gaps):
    """Which parts hold estimates, and when."""
    found = {
        part.said: spans([p.label for p in gaps.periods], [s.is_estimated for s in part.states]) for part in gaps.parts
    }
    found = {name: when for name, when in found.items() if when}
    if not found:
        return _("Nothing is estimated.")
    if len(found) > NAMED:
        return ngettext("%s of them has estimates.", "%s of them have estimates.", len(found)) % len(found)
    named = labels.listed(
        [_("%(name)s in %(periods)s") % {"name": name, "periods": when} for name, when in found.items()]
    )
    return _("Estimates are included for %(parts)s.") % {"parts": named}


def _missing(gaps):
    """Which parts miss most, and in how many periods."""
    lacking = {part.said: sum(state.kind in ("missing", "incomplete") for state in part.states) for part in gaps.parts}
    lacking = {name: count for name, count in lacking.items() if count}
    if not lacking:
        return _("No listed figure is missing.")
    worst = sorted(lacking, key=lambda name: -lacking[name])[:NAMED]
    named = labels.listed([_times(name, lacking[name], gaps.periods) for name in worst])
    if len(lacking) > NAMED:
        words = {"count": len(lacking), "parts": named}
        return _("Figures are missing or incomplete for %(count)s of them, most often for %(parts)s.") % words
    return _("Figures are missing or incomplete for %(parts)s.") % {"parts": named}


def _times(name, count, periods):
    words = {"name": name, "count": count, "all": len(periods)}
    if "-" in periods[0].key:
        return _("%(name)s in %(count)s of %(all)s months") % words
    return _("%(name)s in %(count)s of %(all)s years") % words


def spans(names: list[str], marked: list[bool]) -> str:
    """Write runs of periods shortly: (["2013", "2014", "2015", "2017"], [False, True, True, True]) -> "2014–2017"."""
    runs, place = [], 0
    for is_marked, run in groupby(marked):
        length = len(list(run))
        if is_marked:
            first, last = names[place], names[place + length - 1]
            runs.append(first if length == 1 else f"{first}–{last}")
        place += length
    return ", ".join(runs)
