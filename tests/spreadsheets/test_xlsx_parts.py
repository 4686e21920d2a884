"""What libraries pass over in the parts of a workbook: cells given twice, raised marks, formats, formulas."""

import io
import zipfile

import pytest
import xlwt

from tests.files import ods, replaced, with_cached, xls, xlsx

TITLE = "Exports to the DPRK"
WIDE = [["Province", 2015, 2016], ["Liaoning", 1234, 2], ["Jilin", 3, 4]]
SHEET = "xl/worksheets/sheet1.xml"


def places(found):
    return [(fault.code, fault.sheet, fault.cell) for fault in found.faults]


# --- cells of an .xlsx ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "cell"),
    [
        ('(<c r="B2"[^>]*><v>1234</v></c>)', r'\1<c r="B2"><v>9</v></c>', "B2"),
        ('(<c r="B2"[^>]*><v>1234</v></c>)', r'<c r="C2"><v>9</v></c>\1', "B2"),
        ("</sheetData>", '<row r="2"><c r="B2"><v>9</v></c></row></sheetData>', "B2"),
    ],
)
def test_a_cell_that_is_there_twice_or_out_of_its_order_is_refused_at_its_place(read, old, new, cell):
    fault = read(replaced(xlsx({TITLE: WIDE}), SHEET, old, new)).faults[0]
    assert (fault.code, fault.sheet, fault.cell, fault.expected) == ("damaged", TITLE, cell, "each cell once")


def test_texts_that_are_blank_are_not_taken_for_cells_given_twice(read):
    rows = [*WIDE, ["", "", ""], [" ", None, ""]]
    assert read(xlsx({TITLE: rows})).values()["Liaoning", "to_dprk", 2015, 0] == 1234


def test_cells_without_places_of_their_own_are_read_in_their_order(read):
    book = xlsx({TITLE: WIDE})
    for cell in ("A2", "B2", "C2"):
        book = replaced(book, SHEET, f' r="{cell}"', "")
    assert read(book).values()["Liaoning", "to_dprk", 2016, 0] == 2


def test_a_digit_written_as_a_reference_is_refused(read):
    assert read(replaced(xlsx({TITLE: WIDE}), SHEET, "<v>1234</v>", "<v>12&#51;4</v>")).codes == ["damaged"]


def test_parts_whose_names_differ_only_in_case_are_refused(read):
    buffer = io.BytesIO(xlsx({TITLE: WIDE}))
    with zipfile.ZipFile(buffer, "a") as book:
        book.writestr("XL/Worksheets/SHEET1.xml", "<worksheet/>")
    assert read(buffer.getvalue()).codes == ["archive-path"]


def test_a_formula_whose_result_is_an_empty_text_is_refused_at_its_cell(read):
    book = with_cached(xlsx({TITLE: WIDE}), "B2", 'IF(1,"","")', kind="str")
    found = read(book)
    assert places(found) == [("no-stored-value", TITLE, "B2")]
    assert "empty text" in found.faults[0].found


# --- raised marks --------------------------------------------------------------------------------------------------


def with_raised_xls(text, mark):
    book = xlwt.Workbook()
    sheet = book.add_sheet(TITLE)
    for r, row in enumerate(WIDE):
        for c, cell in enumerate(row):
            if (r, c) != (1, 1):
                sheet.write(r, c, cell)
    sheet.write_rich_text(1, 1, [text, (mark, xlwt.easyfont("escapement superscript"))])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_raised_ods(text, mark, position="super 58%"):
    book = ods({TITLE: [WIDE[0], ["Liaoning", f"{text}{mark}", 2], WIDE[2]]})
    style = (
        f'<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="{position}"/>'
    )
    book = replaced(book, "content.xml", "<office:automatic-styles/>", f"<office:automatic-styles>{style}</style:style>"
                    "</office:automatic-styles>")  # fmt: skip
    return replaced(book, "content.xml", f"{text}{mark}<", f'{text}<text:span text:style-name="T1">{mark}</text:span><')


@pytest.mark.parametrize(
    "book", [with_raised_xls("123", "4"), with_raised_ods("123", "4"), with_raised_ods("123", "4", "33% 58%")]
)
def test_a_raised_mark_in_an_xls_or_ods_is_never_taken_for_a_digit(read, book):
    assert places(read(book)) == [("note-mark", TITLE, "B2")]


def test_what_is_lowered_in_an_ods_stays_what_it_is(read):
    assert read(with_raised_ods("123", "4", "sub 58%")).values()["Liaoning", "to_dprk", 2015, 0] == 1234


# --- what number formats show ----------------------------------------------------------------------------------------

IN_THOUSANDS = [["Exports to the DPRK, US$ thousand"], *WIDE]


def test_cells_of_an_xls_that_show_thousands_below_a_title_in_thousands_are_asked_about(read):
    book, style = xlwt.Workbook(), xlwt.XFStyle()
    style.num_format_str = "#,##0,"
    sheet = book.add_sheet("A")
    for r, row in enumerate(IN_THOUSANDS):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell, style)
    buffer = io.BytesIO()
    book.save(buffer)
    assert read(buffer.getvalue()).asked == ["unit"]
    assert read(xls({"A": IN_THOUSANDS})).asked == []


def test_cells_of_an_ods_that_show_thousands_below_a_title_in_thousands_are_asked_about(read):
    style = '<number:number-style style:name="N1"><number:number number:display-factor="1000"/></number:number-style>'
    styles = f"<office:automatic-styles>{style}</office:automatic-styles>"
    book = ods({"A": IN_THOUSANDS})
    assert read(replaced(book, "content.xml", "<office:automatic-styles/>", styles)).asked == ["unit"]


@pytest.mark.parametrize(
    ("code", "asked", "doubts"),
    [('#,##0",000"', ["unit"], []), ('0.0 "US$ thousand"', [], ["unit"]), ('"US$" #,##0', [], [])],
)
def test_a_scale_that_a_format_shows_beside_its_number_is_asked_about_or_ticked(read, code, asked, doubts):
    formats = {TITLE: dict.fromkeys(["B2", "C2", "B3", "C3"], code)}
    found = read(xlsx({TITLE: WIDE}, formats=formats))
    assert found.asked == asked
    assert [name for name, _text in found.doubts] == doubts
    if doubts:
        assert found.values()["Liaoning", "to_dprk", 2015, 0] == 1_234_000


# --- what titles and columns say -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "doubt"),
    [
        ("China's exports of crude oil to the DPRK (tons)", "measure"),
        ("China's exports to the DPRK, index 2015 = 100", "measure"),
        ("中国对朝鲜出口增速", "measure"),
        ("China's exports to the DPRK: shares of provinces (US$)", "title"),
    ],
)
def test_a_title_of_another_measure_than_value_must_be_ticked(read, title, doubt):
    found = read(xlsx({"A": [[title], *WIDE]}))
    assert [name for name, _text in found.doubts] == [doubt]
    long = [[title], ["province", "year", "trade"], ["Liaoning", 2015, 1]]
    assert [name for name, _text in read(xlsx({"A": long})).doubts] == [doubt]


@pytest.mark.parametrize("title", ["中国对朝鲜出口累计", "Exports to the DPRK, cumulative from January"])
def test_months_below_a_title_about_sums_must_be_ticked(read, title):
    found = read(xlsx({"A": [[title], ["Province", "2015-01", "2015-02"], ["Liaoning", 1, 3]]}))
    assert [name for name, _text in found.doubts] == ["cumulative"]


def test_a_column_of_two_units_is_refused(read):
    rows = [["Province", "Unit", 2015], ["Liaoning", "US$ thousand", 1], ["Jilin", "US$", 3000]]
    assert places(read(xlsx({TITLE: rows}))) == [("unit", TITLE, "B1")]


@pytest.mark.parametrize("unit", ["HK$ thousand", "million Hong Kong dollars", "NT$ m"])
def test_dollars_of_another_country_are_never_taken_for_those_of_the_united_states(read, unit):
    found = read(xlsx({"A": [[f"China's exports to the DPRK ({unit})"], *WIDE]}))
    assert found.codes == ["currency"] or found.asked == ["unit"]


def test_headers_in_dollars_and_in_thousands_are_asked_about(read):
    rows = [["Province", "2015 (US$)", "2016 (US$ thousand)"], ["Liaoning", 1000, 1]]
    assert read(xlsx({TITLE: rows})).asked == ["unit"]


def test_names_beside_the_values_that_contradict_the_first_are_refused(read):
    rows = [
        ["Exports to the DPRK", "", "", "", "Imports from the DPRK"],
        ["Province", 2015, 2016, "", "Province", 2015, 2016],
        ["Liaoning", 1, 2, "", "Jilin", 3, 4],
    ]
    assert places(read(xlsx({"A": rows}))) == [("contradiction", "A", "E3")]


def test_exports_to_the_world_are_nobodys_before_the_editor_says_whose(read):
    assert read(xlsx({"A": [["Liaoning's exports to the world"], *WIDE]})).asked == ["exports"]
