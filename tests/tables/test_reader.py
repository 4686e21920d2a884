"""A file that is no small table gets one plain sentence: where, what was found, what was expected, what to do."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from spreadsheets import sandbox
from tables import reader
from tests.files import archive, bomb, encrypted, encrypted_ods, ods, raised, replaced, text, with_cached, xls, xlsx
from tests.samples import slow_after
from tests.tables.steps import a_file, text_of, uploaded
from trade.models import Province

OFFERED = "expected an .xlsx or .ods workbook, or a .csv"
TABLE = {"table": [["code", "note"], ["CN-LN", "old"]]}


def told(page) -> str:
    """The one sentence beside the file; it shows no path of the server, and nothing can be confirmed."""
    assert page.status_code == 200
    [sentence] = page.context["form"].errors["import_file"]
    assert "Traceback" not in sentence
    assert "/tmp" not in sentence
    assert "staged" not in page.content.decode()
    return sentence


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (xls(TABLE), "found an .xls workbook"),
        ('[\n {\n  "code": "CN-LN",\n  "note": "a"\n }\n]', "found a JSON document"),
        ('{"code": "CN-LN"}', "found a JSON document"),
        ("<!doctype html>\n<table><tr><th>code</th></tr></table>", "found a web page"),
        ("<table><tr><td>code<td>note</table>", "found a web page"),
        (archive({"a.csv": b"code,note\nCN-LN,a\n"}), "found an archive (.zip)"),
        ("   \n", "found an empty file"),
    ],
)
def test_what_is_not_offered_is_refused_with_the_word_of_what_is(editor, content, found):
    sentence = told(uploaded(editor, Province, content))
    assert found in sentence
    assert OFFERED in sentence


def test_no_file_at_all_is_said_to_be_empty(editor):
    assert "The submitted file is empty" in text_of(uploaded(editor, Province, ""))


def test_a_fault_says_the_file_the_place_what_was_found_and_what_to_do(editor):
    page = uploaded(editor, Province, with_cached(xlsx(TABLE), "B2", "A9", "#REF!", "e"), "provinces.xlsx")
    assert told(page) == (
        "provinces.xlsx, sheet “table”, B2: found #REF!; expected a value. Open the workbook in its spreadsheet "
        "program, recalculate it, correct any errors, save it and upload it again."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    slow_after(4, [
        ("code,kind,note\nCN-LN,province\n", "line 2: found 2 fields; expected 3 fields, as in the header"),
        (text([["code", "name_en"]]), "found a header and nothing below it"),
        (xlsx({"table": []}), "found no cell with content"),
        ("code,note\nCN-LN,辽宁\n".encode("gb18030"), "an old encoding that cannot be told for certain"),
        ("code,note\nCN-LN,辽宁铁路\n".encode()[:-2] + b",\xff\n", "Save the file as UTF-8"),
        ('code,kind\nCN-LN,"open', "line 2: found an unclosed quotation mark"),
        ("code,note\nCN-\0LN,a\n", "bytes that are not text"),
        ("code,note\nCN-LN,a\x07b\n", "bytes that are not text"),
        ("code\nCN-LN\n", "expected columns separated by commas, semicolons or tabs"),
        ("code,note\nCN-JL,\nCN-LN,a,b\n", "line 3: found 3 fields; expected 2 fields, as in the header"),
        (b"PK\x03\x04 and then nothing", "The file is damaged or incomplete"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Save the table as .xlsx or as .csv"),
        (archive({"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "The file is damaged or incomplete"),
        (encrypted(), "found a password"),
        (encrypted_ods(), "found a password"),
        ("[" * 100_000, "expected columns separated by commas"),
        (xlsx({"Sheet": TABLE["table"], "second": [["code"]]}), "found the sheets “Sheet”, “second”"),
        (ods({"Sheet": TABLE["table"], "second": [["code"]]}), "expected one sheet with content"),
        (xlsx(TABLE | {"old": [["x"]]}, states={"old": "hidden"}), "“old” (hidden)"),
        ("code,note\n" + "CN-LN,\n" * 20_001, "found more rows; expected at most 20,000 rows"),
        ("code," + ",".join(f"c{n}" for n in range(100)) + "\nCN-LN" + ",x" * 100, "found 101 columns"),
        ("code,kind\nCN-LN," + "x" * 32_001, "line 2, column 2: found 32,001 characters"),
        ("code,note\n" + "x" * (5 * 2**20), "expected at most 5 MiB"),
        (text([["code", "note"], ["CN-LN", "a\x7fb"]]), "line 2, column 2: found the character U+007F"),
    ]),
)  # fmt: skip
def test_a_file_that_is_no_table_gets_one_plain_sentence(editor, content, words):
    assert words in told(uploaded(editor, Province, content))


def with_cell(cell):
    """A workbook whose cell B2 is written by hand."""
    return replaced(xlsx(TABLE), "xl/worksheets/sheet1.xml", '<c r="B2".*?</c>', cell)


AN_ERROR_IN_ODS = 'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "words"),
    slow_after(4, [
        (xlsx(TABLE, merged={"table": ["B2:B3"]}), "B2:B3: found merged cells"),
        (ods({"table": [["code", "note"], ["CN-LN", ("a", 1, 2)]]}), "B2:B3: found merged cells"),
        (with_cell('<c r="B2"><f>1+1</f><v></v></c>'), "B2: found a formula without a stored value"),
        (with_cell('<c r="B2"><f>1+1</f></c>'), "B2: found a formula without a stored value"),
        (with_cached(xlsx(TABLE), "B2", "A9", kind="str"), "B2: found a formula that returns empty text"),
        (ods({"table": [["code", "note"], ["CN-LN", "=1+1"]]}), "B2: found a formula without a stored value"),
        (with_cell('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), "B2: found #DIV/0!; expected a value"),
        (with_cell('<c r="B2" t="e"><v>#REF!</v></c>'), "B2: found #REF!; expected a value"),
        (replaced(ods({"table": [["code", "note"], ["CN-LN", 7]]}), "content.xml",
                  'office:value-type="float" office:value="7"', AN_ERROR_IN_ODS), "B2: found an error value"),
        ("code,note\nCN-LN,#REF!\n", "line 2, column 2: found #REF!; expected a value"),
        ("code,note\nCN-LN,Err:502\n", "line 2, column 2: found Err:502; expected a value"),
        (xlsx({"table": [["code", "note"], ["CN-LN", raised("1,234", "2")]]}), "with a superscript note mark"),
        (with_cell('<c r="B2" t="inlineStr"><is><t>a_x0007_b</t></is></c>'), "B2: found the character U+0007"),
        (with_cell('<c r="B2"><v>1e999</v></c>'), "B2: found inf; expected a number that can be stored"),
        (replaced(ods(TABLE), "content.xml", "old", "o<!-- -->ld"), "a comment or reference within a value"),
    ]),
)  # fmt: skip
def test_a_cell_that_would_be_read_in_part_is_refused_where_it_stands(editor, content, words):
    assert words in told(uploaded(editor, Province, content))


def test_a_stored_value_of_a_formula_is_read(editor):
    page = uploaded(editor, Province, with_cached(xlsx(TABLE), "B2", '"a"&amp;"b"', "ab", "str"))
    assert "<ins>ab</ins>" in page.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize(("size", "words"), [(4, "200 times its size"), (150, "expected at most 100 MiB unpacked")])
def test_a_bomb_is_measured_before_it_is_unpacked(editor, size, words):
    content = bomb(size=size * 2**20)
    assert len(content) < reader.LIMITS["bytes"]
    assert words in told(uploaded(editor, Province, content))


@pytest.mark.slow
def test_a_bomb_that_lies_about_its_size_is_refused(editor):
    content = bytearray(bomb())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet1.xml"))
    content[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")  # the size that the directory gives
    assert "The file is damaged or incomplete" in told(uploaded(editor, Province, bytes(content)))


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("bytes", 20, "expected at most 1.907e-05 MiB"),
        ("rows", 1, "found more rows"),
        ("wall_seconds", 0, "a file that takes too long to read"),
        ("output_bytes", 500, "found more data"),
    ],
)
def test_what_the_settings_allow_less_of_is_not_exceeded(editor, settings, limit, value, words):
    settings.UPLOAD_LIMITS = settings.UPLOAD_LIMITS | {limit: value}
    assert words in told(uploaded(editor, Province, "code,note\nCN-LN,a\nCN-JL," + "b" * 500))


def test_the_child_loads_neither_django_nor_pandas(tmp_path):
    (tmp_path / "table").write_bytes(a_file("ods", ["code", "note"], ["CN-LN", "a"]))
    job = {"name": "a.ods", "limits": settings.UPLOAD_LIMITS | reader.LIMITS}
    program = (
        "import json, pathlib, sys; from spreadsheets.sandbox import child;"
        "result = child.call('tables.reader:in_child', json.loads(sys.argv[1]), pathlib.Path('.'));"
        "print(result['end'], *(name for name, module in sys.modules.items() if module))"
    )
    command = [sys.executable, "-P", "-c", program, json.dumps(job)]
    done = subprocess.run(command, env=sandbox.ENVIRONMENT, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("returned ")
    assert json.loads((tmp_path / reader.ROWS).read_text()) == [["code", "note"], ["CN-LN", "a"]]
    assert not {"django", "pandas", "numpy", "import_export", "tablib"} & set(done.stdout.split())
