"""Knows the forms: every module of this package that has `sniff` and `read` is one, and needs no other mention.

`NAME` says the form to editors. `sniff(book, terms)` gives 0 (not this form), 1 (readable, if no other form knows the
file better) or 2 (surely). `read(books, terms)` gives a Reading of Arrow tables, or raises Stop.
"""

import importlib
from pathlib import Path
from threading import Thread

from spreadsheets.opening import open_files
from spreadsheets.sheet import Fault, Question, Stop
from trade.importing.reading import Reading


def known() -> list:
    """List the modules that read a form; the others are not imported, for that would take time."""
    paths = sorted((Path(__file__).parent / "sources").glob("*.py"))
    names = [path.stem for path in paths if "\ndef sniff(" in path.read_text(encoding="utf-8")]
    return [importlib.import_module(f"trade.importing.sources.{name}") for name in names]


def read(files, terms) -> Reading:
    """Read files of one form as one reading: [("a.csv", Path("/tmp/0"))].

    What cannot be read comes back as faults, what is open as questions; nothing is raised for them.
    """
    reading = Reading()
    Thread(target=known, daemon=True).start()  # imports what comes next, while a library reads a large workbook
    try:
        books = open_files(files, terms)
        form = _form_of_all(books, terms)
        reading.form = form.NAME
        reading = form.read(books, terms)
        reading.asked = terms.asked
    except Stop as stop:
        reading.faults, reading.questions = stop.faults, stop.questions
    return reading


def _form_of_all(books, terms):
    forms = [_form(book, terms) for book in books]
    if len(set(forms)) > 1:
        advice = "Upload files of different forms one after the other."
        found = ", ".join(sorted({form.NAME for form in forms}))
        raise Stop(Fault("forms-differ", advice, found=found, expected="files of one form"))
    return forms[0]


def _form(book, terms):
    """Find the form of one file: the surest; of two as sure, the one that the editor names."""
    sure = {form: form.sniff(book, terms) for form in known()}
    forms = [form for form, sureness in sure.items() if sureness == max(sure.values())]
    if len(forms) == 1:
        return forms[0]
    choices = [[form.__name__.rpartition(".")[2], form.NAME] for form in forms]
    answer = terms.answer(Question("form", f"Which form does the file {book.name} have?", choices))
    return next(form for form in forms if form.__name__.endswith(f".{answer}"))
