"""Settles what titles and headers say, or leave open, about a table: its unit and its flow. What is open is asked."""

from spreadsheets.sheet import Question, Stop
from trade.importing import heading_words
from trade.importing.heading_words import EXPORTS, FROM, IMPORTS, TO

UNIT = "unit"
SCALES = [1, 10**3, 10**4, 10**6, 10**8]
FLOW_CHOICES = [
    [TO, "to the DPRK (the partner's exports)"],
    [FROM, "from the DPRK (the partner's imports)"],
]
WHOSE = Question(
    "exports",
    "The file speaks of “exports” and “imports”. Whose are they?",
    [["partner", "The partner's: exports go to the DPRK"], ["dprk", "The DPRK's: exports come from the DPRK"]],
)


DECIMALS = Question(
    "decimal",
    "The fields of this file are parted by semicolons, so that a comma may mark decimals. What is 1,234?",
    [["point", "One thousand two hundred and thirty-four"], ["comma", "One and a bit: the comma marks decimals"]],
)


def decimal_mark(terms, sheet, texts) -> str:
    """Settle what marks decimals: a point, unless fields are parted by semicolons and a value holds either.

    Raises: Stop, with the question "decimal".
    """
    if sheet.delimiter == ";" and any("," in text or "." in text.rstrip(". ") for text in texts):
        return "," if terms.answer(DECIMALS) == "comma" else "."
    return "."


def unit(terms, sheet, *, header=(), titles=(), around=()) -> int:
    """Settle how many US dollars one unit of a value is: 1000 for the title "Exports, US$ thousand".

    `header` are the header's texts, `titles` those above the table, `around` those below it and on other sheets,
    which only raise a question.
    Raises: Stop, with a fault for another currency, or with the question "unit".
    """
    near, above, beside = (heading_words.units(texts) for texts in (header, titles, around))
    dollars = near.dollars | above.dollars
    other = near.other or (above.other if not near.dollars else set())
    if other and not dollars:
        raise Stop(_other_currency(sheet, other))
    scales = near.scales or above.scales
    unclear = (
        len(scales) > 1
        or bool(other)
        or (scales and not dollars)
        or (scales and 1 in near.dollars)
        or (not scales and (beside.scales or (beside.other and not beside.dollars)) and not dollars)
        or (scales and sheet.scaled)
    )
    if unclear:
        return int(terms.answer(_unit_question(sheet, [*header, *titles, *around])))
    return next(iter(scales), 1)


def one_unit(sheet, cell: str, said: set[str]) -> None:
    """Refuse a column of units that says several.

    Raises: Stop.
    """
    if len(said) > 1:
        advice, expected = "Give all values in one unit.", "one unit in the whole column"
        raise Stop(sheet.fault("unit", advice, cell=cell, found=", ".join(sorted(said)[:5]), expected=expected))


def shown_units(sheet, texts: set[str]) -> list[str]:
    """Give the units that number formats show: "RMB", "in million"; they are doubted as if a header said them.

    Raises: Stop, where values are shown as shares.
    """
    if "%" in texts:
        advice = "Give values in US dollars; if they are, format the cells as numbers."
        raise Stop(sheet.fault("percent", advice, found="values that are formatted as per cent", expected="dollars"))
    return sorted(texts)


def tell_unit(terms, reading, where: str, unit: int, place: str, value: int) -> None:
    """Have the editor confirm a unit that was read and not asked: "C4, for one, is US$1,583,643,000."."""
    if unit == 1:
        return
    said = f"{where}: the values were read as {heading_words.in_words(unit)}, as a title or header says."
    if terms.answers.get(UNIT) == str(unit):
        terms.asked.add(UNIT)
        reading.remarks.append(said)
    else:
        reading.doubts.append([UNIT, f"{said} {place}, for one, is US${value:,}."])


def headings_within(reading, sheet, found: list[tuple[int, str]], last: int, flow: str, place) -> list:
    """Look at texts that stand alone in a row of a table (from 0), before its last row of values.

    One that tells apart what follows (the other flow, another country, a quantity) is a fault: [Fault, …]. The others
    are said, to be ticked. `flow` is that of the whole table, "" where each row says its own.
    """
    within = [(row, text) for row, text in found if row < last]
    ways = {way for _row, text in within if (way := heading_words.flow(text))} if flow else set()
    other_flow = len(ways) > 1 or bool(ways - {flow, EXPORTS, IMPORTS})
    faults, passed = [], []
    for row, text in within:
        what = heading_words.told_apart(text) or ("the other flow" if other_flow and heading_words.flow(text) else "")
        if what:
            advice = "Give each part a table of its own, with its title and header."
            expected = "one flow, measure, country and period in a table"
            faults.append(sheet.fault("heading", advice, cell=place(row), found=f"{text} ({what})", expected=expected))
        else:
            passed.append(f"“{text[:60]}” ({place(row)})")
    if passed and not faults:
        where = f"Sheet “{sheet.name}”" if sheet.name else sheet.file
        listed = ", ".join(passed[:10]) + (" …" if len(passed) > 10 else "")
        reading.doubts.append(["heading", f"{where}: headings within the table were passed over: {listed}."])
    return faults


def tell_period(reading, sheet, texts, *, months: bool) -> None:
    """Have the editor confirm whole years where texts speak of part of one, or single months where of their sums."""
    if months:
        _tell(reading, sheet, texts, "cumulative", heading_words.cumulative, "sums since January", "single months")
    else:
        _tell(reading, sheet, texts, "part-year", heading_words.part_of_year, "part of a year", "whole years")


def tell_measure(reading, sheet, titles, headers) -> None:
    """Have the editor confirm that values are dollars, where a title names another measure and nothing says so."""
    if not heading_words.units([*titles, *headers]).dollars:
        _tell(
            reading, sheet, titles, "measure", heading_words.another_measure, "another measure than value", "US dollars"
        )


def _tell(reading, sheet, texts, name, tells, what, read_as):
    if said := next((text for text in map(str, texts) if tells(text)), ""):
        where = f"Sheet “{sheet.name}”" if sheet.name else sheet.file
        text = f"{where}: “{said.strip()[:120]}” speaks of {what}, and values were read as those of {read_as}."
        reading.doubts.append([name, text])


def _unit_question(sheet, texts):
    said = [text for text in map(str, texts) if heading_words.units([text]).scales or heading_words.units([text]).other]
    where = f"The sheet “{sheet.name}”" if sheet.name else "The file"
    if sheet.scaled:
        said.append("and some cells are formatted to show thousands or millions of what they hold")
    text = f"{where} is not clear about the unit of its values (it says: {'; '.join(said)[:300]}). Which is it?"
    return Question(UNIT, text, [[str(scale), heading_words.in_words(scale)] for scale in SCALES])


def _other_currency(sheet, words):
    return sheet.fault(
        "currency",
        "Query or convert the values in US dollars (at GACC: choose 美元), and upload again.",
        found=", ".join(sorted(words)),
        expected="US dollars",
    )


def flow(terms, sheet, titles, *, several=False) -> str:
    """Settle the flow of a table from its titles (the nearest last) and the name of its sheet.

    `several` tables of one file cannot share the one flow that was named at upload unless their titles agree.
    Raises: Stop, with a fault where two of them disagree, or with the question "flow" or "exports".
    """
    texts = [*reversed(list(titles)), sheet.name]
    if other := next(filter(None, map(heading_words.another_partner, texts)), ""):
        raise Stop(_other_partner(sheet, other))
    said = [way for text in texts if (way := heading_words.flow(text))]
    clear = list(dict.fromkeys(way for way in said if way in (TO, FROM)))
    if len(clear) > 1 or (clear and terms.flow and clear[0] != terms.flow):
        raise Stop(_disagreement(sheet, clear, terms.flow))
    if clear:
        return clear[0]
    if said and (several or not terms.flow):
        return seen_from(terms, said[0])
    return terms.flow or terms.answer(_flow_question(sheet, several))


def flows(terms, sheet, titles, said: dict[int, tuple[str, str]]) -> dict[int, str]:
    """Settle the flow of each column whose header says one: {1: ("exports", "2015 Exports")} -> {1: "to_dprk"}.

    Raises: Stop, with a fault where another one was named at upload, or with the question "exports".
    """
    if other := next(filter(None, map(heading_words.another_partner, [*titles, sheet.name])), ""):
        raise Stop(_other_partner(sheet, other))
    ways = {column: heading_words.whose(titles, flow, text) for column, (flow, text) in said.items()}
    settled = {column: way if way in (TO, FROM) else seen_from(terms, way) for column, way in ways.items()}
    if terms.flow and set(settled.values()) != {terms.flow}:
        raise Stop(_disagreement(sheet, sorted(set(settled.values()), reverse=True), terms.flow))
    return settled


def seen_from(terms, word: str) -> str:
    """Turn "exports" into a flow by asking whose they are.

    Raises: Stop, with the question "exports".
    """
    partner = terms.answer(WHOSE) == "partner"
    return {EXPORTS: TO if partner else FROM, IMPORTS: FROM if partner else TO}[word]


def _flow_question(sheet, several):
    where = f"the sheet “{sheet.name}”" if sheet.name else "the file"
    key = f"flow:{sheet.name}" if several else "flow"
    return Question(key, f"Which direction of trade does {where} hold?", FLOW_CHOICES)


def _other_partner(sheet, other):
    advice = "Upload trade with the DPRK; if it is that, take the other country out of the title."
    return sheet.fault("other-partner", advice, found=f"a title that names {other}", expected="trade with the DPRK")


def _disagreement(sheet, clear, asked):
    said = " and ".join(clear)
    return sheet.fault(
        "flow-conflict",
        "Correct the title or the name of the sheet, or upload without choosing a flow.",
        found=f"the sheet says {said}" + (f", the upload says {asked}" if asked else ""),
        expected="one flow",
    )
