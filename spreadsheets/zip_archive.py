"""Measures zip archives (.xlsx, .ods, .zip) before anything reads them, and unpacks the files of a .zip.

The sizes that an archive states may be false, so every part is inflated once, in pieces, and counted. On the way it is
noted which parts hold what a spreadsheet library would drop without a word (formulas, error values): its signs.
"""

import io
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from spreadsheets.sheet import Fault, Stop

PIECE = 1 << 20
RATIO_FROM = 1 << 20  # small parts may be packed as tightly as they like
OVERLAP = 256  # more than any mark, or a value with what stands in it
OFFICE = "[Content_Types].xml"  # the part that every .xlsx has
JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class Sign(NamedTuple):
    """Something to look for in a part: bytes that are quick to find, and the pattern that they must be part of."""

    marks: tuple[bytes, ...]
    pattern: re.Pattern


SIGNS = {
    "dtd": Sign((b"!DOCTYPE", b"!ENTITY"), re.compile(rb"<!(?:DOCTYPE|ENTITY)")),
    # Within a value a comment, CDATA or a digit as a reference, which no program writes: libraries give part of it.
    "odd": Sign(
        (b"!--", b"![CDATA[", b"&#"),
        re.compile(rb"<(?:\w+:)?(?:v|t|p)(?:\s[^>]*)?>[^<]*<!|<(?:\w+:)?v(?:\s[^>]*)?>[\d.]*&#"),
    ),
    "encrypted": Sign((b"encryption-data",), re.compile(rb"encryption-data")),
    "raised": Sign((b"superscript",), re.compile(rb"""vertAlign\s[^>]*superscript""")),
    "hidden": Sign((b"hidden=",), re.compile(rb"""hidden=["'](?:1|true)""")),
    "formula": Sign((b"</f>", b":f>"), re.compile(rb"</(?:\w+:)?f>")),
    "ods": Sign(
        (
            b"table:formula",
            b"-spanned",
            b'"error"',
            b"visibility=",
            b"currency=",
            b'"percentage"',
            b"text-position=",
            b"display-factor=",
        ),
        re.compile(
            rb"""table:formula=|-spanned=|value-type="error\"|visibility="(?:collapse|filter)"|currency="|"percentage\""""
            rb"""|text-position=["'](?:super|[1-9])|display-factor="""
        ),
    ),
}
CELL_END = b"</c>"  # of a cell that holds something
AT_THE_TOP = {"dtd"}  # before the first element: not looked for in all of a part
ELEMENT = re.compile(rb"<[\w:]+[\s/>]")


@dataclass
class Archive:
    """An archive that was measured: its parts' names, and of each part of a workbook its SIGNS and filled cells."""

    names: list[str]
    signs: dict[str, set[str]] = field(default_factory=dict)
    cells: dict[str, int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Tell what the archive is: "xlsx", "ods", "zip", or the name of something else."""
        names = set(self.names)
        if "xl/workbook.bin" in names:
            return "a binary workbook (.xlsb)"  # its error values could not be told from blanks
        if OFFICE in names:
            return "xlsx" if any(name.startswith("xl/") for name in names) else "a document from another Office program"
        if "mimetype" in names and "content.xml" in names:
            return "ods"
        return "an Apple Numbers document" if any(name.endswith(".iwa") for name in names) else "zip"


def measure(name: str, data: bytes, limits: dict) -> Archive:
    """Measure every part of an archive.

    Raises: Stop, when it is damaged, encrypted, or larger than the limits allow.
    """
    if (count := data.count(b"PK\x01\x02")) > 2 * limits["archive_members"]:
        raise Stop(_too_many(name, count, _is_workbook(data), limits))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_directory(name, parts, limits)
            signs, cells = _inflate_all(name, archive, parts, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError) as error:
        raise Stop(damaged(name, _in_words(error))) from None
    _refuse_odd(name, signs)
    return Archive([part.filename for part in parts], signs, cells)


def _in_words(error):
    """Say what is wrong with an archive in place of the library's words: "the beginning of an archive, …"."""
    if isinstance(error, NotImplementedError):
        return "parts compressed with a method that spreadsheet programs do not use"
    if isinstance(error, zipfile.BadZipFile) and "not a zip file" in str(error):
        return "a truncated archive (its file list is missing)"
    return "an archive with a part that cannot be unpacked or fails its checksum"


def _refuse_odd(name, signs):
    """Refuse an encrypted .ods, and cells whose value would be read in part."""
    all_signs = set().union(*signs.values())
    if "encrypted" in all_signs:
        raise Stop(encrypted(name))
    if "odd" in all_signs:
        raise Stop(damaged(name, "a comment or reference within a value, which no spreadsheet program writes"))


def damaged(name: str, found: str) -> Fault:
    advice = (
        "The file is damaged or incomplete. Open it in the program that created it, save it again and upload the new "
        "copy."
    )
    return Fault("damaged", advice, file=name, found=found[:200], expected="a complete file")


def encrypted(name: str) -> Fault:
    advice = "Remove the password in the program that created the file, then upload the file again."
    return Fault("encrypted", advice, name, found="a password", expected="a file without a password")


def _is_workbook(data):
    """Tell a workbook without its list of parts: its first part, or one that is named beside itself and in the list."""
    return data[30:].startswith(b"mimetypeapplication/vnd.oasis.") or 0 < data.count(OFFICE.encode()) <= 2


def _too_many(name, count, is_workbook, limits):
    most = limits["archive_members"]
    if is_workbook:
        advice = "Copy only the data to a new workbook, without pictures or drawings, and upload that workbook."
        found, expected = f"a workbook of {count:,} parts", f"at most {most:,} parts"
    else:
        advice = "Put fewer files into one archive, and upload the archives one by one."
        found, expected = f"an archive of {count:,} files", f"at most {most:,} files"
    return Fault("archive-members", advice, name, found=found, expected=expected)


def _check_directory(name, parts, limits):
    names = Counter(part.filename.casefold() for part in parts)  # libraries find parts in any case
    is_workbook = OFFICE.casefold() in names or {"mimetype", "content.xml"} <= names.keys()
    if len(parts) > limits["archive_members"]:
        raise Stop(_too_many(name, len(parts), is_workbook, limits))
    if sum(part.file_size for part in parts) > limits["archive_bytes"]:
        raise Stop(_too_large(name, limits))
    for part in parts:
        if part.flag_bits & 1:
            raise Stop(encrypted(name))
        if _is_unsafe(part.orig_filename) or names[part.filename.casefold()] > 1:
            raise Stop(_odd_path(name, part, names[part.filename.casefold()], is_workbook))


def _odd_path(name, part, times, is_workbook):
    """Make the fault of a part with an unsafe path, or that is there more than once."""
    found = f"{part.orig_filename[:150]}, which is there {times} times" if times > 1 else part.orig_filename[:200]
    if is_workbook:
        advice, expected = (
            "Open the workbook in the program that created it and save it again.",
            "simple names, each once",
        )
        return Fault("archive-path", advice, name, found=f"the part {found}"[:200], expected=expected)
    advice = "Create the archive again, with each file included once under a simple file name."
    return Fault("archive-path", advice, name, found=found, expected="simple file names, each once")


def _is_unsafe(path):
    """Tell a path that leads out of the folder it is unpacked to, or that not every program reads alike."""
    is_absolute = path.startswith("/") or path[1:2] == ":"
    return is_absolute or "\0" in path or "\\" in path or ".." in path.split("/")


def _too_large(name, limits):
    return Fault(
        "archive-bytes",
        "Upload the data in several smaller files, without pictures.",
        name,
        found="parts that exceed the limit when unpacked",
        expected=f"at most {limits['archive_bytes'] // 2**20:,} MiB unpacked",
    )


def _inflate_all(name, archive, parts, limits):
    """Inflate every part in pieces: {"xl/worksheets/sheet1.xml": {"formula"}}, {"xl/worksheets/sheet1.xml": 1200}."""
    total, signs, cells = 0, {}, {}
    for part in parts:
        size, found, past, filled, sought = 0, set(), set(), 0, _signs_sought(part.filename)
        for piece in _pieces(archive, part):
            size += len(piece) - OVERLAP
            if size > RATIO_FROM and size > limits["archive_ratio"] * max(part.compress_size, 1):
                raise Stop(_too_dense(name, part, limits))
            if total + size > limits["archive_bytes"]:
                raise Stop(_too_large(name, limits))
            found |= _signs_in(piece, sought - found - past)
            past = past or (AT_THE_TOP if ELEMENT.search(piece) else set())
            if "raised" in sought:
                filled += piece.count(CELL_END, OVERLAP + 1 - len(CELL_END))
        total += size
        if sought:
            signs[part.filename], cells[part.filename] = found, filled
    return signs, cells


def _signs_sought(name):
    """Say which signs matter in a part: those of cells in a sheet, a document type in any XML."""
    if "/worksheets/" in name:
        return {"dtd", "odd", "raised", "hidden", "formula"}
    if name == "content.xml":
        return {"dtd", "odd", "ods"}
    if name.endswith("/sharedStrings.xml"):
        return {"dtd", "odd", "raised"}
    if name == "META-INF/manifest.xml":
        return {"dtd", "encrypted"}
    return {"dtd"} if name.endswith((".xml", ".rels")) else set()


def _signs_in(piece, sought):
    """Find signs by their marks first, and a mark by its first byte: most are rare, and a byte is found at once."""
    marked = (name for name in sought if any(mark[:1] in piece and mark in piece for mark in SIGNS[name].marks))
    return {name for name in marked if SIGNS[name].pattern.search(piece)}


def _pieces(archive, part):
    """Yield a part piece by piece, each with the end of the one before it, so that no mark is cut in two."""
    before = b" " * OVERLAP
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            piece = before + piece
            yield piece
            before = piece[-OVERLAP:]


def _too_dense(name, part, limits):
    return Fault(
        "archive-ratio",
        "Open the file in its spreadsheet program, remove empty rows and columns, save it and upload it again.",
        name,
        found=f"the part {part.filename} unpacks to more than {limits['archive_ratio']} times its size",
        expected=f"at most {limits['archive_ratio']} times",
    )


def members(name: str, data: bytes, limits: dict) -> list[tuple[str, bytes]]:
    """Unpack a measured .zip of files: [("part1.csv", b"…"), …]. What operating systems add is left out.

    Raises: Stop, when a file is larger than a file may be.
    """
    files = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            if part.is_dir() or any(junk in part.filename for junk in JUNK):
                continue
            if part.file_size > limits["bytes"]:
                advice, expected = "Upload the data in several files.", f"at most {limits['bytes'] // 2**20:,} MiB"
                found = f"{part.file_size // 2**20:,} MiB"
                raise Stop(Fault("bytes", advice, f"{name}/{_readable(part)}", found=found, expected=expected))
            files.append((f"{name}/{_readable(part)}", archive.read(part)))
    return files


def _readable(part):
    """Repair a name that a Chinese Windows wrote in its own encoding."""
    if part.flag_bits & 0x800 or part.filename.isascii():
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return part.filename
