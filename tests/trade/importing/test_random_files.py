"""Random tables, written as people write them, come back equal to the plain dict that they were made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files import PROVINCES, ods, text, tidy, xls, xlsx
from tests.samples import examples

FILES = examples(25)

VALUES = st.one_of(st.none(), st.just(0), st.integers(1, 10**12))
PERIODS = st.tuples(st.integers(1998, 2024), st.just(0)) | st.tuples(st.just(2025), st.integers(1, 9))
CELLS = st.tuples(st.sampled_from(sorted(PROVINCES)), st.sampled_from(["to_dprk", "from_dprk"]), PERIODS)
TABLES = st.dictionaries(CELLS, VALUES, min_size=1, max_size=12)
MISSING = st.sampled_from(["", "-", "–", "..", "…", "n/a", " "])
GROUPS = st.sampled_from(["", ",", " ", "\u00a0", "\u202f", "'"])


def flat(table):
    return {(key, flow, *period): value for (key, flow, period), value in table.items()}


def written(value, group):
    """Write a value with separators between thousands."""
    return f"{value:,}".replace(",", group)


@pytest.mark.slow
@FILES
@given(TABLES, st.data())
def test_a_tidy_table_in_any_spelling_comes_back(read, table, data):
    rows = []
    for (key, flow, (year, month)), value in table.items():
        name = data.draw(st.sampled_from([key, PROVINCES[key], f" {key.lower()} "]))
        cell = data.draw(MISSING) if value is None else written(value, data.draw(GROUPS))
        when = data.draw(st.sampled_from([str(year), f"{year}年", f"{year}.0"]))
        rows.append([name, when, month or "", flow, cell, "", "", ""])
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
    delimiter = data.draw(st.sampled_from([",", "\t", "|"]))
    found = read(tidy(rows, encoding=encoding, delimiter=delimiter)).values()
    assert sorted(found.values(), key=repr) == sorted(flat(table).values(), key=repr)
    by_place = [(flow, year, month) for (_key, flow, year, month) in found]
    assert by_place == [(flow, *period) for _key, flow, period in table]


@pytest.mark.slow
@FILES
@given(TABLES, st.sampled_from([xlsx, xls, ods]), st.sampled_from([1, 1000, 10**6]), st.booleans())
def test_a_wide_workbook_in_any_unit_comes_back(read, table, make, unit, turned):
    table = {cell: value and value - value % unit for cell, value in table.items()}
    table |= {("CN-TJ", flow, (1997, 0)): 5 * unit for flow in ("to_dprk", "from_dprk")}  # not a table of blanks alone
    names = {1: "US dollars", 1000: "US$ thousand", 10**6: "US$ million"}
    sheets = {}
    for flow in sorted({flow for _key, flow, _period in table}):
        keys = sorted({key for key, way, _ in table if way == flow})
        periods = sorted({period for _, way, period in table if way == flow})
        if turned and len(keys) < 2:
            keys = sorted({*keys, "CN-BJ", "CN-LN"})
        header = ["Province", *(f"{year}-{month:02d}" if month else year for year, month in periods)]
        body = [[key, *(_scaled(table.get((key, flow, period)), unit) for period in periods)] for key in keys]
        grid = [header, *body]
        if turned:
            grid = [list(column) for column in zip(*grid, strict=True)]
        sheets[flow] = [[f"Trade, {names[unit]}"], [], *grid, [], ["Source: customs"]]
    found = read(make(sheets)).values()
    assert {cell: value for cell, value in found.items() if value is not None} == {
        cell: value for cell, value in flat(table).items() if value is not None
    }


def _scaled(value, unit):
    return None if value is None else value / unit if unit > 1 else value


@FILES
@given(TABLES)
def test_excel_with_a_semicolon_and_chinese_headers(read, table):
    rows = [["省份", "年份", "月份", "流向", "金额（美元）"]]
    rows += [
        [key, year, month or "", flow, "" if value is None else value]
        for (key, flow, (year, month)), value in table.items()
    ]
    assert read(text(rows, delimiter=";", encoding="gb18030")).values() == flat(table)
