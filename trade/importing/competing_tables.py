"""Tells whether several tables of a file may hold the same thing, so that the editor has to choose between them."""

from spreadsheets.sheet import Question
from trade.importing import cell_values
from trade.importing.layouts import row_labels
from trade.importing.layouts.long_header import LongTable
from trade.importing.layouts.wide_header import WideTable
from trade.importing.one_name_sheets import OneNameSheet
from trade.importing.texts import flow_words
from trade.importing.texts.flow_words import FROM, TO, TOTAL


def compete(tables):
    """Tell whether two of the tables may hold the same thing.

    They do not where each is of a name of its own (of its sheet), of a flow, or of a period that only its title names.
    """
    if len(tables) < 2:
        return False
    names = [
        table.sheet.name if isinstance(table.sheet, OneNameSheet) else getattr(table, "only_name", "")
        for table in tables
    ]
    if all(names):
        return len(set(names)) < len(names)
    if all(isinstance(table, LongTable) for table in tables):
        named = [_flow_of_long(table) for table in tables]
        return len(set(named)) < len(named) or None in named
    if any(isinstance(table, LongTable) for table in tables):
        return True
    if _are_continued(tables):
        return False
    if all(table.has_period_of_title or len(set(table.flows.values())) > 1 for table in tables):
        claims = [claim for table in tables for claim in _claims(table)]
        return len(set(claims)) < len(claims)
    flows = [_named_flow(table) for table in tables]
    return len(set(flows)) < len(flows) or None in flows


def _flow_of_long(table):
    """Find the one flow that the title or the sheet name of a long table names; None where a column may say another."""
    if table.where("flow") or any(table.columns[i].flow for i in table.where("reported")):
        return None
    texts = [*reversed(table.titles()), table.sheet.name]
    named = [flow for text in texts if (flow := flow_words.flow(text)) in (TO, FROM)]
    return next(iter(named), None)


def _are_continued(tables):
    """Tell the parts of one table whose header is repeated, as at a page break: other names below the same header."""
    headers = [[cell_values.text(cell) for cell in table.grid[table.row]] for table in tables]
    if any(header != headers[0] for header in headers) or len({table.sheet.name for table in tables}) > 1:
        return False
    names = [
        {cell_values.text(row[table.key]) for row in table.grid[table.row + 1 : table.end] if table.key < len(row)}
        for table in tables
    ]
    names = [{name for name in found if name and not row_labels.is_total(name)} for found in names]
    flows = {flow_words.flow(text) for table in tables[1:] for text in table.titles} - {None}
    return not flows and len(set().union(*names)) == sum(map(len, names))


def continue_titles(tables):
    """Let the titles of a table hold for its other parts, below which its header is repeated."""
    wide = [table for table in tables if isinstance(table, WideTable)]
    if len(wide) > 1 and len(wide) == len(tables) and _are_continued(wide):
        for table in wide[1:]:
            table.continued = wide[0].titles


def _claims(table):
    """List what a table of one period is of: {("to_dprk", (2019, 0)), …}; the flow is None where it is not said."""
    flow = _named_flow(table)
    return {(table.flows.get(column, flow), period) for column, period in table.periods.items()}


def _named_flow(table):
    """Find the flow that the headers or titles of a wide table name; None where they name none, or both."""
    if table.is_sum:
        return TOTAL
    if flows := set(table.flows.values()):
        return flows.pop() if len(flows) == 1 else None
    texts = [*reversed(table.titles), table.sheet.name]
    named = [flow for text in texts if (flow := flow_words.flow(text))]
    clear = [flow for flow in named if flow in (TO, FROM)]
    return next(iter([*clear, *named]), None)


def question(key, tables):
    labels = [[str(n), _label(table)] for n, table in enumerate(tables, start=1)]
    if len({isinstance(table, LongTable) for table in tables}) == 1:
        labels.append(["all", "All of them, as parts of one table"])
    return Question(key, "The file contains several tables that may cover the same data. Which should be read?", labels)


def _label(table):
    if isinstance(table, LongTable):
        return f"{table.sheet.name}, {table.sheet.place(table.row, 0)}: one row per value"
    return table.label()
