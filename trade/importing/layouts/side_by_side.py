"""Tells what measures stand side by side in headers: the month and the sum since January, the value and the quantity.

                 2024-03                             Exports            Imports
    Province     Month   Cumulative       Province   Quantity   Value   Quantity   Value

One of them is read, the others are Asides. A row of such labels is lifted into the row of headers above it.
"""

import re

from trade.importing import cell_values
from trade.importing.cell_values import Wrong
from trade.importing.layouts.header_cells import DEEP, Aside
from trade.importing.texts import heading_text, period_values
from trade.importing.texts.period_values import TO

KEPT, ASIDE = "kept", "aside"
MONTH_ALONE = (
    r"(?:\d{1,2} ?[月월]份? ?)?(?:当月|當月|当期|单月|單月)[值数]?|本月|당월"
    r"|(?:single |current |in the |this )?month(?:ly)?(?: value)?"
)
VALUE = r"金[额額]|[价價]值|货值|貨值|values?|amounts?|금액"
CUMULATIVE = (
    r"(?:本年|年初至今|年初以来|全年|年度)?(?:累计|累計)(?:值|数|[额額])?|누계|누적"
    r"|cumulative(?: value)?|ytd|year[- ]to[- ]date"
    rf"|(?:0?1|jan(?:uary|\.)?) ?[月월]? ?{TO} ?(?:本月|\d{{1,2}} ?[月월]|[a-z]{{3,9}}\.?)"
    r" ?(?:累计|累計|누계|cumulative)?"
)
QUANTITY = (
    r"(?:第[一二]|法定)?[数數]量|重量|净重|毛重|수량|중량"
    r"|quantit(?:y|ies)|qty\.?|(?:net |gross )?weight|volume|kg|tonn?es|tons"
)
OTHER = (
    r"单价|單價|均价|平均[价價]格?|unit (?:value|price)|price|단가"
    r"|份[额額]|占比|比重|[构構]成(?:比)?|점유율|구성비|비중|(?:market )?shares?|%"
    r"|净[出进]口[额額]?|差[额額]|[顺逆]差|net (?:exports?|imports?|trade)|(?:trade )?balance|(?:무역)?수지"
    r"|.*(?:同比|环比|增[长長减減幅速]|증감|증가율|growth|change|y-?o-?y|±).*"
)
UNIT = re.compile(r" ?[(\[][^)\]]*[)\]]|[,:] ?(?:us ?\$|usd|美元|달러).*")
OF_A_MONTH = re.compile(rf"(?:^|[\s\d年년])(?:{MONTH_ALONE})(?:$|\W)")
SINCE_JANUARY = re.compile(CUMULATIVE)
KINDS = {KEPT: rf"{MONTH_ALONE}|{VALUE}", ASIDE: rf"{CUMULATIVE}|{QUANTITY}|{OTHER}"}
KINDS = {kind: re.compile(pattern) for kind, pattern in KINDS.items()}


class Lifted(str):
    """A header to which the label below it was lifted; `whole` has all words, `month` that of the label or 0."""

    __slots__ = ("month", "whole")

    def __new__(cls, text, whole, month=0):
        header = super().__new__(cls, text)
        header.whole, header.month = whole, month
        return header


def whole(cell) -> str:
    """Return all words of a header, for its unit may stand in any of its rows."""
    return getattr(cell, "whole", None) or cell_values.text(cell)


def kind(label) -> str:
    """Tell whether a label is of what is read ("当月", "Value") or of what stands beside it ("累计", "Quantity")."""
    if not isinstance(label, str):
        return ""
    words = heading_text.plain(label)
    for text in (words, UNIT.sub("", words).strip()):
        for name, pattern in KINDS.items():
            if text and pattern.fullmatch(text):
                return name
    return ""


def is_cumulative(label) -> bool:
    """Tell the label of a sum since January: "累计", "1-9月", "Cumulative"."""
    return bool(SINCE_JANUARY.fullmatch(heading_text.plain(label)))


def says_month(header) -> bool:
    """Tell a header that speaks of a single month without saying which: "2024 当月"."""
    return bool(OF_A_MONTH.search(heading_text.plain(whole(header))))


def lift(grid: list) -> list:
    """Return the grid with each row of labels of measures lifted into the headers above it."""
    for number, row in enumerate(grid[:DEEP]):
        if number and (labels := _labels(grid[number - 1], row)):
            grid = [*grid[: number - 1], [], _lifted(grid[number - 1], row, labels), *grid[number + 1 :]]
    return grid


def _labels(above, row):
    """Find the labels of measures in a row below headers: {1: "kept", 2: "aside"}; {} where it is no such row.

    What else stands in it stands before them, where names are, or below a header that is itself aside.
    """
    texts = {column: cell for column, cell in enumerate(row) if cell_values.text(cell)}
    labels = {column: name for column, cell in texts.items() if (name := kind(cell))}
    labels |= dict.fromkeys(_months_beside_sums(texts), KEPT)
    if set(labels.values()) != {KEPT, ASIDE}:
        return {}
    upper, first = "", min(labels)
    for column in range(max(len(row), len(above))):
        upper = above[column] if column < len(above) and cell_values.text(above[column]) else upper
        if column >= first and column in texts and kind(upper) == ASIDE:
            labels[column] = ASIDE
    labelled = any(cell_values.text(cell) for cell in above[first:])
    return labels if labelled and all(column < first or column in labels for column in texts) else {}


def _months_beside_sums(texts):
    """Find the columns of one month each beside its sum since January: "3月", "1至3月", "3月", "1至3月"."""
    months = {column: month for column, cell in texts.items() if isinstance(cell, str) and (month := _month(cell))}
    has_sum = any(isinstance(cell, str) and is_cumulative(cell) for cell in texts.values())
    return months if has_sum and len(set(months.values())) == 1 else {}


def _month(cell):
    month = period_values.month(cell)
    return 0 if isinstance(month, Wrong) or cell.strip().isdigit() else month


def _lifted(above, row, labels):
    header, label, is_read_below = list(row), "", set()
    header += [""] * (len(above) - len(header))
    for column in range(len(header)):
        upper = above[column] if column < len(above) else ""
        if cell_values.text(upper):
            label, is_read_below = upper, set()
        if column in labels:
            words = f"{cell_values.text(label)} {cell_values.text(row[column])}".strip()
            is_first = labels[column] == KEPT and KEPT not in is_read_below
            is_read_below.add(labels[column])
            header[column] = Lifted(cell_values.text(label), words, _month(row[column])) if is_first else Aside(words)
        elif not cell_values.text(header[column]):
            header[column] = upper
    return header
