"""Reads which time an address asks for, and keeps the choice within what there is.

"year=2016" and, where time is counted in months, "month=2025-09" choose what a page is about; "from=2010" and "to=2016"
what is drawn over time; "base=2010" the period that is 100 in an index. "earliest" and "latest" name the ends. What is
chosen lies within the span.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from trade.charts.time.calendar import BY_MONTH, Calendar
from trade.charts.time.query import last, number, quoted
from trade.number_text import period_label

TIMES = ("year", "month", "from", "to")
DIGITS = 4  # of a year
BY_YEAR = {"years", "ytd"}  # the ways of counting time whose spans are of years


def read(names: tuple, values: dict, query: Mapping, calendar: Calendar, notices: list) -> dict:
    """Read the times of an address for the parameters of its page: {"year": 2016, "from": 2010, "to": None, …}."""
    made = values | {name: None for name in (*TIMES, "base") if name in names}
    by_month = made.get("period") in BY_MONTH
    if made.get("period") == "ytd":
        made |= _month(query, made, calendar, notices)
    if "from" in made:
        made |= _span(query, made, calendar, notices)
    if not by_month:
        made |= _year(query, made, calendar, notices)
    elif made["period"] == "months":
        made |= _month(query, made, calendar, notices)
    elif last(query, "month") or last(query, "year"):
        made["month"] = _noticed(made["month"], made, calendar, notices)
    if "base" in made:
        made["base"] = _end("base", query, calendar.periods(made), notices, _("the first complete period"))
    return {name: value for name, value in settled(made, calendar).items() if name not in values}


def moved(values: dict, changes: dict, calendar: Calendar) -> dict:
    """Change a choice: where its time is then counted in another way, what cannot be counted so is chosen anew."""
    before, after = values.get("period"), changes.get("period", values.get("period"))
    made = values | changes
    if before == after:
        return settled(made, calendar)
    if not {before, after} <= BY_YEAR:
        made |= {name: None for name in ("from", "to", "base") if name in values and name not in changes}
    if before in BY_MONTH and after in BY_MONTH:
        return settled(made, calendar)
    month = calendar.opening(values["year"], made) if values["year"] else None
    return settled(made | {"year": changes.get("year"), "month": changes.get("month", month)}, calendar)


def settled(values: dict, calendar: Calendar) -> dict:
    """Complete a choice with what a page opens with, and keep it within its span; nothing is said of it.

    A span in which nothing lies is none, and no end of one lies outside what there is.
    """
    if any(values.get(name) is not None for name in ("from", "to", "base")):
        values = values | _by_year(values, calendar)
        values = values | _within_reach(values, calendar)
    if values.get("period") not in BY_MONTH:
        no_month = {"month": None} if "month" in values else {}
        return values | no_month | {"year": _within(values.get("year"), values, calendar)}
    month = _within(values.get("month"), values, calendar)
    if values["period"] == "ytd" and month and calendar.year_of(month) not in calendar.years_with(month):
        month = calendar.usual(values)
    return values | {"month": month, "year": month and calendar.year_of(month)}


def _within_reach(values, calendar):
    """What of a span, and which base, can be kept where another choice has fewer periods."""
    if "from" not in values:
        return {}
    periods = calendar.periods(values)
    if not calendar.spanned(values):
        return {name: None for name in ("from", "to", "base") if name in values}
    kept = {name: values[name] for name in ("from", "to", "base") if values.get(name) is not None}
    return {name: None for name, period in kept.items() if not periods[0] <= period <= periods[-1]}


def _by_year(values, calendar):
    """The years of months that were chosen, where time is then counted in years."""
    if values.get("period") == "months":
        return {}
    chosen = {name: values[name] for name in ("from", "to", "base") if isinstance(values.get(name), str)}
    years = {name: calendar.year_of(month) for name, month in chosen.items()}
    return years | ({"from": None} if years.get("from") in calendar.years[:1] else {})


def is_written(name: str, values: dict, calendar: Calendar) -> bool:
    """Whether an address has to name one of the times: what it opens with needs no word."""
    if name in ("from", "to"):
        return values[name] is not None
    if (name == "month") != (values.get("period") in BY_MONTH):
        return False
    return values[name] is not None and values[name] != calendar.usual(values)


def _within(chosen, values, calendar):
    """What is chosen, or the end of the span that is nearer; without a choice what the page opens with."""
    return calendar.usual(values) if chosen is None else calendar.within(chosen, values)


def _span(query, values, calendar, notices):
    """The two ends, None where the span reaches the end of the data; `to` stays where it is when newer data arrive."""
    periods = calendar.periods(values)
    first = _end("from", query, periods, notices, _("the first"))
    final = _end("to", query, periods, notices, _("the newest"))
    if first is not None and final is not None and first > final:
        words = {"first": period_label(first), "last": period_label(final)}
        notices.append(_("The span from %(first)s to %(last)s ends before it begins; everything is shown.") % words)
        return {"from": None, "to": None}
    return {"from": None if periods and first == periods[0] else first, "to": final}


def _end(name, query, periods, notices, instead):
    """One end of a span, or the base of an index; None where the address names none, or no possible one."""
    found = last(query, name)
    if found is None or not periods or found in ("earliest", "latest"):
        return periods[0] if found == "earliest" and name == "base" and periods else None
    period = _period(found, periods, is_last=name == "to")
    if period is None:
        words = {"name": name, "found": quoted(found), "instead": instead}
        words |= {"first": period_label(periods[0]), "last": period_label(periods[-1]), "example": periods[-1]}
        text = _("“%(found)s” is not a valid “%(name)s”. Choose from %(first)s to %(last)s, such as %(example)s; ")
        notices.append((text + _("%(instead)s is used.")) % words)
    return period


def _period(found, periods, *, is_last=False):
    """A year or month of those there are; a year, where there are months, is its first or last month."""
    if not isinstance(periods[0], str):
        return year if (year := number(found, DIGITS)) in periods else None
    if number(found, DIGITS) is not None:
        months = [month for month in periods if month.startswith(f"{found}-")]
        return (months[-1] if is_last else months[0]) if months else None
    return found if found in periods else None


def _year(query, values, calendar, notices):
    """A year of the dataset within the span."""
    if last(query, "month") is not None:
        notices.append(_("“month” applies only to monthly and year-to-date views."))
    found, usual = last(query, "year"), calendar.usual(values)
    if found is None or not calendar.years:
        return {"year": usual}
    years = calendar.years
    year = {"earliest": years[0], "latest": years[-1]}.get(found) or number(found, DIGITS)
    if year not in years:
        words = {"found": quoted(found), "first": years[0], "last": years[-1], "default": usual}
        text = _("“%(found)s” is not a year in this dataset, which covers %(first)s to %(last)s; %(default)s is shown.")
        notices.append(text % words)
        return {"year": usual}
    return {"year": _noticed(year, values, calendar, notices)}


def _month(query, values, calendar, notices):
    """A month within the span; an address that names a year means the newest of its months."""
    found, of_year, months = last(query, "month"), last(query, "year"), calendar.months
    usual = calendar.usual(values)
    ends = {"earliest": months[0], "latest": months[-1]}
    if found is not None:
        month = ends.get(found) or (found if found in months else None)
        text = _(
            "“%(found)s” is not a month in this dataset, which covers %(first)s to %(last)s; %(default)s is shown."
        )
    elif of_year is not None:
        found, year = of_year, number(of_year, DIGITS)
        month = ends.get(of_year) or (year and calendar.opening(year, values))
        text = _("This dataset has no monthly data for “%(found)s”; %(default)s is shown.")
    else:
        return {"month": usual}
    if month is None:
        ends = {"first": period_label(months[0]), "last": period_label(months[-1])}
        notices.append(text % (ends | {"found": quoted(found), "default": period_label(usual)}))
        return {"month": usual}
    return {"month": _noticed(month, values, calendar, notices) if values["period"] == "months" else month}


def _noticed(period, values, calendar, notices):
    """What is asked for, or the nearer end of the span, with a word to the reader."""
    shown = _within(period, values, calendar)
    if shown != period:
        words = {"found": period_label(period), "shown": period_label(shown)}
        notices.append(_("%(found)s is outside the chosen span; %(shown)s is shown.") % words)
    return shown
