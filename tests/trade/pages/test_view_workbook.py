"""The workbook of a view: what the page shows, as a statistician would have it."""

import csv
import io

import pytest
from openpyxl import load_workbook

from tests.samples import slow_after
from tests.trade import cubes, sites
from trade.charts import csv_file, view_columns
from trade.pages import view_workbook

publish = sites.with_a_withdrawal

SITE = "https://yalu.example"
NUMBERS = {"value_usd", "share_percent", "change_percent", "rank", "rank_of", "quantity", "unit_value_usd", "release"}
VIEWS = [
    ("provinces", "", {}),
    ("provinces", "", {"flow": "from_dprk", "year": 2016, "view": "lines"}),
    ("provinces", "", {"unit": "share", "estimates": "off"}),
    ("provinces", "", {"period": "months"}),
    ("province", "cn-hl", {}),
    ("commodities", "", {}),
    ("commodity", "27", {"flow": "to_dprk"}),
    ("commodity", "2701", {}),
    ("commodity", "other", {}),
]


def view(name, slug, query):
    return cubes.shown(name, slug, **query)


def opened(payload):
    return load_workbook(io.BytesIO(view_workbook.workbook(payload, SITE)))


def table(sheet):
    """The marked-up table of a sheet: its rows, headers first."""
    [reference] = [one.ref for one in sheet.tables.values()]
    return [[cell.value for cell in row] for row in sheet[reference]]


def sheets_with_tables(book):
    return [sheet for sheet in book if sheet.title.startswith("view_")]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "slug", "query"), slow_after(1, VIEWS))
def test_each_table_of_the_page_is_a_sheet_with_its_exact_numbers(name, slug, query):
    payload = view(name, slug, query)
    book, figures = opened(payload), [figure for figure in payload["figures"] if figure["table"]]
    assert [sheet["A1"].value for sheet in sheets_with_tables(book)] == [one["table"]["caption"] for one in figures]
    for sheet, figure in zip(sheets_with_tables(book), figures, strict=True):
        rows = table(sheet)
        assert [row[0] for row in rows[1:]] == [row["header"] for row in figure["table"]["rows"]]
        for found, row in zip(rows[1:], figure["table"]["rows"], strict=True):
            for value, cell in zip(found[1:], row["cells"], strict=False):
                if cell["value"] is not None:
                    assert value == cell["value"] and not isinstance(value, str)
                elif cell["text"] == "–":
                    assert value == ".."
                else:
                    assert str(value or "") == cell["text"]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "slug", "query"), slow_after(1, VIEWS))
def test_the_sheet_of_values_is_the_csv_of_the_view(name, slug, query):
    payload = view(name, slug, query)
    text = csv_file.as_csv(payload).decode("utf-8-sig")
    listed = list(csv.reader(io.StringIO(text)))
    found = table(opened(payload)["values"])
    assert found[0] == listed[0] and len(found) == len(listed)
    for row, line in zip(found[1:], listed[1:], strict=True):
        for name, value, text in zip(listed[0], row, line, strict=True):
            if name in NUMBERS:
                assert not isinstance(value, str) and value == (float(text) if text else None), name
            else:
                assert (value or "") == text, name


@pytest.mark.slow
@pytest.mark.parametrize(("name", "slug", "query"), slow_after(1, VIEWS))
def test_it_keeps_the_rules_of_accessible_spreadsheets(name, slug, query):
    book = opened(view(name, slug, query))
    assert book.properties.title and book.properties.language == "en-GB"
    assert book.sheetnames[:3] == ["cover", "contents", "notes"] and book.sheetnames[-1] == "values"
    tables = [one.displayName for sheet in book for one in sheet.tables.values()]
    assert len(tables) == len(set(tables)) == len(book.sheetnames)
    for sheet in book:
        assert sheet["A1"].value and not sheet.merged_cells.ranges
        assert sheet.freeze_panes is None and not sheet.auto_filter.ref and sheet.sheet_state == "visible"
        assert sheet.sheet_view.selection[0].activeCell == "A1"
        headers = table(sheet)[0]
        assert all(headers) and len({header.lower() for header in headers}) == len(headers)
        assert all(any(cell.value not in (None, "") for cell in row) for row in sheet.iter_rows())


@pytest.mark.slow
def test_the_cover_says_where_it_comes_from_how_it_is_found_again_and_how_it_is_cited():
    payload = view("provinces", "", {"year": 2016})
    said = {row[0]: row[1] for row in table(opened(payload)["cover"])}
    assert said["Permanent URL of this view (this release)"] == f"{SITE}/provinces/?release=2&year=2016"
    assert said["Contents"] == payload["sentence"] and said["How to cite"] == payload["share"]["citation"]
    assert said["Release number"] == 2 and said["Demonstration"] == "Yes: the figures are invented."
    for sheet in opened(payload):
        lines = [sheet.cell(row, 1).value for row in range(2, 7)]
        assert sheet.title == "contents" or "DEMONSTRATION: these figures are invented. Do not cite them." in lines


@pytest.mark.slow
def test_every_note_and_status_is_explained():
    payload = view("provinces", "", {})
    explained = {row[1] for row in table(opened(payload)["notes"])}
    assert {note for figure in payload["figures"] for note in figure["notes"]} <= explained
    assert {"provisional", "break in the series", "low reliability"} <= explained


@pytest.mark.slow
def test_every_column_of_the_sheet_of_values_is_explained():
    explained = {row[0]: row[1] for row in table(opened(view("provinces", "", {}))["notes"])}
    for column in view_columns.described():
        assert explained[f"column {column.name}"] == column.explained
    assert "shown: sum of the reported value and the estimate" in explained["column component"]


@pytest.mark.slow
def test_headers_say_what_a_number_is_in_and_of_how_many():
    book = opened(view("commodity", "27", {"flow": "from_dprk", "year": 2016}))
    [headers, coal, *_others] = table(book["view_ranked"])
    assert headers[1:] == [
        "Rank of 2",
        "Reported, US$",
        "Share of 27 Mineral fuels, %",
        "Change from 2015, %",
        "Quantity, t",
        "Unit value, US$/t",
        "Remarks",
    ]
    assert [type(value) for value in coal[1:-1]] == [int, int, float, float, int, float]


@pytest.mark.slow
def test_marks_beside_numbers_are_written_out():
    newest = table(opened(view("provinces", "", {}))["view_by_year"])[-1]
    assert newest[0] == "Jan–Sep 2025" and "provisional" in newest[-1]


@pytest.mark.slow
def test_text_that_looks_like_a_formula_is_text():
    payload = view("provinces", "", {})
    hostile = payload | {
        "title": "=1+1",
        "sentence": "@SUM(A1)",
        "dataset": payload["dataset"] | {"source": "+2", "title": "-3"},
    }
    for sheet in opened(hostile):
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


@pytest.mark.slow
def test_a_true_picture_of_the_years_is_a_native_chart_and_a_share_is_none():
    assert len(opened(view("provinces", "", {}))["view_by_year"]._charts) == 1
    assert len(opened(view("provinces", "", {"unit": "share"}))["view_by_year"]._charts) == 0


def test_the_same_view_gives_the_same_bytes():
    payload = view("commodity", "27", {"flow": "to_dprk"})
    assert view_workbook.workbook(payload, SITE) == view_workbook.workbook(payload, SITE)


@pytest.mark.parametrize(
    "address", slow_after(0, ["provinces", "commodities/v", "provinces/cn-ln", "commodities", "commodities/other"])
)
def test_a_page_gives_its_workbook_live_and_frozen(address, site, client):
    for query, number in (("", 3), ("?release=1&estimates=off", 1)):
        response = client.get(f"/{address}.xlsx{query}")
        assert response.status_code == 200 and not response.cookies
        assert response["Content-Type"].endswith("spreadsheetml.sheet")
        assert response["Content-Disposition"].startswith("attachment") and ".xlsx" in response["Content-Disposition"]
        said = {row[0]: row[1] for row in table(load_workbook(io.BytesIO(response.content))["cover"])}
        assert said["Release number"] == number
        assert said["Permanent URL of this view (this release)"].startswith(f"http://testserver/{address}/?release=")


@pytest.mark.slow
def test_the_front_page_and_unknown_pages_have_no_workbook(site, client):
    for address in ("/home.xlsx", "/provinces/cn-xx.xlsx", "/commodities/xxii.xlsx"):
        assert client.get(address).status_code == 404
