"""The files of a view: its table, CSV, JSON and workbook agree cell by cell, and with the API, by name and meaning.

Random addresses (addresses.py) of all pages; what each cell must hold is added up from the API's rows (raw_rows.py).
"""

import csv
import io
from collections import defaultdict
from random import Random

import pytest
from openpyxl import load_workbook

from tests.samples import slow_after, some
from tests.trade import cubes
from tests.trade.pages import addresses
from tests.trade.pages.raw_rows import GATHERED, TOTALS, RawRows, View
from tests.trade.pages.test_addresses import Page
from trade.charts import view_columns

publish = addresses.publish

SEEDS = some(range(50), 2)
VIEWS = 10  # of a seed: 500 in a soak
KEY = ("chart", "period", "member", "flow", "component")
NUMBERS = {"value_usd", "share_percent", "change_percent", "rank", "rank_of", "quantity", "unit_value_usd", "release"}
FIELDS = {"value": "value_usd", "share": "share_percent", "change": "change_percent", "unit_value": "unit_value_usd"}


@pytest.fixture(scope="module")
def raw():
    """The observations of each release, asked of the API once: {("china-provinces", 2): RawRows}."""
    return {}


@pytest.mark.parametrize("seed", slow_after(0, SEEDS))
def test_table_csv_json_workbook_and_api_agree_cell_by_cell(seed, site, client, raw):
    random = Random(f"files {seed}")
    for _ in range(VIEWS):
        address = addresses.draw(random)
        payload = client.get(address.form(".json")).json()
        rows = rows_of(client.get(address.form(".csv")))
        tables = Page(client.get(address.form("/")).content.decode()).tables
        book = load_workbook(io.BytesIO(client.get(address.form(".xlsx")).content))
        observed = observations(client, raw, payload)
        try:
            for figure in payload["figures"]:
                check_texts(figure, tables)
            check_points(payload)
            check_csv(payload, rows)
            check_workbook(payload, rows, book)
            check_sums(rows)
            check_numbers(View(observed, payload, rows), rows)
        except AssertionError as error:
            raise AssertionError(f"{address}: {error}") from error


def observations(client, raw, payload):
    key = payload["dataset"]["slug"], payload["release"]["number"]
    if key not in raw:
        found, following = [], f"/api/v1/datasets/{key[0]}/observations?release={key[1]}"
        while following:
            answer = client.get(following.removeprefix("http://testserver")).json()
            found += answer["observations"]
            following = answer["next"]
        raw[key] = RawRows(found)
    return raw[key]


def rows_of(response) -> list[dict]:
    """The rows of a CSV, numbers as numbers, blanks as None."""
    table = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert tuple(table.fieldnames) == view_columns.NAMES
    return [
        {name: None if text == "" else float(text) if name in NUMBERS else text for name, text in row.items()}
        for row in table
    ]


def cells_of(figure):
    """Every cell of a figure's table with its row and column."""
    table = figure["table"] or {"rows": [], "columns": []}
    for row in table["rows"]:
        for column, cell in zip(table["columns"][1:], row["cells"], strict=True):
            yield row, column, cell


def key_of(figure, row, column):
    """Under which of KEY the CSV must hold a cell."""
    table = figure["table"]
    member = table["of"]["key"] if table["of"] and table["rows_are"] == "periods" else column["member"]
    period, member = (row["key"], member) if table["rows_are"] == "periods" else (table["of"]["key"], row["key"])
    return (figure["id"], period, member, column["flow"], column["component"])


def check_texts(figure, tables):
    """The page shows the texts of the JSON, and each text writes its number."""
    if figure["table"]:
        shown = [[row["header"], *(cell["text"] for cell in row["cells"])] for row in figure["table"]["rows"]]
        assert tables[figure["id"]] == shown, figure["id"]
    for row, column, cell in cells_of(figure):
        place = (figure["id"], row["key"], column["key"], cell)
        if cell["value"] is None:
            assert cell["text"] in ("", "–") or column["measure"] == "publisher", place
        elif column["measure"] in ("share", "change"):
            text = cell["text"].lstrip("+").replace("−", "-").replace(",", "")
            assert cubes.close(text, cell["value"], 100), place
        elif column["measure"] == "value":
            assert cell["text"] == f"{cell['value']:,}".replace("-", "−"), place


def check_points(payload):
    """What is drawn is what stands in a table under the same name and meaning."""
    for figure in payload["figures"]:
        values = in_table(payload, figure)
        for period, member, one, component, point in points_of(payload, figure):
            cell = values.get((period, member, one["flow"], component))
            if cell and cell["text"] != "" and (in_time(figure) or figure["unit"] != "%"):
                assert cell["value"] == point["value"], (figure["id"], period, member, component)


def in_table(payload, figure):
    """The cells that hold what a figure draws; a pie and a grid have those of the bars."""
    one = figure if figure["table"] else bars_of(payload)
    return {key_of(one, row, column)[1:]: cell for row, column, cell in cells_of(one) if is_drawn(one, column)}


def bars_of(payload):
    return next(one for one in payload["figures"] if one["id"] == "ranked")


def points_of(payload, figure):
    """Every point with its period, member, series and component."""
    period = None if in_time(figure) else bars_of(payload)["table"]["of"]["key"]
    for one in figure["series"]:
        for category, point in zip(figure["categories"], one["points"], strict=True):
            key, component = category["key"], category.get("component", one["component"])
            place = (key, one["member"]) if in_time(figure) else (period, key.removesuffix("-estimate"))
            yield *place, one, component, point


def in_time(figure):
    return figure["kind"] in ("stacked", "line")


def is_drawn(figure, column):
    """Whether a column has what a chart draws; bars of shares have a table of dollars."""
    if figure["scale"] == "rank":
        return column["measure"] == "rank"
    return column["measure"] == ("share" if figure["unit"] == "%" and in_time(figure) else "value")


def check_csv(payload, rows):
    """Each cell of each table stands in the CSV under its name, and nothing else does."""
    found, seen, names = {tuple(row[name] for name in KEY): row for row in rows}, set(), {}
    assert len(found) == len(rows)
    for figure in payload["figures"]:
        for row, column, cell in cells_of(figure):
            if cell["text"] == "" or not column["component"]:
                continue
            key = key_of(figure, row, column)
            told = found[key]
            seen.add(key)
            field = FIELDS.get(column["measure"], column["measure"])
            assert told[field] == (cell["text"] if column["measure"] == "note" else cell["value"]), (key, field)
            assert told["period_label" if figure["table"]["rows_are"] == "periods" else "member_label"] == row["header"]
            assert names.setdefault((figure["id"], told["member"]), told["member_label"]) == told["member_label"], key
            if column["measure"] == "value" or (column["member"] and cell["value"] is not None):
                assert (told["status"] or "", told["status_text"] or "") == (cell["status"], cell["status_text"]), key
            if column["measure"] == "share":
                assert told["share_of"] == column["of"], key
            if column["measure"] == "change":
                assert told["change_from"] == column["of"], key
            if column["measure"] == "rank":
                assert told["rank_of"] == cell["of"], key
            if column["measure"] == "quantity":
                assert told["quantity_unit"] == cell["unit"], key
    assert seen == set(found)
    dataset, release = payload["dataset"], payload["release"]
    assert {(row["dataset"], row["release"], row["unit"]) for row in rows} <= {
        (dataset["slug"], release["number"], "US$")
    }


def check_workbook(payload, rows, book):
    """Each table is a sheet with the same numbers, and the sheet of values is the CSV."""
    for figure in payload["figures"]:
        if not figure["table"]:
            continue
        [_headers, *lines] = table_of(book[f"view_{figure['id'].replace('-', '_')}"])
        for row, line in zip(figure["table"]["rows"], lines, strict=True):
            assert line[0] == row["header"]
            for cell, found in zip(row["cells"], line[1:-1], strict=True):
                expected = cell["value"] if cell["value"] is not None else ".." if cell["text"] == "–" else cell["text"]
                assert (found or "") == expected or found == expected, (figure["id"], row["key"], found, expected)
    [headers, *lines] = table_of(book["values"])
    assert tuple(headers) == view_columns.NAMES
    for row, line in zip(rows, lines, strict=True):
        assert {name: value for name, value in zip(headers, line, strict=True) if value not in (None, "")} == {
            name: value for name, value in row.items() if value is not None
        }


def table_of(sheet):
    [reference] = [one.ref for one in sheet.tables.values()]
    return [[cell.value for cell in row] for row in sheet[reference]]


def check_sums(rows):
    """Reported and estimate add up to what is shown wherever all three are there."""
    several = defaultdict(dict)
    for row in rows:
        several[tuple(row[name] for name in KEY[:-1])][row["component"]] = row["value_usd"]
    for key, values in several.items():
        if {"reported", "estimate", "shown"} <= set(values):
            assert cubes.add([values["reported"], values["estimate"]]) == values["shown"], key


def per_cent(part, whole):
    """To four decimals; what is smaller keeps a digit."""
    share = 100 * part / whole
    return round(share, 4) if round(share, 4) or not share else float(f"{share:.0e}")


def check_numbers(view, rows):
    """Value, share, rank, quantity and unit value are those of the API's rows."""
    for row in rows:
        key, codes, raw = tuple(row[name] for name in KEY), view.codes(row), view.raw
        about = (row["flow"], row["period"])
        value = raw.value(codes, *about, row["component"], view.estimates)
        assert row["value_usd"] == value, (key, row["value_usd"], value)
        only = raw.single(codes, *about, row["component"])
        if only and row["component"] == "reported":
            assert (row["status"], row["value_usd"]) == (only["status"], only["value_usd"]), key
        if row["share_percent"] is not None:
            whole = raw.shown(view.whole(row), *about, view.estimates)
            assert row["share_percent"] == per_cent(value, whole), (key, row["share_percent"], value, whole)
        if row["change_percent"] is not None:
            before = raw.value(codes, row["flow"], row["change_from"], row["component"], view.estimates)
            assert row["change_percent"] == per_cent(value - before, before), key
        if row["rank"] is not None:
            assert row["member"] not in (*GATHERED, *TOTALS), key
            place = raw.rank(row["member"], *about, view.estimates)
            assert (row["rank"], row["rank_of"]) == place, (key, place)
            assert value == raw.shown(codes, *about, view.estimates), key
        if row["quantity"]:
            assert row["unit_value_usd"] is None or abs(row["unit_value_usd"] / (value / row["quantity"]) - 1) < 1e-5, (
                key
            )
            assert not only or (row["quantity"], row["quantity_unit"]) == (only["quantity"], only["quantity_unit"]), key
