"""Compares what the texts of a table say with what was read of it: direction, years, countries, unit.

What a text says otherwise, and what no text says at all, is a tick that quotes it; a table of China alone for a
dataset about the world is a fault.
"""

import re

from spreadsheets.sheet import Stop
from trade.flow_names import NAMES
from trade.importing import describe
from trade.importing.describe import Evidence, Facts, Texts
from trade.importing.texts import countries, flow_words, heading_text, money_units, period_values, title_periods
from trade.importing.texts.flow_words import FROM, TO

A_YEAR = re.compile(rf"(?<![\d.,]){period_values.YEAR}(?!\d|[.,]\d|p?/\d| ?= ?100| ?prices| ?年?价格| ?(?:us ?\$|usd))")
# Years that say when something was done or printed, not what the values are of.
OTHER_YEARS = re.compile(
    r"source|note|retrieved|accessed|updated?|download|publish|printed|created|edition|revision|yearbook|census|hs ?20"
    r"|来源|资料|注[:：]|更新|下载|查询|制表|发布|年鉴|版|출처|자료|작성|갱신|연감|판",
    re.IGNORECASE,
)


def look(texts: Texts, terms, found: Facts, reading, unit: int) -> None:
    """Add a doubt for whatever the texts of a table say otherwise than it was read, or do not say.

    Raises: Stop.
    """
    where = texts.sheet.title
    _refuse_china_alone(texts, terms)
    doubts = [*_flows(texts, found), *_years(texts, found), *_units(texts, unit)]
    reading.doubts += [[key, f"{where}: {sentence}"] for key, sentence in doubts]
    if found.periods:
        reading.unsaid.append((where, _unsaid(texts, terms, unit), found.largest))


def ask(reading, terms) -> None:
    """Have the editor confirm, once, what the texts of no table name: countries, or a unit."""
    named = list(dict.fromkeys(word for _where, words, _largest in reading.unsaid for word in words))
    if not named or reading.signature:
        return
    tables = [where for where, words, _largest in reading.unsaid if words]
    where = "The file" if len(tables) == len(reading.unsaid) else ", ".join(dict.fromkeys(tables[:5]))
    partner = terms.partner or "its partner"
    read_as = f"{partner[:1].upper()}{partner[1:]}’s trade with the DPRK in US dollars"
    largest = max(value for _where, words, value in reading.unsaid if words)
    sentence = (
        f"{where} does not name {' or '.join(named)}. The values were read as {read_as}; the largest is US${largest:,}."
    )
    reading.doubts.append(["unsaid", sentence])


def _refuse_china_alone(texts, terms):
    if countries.of_dataset(terms) != countries.WORLD:
        return
    named = [(text, countries.named(text).known) for _place, text in texts.near()]
    of_china = [text for text, known in named if countries.CHINA in known]
    if of_china and not any(countries.WORLD in known for _text, known in named):
        advice = "Choose the dataset that the file belongs to: one of the DPRK’s trade with China."
        found, expected = f"“{of_china[0][:120]}”, which names China", f"trade with {terms.partner}"
        raise Stop(texts.sheet.fault("other-dataset", advice, found=found, expected=expected))


def _flows(texts, found):
    """Tell a text that names a direction which the table was not read as, or a title that names one of its two."""
    for place, text in texts.near():
        flow = flow_words.flow(text)
        if flow not in (TO, FROM) or not found.flows & {TO, FROM}:
            continue
        says_both = len(found.flows & {TO, FROM}) > 1 and (place == "title" or "flow" in texts.columns)
        if flow not in found.flows or says_both:
            read_as = " and ".join(NAMES[one] for one in sorted(found.flows))
            yield (
                "flow",
                f"the {place} “{text[:120]}” says {NAMES[flow]}; the values were read as {read_as}.",
            )
            return


def _years(texts, found):
    """Tell a title that names other years than those that were read."""
    years = {year for year, _month in found.periods}
    for place, text in texts.near():
        if place in ("header", "reporter") or OTHER_YEARS.search(text) or not years:
            continue
        words = heading_text.plain(text)
        spans = [match.group("first", "last") for match in title_periods.YEARS.finditer(words)]
        ranges = [(int(first), int(first[:2] + last[-2:])) for first, last in spans]
        months = [period for period in title_periods.named(text).periods if getattr(period, "month", 0)]
        if months and not any(month for _year, month in found.periods):
            yield (
                "years",
                f"the {place} “{text[:120]}” names a month, but the values were read as those of whole years.",
            )
            return
        singles = {int(one) for one in A_YEAR.findall(title_periods.YEARS.sub(" ", words))}
        if any(one != (min(years), max(years)) for one in ranges) or singles - years:
            read_as = str(min(years)) if len(years) == 1 else f"{min(years)} to {max(years)}"
            yield "years", f"the {place} “{text[:120]}” names other years than the values were read as: {read_as}."
            return


def _units(texts, unit):
    """Tell a text of which a part of the unit was not understood: “万美元、吨”."""
    for place, text in texts.near():
        named = money_units.units([text])
        if named.unclear and (named.scales or named.dollars):
            read_as = money_units.in_words(unit)
            yield "unit", f"the {place} “{text[:120]}” names more than one unit; the values were read as {read_as}."
            return


def _unsaid(texts, terms, unit):
    """List what no text of a table names, of the countries and the unit."""
    missing = [] if describe.partner(texts, terms) != Evidence() or terms.names_flow() else ["the DPRK"]
    if terms.kind != "province" and describe.reporter(texts, terms) == Evidence():
        missing.append(terms.partner or "its partner")
    if unit == 1 and "unit" not in terms.asked and not describe.names_unit(texts):
        missing.append("a unit")
    return missing
