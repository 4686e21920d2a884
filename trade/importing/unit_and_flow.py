"""Decides the unit, flow and decimal mark of a table from its titles and headers; asks where they leave it open.

What is likely but not certain is put to the editor as a doubt, to be ticked (docs/decisions.md, 46).
"""

import re
from dataclasses import dataclass

from spreadsheets.sheet import Question, Stop
from trade.flow_names import NAMES
from trade.importing.texts import countries, flow_words, heading_text, heading_words, money_units
from trade.importing.texts.flow_words import EXPORTS, FROM, IMPORTS, TO, TOTAL

UNIT = "unit"
PLAIN_UNITS = re.compile(r"(?:us)?\$|usd|us dollars?|dollars?|美元|달러|units?(?: 0| 1)?|(?:usd )?(?:units?|[01])")
SCALES = [1, 10**3, 10**4, 10**6, 10**8]
FLOW_CHOICES = [
    [TO, NAMES[TO]],
    [FROM, f"{NAMES[FROM]} (the DPRK's exports)"],
    [TOTAL, NAMES[TOTAL]],
]
WHOSE = Question(
    "exports",
    "The file refers to “exports” and “imports”. Whose exports and imports are they?",
    [["partner", "The partner's: exports go to the DPRK"], ["dprk", "The DPRK's: exports come from the DPRK"]],
)


POINT_MARKS = re.compile(r"-?\d*\.(?:\d{1,2}|\d{4,})|-?\d{1,3}(?:,\d{3})+(?:\.\d+|,\d{3})|-?\d{1,3}(?:,\d{3}){2,}")
COMMA_MARKS = re.compile(r"-?\d*,(?:\d{1,2}|\d{4,})|-?\d{1,3}(?:\.\d{3})+,\d+|-?\d{1,3}(?:\.\d{3}){2,}")


def decimal_mark(terms, sheet, texts) -> str:
    """Decide what marks decimals: a point, but in a file whose fields are parted by semicolons what its values show.

    "1743201,11" and "1.288.731" show commas, "1,288,731" and "12.5" points; "1,234" alone may be either.
    Raises: Stop, with the question "decimal".
    """
    if sheet.delimiter != ";":
        return "."
    doubtful = [text.strip() for text in texts if "," in text or "." in text.rstrip(". ")]
    shown = {mark for text in doubtful for mark, shows in MARKS_SHOWN.items() if shows.fullmatch(text)}
    if len(shown) == 1:
        return shown.pop()
    return "," if doubtful and terms.answer(_decimal_question(doubtful[0])) == "comma" else "."


MARKS_SHOWN = {".": POINT_MARKS, ",": COMMA_MARKS}


def _decimal_question(example):
    text = (
        "The fields in this file are separated by semicolons, so a comma may be a decimal separator. How should "
        f"{example[:30]} be read?"
    )
    choices = [
        ["point", "A point is the decimal separator, a comma separates thousands: 1,234.5"],
        ["comma", "A comma is the decimal separator, a point separates thousands: 1.234,5"],
    ]
    return Question("decimal", text, choices)


@dataclass
class UnitEvidence:
    """The units that the texts of a table name, by where they stand.

    A scale is "thousand" or "million"; it is loose where no currency stands beside it ("in thousands").
    """

    header: money_units.Units
    titles: money_units.Units
    around: money_units.Units  # of other columns, below the table, on other sheets: these only raise a question
    shows_scaled: bool  # number formats show thousands of what the cells hold

    @property
    def names_dollars(self) -> bool:
        return bool(self.header.dollars | self.titles.dollars)

    @property
    def other_currencies(self) -> set[str]:
        """A header in dollars counts more than a title in another currency."""
        return self.header.other or (self.titles.other if not self.header.dollars else set())

    @property
    def scales(self) -> set[int]:
        return self.header.scales or self.titles.scales

    @property
    def is_unclear(self) -> bool:
        if len(self.scales) > 1 or self.other_currencies or self._are_at_odds:
            return True
        if not self.scales and (self.header.unclear or self.titles.unclear):
            return True
        return self._has_doubtful_scale if self.scales else self._has_hint_around

    @property
    def _are_at_odds(self):
        """Tell that a header names one scale and a title another: "US$ thousand" above "US$ million"."""
        return bool(self.header.scales and self.titles.scales and self.header.scales != self.titles.scales)

    @property
    def _has_doubtful_scale(self):
        is_also_unscaled = 1 in self.header.dollars  # a header says "US$" where another text says "thousand"
        return not self.names_dollars or is_also_unscaled or self.shows_scaled

    @property
    def _has_hint_around(self):
        """Tell that only a text around the table names a scale or another currency: it may be of the table, or not."""
        names_other_currency = self.around.other and not self.around.dollars
        return bool(self.around.scales or names_other_currency) and not self.names_dollars


def unit(terms, sheet, *, header=(), titles=(), above=(), around=()) -> int:
    """Decide how many US dollars one unit of a value is: 1000 for the title "Exports, US$ thousand".

    `header` are the header's texts, `titles` those above the table, `above` those at the top of its sheet, which count
    where it names no unit itself; `around` those of other columns of values, below the table and on other sheets. The
    name of a sheet counts as a title.
    Raises: Stop, with a fault for another currency, or with the question "unit".
    """
    titles = [*titles, *([sheet.name, f"in {sheet.name}"] if sheet.name else [])]
    if not money_units.units([*header, *titles]):
        titles = [*above, *titles]
    evidence = UnitEvidence(*(money_units.units(texts) for texts in (header, titles, around)), sheet.scaled)
    if evidence.other_currencies and not evidence.names_dollars:
        raise Stop(_other_currency(sheet, evidence.other_currencies))
    if evidence.is_unclear:
        return int(terms.answer(_unit_question(sheet, [*header, *titles, *around])))
    return next(iter(evidence.scales), 1)


def refuse_several_units(sheet, cell: str, units: set[str]) -> None:
    """Refuse a column of units that says several.

    Raises: Stop.
    """
    if len(units) > 1:
        advice, expected = "Use the same unit for all values.", "one unit in the whole column"
        raise Stop(sheet.fault("unit", advice, cell=cell, found=", ".join(sorted(units)[:5]), expected=expected))


def column_units(terms, sheet, columns: dict[str, set[str]]) -> list[str]:
    """Say in words of a header what columns of units say of every row: {"currency": {"USD"}, "scale": {"1000"}}.

    Raises: Stop, where one says several units, or one that is no unit of money, or with the question "unit".
    """
    for header, units in columns.items():
        refuse_several_units(sheet, header, units)
    said = " ".join(unit for units in columns.values() for unit in units)
    if not said or PLAIN_UNITS.fullmatch(heading_text.plain(said)):
        return []
    if heading_words.MEASURE.search(heading_text.plain(said)):
        advice, header = "Upload values in US dollars, not quantities.", next(iter(columns))
        raise Stop(sheet.fault("unit", advice, cell=header, found=said, expected="US dollars"))
    named = money_units.units([said, f"in {said}"])
    if named.dollars or named.other:
        return [said]
    if named.loose:
        return [f"in {said}"]
    answer = int(terms.answer(_unit_question(sheet, [f"{header}: {unit}" for header, [unit] in columns.items()])))
    return [] if answer == 1 else [money_units.in_words(answer)]


def shown_units(sheet, texts: set[str]) -> list[str]:
    """Return the units that number formats show, "RMB", "in million", which count as if a header said them.

    Raises: Stop, where values are shown as shares.
    """
    if "%" in texts:
        advice = "Enter values in US dollars; if they already are, format the cells as numbers."
        raise Stop(sheet.fault("percent", advice, found="values formatted as percentages", expected="dollars"))
    return sorted(texts)


def confirm_unit(terms, reading, where: str, unit: int, place: str, value: int) -> None:
    """Have the editor confirm a unit that was read and not asked: "For example, C4 is US$1,583,643,000."."""
    if unit == 1:
        return
    sentence = f"{where}: the values were read as {money_units.in_words(unit)}, as stated in a title or header."
    if terms.answers.get(UNIT) == str(unit):  # confirmed beforehand, though nothing asked for it
        terms.asked.add(UNIT)
        reading.remarks.append(sentence)
    else:
        reading.doubts.append([UNIT, f"{sentence} For example, {place} is US${value:,}."])


def headings_within(reading, sheet, headings: list[tuple[int, str]], last: int, flow: str, place) -> list:
    """Look at texts that stand alone in a row of a table (from 0), before its last row of values.

    One that tells apart what follows (the other flow, another country, a quantity) is a fault: [Fault, …]. The others
    become a doubt. `flow` is that of the whole table, "" where each row says its own.
    """
    headings = [(row, text) for row, text in headings if row < last]
    flows = {named for _row, text in headings if (named := flow_words.flow(text))} if flow else set()
    # "Exports" alone does not say whose: one such heading may be of the table's own flow, two different ones may not.
    names_other_flow = len(flows) > 1 or bool(flows - {flow, EXPORTS, IMPORTS})
    faults, passed = [], []
    for row, text in headings:
        what = heading_words.told_apart(text)
        if not what and names_other_flow and flow_words.flow(text):
            what = "the other flow"
        if what:
            advice = "Put each part in a separate table with its own title and header."
            expected = "one flow, measure, country and period per table"
            faults.append(sheet.fault("heading", advice, cell=place(row), found=f"{text} ({what})", expected=expected))
        else:
            passed.append(f"“{text[:60]}” ({place(row)})")
    if passed and not faults:
        where = sheet.title
        listed = ", ".join(passed[:10]) + (" …" if len(passed) > 10 else "")
        reading.doubts.append(["heading", f"{where}: headings within the table were ignored: {listed}."])
    return faults


def confirm_period(reading, sheet, texts, *, months: bool) -> None:
    """Have the editor confirm whole years where texts speak of part of one, or single months where of their sums."""
    if months:
        what, read_as = "cumulative values since January", "single months"
        return _doubt(reading, sheet, texts, "cumulative", heading_words.cumulative, what, read_as)
    return _doubt(reading, sheet, texts, "part-year", heading_words.not_whole_years, "part of a year", "whole years")


def confirm_measure(reading, sheet, titles, headers) -> None:
    """Have the editor confirm that values are those traded, in dollars, where a title names something else.

    A quantity is no matter where the unit is named, nor an estimate where a column is of estimates.
    """
    texts = list(map(str, titles))
    has_estimates = any(map(heading_words.estimated, headers))
    named = {text: what for text in texts if (what := heading_words.other_values(text))}
    named = {text: what for text, what in named.items() if not (has_estimates and what == "an estimate")}
    if named:
        text, what = next(iter(named.items()))
        _doubt(reading, sheet, [text], "measure", bool, what, "trade as it was reported")
    elif not money_units.units([*texts, *headers]).dollars:
        what, read_as = "a measure other than value", "US dollars"
        _doubt(reading, sheet, texts, "measure", heading_words.another_measure, what, read_as)


def _doubt(reading, sheet, texts, key, speaks_of_it, what, read_as):
    """Add a doubt where one of the texts speaks of something else than the values were read as."""
    if text := next((text for text in map(str, texts) if speaks_of_it(text)), ""):
        where = sheet.title
        sentence = f"{where}: “{text.strip()[:120]}” refers to {what}, but the values were read as those of {read_as}."
        reading.doubts.append([key, sentence])


def _unit_question(sheet, texts):
    units = ((text, money_units.units([text])) for text in map(str, texts))
    units = list(units)
    quoted = [text for text, named in units if named.scales or named.other or named.unclear] or [
        text for text, _named in units
    ]
    where = f"The sheet “{sheet.name}”" if sheet.name else "The file"
    if sheet.scaled:
        quoted.append("and some cells are formatted to display values in thousands or millions")
    text = (
        f"{where} does not state the unit of its values clearly (it says: {'; '.join(dict.fromkeys(quoted))[:300]}). "
        "Which unit is it? If it is none of these, discard this upload, convert the values to US dollars and upload "
        "them again."
    )
    return Question(UNIT, text, [[str(scale), money_units.in_words(scale)] for scale in SCALES])


def _other_currency(sheet, words):
    return sheet.fault(
        "currency",
        "Query the values in US dollars (at GACC, choose 美元) or convert them, then upload the file again.",
        found=", ".join(sorted(words)),
        expected="US dollars",
    )


def flow(terms, sheet, titles, *, several=False) -> str:
    """Decide the flow of a table from its titles (the nearest last) and the name of its sheet.

    `several` tables of one file cannot share the one flow that was named at upload unless their titles agree.
    Raises: Stop, with a fault where two of them disagree, or with the question "flow" or "exports".
    """
    countries.check(terms, sheet, titles)
    texts = [*reversed(list(titles)), sheet.name]
    _refuse_balance(sheet, texts)
    named = [flow_words.whose(titles, flow, text) for text in texts if (flow := flow_words.flow(text))]
    clear = list(dict.fromkeys(flow for flow in named if flow in (TO, FROM)))
    if len(clear) > 1 or (clear and terms.flow and clear[0] != terms.flow):
        raise Stop(_disagreement(sheet, clear, terms.flow))
    if clear:
        return clear[0]
    if not named and (total := next(filter(flow_words.total_trade, texts), "")):
        return _both_together(terms, sheet, total)
    if named and (several or not terms.flow):
        return seen_from(terms, named[0])
    chosen = terms.flow or terms.answer(_flow_question(sheet, several))
    return _both_together(terms, sheet, "the answer given") if chosen == TOTAL else chosen


def flows(terms, sheet, titles, named: dict[int, tuple[str, str]]) -> dict[int, str]:
    """Decide the flow of each column whose header names one: {1: ("exports", "2015 Exports")} -> {1: "to_dprk"}.

    Raises: Stop, with a fault where another one was named at upload, or with the question "exports".
    """
    countries.check(terms, sheet, titles)
    headed = {column: flow_words.whose(titles, flow, text) for column, (flow, text) in named.items()}
    decided = {column: flow if flow in (TO, FROM) else seen_from(terms, flow) for column, flow in headed.items()}
    if terms.flow and set(decided.values()) != {terms.flow}:
        raise Stop(_disagreement(sheet, sorted(set(decided.values()), reverse=True), terms.flow))
    return decided


def seen_from(terms, word: str) -> str:
    """Turn "exports" into a flow by asking whose they are.

    Raises: Stop, with the question "exports".
    """
    partner = terms.answer(WHOSE) == "partner"
    return {EXPORTS: TO if partner else FROM, IMPORTS: FROM if partner else TO}[word]


def _flow_question(sheet, several):
    where = f"the sheet “{sheet.name}”" if sheet.name else "the file"
    key = f"flow:{sheet.name}" if several else "flow"
    return Question(key, f"Which direction of trade does {where} show?", FLOW_CHOICES)


def _refuse_balance(sheet, texts):
    if text := next(filter(flow_words.balance, texts), ""):
        advice = "Upload exports and imports as they are; the site works out the balance."
        found, expected = f"a balance: “{str(text).strip()[:120]}”", "exports or imports"
        raise Stop(sheet.fault("balance", advice, found=found, expected=expected))


def _both_together(terms, sheet, text):
    """The flow of a sum of both directions, which only a dataset of totals takes.

    Raises: Stop.
    """
    if terms.kind == TOTAL:
        return TOTAL
    advice = "Upload exports and imports separately: their sum cannot be split."
    found = f"total trade, both directions together: “{str(text).strip()[:120]}”"
    raise Stop(sheet.fault("total-trade", advice, found=found, expected="exports to the DPRK or imports from it"))


def _disagreement(sheet, flows, flow_of_upload):
    says = f"the sheet says {' and '.join(flows)}"
    return sheet.fault(
        "flow-conflict",
        "Correct the title or the name of the sheet, or upload without choosing a direction.",
        found=says + (f", but the upload form says {flow_of_upload}" if flow_of_upload else ""),
        expected="one flow",
    )
