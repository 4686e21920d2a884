"""Titles, notes, comments and other sheets that say more than was read: ticked, quoted."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.files import xlsx

ROWS = [["Province", 2018, 2019], ["Liaoning", 1, 2], ["Jilin", 3, 4]]
TITLE = "China's exports to North Korea (US$)"


def ticks(found, key):
    assert not found.faults and not found.questions, (found.faults, found.questions)
    return [sentence for name, sentence in found.doubts if name == key]


def workbook(change):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [[TITLE], *ROWS]:
        sheet.append(row)
    change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_title_that_says_more_is_quoted_with_the_words_that_were_not_understood(read):
    [sentence] = ticks(read(xlsx({"S": [["China's exports of coal to North Korea (US$)"], *ROWS]})), "title")
    assert "“China's exports of coal to North Korea (US$)” (sheet “S”) says “coal”" in sentence


def test_so_is_a_title_that_another_tick_quotes_for_its_year(read):
    rows = [["Province", "Exports", "Imports"], ["Liaoning", 1, 2]]
    found = read(
        xlsx({"S": [["China's coal trade with North Korea, 2019 (US$)"], *rows]}), answers={"exports": "partner"}
    )
    assert "says “coal”" in ticks(found, "title")[0]


@pytest.mark.parametrize("name", ["BRI countries", "the South", "加工贸易", "남측"])
def test_so_is_the_name_of_a_sheet(read, name):
    assert name in ticks(read(xlsx({name: [[TITLE], *ROWS]})), "title")[0]


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("Note: figures for 2019 are in thousands of RMB.", "another currency"),
        ("Includes South Korea.", "another country"),
        ("Excludes crude oil.", "what is included"),
        ("2019年数据为估算数", "an estimate"),
        ("Unit: TEU", "another unit"),
        ("2019: January to September", "a part of a year"),
        ("Jilin was flooded.", ""),
    ],
)
def test_a_note_is_quoted_with_what_it_speaks_of(read, note, why):
    found = read(xlsx({"S": [[TITLE], *ROWS, [], [note]]}))
    quoted = [sentence for _key, sentence in found.doubts if note.rstrip(".") in sentence]
    assert quoted and (f"({why})" in quoted[0] or not why or "part-year" in [key for key, _said in found.doubts])


@pytest.mark.parametrize("note", ["Source: General Administration of Customs", "资料来源：海关总署", "제작: 통계"])
def test_a_source_needs_no_tick(read, note):
    assert bool(ticks(read(xlsx({"S": [[TITLE], *ROWS, [], [note]]})), "note")) == (note == "제작: 통계")


def test_another_sheet_that_contradicts_is_quoted(read):
    sheets = {"Data": [[TITLE], *ROWS], "Notes": [["Read me"], ["Values are in RMB 10,000."]]}
    assert "Values are in RMB 10,000" in ticks(read(xlsx(sheets)), "note")[0]


def test_a_comment_on_a_cell_is_quoted_with_its_place(read):
    def comment(sheet):
        sheet["C2"].comment = Comment("January to September only", "Editor")

    assert "comment on C2 “January to September only" in ticks(read(workbook(comment)), "note")[0]


def test_cells_that_are_struck_through_or_not_shown_are_ticked(read):
    def conceal(sheet):
        sheet["B3"].font = Font(strike=True)
        sheet["C4"].number_format = ";;;"

    [sentence] = ticks(read(workbook(conceal)), "hidden")
    assert "B3 (struck through), C4 (not shown by its number format)" in sentence


def test_a_classification_that_is_not_the_hs_is_quoted(read):
    rows = [["SITC code", 2018, 2019], ["33", 1, 2], ["65", 3, 4]]
    found = read(xlsx({"S": [[TITLE], *rows]}), kind="commodity")
    assert "header “SITC code” (sheet “S”) says “sitc”" in ticks(found, "title")[0]


def test_a_unit_stated_once_holds_for_the_tables_below(read):
    blocks = [["单位：万美元"], ["对朝鲜出口"], *ROWS, [], ["自朝鲜进口"], *ROWS]
    found = read(xlsx({"S": blocks}))
    assert found.values()["Liaoning", "from_dprk", 2019, 0] == 20_000


def test_a_unit_of_another_sheet_is_asked_about(read):
    found = read(xlsx({"对朝鲜出口": [["单位：万美元"], *ROWS], "自朝鲜进口": ROWS}))
    assert found.asked == ["unit"] and "单位：万美元" in found.questions[0].text


def test_values_written_with_commas_are_no_row_of_units(read):
    rows = [["Province", "2019"], ["Liaoning", "1,388,000"], ["Jilin", "12,345"]]
    assert read(xlsx({"S": [[TITLE], *rows]})).values()["Liaoning", "to_dprk", 2019, 0] == 1_388_000
