"""Finds the encoding of a text file, or asks for it.

UTF-8 and UTF-16 with or without a mark, GB18030 (customs data from China), Big5, EUC-KR, Windows-1252 (Comtrade, Excel
in Europe). Nearly any bytes are letters in some of the last four: unless what they say makes sense in one of them
alone, it is a question.
"""

import codecs
import re

from spreadsheets.sheet import Question, Sheet, Stop

MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
HIGH = re.compile(rb"[\x80-\xff]+")
PAIR = re.compile(rb"[\x80-\xff]{2}")
BEGINNING = 2**22  # bytes in which words are looked for that make sense
CHINESE = re.compile(rb"[\xe3-\xed][\x80-\xbf]{2}")  # as UTF-8 has it; pairs that GB18030 seldom has
MAKES_SENSE = re.compile(
    r"\d ?[年月년월]|\d[\u00a0\u202f]\d|美元|人民[币幣]|朝[鲜鮮]|中[国國]|出口|[进進]口|合[计計]|[总總][计計]|[来來]源"
    r"|북한|중국|달러|수출|수입|합계|출처"
)
# A field that is a dash or dots and nothing else, for a missing value: no other encoding has a dash at these bytes.
BLANK = re.compile(r"""(?:^|[,;|\t"]) *(?:–|…{1,2})(?: *[,;|\t"]| *\r?$)""", re.MULTILINE)
# What Western European words do not have: rare signs, three accented letters in a row, a sign (² or °) before a letter.
UNWESTERN = re.compile(
    rb"[\x81\x83\x86-\x89\x8b\x8d\x8f\x90\x98\x9b\x9d\xa2\xa4-\xa6\xa8\xac\xad\xaf\xb4\xb6\xb8\xb9\xbc\xbe\xd7\xf7]"
    rb"|[\xc0-\xff]{3}|[\xa7\xa9\xaa\xae\xb0-\xb3\xb5\xb7\xba\xbd][@-~\xc0-\xff]"
)
WESTERN = "cp1252"
NAMES = {
    "gb18030": "Chinese (GB18030)",
    "cp950": "traditional Chinese (Big5)",
    "cp949": "Korean (EUC-KR)",
    WESTERN: "Western European (Windows-1252)",
}


def encoding_of(name: str, data: bytes, terms) -> str:
    """Find the encoding of a text file: "utf-8", "gb18030" …

    Raises: Stop, with a fault or with the question "encoding".
    """
    if encoding := _by_mark(data) or _utf16_without_mark(data):
        if not _decodes(data, encoding):
            raise Stop(_broken(name, data, encoding))
        return encoding
    if CONTROL.search(data):
        raise Stop(fault_of(name, "not-text", "Save it as .xlsx or as .csv.", found="bytes that are not text"))
    if _decodes(data, "utf-8"):
        return "utf-8"
    if _decodes(data, "utf-8", "surrogatepass"):  # halves of letters, which some programs write and none may read
        raise Stop(_broken(name, data, "utf-8"))
    return _old_encoding(name, data, terms)


def _by_mark(data):
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), "")


def _utf16_without_mark(data):
    """Tell UTF-16 without a mark by its zeros: every other byte of the first ones."""
    first = data[:400]
    if first.count(0) * 3 < len(first) or len(data) % 2:
        return ""
    return "utf-16-le" if first[1::2].count(0) > first[::2].count(0) else "utf-16-be"


def _decodes(data, encoding, errors="strict"):
    try:
        data.decode(encoding, errors)
    except UnicodeDecodeError:
        return False
    return True


def _old_encoding(name, data, terms):
    fits = [encoding for encoding in NAMES if _decodes(data, encoding)]
    if line := _line_of_utf8(data, HIGH if fits == [WESTERN] else CHINESE):
        raise Stop(
            fault_of(
                name,
                "mixed-encodings",
                "Save the whole file in one encoding; in Excel choose “CSV UTF-8”.",
                cell=f"line {line}",
                found="a UTF-8 line in a file with another encoding",
                expected="one encoding for the whole file",
            )
        )
    if not fits:
        raise Stop(_broken(name, data, "utf-8"))
    sensible = [encoding for encoding in fits if _makes_sense(data, encoding, fits, terms)]
    return sensible[0] if len(sensible) == 1 else _ask(data, fits, terms)


def _line_of_utf8(data, letters):
    """Find a line of such letters that is UTF-8 in a file that is not: its number, or 0."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if letters.search(line) and _decodes(line, "utf-8"):
            return number
    return 0


def _makes_sense(data, encoding, fits, terms):
    """Tell whether bytes say something in an encoding: known words, or letters as Western European words have them."""
    if encoding == WESTERN:
        single = fits == [WESTERN] or not PAIR.search(data)  # "Côte"; Chinese comes in pairs of such bytes
        return single and not UNWESTERN.search(data)
    text = data[:BEGINNING].decode(encoding, "ignore")
    words = {word for word in re.findall(r"[^\W\d_a-z]{2,}", text, re.IGNORECASE) if not word.isascii()}
    return bool(
        MAKES_SENSE.search(text)
        or (encoding == "gb18030" and BLANK.search(text))
        or any(terms.knows(word) for word in words)
    )


def _ask(data, fits, terms):
    line = next(line for line in data.splitlines() if HIGH.search(line))[:120]
    choices = [[key, f"{NAMES[key]}: {line.decode(key, 'replace')}"] for key in fits]
    text = (
        "How is the file encoded? Choose the line that is displayed correctly. If none is, save the file as UTF-8 "
        "and upload it again."
    )
    return terms.answer(Question("encoding", text, choices))


def _broken(name, data, encoding):
    try:
        data.decode(encoding)
        line, byte = 0, 0
    except UnicodeDecodeError as error:
        line, byte = data.count(b"\n", 0, error.start) + 1, data[error.start]
    return fault_of(
        name,
        "encoding",
        "Save the file as UTF-8; in Excel choose “CSV UTF-8”.",
        cell=f"line {line}",
        found=f"the byte {byte:02X}, which is not valid in {encoding.upper()}",
        expected="UTF-8, UTF-16, GB18030, Big5, EUC-KR or Windows-1252",
    )


def fault_of(name, code, message, *, cell="", found="", expected="", sheet=""):
    return Sheet(name, sheet, rows=list).fault(code, message, cell=cell, found=found, expected=expected)
