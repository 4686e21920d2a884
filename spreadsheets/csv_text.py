"""Reads text files as rows of text, with the delimiter that fits.

Lines are records: a quoted line break does not begin a new one, so that a line number is the row number that a
spreadsheet program shows.
"""

import codecs
import contextlib
import csv
import io
from collections import Counter
from itertools import islice

from spreadsheets.sheet import Book, Sheet, Stop
from spreadsheets.text_encoding import encoding_of, fault_of

DELIMITERS = ",;\t|"
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # other encodings have no such bytes
MOST_FIELDS = 16_384  # columns of Excel
ENDLESS = "an unterminated line"
SAMPLE = 60  # records by which the delimiter is told


def open_text(name: str, data: bytes, terms) -> Book:
    """Open a text file as a book of one sheet.

    Raises: Stop, when it is not text, mixes encodings, or two encodings fit.
    """
    if _is_endless_line(data):
        expected = f"at most {MOST_FIELDS:,} columns"
        raise Stop(fault_of(name, "no-table", "Check that this is the right file.", found=ENDLESS, expected=expected))
    encoding = encoding_of(name, data, terms)
    delimiter = _delimiter(data, encoding)
    if not delimiter:
        advice, expected = "Save the table as .xlsx or as .csv.", "columns separated by commas, semicolons or tabs"
        raise Stop(fault_of(name, "no-table", advice, found=_beginning(data, encoding), expected=expected))
    sheet = Sheet(name, "", lambda: _records(name, data, encoding, delimiter), delimiter=delimiter)
    if line := _cut_off_line(data, encoding, delimiter):
        sheet.notices.append(f"{name}: the last line has no line break and may be incomplete. Check it: {line[-60:]}")
    return Book(name, [sheet], kind="text")


def _is_endless_line(data):
    """Tell a line of more fields than any program has columns: a whole mebibyte of delimiters without a line's end."""
    pieces = (data[start : start + 2**20] for start in range(0, len(data), 2**20))
    lines = (piece for piece in pieces if b"\n" not in piece and b"\r" not in piece)
    return any(piece.count(mark.encode()) > MOST_FIELDS for piece in lines for mark in DELIMITERS)


def _cut_off_line(data, encoding, delimiter):
    """Return the last line where it has no end and its last field is a number, which may lack digits; else ""."""
    if data.rstrip(b"\0")[-1:] in (b"\n", b"\r"):
        return ""
    lines = data[-200:].decode(encoding, "ignore").splitlines()
    line = lines[-1] if lines else ""
    return line if line.rpartition(delimiter)[2].isdigit() else ""


def _lines(data, encoding):
    """Give the lines of a text, without the byte-order marks that stand within it where files were joined."""
    lines = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    is_joined = any(data.find(mark, 1) > 0 for mark in MARKS)
    return (line.replace("\ufeff", "") for line in lines) if is_joined else lines


def _delimiter(data, encoding):
    """Choose the delimiter by which every record has as many fields; else that by which most have the same, most."""
    ranks = {}
    for delimiter in DELIMITERS:
        counts = Counter(len(record) for record in _sample(data, encoding, delimiter) if record)
        is_even = len(counts) == 1
        del counts[1]
        if counts:
            width, times = max(counts.items(), key=lambda item: (item[1], item[0]))
            ranks[delimiter] = (is_even, times * (width - 1))
    return max(ranks, key=ranks.get) if ranks else ""


def _sample(data, encoding, delimiter):
    """Read the first records, up to one that cannot be read: it is named when all are."""
    records = []
    with contextlib.suppress(csv.Error):
        records.extend(islice(csv.reader(_lines(data, encoding), delimiter=delimiter), SAMPLE))
    return records


def _records(name, data, encoding, delimiter):
    """Yield every record; one whose quotation marks do not close ends it with a fault."""
    reader = csv.reader(_lines(data, encoding), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        advice = "Check that the file is complete and that every quotation mark is closed."
        expected = "quotation marks around the whole field, with any inside it doubled"
        cell = f"line {_count_sound_records(data, encoding, delimiter) + 1}"
        raise Stop(fault_of(name, "quotes", advice, cell=cell, found=_in_words(error), expected=expected)) from None


def _in_words(error):
    """Say what is wrong with a line in place of the library's words: "a quotation mark that is not closed"."""
    if "end of data" in str(error):
        return "an unclosed quotation mark"
    if "field limit" in str(error):
        return f"a field of more than {csv.field_size_limit():,} characters"
    return "more text after a closing quotation mark"


def _count_sound_records(data, encoding, delimiter):
    """Count the records before the one that breaks."""
    count = 0
    with contextlib.suppress(csv.Error):
        for _record in csv.reader(_lines(data, encoding), delimiter=delimiter, strict=True):
            count += 1
    return count


def _beginning(data, encoding):
    return data[:200].decode(encoding, "replace").splitlines()[0][:80] if data.strip() else "an empty file"
