"""An export of a small table comes back unchanged, in every kind of file, and nothing in it runs as a formula."""

import datetime as dt
import re
from io import BytesIO

import openpyxl
import pytest

from faq.models import Question
from sanctions.models import Resolution
from tests.samples import slow_after, some
from tests.tables.steps import KINDS, TABLES, address, exported, faults, stored, text_of, uploaded
from trade.models import Alias, Chapter, Commodity, Province


@pytest.mark.parametrize("kind", slow_after(0, KINDS))
def test_every_table_comes_back_unchanged_in_every_kind_of_file(editor, kind):
    for model in TABLES:
        page = uploaded(editor, model, exported(editor, model, kind))
        assert "It contains no changes" in text_of(page), (model, faults(page), page.context["form"].errors)


@pytest.mark.slow
def test_the_headings_of_the_nomenclature_come_back_unchanged_in_few_queries(editor, django_assert_max_num_queries):
    content = exported(editor, Commodity, "csv")
    with django_assert_max_num_queries(30):
        page = uploaded(editor, Commodity, content)
    assert "It contains no changes" in text_of(page)


HOSTILE_TEXTS = [
    "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'=1+1", "''=1+1", "'quoted'", "\t=1", "- a list\n- of two\n",
    "a,b;c\td", 'say "no"', "<b>&amp;</b>", "  two  spaces ", "007", "1.50", "1e5", "2017-08-05", "true", "None",
    "山西\u00a0省", "_x0041_", "_x005F_x0041_", "\n=1", "\n\na\n \nb\u2028", "a|b|c\n-|-|-\n" * 30,
    "a; b; " * 60, "x" * 32_000,
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", slow_after(1, KINDS))
def test_text_that_looks_like_something_else_comes_back_as_it_was(editor, kind):
    for place, text in enumerate(HOSTILE_TEXTS):
        Question.objects.create(slug=f"hostile-{place}", page="both", question=text[:200], answer=text, position=place)
    page = uploaded(editor, Question, exported(editor, Question, kind))
    assert "It contains no changes" in text_of(page), [fault["text"] for fault in page.context["faults"]]


def rows_of(model):
    """Every row without its number, which the database gives anew."""
    return [{**row, "id": None} for row in model.objects.order_by("name").values()]


@pytest.mark.parametrize("text", ["a|b|c\n-|-|-\n" * 40, "a; b; " * 60, "a\tb\t" * 60])
def test_one_row_of_much_punctuation_comes_back_from_a_csv(editor, text):
    Question.objects.create(slug="hostile", page="both", question="Why?", answer=text, position=1)
    content = exported(editor, Question, "csv", "?q=hostile")
    assert "It contains no changes" in text_of(uploaded(editor, Question, content))


@pytest.mark.slow
@pytest.mark.parametrize("kind", some(KINDS, 1))
def test_what_was_exported_rebuilds_a_table_that_was_lost(editor, kind):
    before = rows_of(Alias)
    content = exported(editor, Alias, kind)
    Alias.objects.all().delete()
    stored(editor, Alias, content)
    assert rows_of(Alias) == before


# Formulas


def test_no_text_is_a_formula_in_a_workbook_and_numbers_stay_numbers(editor):
    Question.objects.create(slug="formula", page="both", question="=1+1", answer="=HYPERLINK(1)", position=7)
    sheet = openpyxl.load_workbook(BytesIO(exported(editor, Question, "xlsx"))).active
    names = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "formula")
    cells = dict(zip(names, row, strict=True))
    assert (cells["question"].value, cells["question"].data_type) == ("=1+1", "s")
    assert (cells["position"].value, cells["position"].data_type) == (7, "n")
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_no_cell_of_a_csv_begins_like_a_formula(editor):
    Question.objects.create(slug="formula", page="both", question="=1+1", answer="@x", position=7)
    content = exported(editor, Question, "csv").decode("utf-8-sig")
    assert "'=1+1" in content
    assert not re.search(r"(^|,)[=@]", content, re.MULTILINE)


def test_a_date_is_a_date_in_a_workbook(editor):
    sheet = openpyxl.load_workbook(BytesIO(exported(editor, Resolution, "xlsx"))).active
    assert sheet["B2"].value == dt.datetime.combine(dt.date(2006, 7, 15), dt.time())


def test_csv_says_that_it_is_utf8_and_keeps_leading_zeros(editor):
    content = exported(editor, Chapter, "csv")
    assert content.startswith(b"\xef\xbb\xbfcode,section,title,short_title\r\n01,I,")


def test_the_export_offers_xlsx_ods_and_csv_and_nothing_else(editor):
    form = editor.get(address(Chapter, "export")).context["form"]
    assert [label for value, label in form.fields["format"].choices if value != ""] == ["XLSX", "ODS", "CSV"]


def test_an_export_follows_the_search_of_the_list(editor):
    rows = exported(editor, Province, "csv", "?q=Neimenggu").decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows] == ["code", "CN-NM"]
