"""Workbooks as editors make them of the figures that are published."""

import csv
import io

from openpyxl import Workbook, load_workbook

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = "China's exports to the DPRK by province, US$"


def published(page, dataset="china-provinces") -> dict:
    """What stands: {("Liaoning", "to_dprk", 2016): 1673784811, …}, whole years with a value alone."""
    text = page.request.get(f"/data/{dataset}/latest/data.csv").text().lstrip("\ufeff")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["period"].isdigit() and row["reported_usd"]]
    return {(row["name"], row["flow"], int(row["period"])): int(row["reported_usd"]) for row in rows}


def wide(values: dict, title=TITLE, name="figures.xlsx") -> dict:
    """A workbook of exports, names down and years across: of {("Liaoning", 2016): 5, …}."""
    book = Workbook()
    book.active.title = "Sheet1"
    years = sorted({year for _, year in values})
    book.active.append([title])
    book.active.append([])
    book.active.append(["Province", *(str(year) for year in years)])
    for province in dict.fromkeys(province for province, _ in values):
        book.active.append([province, *(values.get((province, year)) for year in years)])
    return as_file(book, name)


def as_file(book, name) -> dict:
    content = io.BytesIO()
    book.save(content)
    return {"name": name, "mimeType": EXCEL, "buffer": content.getvalue()}


def downloaded(download):
    """The workbook that a browser has downloaded, to be edited."""
    return load_workbook(io.BytesIO(download.path().read_bytes()))
