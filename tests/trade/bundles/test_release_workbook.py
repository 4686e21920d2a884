"""The workbook of a release: the rules of accessible spreadsheets, one test each, and what stands on its sheets."""

import io
import re
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from openpyxl.utils import range_boundaries

from spreadsheets import xlsx_writer
from tests.samples import slow_after
from tests.trade import released
from trade.bundles import storage
from trade.bundles.workbook import release_workbook
from trade.models import Province

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

SHEETS = ["cover", "contents", "notes", "to_dprk", "from_dprk", "data", "charts", "changes", "sanctions"]
FIRST = {
    "province": {
        ("CN-LN", "to_dprk", 2015, 0): {"reported": 5_000_000, "note": "=1+1"},
        ("CN-LN", "to_dprk", 2016, 0): {"reported": 7_000_000, "status": "P"},
        ("CN-JL", "to_dprk", 2016, 0): {"reported": None, "status": "O"},
        ("CN-HL", "to_dprk", 2015, 0): {"reported": 0},
        ("CN-HL", "to_dprk", 2016, 0): {"reported": None, "status": "L", "estimate": 9_000_000, "note": "oil"},
        ("CN-LN", "to_dprk", 2017, 3): {"reported": 1_000_000},
        ("CN-LN", "from_dprk", 2016, 0): {"reported": 3_000_000},
    },
    "commodity": {
        ("01", "to_dprk", 2016, 0): {"reported": 5_000_000, "note": "=1+1"},
        ("2701", "from_dprk", 2015, 0): {"reported": 6_000_000, "quantity": 22_480.0, "quantity_unit": "t"},
        ("2701", "from_dprk", 2016, 0): {"reported": 7_000_000, "quantity": 22_480.5, "quantity_unit": "t"},
    },
}
CHANGE = {"province": ("CN-LN", "to_dprk", 2015, 0), "commodity": ("01", "to_dprk", 2016, 0)}


def content(release):
    with storage.open_file(release, "workbook.xlsx") as file:
        return file.read()


def opened(release):
    return openpyxl.load_workbook(io.BytesIO(content(release)))


@pytest.fixture(scope="module", params=slow_after(1, ["province", "commodity"]))
def second(request, loaded_words, django_db_blocker):
    """A second release, in which one value was corrected, of a dataset that an editor has annotated.

    Made once: only its files are looked at, and they outlive its rows.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        dataset = released.dataset(request.param)
        dataset.annotations.create(year=2016, text="Sanctions of resolution 2270 began.")
        released.release(dataset, FIRST[request.param])
        changed = FIRST[request.param] | {CHANGE[request.param]: {"reported": 4_000_000, "note": "=1+1"}}
        made = released.release(dataset, changed, note="A value was corrected.")
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def book(second):
    return opened(second)


def table_of(sheet):
    """The rows of a sheet's one table: [["Code", "Name", …], ["CN-LN", …], …]."""
    [table] = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def lines_of(sheet):
    """The texts above the table."""
    top = range_boundaries(next(iter(sheet.tables.values())).ref)[1] if sheet.tables else sheet.max_row + 1
    return [sheet.cell(row, 1).value for row in range(1, top)]


# --- the rules -----------------------------------------------------------------------------------------------------


def test_the_sheets_stand_in_their_order(book):
    assert book.sheetnames == SHEETS


def test_each_sheet_has_its_title_in_a1(book):
    for sheet in book:
        assert isinstance(sheet["A1"].value, str), sheet.title
        assert sheet["A1"].font.size > sheet["A2"].font.size


def test_each_sheet_has_one_named_table_from_the_left_edge_to_the_end(book):
    for sheet in book:
        [table] = sheet.tables.values()
        left, top, right, bottom = range_boundaries(table.ref)
        assert table.displayName == f"table_{sheet.title}"
        assert (left, right, bottom) == (1, sheet.max_column, sheet.max_row), sheet.title
        headers = [cell.value for cell in sheet[top]]
        assert [column.name for column in table.tableColumns] == headers
        assert len({str(header).casefold() for header in headers}) == len(headers)
        assert all(headers)


def test_no_cells_are_merged(book):
    assert [sheet.title for sheet in book if sheet.merged_cells.ranges] == []


def test_no_row_is_blank(book):
    for sheet in book:
        for row in sheet.iter_rows():
            assert any(cell.value is not None for cell in row), f"{sheet.title} {row[0].row}"


def test_nothing_is_told_by_colour(book):
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.fill.fill_type is None
                assert cell.font.color is None or cell.hyperlink, cell


def test_nothing_is_filtered_frozen_or_hidden(book):
    for sheet in book:
        assert (sheet.auto_filter.ref, sheet.freeze_panes, sheet.sheet_state) == (None, None, "visible")
        assert all(table.autoFilter is None for table in sheet.tables.values())
        assert not any(about.hidden for about in [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()])


def test_the_document_has_a_title_and_a_language(book, second):
    assert (book.properties.title, book.properties.language) == (second.dataset.title, "en-GB")


def test_the_cursor_stands_in_a1_of_the_cover(book):
    assert book.active.title == "cover"
    assert {sheet.sheet_view.selection[0].activeCell for sheet in book} == {"A1"}


def test_the_contents_link_to_every_other_sheet(book):
    sheet = book["contents"]
    links = {row[0].value: row[0].hyperlink.location for row in sheet[next(iter(sheet.tables.values())).ref][1:]}
    assert links == {name: f"'{name}'!A1" for name in SHEETS[2:]}


def test_every_mark_of_a_note_is_explained_and_every_note_is_marked_somewhere(book):
    marked = {
        mark
        for sheet in book
        if sheet.title != "notes"
        for row in sheet.iter_rows()
        for cell in row
        for mark in re.findall(r"\[note \d+\]", str(cell.value))
    }
    explained = [row[0] for row in table_of(book["notes"]) if str(row[0]).startswith("[")]
    assert sorted(marked) == sorted(explained)
    assert len(explained) >= 2


def test_a_note_by_an_editor_stands_at_its_year_in_both_flows(book):
    notes = dict(table_of(book["notes"])[1:])
    [mark] = [mark for mark, text in notes.items() if text == "Sanctions of resolution 2270 began."]
    for flow in ("to_dprk", "from_dprk"):
        headers = table_of(book[flow])[0]
        assert [header for header in headers if mark in header] == [h for h in headers if h.startswith("2016")]


def test_blanks_zeros_and_statuses_are_explained(book):
    notes = dict(table_of(book["notes"])[1:])
    for needed in ("blank cell", "..", "0", *(f"status {letter}" for letter in "APBOLQU")):
        assert notes[needed]


def test_numbers_are_numbers_and_codes_and_periods_are_text(book, second):
    for flow in ("to_dprk", "from_dprk"):
        header, *rows = table_of(book[flow])
        assert all(isinstance(name, str) for name in header)
        for code, name, *values in rows:
            assert isinstance(code, str)
            assert isinstance(name, str)
            assert all(value is None or value == ".." or isinstance(value, int) for value in values)
    header, *rows = table_of(book["data"])
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        assert isinstance(cells["year"], int)
        assert all(isinstance(cells[n], int | None) for n in ("month", "reported_usd", "estimate_usd"))
        assert isinstance(cells[header[0]], str)


def test_numbers_show_their_thousands_and_stand_right_texts_left(book):
    sheet = book["data"]
    header = table_of(sheet)[0]
    row = sheet.max_row
    value, name = (sheet.cell(row, header.index(column) + 1) for column in ("reported_usd", "name"))
    assert (value.number_format, value.alignment.horizontal) == ("#,##0", None)  # None: a number goes to the right
    assert name.alignment.horizontal == "left"
    top = range_boundaries(next(iter(sheet.tables.values())).ref)[1]
    assert sheet.cell(top, header.index("reported_usd") + 1).alignment.horizontal == "right"


def test_text_that_looks_like_a_formula_is_text(second):
    book = opened(second)
    [cell] = [cell for row in book["data"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    with zipfile.ZipFile(io.BytesIO(content(second))) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert not ElementTree.fromstring(archive.read(name)).findall(".//{*}f")


def test_it_prints_on_a4_with_its_headers_on_every_page(book):
    for sheet in book:
        top = range_boundaries(next(iter(sheet.tables.values())).ref)[1]
        assert sheet.print_title_rows == f"${top}:${top}"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (int(sheet.PAPERSIZE_A4), "landscape")
        assert sheet.page_setup.scale == 62 or sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area.endswith(f"${sheet.max_row}")
        assert sheet.oddFooter.right.text == "&P / &N"


# --- what stands on it ---------------------------------------------------------------------------------------------


def test_the_cover_says_what_it_is_how_to_cite_it_and_carries_the_signature(book, second):
    cover = dict(table_of(book["cover"])[1:])
    assert (cover["Dataset identifier"], cover["Release"]) == (second.dataset_id, 2)
    assert (cover["Changes"], cover["Contact"]) == ("A value was corrected.", settings.SITE_CONTACT)
    assert cover["Released on"] == second.created.date().isoformat()
    assert second.dataset.title in cover["How to cite"]
    assert book["cover"]["A1"].value == second.dataset.title


def test_every_sheet_with_figures_says_source_release_and_demonstration(book, second):
    for name in ("to_dprk", "from_dprk", "data", "charts", "changes"):
        said = " ".join(lines_of(book[name])[1:])
        for needed in (second.dataset.source, "Release 2", "invented", "US dollars"):
            assert needed in said, name


def test_the_long_sheet_has_every_record(book, second):
    header, *rows = table_of(book["data"])
    key = header[0]
    found = {}
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        period = f"{cells['year']}-{cells['month']:02d}" if cells["month"] else str(cells["year"])
        found[cells[key], cells["flow"], period] = cells
        assert (cells["source"], cells["demonstration"]) == (second.dataset.source, "yes")
        assert cells["release"] == f"{second.dataset_id}/2"
    wanted = released.expected(
        FIRST[second.dataset.kind] | {CHANGE[second.dataset.kind]: {"reported": 4_000_000, "note": "=1+1"}}
    )
    assert {at: {name: cells[name] for name in wanted[at]} for at, cells in found.items()} == wanted


@pytest.mark.slow
def test_the_wide_sheets_hold_reported_values_with_gaps_and_missing_apart(db):
    dataset = released.dataset("province")
    book = opened(released.release(dataset, FIRST["province"]))
    header, *rows = table_of(book["to_dprk"])
    assert [name.partition(" [")[0] for name in header] == ["Code", "Name", "2015", "2016", "2017-03"]
    assert {row[0]: row[2:] for row in rows} == {
        "CN-HL": [0, "..", None],
        "CN-JL": [None, "..", None],
        "CN-LN": [5_000_000, 7_000_000, 1_000_000],
    }


@pytest.mark.slow
def test_provinces_stand_in_the_order_of_the_national_standard(db):
    codes = ["CN-ZJ", "CN-LN", "CN-BJ", "CN-XJ"]
    made = {(code, "to_dprk", 2016, 0): {"reported": 1} for code in codes}
    rows = table_of(opened(released.release(released.dataset("province"), made))["to_dprk"])[1:]
    assert [row[0] for row in rows] == list(Province.objects.filter(code__in=codes).values_list("code", flat=True))


def test_what_changed_is_listed_old_and_new(second):
    header, *rows = table_of(opened(second)["changes"])
    [row] = [dict(zip(header, row, strict=True)) for row in rows]
    old = FIRST[second.dataset.kind][CHANGE[second.dataset.kind]]["reported"]
    assert (row["change"], row["old_value_usd"], row["new_value_usd"]) == ("changed", old, 4_000_000)


@pytest.mark.slow
def test_the_first_release_lists_no_changes_and_says_why(db):
    sheet = opened(released.release(released.dataset("province"), FIRST["province"]))["changes"]
    assert not sheet.tables
    assert any("first release" in line for line in lines_of(sheet))


def test_sanctions_are_those_that_the_site_knows(book):
    rows = table_of(book["sanctions"])[1:]
    measures = apps.get_model("sanctions", "Measure").objects.all()
    assert [(row[0], row[6]) for row in rows] == [(one.resolution_id, one.goods) for one in measures]
    assert any("Not yet checked" in row[-1] for row in rows)


@pytest.mark.slow
def test_a_table_with_more_rows_than_a_sheet_can_hold_points_to_the_csv(monkeypatch, db):
    monkeypatch.setattr(release_workbook, "ROOM", 3)
    sheet = opened(released.release(released.dataset("province"), FIRST["province"]))["data"]
    assert not sheet.tables
    assert any("data.csv" in line for line in lines_of(sheet))


def test_the_room_of_a_sheet_leaves_its_last_row_within_the_format():
    assert release_workbook.ROOM + 20 <= xlsx_writer.LAST_ROW == 2**20


# --- charts --------------------------------------------------------------------------------------------------------


def drawn(book):
    """What each chart draws: [(title, [(name, [values])], [categories])], read from the cells that it refers to."""
    sheet = book["charts"]

    def cells(reference):
        name, _mark, area = reference.replace("$", "").replace("'", "").rpartition("!")
        assert name == "charts"
        left, top, _right, bottom = range_boundaries(area)
        return [sheet.cell(row, left).value for row in range(top, bottom + 1)]

    charts = []
    for chart in sheet._charts:
        title = "".join(run.t for run in chart.title.tx.rich.p[0].r)
        series = [(one.tx.v, cells(one.val.numRef.f)) for one in chart.series]
        charts.append((title, series, cells((chart.series[0].cat.strRef or chart.series[0].cat.numRef).f)))
    return charts


@pytest.mark.slow
def test_the_charts_draw_both_flows_by_full_year_from_the_cells_below_them(db):
    book = opened(released.release(released.dataset("province"), FIRST["province"]))
    lines, to, from_ = drawn(book)
    assert lines == (
        "Totals by year, US$ million",
        [
            ("Chinese exports to the DPRK", [5_000_000, 7_000_000]),
            ("Chinese exports to the DPRK, with estimates", [5_000_000, 16_000_000]),
            ("Chinese imports from the DPRK", [None, 3_000_000]),
        ],
        ["2015", "2016"],
    )
    assert to[1] == [
        ("Liaoning", [5_000_000, 7_000_000]),
        ("Heilongjiang", [0, None]),
        ("Estimates", [None, 9_000_000]),
    ]
    assert from_[1] == [("Liaoning", [None, 3_000_000])]
    assert any("2017" in line for line in lines_of(book["charts"]))


@pytest.mark.slow
def test_only_ten_are_apart_and_the_others_are_added_up(db):
    codes = list(Province.objects.values_list("code", flat=True)[:13])
    made = {(code, "to_dprk", 2016, 0): {"reported": 1000 * n} for n, code in enumerate(codes, start=1)}
    _lines, to = drawn(opened(released.release(released.dataset("province"), made)))
    names = dict(to[1])
    assert len(names) == 11
    assert names["Others"] == [1000 + 2000 + 3000]


@pytest.mark.slow
def test_goods_are_drawn_by_section(db):
    book = opened(released.release(released.dataset("commodity"), FIRST["commodity"]))
    assert dict(drawn(book)[2][1]) == {"Mineral products": [6_000_000, 7_000_000]}


def test_a_blank_is_a_gap_in_the_charts_and_every_chart_has_words(second):
    for chart in opened(second)["charts"]._charts:
        assert chart.display_blanks == "gap"
    with zipfile.ZipFile(io.BytesIO(content(second))) as archive:
        frames = ElementTree.fromstring(archive.read("xl/drawings/drawing1.xml")).findall(".//{*}cNvPr")
        words = [frame.get("descr") for frame in frames]
    assert len(words) == 3
    assert all(len(text) > 50 for text in words)
    assert [line for line in lines_of(opened(second)["charts"]) if line in words] == words


@pytest.mark.slow
def test_a_release_without_a_full_year_says_that_there_is_nothing_to_draw(db):
    made = {("CN-LN", "to_dprk", 2025, 1): {"reported": 5}}
    sheet = opened(released.release(released.dataset("province"), made))["charts"]
    assert (sheet._charts, bool(sheet.tables)) == ([], False)
    assert any("no complete year" in line for line in lines_of(sheet))
