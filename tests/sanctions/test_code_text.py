"""Codes as people write them in a list of sanctions, and what they mean."""

import csv
from pathlib import Path

import pytest

from sanctions.code_text import CHAPTERS, Code, CodesError, parse

CASES = {
    "": "",
    "none": "",
    "None (lists by reference)": "",
    "93": "93",
    "93 (arms)": "93*",
    "03; 1604; 1605": "03 1604 1605",
    "72; 73": "72 73",
    "72, 73": "72 73",
    "72;73;": "72 73",
    "2710 (part)": "2710*",
    "2709/2711 (part)": "2709* 2711*",
    "2530/2846": "2530 2846",
    "8802.11/12; 89": "880211 880212 89",
    "8802.11": "880211",
    "8802.11/8903": "880211 8903",
    "84 (R)": "84",
    "2601111000; 2709.00.00 (part)": "2601111000 27090000*",
    "84 (r)": "84",
    "12; 08; 07 (R)": "12 08 07",
    "2710 (part) (R)": "2710*",
    "2710 (kerosene, diesel; part)": "2710*",
    "86-89": "86 87 88 89",
    "86–89 (R)": "86 87 88 89",
    "86 - 89": "86 87 88 89",
    "75-79": "75 76 78 79",
    "2601-2604": "2601 2602 2603 2604",
    "8802.11-8802.12": "880211 880212",
    "27; 27 (part)": "27",
    "27 (part); 27": "27",
    "27; 27": "27",
    "Chapter 27": "27",
    "chapters 50-53": "50 51 52 53",
    "HS 2701": "2701",
    "２７０１": "2701",
    "99": "99",
}


@pytest.mark.parametrize("text", CASES)
def test_codes_are_read_as_people_write_them(text):
    written = " ".join(code.digits + "*" * code.partial for code in parse(text))
    assert written == CASES[text]


def test_a_range_of_chapters_names_all_that_exist():
    assert [code.digits for code in parse("50-63")] == [str(n) for n in range(50, 64)]
    assert [code.digits for code in parse("01-99")] == CHAPTERS
    assert len(CHAPTERS) == 97


def test_a_range_of_one_code_is_that_code():
    assert [code.digits for code in parse("27-27; 2701-2701")] == ["27", "2701"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("coal", "“coal” is not a list of HS codes"),
        ("27 and 26", "“27 and 26” is not a list"),
        ("2701 2702", "“2701 2702” is not an HS code"),
        ("7", "an even number of digits"),
        ("270112345678", "an even number of digits"),
        ("27011", "an even number of digits"),
        ("77", "there is no chapter 77"),
        ("00", "there is no chapter 00"),
        ("98", "there is no chapter 98"),
        ("63-50", "runs backwards"),
        ("50-6302", "is not a range"),
        ("0101-9999", "is not a range"),
        ("50-", "an even number of digits"),
        ("-", "an even number of digits"),
        ("27/", "an even number of digits"),
        ("50-52-54", "an even number of digits"),
        ("27 (part", "is not a list of HS codes"),
        ("27; coal", "“coal” is not a list"),
        ("none (China list: 2701 2702 2601...)", "“none (China list: 2701 2702 2601...)” is not a list"),
        ("none; 27", "“none” is not a list"),
    ],
)
def test_what_cannot_be_understood_is_said_and_never_skipped(text, told):
    with pytest.raises(CodesError) as raised:
        parse(text)
    assert told in str(raised.value)


def test_every_entry_of_the_list_of_sanctions_is_understood():
    path = Path(__file__).parents[2] / "data" / "sanctions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    assert len(entries) == 44
    assert sum(len(parse(entry["hs_codes_for_matching"])) for entry in entries) > 60


def test_a_code_knows_its_chapter():
    assert Code("880211").chapter == "88"
