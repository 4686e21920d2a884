"""Detects the source of files and reads them with its module: GACC, UN Comtrade, BACI, a workbook, a text file.

Every module of trade.importing.sources that has `sniff` and `read` is a source, and needs no other mention. `NAME`
says it to editors. `sniff(book, terms)` gives 0 (not of this source), 1 (readable, if no other source knows the file
better) or 2 (surely). `read(books, terms)` gives a Reading of Arrow tables, or raises Stop.
"""

import importlib
from pathlib import Path
from threading import Thread

from spreadsheets import order_of_faults
from spreadsheets.opening import open_files
from spreadsheets.sheet import Fault, Question, Stop
from trade.importing import describe
from trade.importing.reading import Reading


def known() -> list:
    """List the modules of the known sources."""
    paths = sorted((Path(__file__).parent / "sources").glob("*.py"))
    names = [path.stem for path in paths if "\ndef sniff(" in path.read_text(encoding="utf-8")]
    return [importlib.import_module(f"trade.importing.sources.{name}") for name in names]


def read(files, terms) -> Reading:
    """Read files of one source as one reading: [("a.csv", Path("/tmp/0"))].

    What cannot be read comes back as faults, what is open as questions; nothing is raised for them.
    """
    reading, places = Reading(), []
    Thread(target=known, daemon=True).start()  # imports what comes next, while a library reads a large workbook
    try:
        books = open_files(files, terms)
        places = order_of_faults.places(books)
        source = _source_of_all(books, terms)
        reading.form = source.NAME
        reading = source.read(books, terms)
        reading.asked, reading.description = terms.asked, describe.merged(reading.description)
    except Stop as stop:
        reading.faults, reading.questions = stop.faults, stop.questions
    reading.places = places
    return reading


def _source_of_all(books, terms):
    sources = [_source_of(book, terms) for book in books]
    if len(set(sources)) > 1:
        advice = "Upload files in different formats separately."
        found = ", ".join(sorted({source.NAME for source in sources}))
        raise Stop(Fault("forms-differ", advice, found=found, expected="files in the same format"))
    return sources[0]


def _source_of(book, terms):
    """Detect the source of one file: the surest; of two as sure, the one that the editor names."""
    sureness = {source: source.sniff(book, terms) for source in known()}
    sources = [source for source, sure in sureness.items() if sure == max(sureness.values())]
    if len(sources) == 1:
        return sources[0]
    choices = [[source.__name__.rpartition(".")[2], source.NAME] for source in sources]
    answer = terms.answer(Question("form", f"Which format is the file {book.name} in?", choices))
    return next(source for source in sources if source.__name__.endswith(f".{answer}"))
