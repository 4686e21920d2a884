"""Opens files as books, by what their bytes are and never by name; a .zip gives one book for each file in it."""

import re
from pathlib import Path

from spreadsheets import zip_archive
from spreadsheets.csv_text import open_text
from spreadsheets.office_workbook import open_workbook
from spreadsheets.sheet import Book, Fault, Stop

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What people upload by mistake, by its first bytes.
OTHERS = [
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"<?xml", "an XML document"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
    (b"<table", "a web page"),
    (b"<meta", "a web page"),
    (b"{", "a JSON document"),
    (b"[{", "a JSON document"),
]
LIST_OF_RECORDS = re.compile(rb"^\[\s*\{")
MARKS = b"\xef\xbb\xbf \t\r\n"


def open_files(files: list[tuple[str, Path]], terms) -> list[Book]:
    """Open every file of an upload: [("a.xlsx", Path("/tmp/0"))].

    Raises: Stop, with the faults of all files that cannot be opened.
    """
    opened, reasons = _each(files, lambda name, path: _unpacked(name, Path(path).read_bytes(), terms))
    if len(opened) > terms.limits["files"]:
        advice, expected = "Upload fewer files at once.", f"at most {terms.limits['files']:,}"
        raise Stop(Fault("files", advice, found=f"{len(opened):,} files", expected=expected))
    books, more = _each(opened, lambda name, data, archive: [open_bytes(name, data, terms, archive)])
    if reasons or more:
        raise Stop(*reasons, *more)
    return books


def _each(things, do):
    """Do something for each, and gather the faults and questions that stopped it: (results, reasons)."""
    results, reasons = [], []
    for thing in things:
        try:
            results += do(*thing)
        except Stop as stop:
            reasons += [*stop.faults, *stop.questions]
    return results, reasons


def _unpacked(name, data, terms):
    """Return the files in a .zip, or the file itself with its measured archive."""
    archive = zip_archive.measure(name, data, terms.limits) if data.startswith((ZIP, EMPTY_ZIP)) else None
    if archive and archive.kind == "zip":
        if "zip" in terms.not_taken:
            raise Stop(_unknown(name, "an archive (.zip)", terms))
        return [(*member, None) for member in _members(name, data, terms)]
    return [(name, data, archive)]


def _members(name, data, terms):
    files = zip_archive.members(name, data, terms.limits)
    if not files:
        advice = "Add the data files to the archive and upload it again."
        raise Stop(Fault("empty", advice, name, found="an empty archive", expected=terms.taken))
    return files


def open_bytes(name: str, data: bytes, terms, archive=None) -> Book:
    """Open the bytes of one file; `archive` is its measured archive, where that was needed before.

    Raises: Stop, when they are empty, damaged, encrypted, or nothing that is known here.
    """
    if not data.strip(MARKS + b"\0"):
        advice = "Upload the file that holds the data."
        raise Stop(Fault("empty", advice, name, found="an empty file", expected=terms.taken))
    if data.startswith((ZIP, EMPTY_ZIP)):
        return _open_archive(name, data, terms, archive or zip_archive.measure(name, data, terms.limits))
    if data.startswith(OLE):
        return _open_compound(name, data, terms)
    begin = LIST_OF_RECORDS.sub(b"[{", data.lstrip(MARKS)[:1000])
    for mark, what in OTHERS:
        if begin[: len(mark)].lower() == mark.lower():
            raise Stop(_unknown(name, what, terms))
    return open_text(name, data, terms)


def _open_archive(name, data, terms, archive):
    if archive.kind == "zip":
        advice = "Unpack the inner archive and upload its files."
        raise Stop(Fault("archive-nested", advice, name, found="an archive within an archive", expected=terms.taken))
    if archive.kind not in ("xlsx", "ods"):
        raise Stop(_unknown(name, archive.kind, terms))
    return open_workbook(name, data, terms, archive)


def _open_compound(name, data, terms):
    """Open an .xls; an encrypted .xlsx lies in the same kind of container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Stop(zip_archive.encrypted(name))
    if "WordDocument".encode("utf-16-le") in data or "PowerPoint Document".encode("utf-16-le") in data:
        raise Stop(_unknown(name, "a document from another Office program", terms))
    if "xls" in terms.not_taken:
        raise Stop(_unknown(name, "an .xls workbook", terms))
    return open_workbook(name, data, terms)


def _unknown(name, what, terms):
    advice = "Open it in a spreadsheet program, save it as .xlsx or .csv, and upload that."
    return Fault("unknown-file", advice, name, found=what, expected=terms.taken)
