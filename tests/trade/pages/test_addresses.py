"""Thousands of addresses that nobody wrote by hand: what is valid is shown, what is not is said, nothing breaks.

A seeded generator (addresses.py) puts them together and knows what is wrong with each. Each address is asked for once
in each of its forms, and all is said of the same answers.
"""

import json
from html.parser import HTMLParser
from random import Random
from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples, some
from tests.trade import columns
from tests.trade.pages import addresses
from tests.trade.pages.addresses import NOWHERE, PATHS, PLACES, WAYS, Address, draw
from tests.trade.pages.test_view_pack import unpacked
from trade.templatetags.chart_page import POINTS

pytestmark = pytest.mark.slow

SEEDS = some(range(40), 4)
DRAWN = 10  # addresses of a seed

publish = addresses.publish


@pytest.mark.parametrize("seed", SEEDS)
def test_every_form_of_an_address_shows_the_same_with_a_notice_if_something_in_it_is_invalid(seed, site, client):
    for address in drawn(seed):
        payload = asked(client, address.form(".json")).json()
        assert_notices(address, payload)
        assert_page(address, payload, Page(asked(client, address.form("/")).content.decode()))
        text = asked(client, address.form(".csv")).content.decode("utf-8-sig")
        assert text.count("\r\n") > 1 or not payload["figures"], text  # test_view_files.py reads it
        assert client.get(address.form(".svg")).status_code in (200, 404), address
        asked(client, "/embed" + address.form("/"))
        assert_own_address(address, payload, asked(client, payload["json_url"]).json())


def assert_notices(address, payload):
    """There is a notice if something in the address is invalid, and only then; it names each such word."""
    said = " ".join(payload["notices"]).lower()
    assert bool(payload["notices"]) == bool(address.invalid), f"{address}: {payload['notices']}"
    for name in address.invalid:
        found = dict(address.query)[name]
        shown = "".join(one if one.isprintable() else "�" for one in found[:30]).lower()
        assert shown in said, f"{address}: {said}"


def assert_page(address, payload, page):
    """The page holds the words and the numbers of its JSON."""
    assert page.notices == payload["notices"], address
    assert page.title == " ".join(payload["title"].split()), address
    for figure in payload["figures"]:
        if figure["kind"] == "tiles":
            points = [point["text"] if point["value"] is not None else "" for point in figure["series"][0]["points"]]
            assert all(text in tile for text, tile in zip(points, page.tiles, strict=True)), address
        elif figure["id"] in page.drawn or sum(map(len, values(figure))) <= POINTS:
            assert page.drawn[figure["id"]] == values(figure), f"{address} {figure['id']}"
        if figure["table"]:
            assert page.tables[figure["id"]] == rows(figure["table"]), f"{address} {figure['id']}"


def assert_own_address(address, payload, again):
    """The address that a payload calls its own shows the same without a notice."""
    assert again["notices"] == [], f"{address} -> {payload['url']}: {again['notices']}"
    assert again | {"notices": payload["notices"]} == payload, f"{address} -> {payload['url']}"
    assert urlsplit(payload["json_url"]).query == urlsplit(payload["url"]).query
    for control in payload["controls"]:
        chosen = sum(choice["current"] for choice in control["choices"])
        assert chosen == 1 or control["several"], f"{address} {control['name']}"


@pytest.mark.parametrize("seed", SEEDS)
def test_an_address_has_a_workbook_a_picture_and_its_views(seed, site, client):
    address = drawn(seed)[0]
    for ending, start in ((".xlsx", b"PK"), (".png", b"\x89PNG"), (".views.json", b"{")):
        assert asked(client, address.form(ending)).content.startswith(start), address.form(ending)


@pytest.mark.parametrize(
    "address",
    [
        "/provinces.views.json",
        "/provinces.views.json?flow=both&year=2020",
        "/commodities.views.json?view=lines&year=abc",
    ],
)
def test_the_views_of_all_times_are_those_of_their_own_addresses(address, site, client):
    found = unpacked(asked(client, address).content)
    own = asked(client, address.replace(".views", "")).json()
    assert own["url"] in found
    years = {choice["url"] for one in own["controls"] if one["name"] == "year" for choice in one["choices"]}
    assert len(years) > 4 and set(found) == {own["url"]} | years
    for url in sorted(found):
        there = asked(client, url.replace("/?", ".json?") if "?" in url else url.rstrip("/") + ".json").json()
        for figure in there["figures"]:
            del figure["svg"]
        assert columns.shown(found[url]) == columns.shown(there), url


@pytest.mark.parametrize("seed", SEEDS)
def test_an_unknown_place_is_not_found_whatever_its_query(seed, site, client):
    random = Random(f"nowhere {seed}")
    for path in NOWHERE:
        address = draw(random)
        address.path = path
        for ending in ("/", ".json", ".csv", ".svg"):
            assert client.get(address.form(ending)).status_code == 404, address.form(ending)


@pytest.mark.parametrize(
    "query",
    [
        "scale=log",
        "scale=log&view=columns",
        "scale=log&view=lines&unit=share",
        "scale=log&view=lines&flow=balance",
        "unit=share&flow=balance",
        "unit=share&flow=both&view=lines",
        "highlight=cn-xz",
        "highlight=cn-ln&flow=balance",
        "highlight=cn-jl&show=cn-ln",
        "period=months&release=1",
        "year=2024&release=1",
    ],
)
def test_what_does_not_go_together_is_settled_with_one_reason(query, site, client):
    payload = asked(client, f"/provinces.json?{query}").json()
    assert len(payload["notices"]) == 1
    assert asked(client, payload["json_url"]).json()["notices"] == []


def test_at_most_ten_are_drawn_by_name(site, client):
    slugs = [place.lower() for place in PLACES[:11]]
    payload = asked(client, f"/provinces.json?view=lines&show={','.join(slugs)}").json()
    assert payload["state"]["show"].split(",") == slugs[:10]
    assert len(payload["notices"]) == 1
    first = payload["figures"][0]["series"]
    assert len({one["colour"] for one in first}) == 10
    assert asked(client, f"/provinces.json?view=lines&show={','.join(slugs[:10])}").json()["notices"] == []


def test_a_withdrawn_release_is_named_with_its_reason_and_its_files_are_gone(site, client):
    payload = asked(client, "/provinces.json?release=3").json()
    assert payload["release"]["number"] == 4
    assert "a wrong file" in payload["notices"][0]
    assert client.get("/data/china-provinces/3/data.csv").status_code == 410
    assert client.get("/data/china-provinces/3/").status_code == 200
    assert client.get("/data/china-provinces/99/data.csv").status_code == 404


NAMES = st.sampled_from([*WAYS, "dataset", "release", "year", "show", "highlight", "scale", "figure", "page", "x"])
WORDS = st.one_of(st.text(max_size=12), st.sampled_from(["months", "lines", "2", "cn-ln,cn-jl", "log", "both"]))


@examples(200, derandomize=True)
@given(
    st.sampled_from([path for paths in PATHS.values() for path in paths]),
    st.sampled_from(["/", ".json", ".csv", ".svg"]),
    st.lists(st.tuples(NAMES, WORDS), max_size=6),
)
def test_any_words_in_a_query_are_answered_without_an_error(site, client, path, ending, query):
    address = f"{path}{ending}?{urlencode(query, errors='replace')}"
    status = client.get(address).status_code
    assert status == 200 or (status == 404 and ending == ".svg"), address


def drawn(seed) -> list[Address]:
    random = Random(seed)
    return [draw(random) for _ in range(DRAWN)]


def asked(client, address):
    """The answer to an address; every one is found."""
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return response


def values(figure) -> list:
    return [[point["value"] for point in one["points"]] for one in figure["series"]]


def rows(table) -> list:
    return [[row["header"], *(cell["text"] for cell in row["cells"])] for row in table["rows"]]


class Page(HTMLParser):
    """What a page of charts shows, read from its HTML: notices, and of each figure its table and what it draws."""

    ASIDE = ("flag", "visually-hidden")  # marks and spoken words beside a number in a cell

    def __init__(self, html):
        super().__init__()
        self.notices, self.tables, self.drawn, self.tiles, self.title = [], {}, {}, [], ""
        self._open, self._text, self._figure = [], None, None
        self.feed(html)
        self.title = " ".join(self.title.split())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in ("meta", "link", "input", "br", "hr", "img", "base"):
            return
        self._open.append((tag, attributes))
        if "data-figure" in attributes:
            self._figure = attributes["data-figure"]
        elif tag == "tbody" and self._figure:
            self.tables[self._figure] = []
        elif tag == "tr" and self._within("tbody") and self._figure:
            self.tables[self._figure].append([])
        elif tag in ("td", "th", "script") or (tag == "li" and (self._within_part("notices") or self._in_tiles())):
            self._text = ""

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "trade-chart":
            self._figure = None
        if self._text is None:
            return
        text, self._text = self._text.strip(" \n"), (self._text if tag in ("span", "a", "b", "sup", "i") else None)
        if tag in ("td", "th") and self._within("tbody") and self._figure:
            self.tables[self._figure][-1].append(text)
        elif tag == "script" and self._figure:
            self.drawn[self._figure] = values(columns.figure(json.loads(text)))
        elif tag == "li" and self._within_part("notices"):
            self.notices.append(text)
        elif tag == "li" and self._in_tiles():
            self.tiles.append(text)

    def handle_data(self, data):
        if self._within("h1"):
            self.title += data
        if self._text is not None and not any(
            name in (attributes.get("class") or "").split() for _tag, attributes in self._open for name in self.ASIDE
        ):
            self._text += data

    def _within(self, tag):
        return any(tag == name for name, _attributes in self._open)

    def _in_tiles(self):
        return any(attributes.get("class") == "tiles" for _tag, attributes in self._open)

    def _within_part(self, part):
        return any(attributes.get("data-part") == part for _tag, attributes in self._open)


def test_the_reader_of_pages_reads_a_cell_without_its_marks():
    page = Page(
        '<h1 data-part="title">A  title</h1><trade-chart data-figure="f"><table><tbody><tr><th scope="row"><a href="/">'
        '2016</a></th><td> <span aria-hidden="true">5</span><span class="flag">P</span><span class="visually-hidden">'
        " provisional</span></td></tr></tbody></table></trade-chart>"
    )
    assert page.tables == {"f": [["2016", "5"]]}
    assert page.title == "A title"
