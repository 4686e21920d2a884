"""Decides the unit, flow and decimal mark of a table from its titles and headers; asks where they leave it open.

What is likely but not certain is put to the editor as a doubt, to be ticked (docs/decisions.md, 46).
"""

from dataclasses import dataclass

from spreadsheets.sheet import Question, Stop
from trade.importing import flow_words, heading_words, money_units
from trade.importing.flow_words import EXPORTS, FROM, IMPORTS, TO

UNIT = "unit"
SCALES = [1, 10**3, 10**4, 10**6, 10**8]
FLOW_CHOICES = [
    [TO, "to the DPRK (the partner's exports)"],
    [FROM, "from the DPRK (the partner's imports)"],
]
WHOSE = Question(
    "exports",
    "The file refers to “exports” and “imports”. Whose exports and imports are they?",
    [["partner", "The partner's: exports go to the DPRK"], ["dprk", "The DPRK's: exports come from the DPRK"]],
)


DECIMALS = Question(
    "decimal",
    "The fields in this file are separated by semicolons, so a comma may be a decimal separator. How should 1,234 be "
    "read?",
    [["point", "1234 (the comma separates thousands)"], ["comma", "1.234 (the comma is a decimal separator)"]],
)


def decimal_mark(terms, sheet, texts) -> str:
    """Decide what marks decimals: a point, unless fields are parted by semicolons and a value holds either.

    Raises: Stop, with the question "decimal".
    """
    if sheet.delimiter == ";" and any("," in text or "." in text.rstrip(". ") for text in texts):
        return "," if terms.answer(DECIMALS) == "comma" else "."
    return "."


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
        if len(self.scales) > 1 or self.other_currencies:
            return True
        return self._has_doubtful_scale if self.scales else self._has_hint_around

    @property
    def _has_doubtful_scale(self):
        is_also_unscaled = 1 in self.header.dollars  # a header says "US$" where another text says "thousand"
        return not self.names_dollars or is_also_unscaled or self.shows_scaled

    @property
    def _has_hint_around(self):
        """Tell that only a text around the table names a scale or another currency: it may be of the table, or not."""
        names_other_currency = self.around.other and not self.around.dollars
        return bool(self.around.scales or names_other_currency) and not self.names_dollars


def unit(terms, sheet, *, header=(), titles=(), around=()) -> int:
    """Decide how many US dollars one unit of a value is: 1000 for the title "Exports, US$ thousand".

    `header` are the header's texts, `titles` those above the table, `around` those of other columns of values, below
    the table and on other sheets.
    Raises: Stop, with a fault for another currency, or with the question "unit".
    """
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
        where = f"Sheet “{sheet.name}”" if sheet.name else sheet.file
        listed = ", ".join(passed[:10]) + (" …" if len(passed) > 10 else "")
        reading.doubts.append(["heading", f"{where}: headings within the table were ignored: {listed}."])
    return faults


def confirm_period(reading, sheet, texts, *, months: bool) -> None:
    """Have the editor confirm whole years where texts speak of part of one, or single months where of their sums."""
    if months:
        _doubt(
            reading,
            sheet,
            texts,
            "cumulative",
            heading_words.cumulative,
            "cumulative values since January",
            "single months",
        )
    else:
        _doubt(reading, sheet, texts, "part-year", heading_words.part_of_year, "part of a year", "whole years")


def confirm_measure(reading, sheet, titles, headers) -> None:
    """Have the editor confirm that values are dollars, where a title names another measure and nothing says so."""
    if not money_units.units([*titles, *headers]).dollars:
        what, read_as = "a measure other than value", "US dollars"
        _doubt(reading, sheet, titles, "measure", heading_words.another_measure, what, read_as)


def _doubt(reading, sheet, texts, key, speaks_of_it, what, read_as):
    """Add a doubt where one of the texts speaks of something else than the values were read as."""
    if text := next((text for text in map(str, texts) if speaks_of_it(text)), ""):
        where = f"Sheet “{sheet.name}”" if sheet.name else sheet.file
        sentence = f"{where}: “{text.strip()[:120]}” refers to {what}, but the values were read as those of {read_as}."
        reading.doubts.append([key, sentence])


def _unit_question(sheet, texts):
    units = ((text, money_units.units([text])) for text in map(str, texts))
    quoted = [text for text, named in units if named.scales or named.other]
    where = f"The sheet “{sheet.name}”" if sheet.name else "The file"
    if sheet.scaled:
        quoted.append("and some cells are formatted to display values in thousands or millions")
    text = (
        f"{where} does not state the unit of its values clearly (it says: {'; '.join(quoted)[:300]}). Which unit is it?"
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
    texts = [*reversed(list(titles)), sheet.name]
    _refuse_other_partner(sheet, texts)
    named = [flow for text in texts if (flow := flow_words.flow(text))]
    clear = list(dict.fromkeys(flow for flow in named if flow in (TO, FROM)))
    if len(clear) > 1 or (clear and terms.flow and clear[0] != terms.flow):
        raise Stop(_disagreement(sheet, clear, terms.flow))
    if clear:
        return clear[0]
    if named and (several or not terms.flow):
        return seen_from(terms, named[0])
    return terms.flow or terms.answer(_flow_question(sheet, several))


def flows(terms, sheet, titles, named: dict[int, tuple[str, str]]) -> dict[int, str]:
    """Decide the flow of each column whose header names one: {1: ("exports", "2015 Exports")} -> {1: "to_dprk"}.

    Raises: Stop, with a fault where another one was named at upload, or with the question "exports".
    """
    _refuse_other_partner(sheet, [*titles, sheet.name])
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


def _refuse_other_partner(sheet, texts):
    if other := next(filter(None, map(flow_words.another_partner, texts)), ""):
        advice = (
            "Upload data on trade with the DPRK only. If this is such data, remove the other country from the title."
        )
        found, expected = f"a title that names {other}", "trade with the DPRK"
        raise Stop(sheet.fault("other-partner", advice, found=found, expected=expected))


def _disagreement(sheet, flows, flow_of_upload):
    says = f"the sheet says {' and '.join(flows)}"
    return sheet.fault(
        "flow-conflict",
        "Correct the title or the name of the sheet, or upload without choosing a flow.",
        found=says + (f", but the upload form says {flow_of_upload}" if flow_of_upload else ""),
        expected="one flow",
    )
