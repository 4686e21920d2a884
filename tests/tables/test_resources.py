"""The small tables as files: through the real admin, in every form, with what people and attackers do to files."""

import datetime as dt
import json
import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faq.models import Question
from sanctions.models import Measure, Resolution
from tables import admin, files
from tests.samples import slow_after
from trade.models import Alias, Chapter, Commodity, Province, Section

FORMS = ["xlsx", "csv", "ods", "tsv", "json", "html", "xls"]
TABLES = [Province, Section, Chapter, Alias, Question, Resolution, Measure]


@pytest.fixture
def editor(client, words, db):
    """A logged-in editor who may do everything but is no superuser."""
    user = User.objects.create_user("editor", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=["trade", "sanctions", "faq"]))
    client.force_login(user)
    return client


def address(model, action):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}")


def exported(client, model, form, query=""):
    response = client.post(address(model, "export") + query, {"format": FORMS.index(form)})
    assert response.status_code == 200, response.content
    assert response["Content-Disposition"].endswith(f'.{form}"')
    return response.content


def uploaded(client, model, content, name="table.bin"):
    """Send the file; return the page that answers."""
    content = content.encode() if isinstance(content, str) else content
    return client.post(address(model, "import"), {"import_file": SimpleUploadedFile(name, content)})


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def staged(response):
    return re.search(r'name="staged" value="([^"]+)"', response.content.decode())[1]


def stored(client, model, content):
    """Send the file and confirm what the page shows."""
    page = uploaded(client, model, content)
    return client.post(address(model, "process_import"), {"staged": staged(page)}, follow=True)


def faults(response):
    return [(fault["row"], fault["column"], fault["text"]) for fault in response.context["faults"]]


def rows_of(model):
    return list(model.objects.order_by("pk").values())


def a_file(form, *rows):
    return files.write(form, list(rows[0]), [list(row) for row in rows[1:]], "rows")


# Round trips


@pytest.mark.parametrize("form", slow_after(2, FORMS))
def test_every_table_comes_back_unchanged_in_every_form(editor, form):
    for model in TABLES:
        page = uploaded(editor, model, exported(editor, model, form))
        assert "it changes nothing" in text_of(page), (model, faults(page), page.context["form"].errors)


@pytest.mark.slow
def test_the_headings_of_the_nomenclature_come_back_unchanged_in_few_queries(editor, django_assert_max_num_queries):
    content = exported(editor, Commodity, "csv")
    with django_assert_max_num_queries(30):
        page = uploaded(editor, Commodity, content)
    assert "it changes nothing" in text_of(page)


HOSTILE_TEXTS = [
    "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'=1+1", "''=1+1", "'quoted'", "\t=1", "- a list\n- of two\n",
    "a,b;c\td", 'say "no"', "<b>&amp;</b>", "  two  spaces ", "007", "1.50", "1e5", "2017-08-05", "true", "None",
    "山西\u00a0省",
]  # fmt: skip


@pytest.mark.parametrize("form", slow_after(3, FORMS))
def test_text_that_looks_like_something_else_comes_back_as_it_was(editor, form):
    for number, text in enumerate(HOSTILE_TEXTS):
        Question.objects.create(slug=f"hostile-{number}", page="both", question=text, answer=text, position=number)
    page = uploaded(editor, Question, exported(editor, Question, form))
    assert "it changes nothing" in text_of(page), [fault["text"] for fault in page.context["faults"]]


@pytest.mark.both_databases
@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_what_was_exported_rebuilds_a_table_that_was_lost(editor, form):
    before = rows_of(Alias)
    content = exported(editor, Alias, form)
    Alias.objects.all().delete()
    stored(editor, Alias, content)
    unnumbered = [{**row, "id": None} for row in sorted(before, key=lambda row: row["name"])]
    assert [{**row, "id": None} for row in sorted(rows_of(Alias), key=lambda row: row["name"])] == unnumbered


# Formulas


def test_no_text_is_a_formula_in_a_workbook_and_numbers_stay_numbers(editor):
    Question.objects.create(slug="formula", page="both", question="=1+1", answer="=HYPERLINK(1)", position=7)
    sheet = openpyxl.load_workbook(BytesIO(exported(editor, Question, "xlsx"))).active
    names = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "formula")
    cells = dict(zip(names, row, strict=True))
    assert (cells["question"].value, cells["question"].data_type) == ("=1+1", "s")
    assert (cells["position"].value, cells["position"].data_type) == (7, "n")
    assert (cells["published"].value, cells["published"].data_type) == (True, "b")
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("form", ["csv", "tsv", "html"])
def test_no_cell_of_a_text_file_begins_like_a_formula(editor, form):
    Question.objects.create(slug="formula", page="both", question="=1+1", answer="@x", position=7)
    content = exported(editor, Question, form).decode("utf-8-sig")
    assert "'=1+1" in content.replace("&#x27;", "'")
    assert not re.search(r"(^|[,\t>])=1\+1", content, re.MULTILINE)


def test_a_date_is_a_date_in_a_workbook(editor):
    sheet = openpyxl.load_workbook(BytesIO(exported(editor, Resolution, "xlsx"))).active
    assert sheet["B2"].value == dt.datetime.combine(dt.date(2006, 7, 15), dt.time())


def test_csv_says_that_it_is_utf8_and_keeps_leading_zeros(editor):
    content = exported(editor, Chapter, "csv")
    assert content.startswith(b"\xef\xbb\xbfcode,section,title,short_title\r\n01,I,")


# What an import does


def test_a_change_is_shown_before_it_is_stored(editor):
    page = uploaded(editor, Province, "code,name_en\nCN-LN,Liao Ning\nCN-JL,Jilin\n")
    assert "0 new, 1 changed, 1 unchanged" in text_of(page)
    assert "<del>Liaoning</del> <ins>Liao Ning</ins>" in page.content.decode()
    assert Province.objects.get(pk="CN-LN").name_en == "Liaoning"
    editor.post(address(Province, "process_import"), {"staged": staged(page)})
    assert Province.objects.get(pk="CN-LN").name_en == "Liao Ning"


def test_a_column_that_is_not_in_the_file_stays_as_it_is(editor):
    before = Province.objects.get(pk="CN-LN")
    stored(editor, Province, "code,note\nCN-LN,On the border.\n")
    after = Province.objects.get(pk="CN-LN")
    assert (after.note, after.name_zh, after.gb_code) == ("On the border.", before.name_zh, before.gb_code)


def test_a_blank_cell_empties_what_can_be_empty_and_is_refused_elsewhere(editor):
    stored(editor, Province, "code,note\nCN-LN,\n")
    assert Province.objects.get(pk="CN-LN").note == ""
    page = uploaded(editor, Province, "code,name_en\nCN-LN,\n")
    assert faults(page) == [(2, "name_en", "This field cannot be blank.")]


def test_a_blank_cell_never_publishes_a_question(editor):
    Question.objects.filter(slug="crude-oil").update(published=False)
    page = uploaded(editor, Question, "slug,published\ncrude-oil,\n")
    assert [fault[:2] for fault in faults(page)] == [(2, "published")]
    assert not Question.objects.get(slug="crude-oil").published


def test_a_new_row_takes_the_defaults_of_what_it_leaves_blank(editor):
    stored(editor, Question, "slug,page,question,answer,position,published\nnew,both,Why?,Because.,,\n")
    new = Question.objects.get(slug="new")
    assert (new.position, new.published) == (100, True)


def test_rows_that_the_file_leaves_out_are_not_deleted(editor):
    count = Alias.objects.count()
    stored(editor, Alias, "name,province,chapter\nLiaoning gateway,CN-LN,\n")
    assert Alias.objects.count() == count + 1


@pytest.mark.both_databases
def test_a_measure_without_a_key_is_added_and_its_codes_are_understood(editor):
    file = a_file(
        "xlsx",
        ["id", "resolution", "direction", "category", "kind", "goods", "measure", "codes_text", "basis"],
        [None, 2397, "to_dprk", "metals", "full_ban", "new goods", "Full ban", "72-74; 2710 (part)", "R"],
    )
    stored(editor, Measure, file)
    measure = Measure.objects.get(goods="new goods")
    assert [str(code) for code in measure.codes.all()] == ["72", "73", "74", "2710 (part)"]
    assert measure.checked == Measure.Checked.RECALLED


@pytest.mark.both_databases
def test_a_key_that_the_database_numbers_is_not_invented(editor):
    page = uploaded(editor, Measure, "id,goods\n99999,coal\n")
    assert faults(page) == [
        (2, "id", "There is no row with this key. Leave the cell blank to add a new row."),
    ]


@pytest.mark.both_databases
def test_the_history_says_who_imported_what(editor):
    stored(editor, Question, "slug,question\ncrude-oil,What about oil?\n")
    newest = Question.objects.get(slug="crude-oil").history.first()
    assert (newest.history_user.username, newest.history_change_reason) == ("editor", "import of table.bin")
    assert LogEntry.objects.filter(object_repr="What about oil?").count() == 1


def test_numbers_that_a_spreadsheet_made_of_codes_are_codes_again(editor):
    page = uploaded(editor, Province, a_file("xlsx", ["code", "gacc_code", "gb_code"], ["CN-LN", 21, 210000]))
    assert "it changes nothing" in text_of(page)


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers(editor):
    page = uploaded(editor, Province, "code,kind\nCN-LN,province\n,\n\nCN-JL,\n,\n")
    assert faults(page) == [(5, "kind", "This field cannot be blank.")]


# Validators


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("model", "content", "fault"),
    slow_after(9, [
        (Province, "code,gb_code,gacc_code,name_en,name_zh,name_ko,kind\nXX-1,1,1,a,b,c,d\n", (2, "code", "ISO 3166")),
        (Province, "code,name_en\nCN-LN,Jilin\n", (2, "name_en", "already exists")),
        (Province, f"code,note\nCN-LN,{'x' * 201}\n", (2, "note", "at most 200")),
        (Chapter, "code,section,title,short_title\n27,LX,a,b\n", (2, "section", "LX")),
        (Chapter, "code,section,title,short_title\n27,,a,b\n", (2, "section", "cannot be null")),
        (Commodity, "code,chapter,title\n270199,26,x\n", (2, "", "The code does not begin with its chapter.")),
        (Alias, "name,province,chapter\nBoth,CN-LN,27\n", (2, "", "Choose a province or a chapter")),
        (Alias, "name,province,chapter\nHebei Province,CN-HB,\n", (2, "name", "already means CN-HE")),
        (Section, "number,position\nV,1\n", (2, "position", "already exists")),
        (Section, "number,position\nV,1.5\n", (2, "position", "“1.5” is not a whole number")),
        (Section, "number,position\nV,-1\n", (2, "position", "greater than or equal to 0")),
        (Section, "number,position\nV,1e400\n", (2, "position", "is not a whole number")),
        (Question, "slug,page\ncrude-oil,front\n", (2, "page", "not a valid choice")),
        (Question, "slug,published\ncrude-oil,perhaps\n", (2, "published", "“perhaps” is neither true nor false")),
        (Resolution, "number,adopted\n2371,5 Aug 2017\n", (2, "adopted", "“5 Aug 2017” is not a date")),
        (Resolution, "number,url\n2371,javascript:alert(1)\n", (2, "url", "valid URL")),
        (Measure, "id,codes_text\n1,coal\n", (2, "codes_text", "is not a list of HS codes")),
    ]),
)  # fmt: skip
def test_every_validator_of_a_model_runs(editor, model, content, fault):
    if model is Measure:
        content = content.replace("\n1,", f"\n{Measure.objects.first().pk},")
    before = rows_of(model)
    page = uploaded(editor, model, content)
    row, column, text = faults(page)[0]
    assert (row, column) == fault[:2]
    assert fault[2] in text
    assert "staged" not in page.content.decode()
    assert rows_of(model) == before


def test_all_faults_of_a_file_are_told_at_once_and_nothing_is_stored(editor):
    page = uploaded(editor, Province, "code,name_en,kind\nCN-LN,Better,\nCN-JL,,province\nCN-HL,Good,province\n")
    assert [fault[:2] for fault in faults(page)] == [(2, "kind"), (3, "name_en")]
    assert "Nothing was stored" in text_of(page)
    assert not Province.objects.filter(name_en__in=["Better", "Good"]).exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("name_en\nx\n", "The column “code” is missing"),
        ("code,nam_en\nCN-LN,x\n", "There is no column “nam_en” in this table"),
        ("code,nam_en\nCN-LN,x\n", "Did you mean “name_en”?"),
        ("code,kind,kind\nCN-LN,a,b\n", "The column “kind” comes more than once."),
        ("code,,kind\nCN-LN,x,b\n", "A column has values but no name: column 2."),
        ("code,kind\nCN-LN,a\nCN-LN,b\n", "“CN-LN” stands twice in the column “code”: rows 2, 3."),
    ],
)
def test_what_no_row_could_mend_is_said_of_the_whole_file(editor, content, told):
    assert told in text_of(uploaded(editor, Province, content))


# Files that are no tables


def zipped(**members):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def a_bomb():
    """A small workbook whose sheet unpacks to 150 MB."""
    source = zipfile.ZipFile(BytesIO(a_file("xlsx", ["code"], ["CN-LN"])))
    parts = {name: source.read(name) for name in source.namelist()}
    head, tail = parts.pop("xl/worksheets/sheet1.xml").split(b"<sheetData>")
    out = BytesIO(zipped(**parts))
    archive = zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED)
    with archive, archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
        sheet.write(head + b"<sheetData>")
        for _ in range(15):
            sheet.write(b"<row/>" * (10 * 2**20 // 6))
        sheet.write(tail)
    return out.getvalue()


def a_cell(inside, rest=b""):
    """A workbook of one row whose second cell is written by hand."""
    source = zipfile.ZipFile(BytesIO(a_file("xlsx", ["code", "note"], ["CN-LN", "old"])))
    parts = {name: source.read(name) for name in source.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    changed = re.sub(rb'<c r="B2"[^>]*>.*?</c>', inside, sheet).replace(b"</sheetData>", b"</sheetData>" + rest)
    assert changed != sheet
    return zipped(**parts | {"xl/worksheets/sheet1.xml": changed})


def two_sheets():
    book = openpyxl.Workbook()
    book.active["A1"] = "code"
    book.create_sheet("second")["A1"] = "code"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    slow_after(9, [
        ("", "The submitted file is empty"),
        ("   \n", "The file has no rows"),
        ("code,name_en\n", "The file has no rows"),
        (b"code\nCN-LN\nLiaoning \xff", "Line 3 is not UTF-8"),
        ('code,kind\nCN-LN,"open', "The quotation marks of the file do not match"),
        ("code\nCN-\0LN\n", "damaged"),
        ('[{"code": "CN-LN"', "is not JSON"),
        ('{"code": "CN-LN"}', "not a list of flat records"),
        ('[{"code": ["CN-LN"]}]', "not a list of flat records"),
        ('[{"code": "CN-LN", "code": "CN-JL"}]', "not a list of flat records"),
        ('[{"code": "CN-LN", "kind": NaN}]', "NaN is not a number that can be stored"),
        ("[" * 100_000, "could not be read within the limits"),
        ("<table><tr><td>code</td></tr></table><table></table>", "The page has 2 tables"),
        ("<p>code</p>", "The page has 0 tables"),
        (b"PK\x03\x04 and then nothing", "it is damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "it is damaged"),
        (zipped(**{"xl/workbook.xml": "<x/>"}), "it is damaged"),
        (two_sheets(), "The workbook has several sheets with content: Sheet, second"),
        ("code\n" + "CN-LN\n" * 20_001, "The table has 20001 rows"),
        ("code," + ",".join(f"c{n}" for n in range(100)) + "\nCN-LN" + ",x" * 100, "and 101 columns"),
        ("code,kind\nCN-LN," + "x" * 32_001, "A cell is longer than 32000 characters"),
        ("code\n" + "x" * (5 * 2**20), "5242880 are the most"),
        ("code,kind,note\nCN-LN,province\n", "Line 2 has 2 cells, the header 3"),
        ("code,note\nCN-LN,a,b\n", "Line 2 has 3 cells, the header 2"),
        ("code,note\nCN-LN,a\x07b\n", "Row 2 holds a character that is no text"),
        ('[{"code": "CN-LN", "note": "a\\u0000b"}]', "Row 2 holds a character that is no text"),
        ('[{"code": "CN-\\ud800", "note": "b"}]', "Row 2 holds a character that is no text"),
        ('[{"code": "CN-LN", "note": "a"}, {"code": "CN-JL"}]', "not a list of flat records"),
        ('[{"code": "CN-LN", "note": ' + "9" * 6000 + "}]", "thousands of digits is not a number"),
        ("<table><tr><td>code<td>note<tr><td>CN-LN<td colspan=2>a</table>", "The table has merged cells"),
        (a_cell(b'<c r="B2"><v>1</v></c>', b'<mergeCells><mergeCell ref="B2:B3"/></mergeCells>'), "merged cells"),
        (a_cell(b'<c r="B2"><f>1+1</f><v></v></c>'), "A formula has no stored value"),
        (a_cell(b'<c r="B2"><f>1+1</f></c>'), "A formula has no stored value"),
        (a_cell(b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), "A cell holds an error value"),
    ]),
)  # fmt: skip
def test_a_file_that_is_no_table_gets_one_plain_sentence(editor, content, told):
    page = uploaded(editor, Province, content)
    assert page.status_code == 200
    assert told in text_of(page)
    assert "Traceback" not in text_of(page)


def test_a_stored_value_of_a_formula_and_cells_without_their_end_are_read(editor):
    page = uploaded(editor, Province, a_cell(b'<c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>'))
    assert "<ins>ab</ins>" in page.content.decode()
    page = uploaded(editor, Province, "<table><tr><td>code<td>note<tr><td>CN-LN<td>cd</table>")
    assert "<ins>cd</ins>" in page.content.decode()


@pytest.mark.slow
def test_a_bomb_is_measured_before_it_is_unpacked(editor):
    content = a_bomb()
    assert len(content) < files.MAX_BYTES
    assert "The workbook unpacks to" in text_of(uploaded(editor, Province, content))


@pytest.mark.slow
def test_a_bomb_that_lies_about_its_size_is_stopped_by_the_limits_of_the_child(editor):
    content = bytearray(a_bomb())
    place = content.rindex(b"PK\x01\x02")  # the directory's entry of the sheet; its size stands 24 bytes on
    content[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    page = uploaded(editor, Province, bytes(content))
    assert page.status_code == 200
    assert page.context["form"].errors


def test_a_workbook_in_utf16_text_is_read(editor):
    page = uploaded(editor, Province, "code\tname_en\r\nCN-LN\tLiaoning\r\n".encode("utf-16"))
    assert "it changes nothing" in text_of(page)


def test_a_semicolon_file_of_a_european_excel_is_read(editor):
    page = uploaded(editor, Province, "code;name_en\r\nCN-LN;Liaoning\r\n")
    assert "it changes nothing" in text_of(page)


def test_markup_in_a_file_is_shown_as_text(editor):
    page = uploaded(editor, Province, "code,note\nCN-LN,<script>alert(1)</script>\n")
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert" in page.content.decode()


# Who may


@pytest.mark.parametrize("model", [*TABLES, Commodity])
def test_a_staff_user_without_a_permission_can_neither_import_nor_export(client, words, db, model):
    client.force_login(User.objects.create_user("clerk", password="x", is_staff=True))
    for response in (
        client.get(address(model, "import")),
        uploaded(client, model, "code\nx\n"),
        client.post(address(model, "process_import"), {"staged": "x"}),
        client.get(address(model, "export")),
        client.post(address(model, "export"), {"format": "1"}),
    ):
        assert response.status_code == 403


@pytest.mark.parametrize("permission", ["change_province", "add_province", "view_province"])
def test_an_import_needs_the_permissions_to_add_and_to_change(client, words, db, permission):
    clerk = User.objects.create_user("clerk", password="x", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename=permission))
    client.force_login(clerk)
    assert client.get(address(Province, "import")).status_code == 403
    seen = client.get(address(Province, "changelist")).content.decode() if permission != "add_province" else ""
    assert "import_link" not in seen


def test_an_export_needs_the_permission_to_view_only(client, words, db):
    clerk = User.objects.create_user("clerk", password="x", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_province"))
    client.force_login(clerk)
    assert b"CN-LN" in exported(client, Province, "csv")


def test_an_export_follows_the_search_of_the_list(editor):
    rows = exported(editor, Province, "csv", "?q=Neimenggu").decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows] == ["code", "CN-NM"]


# The confirming form


def a_preview(editor, content="code,kind\nCN-LN,changed\n"):
    return staged(uploaded(editor, Province, content))


def refused(response):
    return response.status_code == 400 and "The preview is not valid any more" in text_of(response)


def test_a_confirming_form_that_was_tampered_with_is_refused(editor):
    token = a_preview(editor)
    for forged in ("", "x", token[:-2], "A" + token, token.replace(":", ";"), "/etc/passwd", "../../var/yalu.sqlite3"):
        assert refused(editor.post(address(Province, "process_import"), {"staged": forged}))
    assert Province.objects.get(pk="CN-LN").kind == "province"


def test_a_preview_is_of_its_user_and_its_table_alone(editor, client):
    token = a_preview(editor)
    assert refused(editor.post(address(Section, "process_import"), {"staged": token}))
    client.force_login(User.objects.create_superuser("other", password="x"))
    assert refused(client.post(address(Province, "process_import"), {"staged": token}))


def test_a_preview_expires(editor, monkeypatch):
    token = a_preview(editor)
    monkeypatch.setattr(admin, "PREVIEW_SECONDS", -1)
    assert refused(editor.post(address(Province, "process_import"), {"staged": token}))


def test_what_is_signed_for_another_purpose_is_no_preview(editor):
    other = signing.dumps(
        {"model": "trade.Province", "user": 1, "headers": ["code"], "rows": [], "name": "", "plan": ""}
    )
    assert refused(editor.post(address(Province, "process_import"), {"staged": other}))


def test_a_table_that_moved_since_the_preview_is_shown_again_and_nothing_is_stored(editor):
    token = a_preview(editor)
    Province.objects.filter(pk="CN-LN").update(kind="moved")
    page = editor.post(address(Province, "process_import"), {"staged": token})
    assert page.status_code == 409
    assert "Nothing was stored: the table was changed since the preview" in text_of(page)
    assert "<del>moved</del> <ins>changed</ins>" in page.content.decode()
    assert Province.objects.get(pk="CN-LN").kind == "moved"
    editor.post(address(Province, "process_import"), {"staged": staged(page)})
    assert Province.objects.get(pk="CN-LN").kind == "changed"


def test_a_fault_that_appears_between_preview_and_storing_rolls_everything_back(editor):
    token = a_preview(editor, "code,name_en,kind\nCN-LN,Good Name,changed\nCN-JL,Taken,changed\n")
    Province.objects.filter(pk="CN-HL").update(name_en="Taken")
    page = editor.post(address(Province, "process_import"), {"staged": token})
    assert page.status_code == 409
    assert "already exists" in text_of(page)
    assert "Import finished" not in text_of(page)
    assert not Province.objects.filter(kind="changed").exists()


def test_a_second_click_stores_nothing_twice(editor):
    token = a_preview(
        editor, "code,gb_code,gacc_code,name_en,name_zh,name_ko,kind\nCN-ZZ,990000,99,New,新,신,province\n"
    )
    for _ in range(2):
        editor.post(address(Province, "process_import"), {"staged": token})
    assert Province.objects.filter(pk="CN-ZZ").count() == 1


def test_storing_says_honestly_what_was_stored(editor):
    page = stored(editor, Province, "code,kind\nCN-LN,changed\nCN-JL,province\n")
    assert "Import finished: 0 new, 1 updated, 0 deleted and 1 skipped provinces." in text_of(page)


def test_confirming_takes_no_get(editor):
    assert editor.get(address(Province, "process_import")).status_code == 405


def test_a_preview_too_large_for_a_form_is_refused_in_words(editor, monkeypatch):
    monkeypatch.setattr(admin, "PREVIEW_BYTES", 100)
    assert "too large for one go" in text_of(uploaded(editor, Province, "code,kind\nCN-LN,changed\n"))


# The pages


@pytest.mark.parametrize("action", ["import", "export"])
def test_the_pages_hold_nothing_that_the_policy_forbids(editor, action):
    page = editor.get(address(Province, action)).content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*src=)|<style", page)


def test_the_preview_holds_nothing_that_the_policy_forbids(editor):
    page = uploaded(editor, Province, "code,kind\nCN-LN,changed\n").content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*src=)|<style", page)


def test_nothing_is_staged_on_the_server(editor, var_dir, settings):
    def everything():
        return {path for path in var_dir.rglob("*") if path.is_file() and "sqlite3" not in path.name}

    before = everything()
    uploaded(editor, Province, "code,kind\nCN-LN,changed\n")
    assert everything() == before


def test_the_json_of_an_export_is_plain_records(editor):
    records = json.loads(exported(editor, Section, "json"))
    assert records[4] == {"number": "V", "position": 5, "title": "Mineral products", "short_title": "Mineral products"}
