"""Marks the faults of an upload in a copy of the editor's own workbook: each cell filled, with a comment.

openpyxl needs much memory for little files, so this runs in a child process, too: `annotate` is the parent's side,
`in_child` the child's. All faults, also those that name no cell, are listed on a first sheet.
"""

import tempfile
from pathlib import Path

from spreadsheets import sandbox
from spreadsheets.sheet import Stop

MARKED = "marked.xlsx"
SHEET = "faults found"
COLUMNS = ["Sheet", "Cell", "Found", "Expected", "How to correct it"]
MOST = 20_000  # faults marked in one copy


def annotate(path: Path, faults: list[dict], limits: dict) -> bytes | None:
    """Return a copy of an .xlsx with its faults marked, or None where it is no .xlsx or cannot be copied."""
    with tempfile.TemporaryDirectory(prefix="yalu-marking-", ignore_cleanup_errors=True) as folder:
        job = {"path": str(Path(path).resolve()), "faults": faults[:MOST]}
        try:
            sandbox.run("trade.importing.annotate:in_child", job, Path(folder), limits)
        except Stop:  # whatever a library says of a file that is no sound .xlsx, there is no copy of it
            return None
        return Path(folder, MARKED).read_bytes()


def in_child(job: dict, folder: Path) -> dict:
    """Save the marked copy of a workbook in `folder`: the child's side of `annotate`."""
    import openpyxl  # after the limits stand

    book = openpyxl.load_workbook(job["path"])
    _add_list_of_faults(book, job["faults"])
    for fault in job["faults"]:
        _mark_cell(book, fault)
    book.save(folder / MARKED)
    return {}


def _add_list_of_faults(book, faults):
    """Put all faults on a first sheet."""
    sheet = book.create_sheet(_free_name(book), 0)
    sheet.append(COLUMNS)
    for fault in faults:
        sheet.append([fault["sheet"], fault["cell"], fault["found"], fault["expected"], fault["message"]])
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"  # what was found may look like a formula
    for letter, width in zip("ABCDE", (24, 12, 40, 40, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    book.active = 0


def _free_name(book):
    """Name the sheet of faults as no other is: "faults found", "faults found 1" …"""
    return next(name for n in range(100) if (name := SHEET if not n else f"{SHEET} {n}") not in book.sheetnames)


def _mark_cell(book, fault):
    """Fill the cell of a fault and say in a comment what is wrong."""
    from openpyxl.cell import Cell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if fault["sheet"] not in book.sheetnames or not fault["cell"].isalnum():
        return
    try:
        cell = book[fault["sheet"]][fault["cell"]]
    except ValueError:  # "row7" is no cell
        return
    if isinstance(cell, Cell):  # a merged one cannot carry a comment
        cell.fill = PatternFill("solid", fgColor="FFFFC7CE")
        cell.comment = Comment(f"Found: {fault['found']}\nExpected: {fault['expected']}\n{fault['message']}", "Yalu")
