"""Faults are listed as an editor meets them in the files: file, sheet, row, column."""

import random

from spreadsheets import order_of_faults
from spreadsheets.sheet import Book, Fault, Sheet

IN_ORDER = [
    ("z.xlsx", "", ""),
    ("z.xlsx", "wide", ""),
    ("z.xlsx", "wide", "C7:D9"),
    ("z.xlsx", "wide", "AA7"),
    ("z.xlsx", "wide", "A10"),
    ("z.xlsx", "data", "B2"),
    ("a.csv", "", ""),
    ("a.csv", "", "line 3, column year"),
    ("a.csv", "", "line 3, column amount"),
    ("a.csv", "", "line 20, column 1"),
    ("", "", ""),
]


def sheet(file, name="", header=None):
    return Sheet(file, name, rows=lambda: iter([header or []]), delimiter="," if header else "")


def test_faults_stand_in_the_order_of_the_files_whichever_check_found_them():
    text = sheet("a.csv", header=["province", "year", "amount"])
    books = [Book("z.xlsx", [sheet("z.xlsx", "wide"), sheet("z.xlsx", "data")]), Book("a.csv", [text], kind="text")]
    faults = [Fault("negative", "Correct it.", *where) for where in IN_ORDER]
    random.Random(5).shuffle(faults)
    found = order_of_faults.in_order(faults, [], order_of_faults.places(books))
    assert [(fault.file, fault.sheet, fault.cell) for fault in found] == IN_ORDER


def test_files_that_could_not_be_opened_stand_in_the_order_of_the_upload():
    faults = [Fault("damaged", "Save it again.", name) for name in ("c.xlsx", "a.xlsx", "b.xlsx")]
    found = order_of_faults.in_order(faults, ["b.xlsx", "c.xlsx", "a.xlsx"], [])
    assert [fault.file for fault in found] == ["b.xlsx", "c.xlsx", "a.xlsx"]
