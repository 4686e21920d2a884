"""The parts of an opened file, whatever it means: a Book of Sheets of cells; and Faults, Questions and Terms.

Text files and workbooks are both opened as these. A reader that cannot go on raises Stop with faults or questions.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice

HEAD = 400  # rows in which titles and headers are looked for
MOST_FAULTS = 5_000  # of one table; an editor who has mended these uploads again
BLANKS = ("", None)
ERROR_VALUE = r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|Err:\d+"  # as a program writes it in a text
# Traps: what a cell may hold that a library would give as blank, or as another value.
RAISED = "with a superscript note mark"
UNCALCULATED = "a formula without a stored value"
EMPTY_RESULT = "a formula that returns empty text"


@dataclass
class Fault:
    """What is wrong, where, what was expected, what to do. `code` is stable and listed in docs/editors.md."""

    code: str
    message: str
    file: str = ""
    sheet: str = ""
    cell: str = ""  # "C7" in a workbook, "line 7, column reported_usd" in a CSV
    found: str = ""
    expected: str = ""

    def as_dict(self):
        return asdict(self)


@dataclass
class Question:
    """What only the editor can say. `choices` are [value, label] pairs; the answer comes back in `answers[key]`."""

    key: str
    text: str
    choices: list

    def as_dict(self):
        return asdict(self)


class Stop(Exception):
    """The one exit of a reader that cannot go on: the faults to mend, or the questions to answer first."""

    def __init__(self, *reasons: Fault | Question):
        super().__init__(*reasons)
        self.faults = [reason for reason in reasons if isinstance(reason, Fault)]
        self.questions = [reason for reason in reasons if isinstance(reason, Question)]


@dataclass
class Terms:
    """The answers and limits under which files are read, and the kinds of files that are taken.

    Those of a field (reading.TradeTerms) know its words, too.
    """

    taken = "an .xlsx, .ods or .xls workbook, a .csv or tab-separated text file, or a .zip of these"  # in words
    not_taken = frozenset()  # of "xls" and "zip"
    answers: dict = field(default_factory=dict)
    limits: dict = field(default_factory=dict)
    asked: set = field(default_factory=set)  # the keys of the questions that the files raised

    def knows(self, word: str) -> bool:
        """Tell whether a word, not in ASCII, is one that files of this field use: it tells encodings apart."""
        return False

    def unit_shown(self, literal: str, scaled: bool) -> str:
        """Say in words of a title which unit the literal text of a number format shows: "RMB", "in million" or "".

        `scaled` tells a format that itself shows thousands of what a cell holds.
        """
        return ""

    def answer(self, question: Question) -> str:
        """Return the editor's answer to a question; without one, stop and ask.

        Raises: Stop.
        """
        self.asked.add(question.key)
        known = [value for value, _label in question.choices]
        answer = self.answers.get(question.key)
        if answer in known:
            return answer
        if answer:
            raise Stop(
                Fault("answer", "Choose one of the options.", found=str(answer)[:80], expected=", ".join(known)),
                question,
            )
        raise Stop(question)


@dataclass
class Sheet:
    """One sheet of a workbook, or the one table of a text file (which has no name).

    `rows()` gives every row from the first as a list of cells; a row's place counts from 0. `traps` maps cells
    (row, column) that a library would quietly give as blank to what they hold: {(6, 2): "#REF!"}.
    """

    file: str
    name: str
    rows: Callable[[], Iterator[list]]
    hidden: bool = False
    delimiter: str = ""  # of a text file
    traps: dict = field(default_factory=dict)
    formulas: int = 0
    scaled: bool = False  # the workbook has number formats that show thousands of what a cell holds
    merged: list = field(default_factory=list)  # ((first row, first column), (last row, last column))
    shown: dict = field(default_factory=dict)  # cells whose format shows more than a number: {(6, 2): "RMB"}
    comments: dict = field(default_factory=dict)  # of cells, in Excel's sense: {(6, 2): "2019: an estimate"}
    concealed: dict = field(
        default_factory=dict
    )  # cells that are struck through or not shown: {(6, 2): "struck through"}
    partly_hidden: bool = False  # some rows or columns are
    notices: list = field(default_factory=list)
    _head: list | None = None

    @property
    def is_text(self):
        return bool(self.delimiter)

    @property
    def title(self) -> str:
        """The sheet as sentences name it: "Sheet “Exports”", or the name of a text file."""
        return f"Sheet “{self.name}”" if self.name else self.file

    @property
    def head(self) -> list:
        """The first rows, in which titles and headers stand."""
        if self._head is None:
            self._head = list(islice(self.rows(), HEAD))
        return self._head

    def place(self, row: int, column: int, header: str = "") -> str:
        """Say where a cell is: "C7" in a workbook, "line 7, column reported_usd" in a text file."""
        if self.is_text:
            return f"line {row + 1}, column {header or column + 1}"
        return f"{letters(column)}{row + 1}"

    def fault(self, code: str, message: str, *, cell: str = "", found: str = "", expected: str = "") -> Fault:
        """Make a fault of this sheet."""
        return Fault(code, message, self.file, self.name, cell, str(found)[:200], expected)

    def wrong(self, row: int, column: int, wrong, header: str = "") -> Fault:
        """Make a fault of a cell that cannot be read, from its code, advice, found and expected (cell_values.Wrong)."""
        cell = self.place(row, column, header)
        return self.fault(wrong.code, wrong.advice, cell=cell, found=wrong.found, expected=wrong.expected)

    def trap(self, row: int, column: int, what: str) -> Fault:
        """Make a fault of a trap: a raised mark of a note, a formula without a result, or an error value."""
        if what.endswith(RAISED):
            advice = "Move the note mark to another cell, so that this cell contains only the value."
            return self.fault("note-mark", advice, cell=self.place(row, column), found=what, expected="only a value")
        advice = (
            "Open the workbook in its spreadsheet program, recalculate it, correct any errors, save it and upload it "
            "again."
        )
        if what == EMPTY_RESULT:
            advice = "Replace the formula with its value, or clear the cell if there is no value."
        return self.fault("no-stored-value", advice, cell=self.place(row, column), found=what, expected="a value")

    def merged_cells(self, top: int, left: int, bottom: int, right: int) -> Fault:
        """Make a fault of merged cells inside a table: only the first of them holds anything."""
        cell = f"{self.place(top, left)}:{self.place(bottom, right)}"
        advice = "Unmerge the cells and enter the value or name in each."
        return self.fault("merged", advice, cell=cell, found="merged cells inside the table", expected="single cells")

    def too_many_rows(self, limit: int) -> Fault:
        """Make a fault of a table that is longer than the limits allow."""
        advice, expected = "Upload the data in several files.", f"at most {limit:,} rows in a table"
        return self.fault("rows", advice, found="more rows", expected=expected)


@dataclass
class Book:
    """A file that could be opened: its sheets, and whether it is a workbook."""

    name: str
    sheets: list[Sheet]
    kind: str = "workbook"  # or "text"

    @property
    def visible(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if not sheet.hidden]


def counted(count: int, noun: str) -> str:
    """Count things in words: (1, "row of notes") -> "1 row of notes", and 1200 -> "1,200 rows of notes"."""
    head, _, complement = noun.partition(" ")
    return f"{count:,} {head}{'' if count == 1 else 's'} {complement}".rstrip()


def letters(column: int) -> str:
    """Name a column as spreadsheet programs do: 0 -> "A", 27 -> "AB"."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def is_blank(row: list) -> bool:
    return all(cell in BLANKS or (isinstance(cell, str) and not cell.strip()) for cell in row)
