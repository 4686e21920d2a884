"""The guide to file formats keeps what it promises: its examples are read, and what it calls an error is one."""

import re
from pathlib import Path

import pytest

from tests.files import text, xlsx
from trade.importing import cell_values
from trade.importing.cell_values import Wrong
from trade.importing.texts import period_values

GUIDE = (Path(__file__).resolve().parents[3] / "docs/data-formats.md").read_text()
LONG = ["province", "year", "flow", "reported_usd"]


def table_below(heading):
    """The first table of a section, as rows of texts without marks of emphasis."""
    section = GUIDE.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line[1:-1] for line in section.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip().strip("*") for cell in line.split("|")] for line in lines]


def quoted(start):
    """What a paragraph of the guide that begins so has between its first back-ticks and its first full stop."""
    paragraph = GUIDE.split(start, 1)[1].split("are read", 1)[0]
    return re.findall(r"`([^`]+)`", paragraph)


def test_its_long_table_is_read(read):
    rows = table_below("Long tables")
    found = read(text(rows))
    assert not found.faults and not found.questions
    assert found.values()["CN-LN", "to_dprk", 2016, 0] == 1666290000
    assert found.values()["辽宁", "to_dprk", 2025, 3] is None
    assert found.estimates()["CN-HL", "to_dprk", 2016, 0] == 168168525


def test_its_wide_table_is_read_in_thousands_with_its_totals(read):
    title, *rows = table_below("Wide tables")
    cells = [[int(cell) if re.fullmatch(r"\d+", cell) else cell for cell in row] for row in rows]
    found = read(xlsx({"S": [[title[0]], *cells]}))
    assert found.values()["Liaoning", "to_dprk", 2015, 0] == 2_171_000
    assert found.values()["Nei Mongol", "to_dprk", 2015, 0] is None
    assert [key for key, _sentence in found.doubts] == ["unit"]
    assert len(found.totals()) == 4


@pytest.mark.parametrize("written", quoted("**Values** are whole US dollars."))
def test_values_written_as_it_says_are_read(written):
    assert not isinstance(cell_values.money(written), Wrong)


@pytest.mark.parametrize("written", ["2016", "2016年", "2016-03", "2016/3", "201603", "2016年3月", "Mar 2016"])
def test_periods_written_as_it_says_are_read(written):
    assert f"`{written}`" in GUIDE
    assert not isinstance(period_values.year(written), Wrong)


UNITS = re.findall(r"`([^`]+)`", GUIDE.split("**Units** may stand in", 1)[1].split("They are read", 1)[0])


@pytest.mark.parametrize("unit", UNITS)
def test_units_written_as_it_says_are_read_and_to_be_ticked(read, unit):
    found = read(xlsx({"S": [["Province", f"China's exports to the DPRK ({unit})"], ["Province", 2016], ["Jilin", 5]]}))
    assert found.values()["Jilin", "to_dprk", 2016, 0] > 5
    assert [key for key, _sentence in found.doubts] == ["unit"]


@pytest.mark.parametrize("title", ["in thousands", "Unit: million"])
def test_a_unit_without_a_currency_is_asked_about_as_it_says(read, title):
    rows = [[f"China's exports to the DPRK, {title}"], ["Province", 2016], ["Jilin", 5]]
    assert read(xlsx({"S": rows})).asked == ["unit"]


FLOWS = ["to_dprk", "China's exports to North Korea", "DPRK imports from China", "对朝鲜出口", "自朝鲜进口"]


@pytest.mark.parametrize("flow", FLOWS)
def test_flows_written_as_it_says_are_read(read, flow):
    assert flow in GUIDE
    found = read(text([LONG, ["Jilin", "2016", flow, "5"]]))
    assert len(found.values()) == 1


def test_a_bare_exports_is_asked_about_as_it_says(read):
    assert read(text([LONG, ["Jilin", "2016", "Exports", "5"]])).asked == ["exports"]
