"""An import of a small table shows what would change, and stores all of it, or nothing."""

from io import BytesIO

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry

from faq.models import Question
from sanctions.models import Measure
from tests.tables.steps import a_file, address, exported, faults, staged, stored, text_of, uploaded
from trade.models import Alias, Chapter, Province


def test_a_change_is_shown_before_it_is_stored(editor):
    page = uploaded(editor, Province, "code,name_en\nCN-LN,Liao Ning\nCN-JL,Jilin\n")
    assert "0 new, 1 changed, 1 unchanged" in text_of(page)
    assert "<del>Liaoning</del> <ins>Liao Ning</ins>" in page.content.decode()
    assert Province.objects.get(pk="CN-LN").name_en == "Liaoning"
    editor.post(address(Province, "process_import"), {"staged": staged(page)})
    assert Province.objects.get(pk="CN-LN").name_en == "Liao Ning"


def test_an_exported_workbook_that_was_edited_and_saved_changes_what_was_edited(editor):
    book = openpyxl.load_workbook(BytesIO(exported(editor, Chapter, "xlsx")))
    assert (book.active["A2"].value, book.active["D1"].value) == ("01", "short_title")
    book.active["D2"] = "Beasts"
    saved = BytesIO()
    book.save(saved)
    page = uploaded(editor, Chapter, saved.getvalue(), "chapters.xlsx")
    assert "Changes in “chapters.xlsx”" in text_of(page)
    assert "0 new, 1 changed" in text_of(page)
    editor.post(address(Chapter, "process_import"), {"staged": staged(page)})
    assert Chapter.objects.get(pk="01").short_title == "Beasts"


def test_a_column_that_is_not_in_the_file_stays_as_it_is(editor):
    before = Province.objects.get(pk="CN-LN")
    stored(editor, Province, "code,note\nCN-LN,On the border.\n")
    after = Province.objects.get(pk="CN-LN")
    assert (after.note, after.name_zh, after.gb_code) == ("On the border.", before.name_zh, before.gb_code)


@pytest.mark.slow
def test_a_blank_cell_empties_what_can_be_empty_and_is_refused_elsewhere(editor):
    stored(editor, Province, "code,note\nCN-LN,\n")
    assert Province.objects.get(pk="CN-LN").note == ""
    page = uploaded(editor, Province, "code,name_en\nCN-LN,\n")
    assert faults(page) == [(2, "name_en", "This field cannot be blank.")]


def test_a_blank_cell_never_publishes_a_question(editor):
    Question.objects.filter(slug="crude-oil").update(state="draft")
    page = uploaded(editor, Question, "slug,state\ncrude-oil,\n")
    assert [fault[:2] for fault in faults(page)] == [(2, "state")]
    assert not Question.objects.get(slug="crude-oil").is_published


@pytest.mark.slow
def test_a_new_row_takes_the_defaults_of_what_it_leaves_blank(editor):
    stored(editor, Question, "slug,page,question,answer,position,about\nnew,both,Why?,Because.,,\n")
    new = Question.objects.get(slug="new")
    assert (new.position, new.state) == (100, "published")


@pytest.mark.slow
def test_rows_that_the_file_leaves_out_are_not_deleted(editor):
    count = Alias.objects.count()
    stored(editor, Alias, "name,province,chapter\nLiaoning gateway,CN-LN,\n")
    assert Alias.objects.count() == count + 1


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.both_databases
def test_the_history_says_who_imported_what(editor):
    stored(editor, Question, "slug,question\ncrude-oil,What about oil?\n")
    newest = Question.objects.get(slug="crude-oil").history.first()
    assert (newest.history_user.username, newest.history_change_reason) == ("editor", "import of table.bin")
    assert LogEntry.objects.filter(object_repr="What about oil?").count() == 1


def test_numbers_that_a_spreadsheet_made_of_codes_are_codes_again(editor):
    page = uploaded(editor, Province, a_file("xlsx", ["code", "gacc_code", "gb_code"], ["CN-LN", 21, 210000]))
    assert "It contains no changes" in text_of(page)


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers(editor):
    page = uploaded(editor, Province, "code,kind\nCN-LN,province\n,\n\nCN-JL,\n,\n")
    assert faults(page) == [(5, "kind", "This field cannot be blank.")]


def test_a_semicolon_file_of_a_european_excel_is_read(editor):
    page = uploaded(editor, Province, "code;name_en\r\nCN-LN;Liaoning\r\n")
    assert "It contains no changes" in text_of(page)


def test_markup_in_a_file_is_shown_as_text(editor):
    page = uploaded(editor, Province, "code,note\nCN-LN,<script>alert(1)</script>\n")
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert" in page.content.decode()


def test_the_unicode_text_of_excel_is_read(editor):
    page = uploaded(editor, Province, "code\tname_en\r\nCN-LN\tLiaoning\r\n".encode("utf-16"))
    assert "It contains no changes" in text_of(page)


def test_storing_says_honestly_what_was_stored(editor):
    page = stored(editor, Province, "code,kind\nCN-LN,changed\nCN-JL,province\n")
    assert "Import finished: 0 new, 1 updated, 0 deleted and 1 skipped provinces." in text_of(page)


def test_a_fault_of_the_program_is_told_in_words_and_logged_as_it_is(editor, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise KeyError("id_field of some library")

    monkeypatch.setattr("tables.resources.TableResource.before_import", broken)
    page = text_of(uploaded(editor, Province, "code,name_en\nCN-LN,Liao Ning\n"))
    assert "because of an unexpected error" in page and "id_field" not in page
    assert "id_field of some library" in caplog.text
