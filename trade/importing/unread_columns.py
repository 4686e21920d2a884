"""Looks at the columns of a table that are not read: what they say of the whole table is never passed over in silence.

A column of countries says whose trade a row is. One that speaks of a quantity, an estimate, re-exports, sums since
January, another currency or a scale contradicts values in dollars and is a fault; one that says the same in every row,
or whose header speaks of a place, unit, measure or time, is to be ticked; any other is only named.
"""

import re
from itertools import islice

from trade.importing import cell_values
from trade.importing.texts import countries, flow_words, heading_words, money_units
from trade.importing.texts.heading_text import plain

MOST = 200  # different texts of a column that are looked at
SHOWN = 3  # of them are quoted
COUNTRY = 40  # characters of the longest cell that is taken for a country and no sentence
SPEAKS = re.compile(
    r"countr|partner|destination|origin|market|counterpart|region|unit|measure|indicator|series|scale|multipl|magnitude|power|factor|currenc"
    r"|type|kind|regime|procedure|frequen|period|time|date|quarter|cumul|price|basis|国|地区|单位|指标|类型|方式|累计|当月|币|价"
    r"|국가|단위|구분|유형|기준|통화"
)
COUNTED = re.compile(r"\bnumber of\b|\bunits\b|千克|公斤|个|件|台|\bquarterly\b|季度?|분기")  # in a cell alone


def look(table, terms, reading, where: str) -> list:
    """Look at the columns of a long table that are not read: faults; doubts and remarks go into the reading."""
    unread = [i for i, column in enumerate(table.columns) if not column.role and table.header[i]]
    texts = _texts(table, unread)
    columns = [(table.header[i], texts[i], table.sheet.place(table.row, i, table.header[i])) for i in unread]
    faults, remarked = judge(table.sheet, columns, terms, reading, where)
    if remarked:
        reading.remarks.append(f"Columns not read in {where}: {', '.join(remarked)[:200]}.")
    return faults


def judge(sheet, columns: list[tuple], terms, reading, where: str) -> tuple[list, list]:
    """Judge columns, (header, its different texts, its place) each: (faults, headers of those that say nothing).

    What may say something of the table becomes a doubt of the reading.
    """
    faults, told, remarked = [], [], []
    for header, texts, place in columns:
        cells = sorted(texts)
        found = _countries([header], terms) or _countries(cells, terms) or _contradiction(cells)
        quoted = f"“{header[:60]}” ({', '.join(cells[:SHOWN])[:100]}{' …' if len(cells) > SHOWN else ''})"
        if found:
            faults.append(_fault(sheet, place, found, quoted))
        elif _is_told(header, cells):
            told.append(quoted)
        else:
            remarked.append(header)
    if told and not faults:
        listed = "; ".join(told)
        reading.doubts.append(["column", f"{where}: columns not read that may say what the values are: {listed}."])
    return faults, remarked


def _texts(table, columns):
    """The different texts of some columns, the first ones if they are many."""
    texts = {i: set() for i in columns}
    for row in islice(table.sheet.rows(), table.row + 1, None) if columns else ():
        for i in columns:
            if i < len(row) and len(texts[i]) <= MOST and row[i] not in ("", None):
                texts[i].add(cell_values.text(row[i]))
    return texts


def _countries(cells, terms):
    """Say which other countries a column names, all of whose cells are countries."""
    named = [countries.named(cell) for cell in cells if len(cell) <= COUNTRY]
    if not cells or len(named) < len(cells) or not all(one.known or one.others or one.unclear for one in named):
        return ""  # not a column of countries
    others = [other for one in named for other in (*countries.strangers(one, terms), *one.unclear)]
    return f"trade with {', '.join(dict.fromkeys(others))}" if others else ""


def _contradiction(cells):
    """Say what the cells of a column with few different ones tell the values to be."""
    if len(cells) > SHOWN:
        return ""
    for text in cells:
        units = money_units.units([text])
        if (units.other and not units.dollars) or units.scales or units.unclear:
            return "another currency" if units.other else "a unit that no header says"
        if found := heading_words.not_the_trade(text):
            return found
        if COUNTED.search(plain(text)):
            return "a quantity, or a part of a year"
    return ""


def _is_told(header, cells):
    if heading_words.column(header).role in ("partner", "reporter"):
        return not all((found := countries.named(cell)).known or found.others for cell in cells)
    if heading_words.aside(header):  # growth, a share, a balance
        return False
    if flow_words.flow(header) or flow_words.total_trade(header):  # a column of values that is not recognised
        return True
    return bool(SPEAKS.search(plain(header))) or (len(cells) == 1 and not cells[0].isdigit())


def _fault(sheet, place, found, quoted):
    advice = "Upload only rows of trade with the DPRK in US dollars; if all rows are, remove the column."
    if found.startswith("trade with"):
        advice = "Remove the rows of trade with other countries, then upload the file again."
    return sheet.fault(
        "unread-column",
        advice,
        cell=place,
        found=f"{quoted}: {found}",
        expected="columns that do not contradict values of trade with the DPRK in US dollars",
    )
