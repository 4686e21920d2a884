"""Every number that a page shows, in whatever way, held against sums of the database's own rows."""

import csv
import io

import pytest

from tests.browser.oracle import Oracle, dollars, when
from tests.browser.pages import DESKTOP, canvases, chart, point_to, shown, tables, tooltip
from tests.samples import some

STATES = {
    "": [
        "/provinces/",
        "/provinces/?flow=from_dprk&year=2016&estimates=off",
        "/provinces/?flow=both&year=2016",
        "/provinces/?flow=both&view=lines",
        "/provinces/?flow=balance&year=2017",
        "/provinces/?flow=balance&view=lines&show=cn-ln,cn-jl",
        "/provinces/?view=lines&scale=log&show=cn-ln,cn-gd,cn-xz&highlight=cn-gd",
        "/provinces/?unit=share&flow=both",
        "/provinces/?period=months&year=2025",
        "/provinces/?period=months&view=seasons&from=2024",
        "/provinces/?period=ytd&month=2024-06",
        "/provinces/?from=2010&to=2016&unit=change",
        "/provinces/?flow=from_dprk&from=2010&view=lines&unit=index&show=cn-ln,cn-jl",
        "/commodities/",
        "/commodities/?flow=both&unit=share&year=2016",
        "/commodities/?flow=balance&year=2013",
        "/commodities/?flow=to_dprk&view=lines&estimates=off&year=earliest",
        "/commodities/?dataset=world-commodities&year=2019",
    ],
    "v": ["/commodities/v/?flow=to_dprk&year=2016", "/commodities/v/?view=lines&unit=share&highlight=27"],
    "27": ["/commodities/27/?flow=both&year=2016"],
    "2701": ["/commodities/2701/?unit=quantity", "/commodities/2701/?view=lines&unit=unit-value&from=2005"],
    "other": ["/commodities/other/?year=2016"],
    "cn-hl": ["/provinces/cn-hl/", "/provinces/cn-hl/?view=lines&scale=log&year=2016&estimates=off"],
}
CASES = [(slug, path) for slug, paths in STATES.items() for path in paths]
CASES = CASES[1::2] + CASES[::2]  # those of the newer choices stand among the first half


@pytest.fixture(scope="module")
def oracle(site):
    return Oracle(site)


def on_canvas(figure, values):
    """What comes from the DPRK hangs below the axis where both flows are drawn; a logarithmic scale has no nought.

    Places are drawn can be negative, the first on top.
    """
    if figure["scale"] == "rank":
        return [[None if place is None else -place for place in row] for row in values]

    def drawn(value, sign):
        return None if value is None or (value == 0 and figure["scale"] == "log") else value * sign

    return [[drawn(v, one["sign"]) for v in row] for one, row in zip(figure["series"], values, strict=True)]


@pytest.mark.parametrize(("slug", "path"), some(CASES, len(CASES) // 2))
def test_canvas_table_tiles_sentence_and_csv_hold_the_numbers_of_the_database(page, oracle, slug, path):
    page.goto(path)
    payload = shown(page)
    figures = {figure["id"]: figure for figure in payload["figures"]}
    state = payload["state"]
    true = {name: oracle.drawn(state, slug, figure) for name, figure in figures.items()}
    for canvas in canvases(page):
        assert canvas["data"] == on_canvas(figures[canvas["id"]], true[canvas["id"]]), canvas["id"]
    check_tables(page, figures, true, oracle, state)
    check_tiles(page, oracle, state, figures.get("map"))
    if slug == "" and state["flow"] != "balance" and not state.get("show"):
        total = oracle.shown(state, oracle.codes(state, ""), state["flow"], when(state))
        assert f"came to {dollars(total)} in" in page.locator('[data-part="sentence"]').inner_text()
    text = page.request.get(payload["csv_url"]).text().removeprefix("\ufeff")
    check_csv(list(csv.DictReader(io.StringIO(text))), figures, true, slug or "all", when(state))


BY_SANCTIONS = [
    ("all", "/commodities/?view=sanctions&year=2019"),
    ("27", "/commodities/27/?flow=to_dprk&view=sanctions&rules=today&year=2018"),
    ("all", "/commodities/?dataset=world-commodities&view=sanctions&year=2019"),
]


@pytest.mark.parametrize(("code", "path"), some(BY_SANCTIONS, 1))
def test_by_sanctions_canvas_and_table_hold_what_the_api_sums(page, code, path):
    page.goto(path)
    payload = shown(page)
    [figure] = [one for one in payload["figures"] if one["id"] == "by-sanctions"]
    state = payload["state"]
    asked = f"flow={state['flow']}&rules={state['rules']}" + (f"&code={code}" if code != "all" else "")
    answer = page.request.get(f"/api/v1/datasets/{state['dataset']}/by-sanctions?{asked}").json()
    true = {}
    for row in answer["groups"]:
        for component in ("reported", "estimate"):
            key = (row["period"], row["sanctions"].partition("-")[0], component)
            if row[f"{component}_usd"] is not None:
                true[key] = true.get(key, 0) + row[f"{component}_usd"]
    expected = [
        [true.get((category["key"], one["member"], one["component"])) for category in figure["categories"]]
        for one in figure["series"]
    ]
    [canvas] = [one["data"] for one in canvases(page) if one["id"] == "by-sanctions"]
    assert [[value or 0 for value in row] for row in canvas] == [[value or 0 for value in row] for row in expected]
    rows = tables(page)["by-sanctions"]
    for place, values in enumerate(expected, start=1):
        cells = [0 if row[place] in ("", None) else row[place] for row in rows]
        assert cells == [value or 0 for value in values]
    text = page.request.get(payload["csv_url"]).text().removeprefix("\ufeff")
    told = {
        (row["period"], row["member"], row["component"]): row["value_usd"]
        for row in csv.DictReader(io.StringIO(text))
        if row["chart"] == "by-sanctions"
    }
    for one, values in zip(figure["series"], expected, strict=True):
        for category, value in zip(figure["categories"], values, strict=True):
            assert int(told.get((category["key"], one["member"], one["component"])) or 0) == (value or 0)


FIELDS = {
    "value": "value_usd", "share": "share_percent", "change": "change_percent", "index": "index", "rank": "rank",
    "quantity": "quantity", "unit_value": "unit_value_usd",
}  # fmt: skip


def check_csv(rows, figures, true, slug, year):
    """The CSV has each number that is drawn and stands in a table, under its own name and meaning."""
    told = {tuple(row[name] for name in ("chart", "period", "member", "flow", "component")): row for row in rows}
    for name, figure in figures.items():
        over_time = figure["kind"] in ("stacked", "line")
        field = FIELDS[figure.get("measure", "share" if figure["unit"] == "%" else "value")]
        compared = 0
        for series, values in zip(figure["series"], true[name], strict=True):
            for category, value in zip(figure["categories"], values, strict=True):
                period, member = (category["key"], series["member"]) if over_time else (year, category["key"])
                member = slug if figure["scale"] == "rank" else member
                if len(period) == len("09"):
                    period, member = f"{series['member']}-{period}", slug
                row = told.get((name, period, member, series["flow"], series["component"]))
                if row and (over_time or figure["unit"] == "US$"):
                    assert (float(row[field]) if row[field] else None) == value, (name, period, member)
                    compared += 1
        assert compared or not over_time, name


def check_tiles(page, oracle, state, figure):
    """Tiles say dollars, beside the share where that is the unit."""
    tiles = page.locator(".tiles [data-key]").all_inner_texts()
    values = oracle.drawn(state, "", figure | {"unit": "US$"})[0] if figure else []
    for tile, value in zip(tiles, values, strict=True):
        assert (dollars(value) if value is not None else "missing") in tile


def check_tables(page, figures, true, oracle, state):
    """Tables over time have a column a series; those of one year a row a member, with what is shown of it."""
    found = tables(page)
    for name, figure in figures.items():
        if name not in found:
            assert figure["table"] is None
            continue
        columns = [column["key"] for column in figure["table"]["columns"]]
        is_in_words = figure.get("measure", "value") not in ("value", "rank") or figure["unit"] == "%"
        if is_in_words or figure["kind"] not in ("stacked", "line") or "reported" in columns:
            continue  # shares are words, and tables of one year are read below
        for place, series in enumerate(figure["series"]):
            cells = [row[columns.index(series["key"])] for row in found[name]]
            blank = "" if series["estimated"] else None
            assert cells == [blank if value is None else value for value in true[name][place]], series["key"]
    for figure in figures.values():
        if figure["kind"] == "bars" and state["flow"] not in ("both",):
            check_ranked(found[figure["id"]], figure["table"], oracle, state)


def check_ranked(found, table, oracle, state):
    columns = [column["key"] for column in table["columns"]]
    column = columns.index(next(key for key in ("shown", "balance", "reported") if key in columns))
    for row, cells in zip(table["rows"], found, strict=True):
        if not row["total"]:
            value = oracle.shown(state, oracle.codes(state, row["key"]), state["flow"], when(state))
            assert cells[column] == value, row["key"]


@pytest.mark.parametrize(
    "path", ["/provinces/?year=2016", "/commodities/?year=2016", "/provinces/?flow=both&year=2016"]
)
def test_mouse_and_keyboard_are_told_value_unit_share_and_status(page, oracle, path):
    page.set_viewport_size(DESKTOP)
    page.goto(path)
    payload = shown(page)
    state = payload["state"]
    drawn = [figure for figure in payload["figures"] if figure["kind"] != "tiles"]
    for number, figure in enumerate(drawn):
        element = chart(page, number)
        place = next((n for n, one in enumerate(figure["categories"]) if one["key"] == figure["current"]), 0)
        point_to(page, element, 0, place)
        whole = figure["kind"] == "bars" and oracle.codes(state, figure["categories"][place]["key"])
        value = (
            oracle.shown(state, whole, state["flow"], str(state["year"]))
            if whole
            else oracle.drawn(state, "", figure)[0][place]
        )
        assert dollars(value) in tooltip(element)["lines"][0], figure["id"]
        element.locator("[role=application]").focus()
        page.keyboard.press("Home")
        first = oracle.drawn(state, "", figure)[0][0]
        spoken = element.locator("[aria-live]").inner_text()
        point = figure["series"][0]["points"][0]
        assert dollars(first) in spoken or figure["kind"] == "bars", spoken
        share = figure["totals"][0]["says"] if figure["kind"] == "bars" else point["share"]
        assert all(word in spoken for word in (share, point["status_text"])), figure["id"]
