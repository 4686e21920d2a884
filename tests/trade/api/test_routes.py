"""The API: its rows against plain dictionaries, its headers, limits and errors."""

import csv
import gzip
import io
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import brotli
import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from tests.trade import sites
from tests.trade.sites import GOODS, release, reported
from trade.api import routes
from trade.bundles import storage
from trade.models import Commodity, Dataset, ProvinceObservation, Release
from trade.publishing.removing import withdrawal

pytestmark = pytest.mark.both_databases

ROOT = "/api/v1"
PLACES_AT = f"{ROOT}/datasets/china-provinces"
GOODS_AT = f"{ROOT}/datasets/china-commodities"
APPLIES = f"{ROOT}/sanctions/applies?direction=from_dprk&day=2017-08-05"
START = datetime(2020, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def uncounted():
    """Every test begins with no request counted."""
    cache.clear()


def publish():
    """Publish two releases of the provinces, two of the goods, none of the world."""
    sites.usual()
    release("china-commodities", [reported("2709", 2024, 250_000, "from_dprk")], note="Oil corrected.")


def pages_of(client, address, **asked):
    """Follow "next" to the end: the answers, one a page."""
    found = [client.get(address, asked).json()]
    while following := found[-1]["next"]:
        found.append(client.get(following.removeprefix("http://testserver")).json())
    return found


def all_of(client, name, address, **asked):
    return [row for page in pages_of(client, address, **asked) for row in page[name]]


def table(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


# Random histories against dictionaries.

CELL = st.tuples(
    st.sampled_from(["CN-HL", "CN-JL", "CN-LN"]),
    st.sampled_from(["from_dprk", "to_dprk"]),
    st.sampled_from([2015, 2016]),
    st.sampled_from([0, 1, 12]),
    st.sampled_from(["estimate", "reported"]),
)
VALUE = st.one_of(st.none(), st.just(0), st.integers(1, 10**13))
STATE = st.dictionaries(CELL, VALUE, max_size=12)
HISTORY = st.lists(STATE, min_size=1, max_size=4)


def without_empty_estimates(state):
    return {cell: value for cell, value in state.items() if value is not None or cell[4] == "reported"}


def status_of(cell, value):
    if cell[4] == "estimate":
        return "E"
    return "O" if value is None else "A"


def store(dataset, states):
    """Write the rows of a history, one release a state and one a day: each stands from the first to the next unlike."""
    found = []
    for number, _state in enumerate(states, 1):
        when = START + timedelta(days=number)
        found.append(dataset.releases.create(number=number, kind="scheduled", note="A note.", created=when))
    for cell in {cell for state in states for cell in state}:
        since = None
        for place, state in enumerate([{}, *states, {}][1:]):
            here = (cell in state, state.get(cell))
            before = (place > 0 and cell in states[place - 1], states[place - 1].get(cell) if place else None)
            if place and before[0] and (here != before or place == len(states)):
                until = found[place] if place < len(states) else None
                write(dataset, cell, before[1], since, until)
            if here[0] and here != before:
                since = found[place]
    return found


def write(dataset, cell, value, since, until):
    place, flow, year, month, component = cell
    ProvinceObservation.objects.create(
        dataset=dataset, province_id=place, flow=flow, year=year, month=month, component=component,
        value_usd=value, status=status_of(cell, value), since=since, until=until,
    )  # fmt: skip


def cell_of(row):
    return (row["province"], row["flow"], row["year"], row["month"] or 0, row["component"])


@pytest.fixture
def history(site):
    """A way to store a history in a dataset of its own, undone after each example."""
    facts = {"kind": "province", "title": "Random", "partner": "China", "licence": "None"}

    def stored(states):
        dataset, _ = Dataset.objects.get_or_create(slug="random", defaults=facts)
        dataset.observations.delete()
        dataset.releases.all().delete()
        return store(dataset, states)

    return stored


SLOWLY = examples(60)


@pytest.mark.slow
@SLOWLY
@given(states=HISTORY, limit=st.integers(1, 5))
def test_every_release_is_given_as_it_stood_and_paging_gives_every_row_once(history, client, states, limit):
    cache.clear()
    states = [without_empty_estimates(state) for state in states]
    history(states)
    for number, state in enumerate(states, 1):
        expected = [(cell, state[cell], status_of(cell, state[cell])) for cell in sorted(state)]
        day = (START + timedelta(days=number)).date().isoformat()
        for asked in ({"release": number}, {"as_of": number}, {"as_of": day}):
            found = all_of(client, "observations", f"{ROOT}/datasets/random/observations", limit=limit, **asked)
            assert [(cell_of(row), row["value_usd"], row["status"]) for row in found] == expected


@pytest.mark.slow
@SLOWLY
@given(states=HISTORY, limit=st.integers(1, 5))
def test_the_changes_between_two_releases_are_what_two_dictionaries_differ_in(history, client, states, limit):
    cache.clear()
    states = [without_empty_estimates(state) for state in states]
    history(states)
    for first, second in [(1, len(states)), *pairwise(range(1, len(states) + 1))]:
        old, new = states[first - 1], states[second - 1]
        differ = [c for c in sorted(old.keys() | new.keys()) if (c in old, old.get(c)) != (c in new, new.get(c))]
        address = f"{ROOT}/datasets/random/changes"
        found = all_of(client, "changes", address, limit=limit, **{"from": first, "to": second})
        assert [cell_of(row) for row in found] == differ
        for cell, row in zip(differ, found, strict=True):
            assert (row["old"] is not None, row["new"] is not None) == (cell in old, cell in new)
            assert (row["old"] or {}).get("value_usd") == old.get(cell)
            assert (row["new"] or {}).get("value_usd") == new.get(cell)


def first_and_last(cell):
    """The first and the last month that a cell speaks of."""
    year, month = cell[2:4]
    return (year, month or 1), (year, month or 12)


def bound(text, usual):
    year, _, month = text.partition("-")
    return int(year), int(month or usual)


PERIOD = st.sampled_from(["2015", "2016", "2015-01", "2015-12", "2016-01", "2016-06", "2016-12", "2099"])
ASKED = st.fixed_dictionaries(
    {},
    optional={
        "flow": st.sampled_from(["from_dprk", "to_dprk"]),
        "province": st.lists(st.sampled_from(["CN-HL", "CN-JL", "CN-BJ"]), min_size=1, max_size=3),
        "year": st.sampled_from([2015, 2016]),
        "component": st.sampled_from(["reported", "estimate"]),
        "from": PERIOD,
        "to": PERIOD,
    },
)


def asked_for(cell, asked):
    first, last = first_and_last(cell)
    return (
        cell[0] in asked.get("province", [cell[0]])
        and cell[1] == asked.get("flow", cell[1])
        and cell[2] == asked.get("year", cell[2])
        and cell[4] == asked.get("component", cell[4])
        and first >= bound(asked.get("from", "1900"), 1)
        and last <= bound(asked.get("to", "2100"), 12)
    )


@pytest.mark.slow
@SLOWLY
@given(states=HISTORY, asked=ASKED)
def test_filters_keep_what_a_loop_over_a_dictionary_keeps_in_json_and_in_csv(history, client, states, asked):
    cache.clear()
    states = [without_empty_estimates(state) for state in states]
    history(states)
    address = f"{ROOT}/datasets/random/observations"
    expected = {cell: value for cell, value in states[-1].items() if asked_for(cell, asked)}
    found = client.get(address, asked).json()["observations"]
    assert {cell_of(row): row["value_usd"] for row in found} == expected
    lines = table(client.get(address, asked | {"format": "csv"}))
    written = [(row["province"], row["flow"], row["period"], row["component"], row["value_usd"]) for row in lines]
    blank = [row["value_usd"] if row["value_usd"] is not None else "" for row in found]
    assert written == [
        (row["province"], row["flow"], row["period"], row["component"], str(value))
        for row, value in zip(found, blank, strict=True)
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"to": "2024-06"}, {"2023", "2024-01", "2024-06"}),
        ({"to": "2023-12"}, {"2023"}),
        ({"to": "2024"}, {"2023", "2024-01", "2024-06", "2024-07", "2024"}),
        ({"from": "2024"}, {"2024-01", "2024-06", "2024-07", "2024"}),
        ({"from": "2024-01"}, {"2024-01", "2024-06", "2024-07", "2024"}),
        ({"from": "2024-02"}, {"2024-06", "2024-07"}),
        ({"from": "2024-06", "to": "2024-06"}, {"2024-06"}),
    ],
)
def test_a_period_is_kept_that_lies_whole_within_the_bounds(asked, kept, site, client):
    months = [reported("2709", 2024, 5, "to_dprk", month=month) for month in (1, 6, 7)]
    release("china-commodities", [*months, reported("2701", 2023, 7, "to_dprk"), reported("2701", 2024, 7, "to_dprk")])
    found = all_of(client, "observations", f"{GOODS_AT}/observations", flow="to_dprk", **asked)
    assert {row["period"] for row in found} == kept


@pytest.mark.parametrize("prefix", ["27", "2701", "2709", "99", "61", "6109"])
def test_a_code_finds_all_below_it(prefix, site, client):
    found = all_of(client, "observations", f"{GOODS_AT}/observations", code=prefix)
    assert [row["code"] for row in found] == sorted(row["key"] for row in GOODS if row["key"].startswith(prefix))


def test_the_api_agrees_with_the_file_of_the_release_cell_by_cell(site, client):
    one = Release.objects.get(dataset="china-commodities", number=2)
    records = list(csv.DictReader(io.StringIO(storage.open_file(one, "data.csv").read().decode("utf-8-sig"))))
    lines = table(client.get(f"{GOODS_AT}/observations", {"format": "csv", "component": "reported"}))
    same = ("code", "name", "year", "month", "period", "flow", "status", "note", "quantity", "quantity_unit", "source")
    by_cell = {(row["code"], row["period"], row["flow"]): row for row in records}
    assert len(by_cell) == len(lines) > 0
    for row in lines:
        record = by_cell[row["code"], row["period"], row["flow"]]
        assert {name: row[name] for name in same} == {name: record[name] for name in same}
        assert row["value_usd"] == record["reported_usd"]


# What every answer says.

EVERY = [
    "/", "/datasets", "/datasets/china-provinces", "/datasets/china-provinces/releases",
    "/datasets/china-provinces/releases/1", "/datasets/china-provinces/observations",
    "/datasets/china-provinces/observations?release=1", "/datasets/china-provinces/changes?from=1",
    "/datasets/china-commodities/observations?code=27", "/datasets/china-commodities/observations?release=1&code=2701",
    "/datasets/china-commodities/changes?from=1", "/datasets/china-commodities/changes?from=1&to=2",
    "/sanctions?code=27", "/sanctions/applies?code=2701&direction=from_dprk&day=2017-08-05", "/questions",
    "/search?q=coal&limit=5",
]  # fmt: skip


@pytest.mark.parametrize("path", EVERY)
def test_every_answer_is_open_without_a_cookie_and_of_few_queries(path, site, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        response = client.get(ROOT + path)
    assert response.status_code == 200
    assert not response.cookies and "Cookie" not in response["Vary"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=60"
    about = response.json().get("about") or response.json()["datasets"][0]["about"]
    assert {"demonstration", "source", "licence", "release"} <= set(about)


@pytest.mark.parametrize("path", EVERY)
def test_who_has_the_answer_gets_not_modified_without_a_body(path, site, client):
    etag = client.get(ROOT + path)["ETag"]
    again = client.get(ROOT + path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*" and again["ETag"] == etag


def test_figures_bear_the_time_of_the_last_release(site, client):
    response = client.get(f"{PLACES_AT}/observations")
    again = client.get(f"{PLACES_AT}/observations", headers={"If-Modified-Since": response["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("encoding", "unpack"), [("gzip", gzip.decompress), ("gzip, br", brotli.decompress)])
def test_an_answer_is_compressed_as_the_client_understands(encoding, unpack, site, client):
    plain = client.get(f"{PLACES_AT}/observations")
    packed = client.get(f"{PLACES_AT}/observations", headers={"Accept-Encoding": encoding})
    assert unpack(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) and packed["Vary"] == "Accept-Encoding"


def test_nothing_is_compressed_for_a_client_that_refuses(site, client):
    response = client.get(f"{PLACES_AT}/observations", headers={"Accept-Encoding": "gzip;q=0, br;q=0"})
    assert "Content-Encoding" not in response


def test_head_and_preflight_are_answered_and_writing_is_not(site, client):
    head = client.head(f"{PLACES_AT}/observations")
    assert (head.status_code, head.content) == (200, b"") and head["ETag"]
    preflight = client.options(f"{PLACES_AT}/observations")
    assert preflight.status_code == 204 and "If-None-Match" in preflight["Access-Control-Allow-Headers"]
    for method in (client.post, client.put, client.patch, client.delete):
        response = method(f"{PLACES_AT}/observations")
        assert response.status_code == 405 and response["Allow"] == "GET, HEAD, OPTIONS"
        assert response.json()["error"]["found"] == response.wsgi_request.method


@pytest.mark.slow
def test_all_pages_are_of_the_release_of_the_first(site, client):
    first = client.get(f"{PLACES_AT}/observations", {"limit": 2}).json()
    release("china-provinces", [reported("CN-LN", 2024, 7)], note="Between two pages.")
    second = client.get(first["next"]).json()
    assert first["about"]["release"]["number"] == second["about"]["release"]["number"] == 2
    assert client.get(f"{PLACES_AT}/observations").json()["about"]["release"]["number"] == 3


def test_the_link_header_names_the_next_page_and_the_address_that_stays(site, client):
    response = client.get(f"{PLACES_AT}/observations", {"limit": 2, "format": "csv"})
    links = dict(re.findall(r'<([^>]+)>; rel="(\w+)"', response["Link"]))
    rels = {rel: address for address, rel in links.items()}
    assert rels["canonical"] == f"http://testserver{PLACES_AT}/observations?format=csv&limit=2&release=2"
    assert len(table(client.get(rels["next"]))) == 2


def test_the_demonstration_is_said_in_json_and_in_every_line_of_csv(site, client):
    assert client.get(f"{PLACES_AT}/observations").json()["about"]["demonstration"] is True
    lines = table(client.get(f"{PLACES_AT}/observations", {"format": "csv"}))
    assert {row["demonstration"] for row in lines} == {"yes"}
    assert {row["release"] for row in lines} == {"china-provinces/2"}


# What is refused.

REFUSED = [
    (f"{PLACES_AT}/observations?year=abc", 422, "year", "abc"),
    (f"{PLACES_AT}/observations?year=", 422, "year", ""),
    (f"{PLACES_AT}/observations?yaer=2016", 422, "yaer", None),
    (f"{PLACES_AT}/observations?year=2015&year=2016", 422, "year", "2015, 2016"),
    (f"{PLACES_AT}/observations?flow=up", 422, "flow", "up"),
    (f"{PLACES_AT}/observations?from=2016-13", 422, "from", "2016-13"),
    (f"{PLACES_AT}/observations?limit=10001", 422, "limit", "10001"),
    (f"{PLACES_AT}/observations?province=Liaoning", 422, "province", "Liaoning"),
    (f"{PLACES_AT}/observations?code=27", 422, "code", "27"),
    (f"{GOODS_AT}/observations?province=CN-LN", 422, "province", "CN-LN"),
    (f"{PLACES_AT}/observations?province=CN-ZZ", 422, "province", "CN-ZZ"),
    (f"{PLACES_AT}/observations?province=CN-LN&province=CN-ZZ&province=CN-AA", 422, "province", "CN-AA, CN-ZZ"),
    (f"{GOODS_AT}/observations?code=77", 422, "code", "77"),
    (f"{GOODS_AT}/observations?code=27&code=2799", 422, "code", "2799"),
    (f"{ROOT}/sanctions?code=77", 422, "code", "77"),
    (f"{APPLIES}&code=77", 422, "code", "77"),
    (f"{APPLIES}&code=270", 422, "code", "270"),
    (f"{APPLIES}&code=270111001010", 422, "code", "270111001010"),
    (f"{APPLIES}&code=27&edition=2018", 422, "edition", "2018"),
    (f"{APPLIES}&code=27&code=26", 422, "code", "27, 26"),
    (f"{ROOT}/sanctions/applies?code=27&direction=both&day=2017-08-05", 422, "direction", "both"),
    (f"{ROOT}/sanctions/applies?code=27&direction=to_dprk&day=2017-02-30", 422, "day", "2017-02-30"),
    (f"{ROOT}/sanctions/applies?code=27&direction=to_dprk&day=1501891200", 422, "day", "1501891200"),
    (f"{ROOT}/sanctions/applies?code=27&direction=to_dprk", 422, "day", ""),
    (f"{GOODS_AT}/observations?code=%D9%A2%D9%A7", 422, "code", "٢٧"),
    (f"{PLACES_AT}/observations?as_of=2026-02-30", 422, "as_of", "2026-02-30"),
    (f"{PLACES_AT}/observations?as_of=1&release=1", 422, "as_of", "1"),
    (f"{PLACES_AT}/observations?as_of=1999-01-01", 404, "as_of", "1999-01-01"),
    (f"{PLACES_AT}/observations?release=9", 404, "release", "9"),
    (f"{PLACES_AT}/observations?cursor=WyJDTi1MTiJd", 400, "cursor", "WyJDTi1MTiJd"),
    (f"{PLACES_AT}/observations?cursor=%00", 400, "cursor", "\x00"),
    (f"{PLACES_AT}/releases/9", 404, "n", "9"),
    (f"{PLACES_AT}/changes", 422, "from", ""),
    (f"{PLACES_AT}/changes?from=2&to=1", 422, "from", "2"),
    (f"{ROOT}/datasets/world-commodities/observations", 404, "dataset", "world-commodities"),
    (f"{ROOT}/datasets/none/observations", 404, "dataset", "none"),
    (f"{ROOT}/nothing/here", 404, None, f"{ROOT}/nothing/here"),
    (f"{ROOT}/questions?page=2", 422, "page", "2"),
]


@pytest.mark.parametrize(("address", "status", "parameter", "found"), REFUSED)
def test_a_refusal_says_what_was_found_where_and_what_was_expected(address, status, parameter, found, site, client):
    response = client.get(address)
    assert response.status_code == status
    error = response.json()["error"]
    assert set(error) == {"code", "message", "parameter", "found", "expected"}
    assert (error["parameter"], error["found"]) == (parameter, found)
    assert error["message"] and response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("query", ["province=21", "province=Liaoning", "code=27.1", "from=June", "to=2016-13"])
def test_a_refusal_is_in_words_and_shows_no_pattern(query, site, client):
    error = client.get(f"{GOODS_AT}/observations?{query}").json()["error"]
    assert not set(error["message"] + error["expected"]) & set("^$[]{}\\|"), error


def test_a_province_is_understood_in_small_letters(site, client):
    found = client.get(f"{PLACES_AT}/observations?province=cn-ln").json()["observations"]
    assert found and {row["province"] for row in found} == {"CN-LN"}


@pytest.mark.parametrize(
    "address", ["/datasets", "/datasets/china-provinces", "/datasets/china-provinces/observations"]
)
def test_a_slash_too_many_leads_to_the_address(address, site, client):
    response = client.get(f"{ROOT}{address}/?limit=3")
    assert (response.status_code, response["Location"]) == (301, f"{ROOT}{address}?limit=3")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.head(f"{ROOT}{address}/").status_code == 301
    assert client.get(f"{ROOT}/nothing/").status_code == 404


@pytest.mark.slow
def test_a_withdrawn_release_is_gone_and_says_why_and_the_one_before_answers(site, client):
    withdrawal.withdraw(Release.objects.get(dataset="china-provinces", number=2), "The wrong file.")
    for asked in ("?release=2", "?as_of=2"):
        response = client.get(f"{PLACES_AT}/observations{asked}")
        assert response.status_code == 410 and "The wrong file." in response.json()["error"]["message"]
    assert client.get(f"{PLACES_AT}/changes?from=1&to=2").status_code == 410
    newest = client.get(f"{PLACES_AT}/observations", {"province": "CN-LN", "year": 2023}).json()
    assert newest["about"]["release"]["number"] == 3
    assert [row["value_usd"] for row in newest["observations"]] == [1_500_000]
    assert client.get(f"{PLACES_AT}/changes?from=1&to=3").json()["changes"] == []
    about = client.get(f"{PLACES_AT}/releases/2").json()
    assert (about["release"]["note"], about["release"]["counts"], about["about"]["release"]["note"]) == ("", {}, "")
    listed = client.get(f"{PLACES_AT}/releases").json()["releases"]
    assert [(one["number"], one["withdrawal_reason"], bool(one["files"])) for one in listed] == [
        (3, None, True),
        (2, "The wrong file.", False),
        (1, None, True),
    ]


def test_too_many_requests_are_told_how_long_to_wait(site, client, monkeypatch):
    minute = 29_000_000 * 60
    monkeypatch.setattr(routes.THROTTLE, "most", 2)
    monkeypatch.setattr(routes.THROTTLE, "clock", lambda: minute + 18)
    assert [client.get(f"{ROOT}/datasets").status_code for _ in range(3)] == [200, 200, 429]
    response = client.get(f"{ROOT}/datasets")
    assert response.json()["error"]["code"] == "too_many_requests" and response["Retry-After"] == "42"
    assert client.get(f"{ROOT}/datasets", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 429
    assert client.get(f"{ROOT}/datasets", REMOTE_ADDR="192.0.2.1").status_code == 200
    monkeypatch.setattr(routes.THROTTLE, "clock", lambda: minute + 61)
    assert client.get(f"{ROOT}/datasets").status_code == 200


def test_a_known_province_without_figures_has_an_empty_answer_and_is_no_error(site, client):
    assert client.get(f"{PLACES_AT}/observations", {"province": "CN-XZ"}).json()["observations"] == []


def test_a_code_that_has_rows_and_no_label_is_known(site, client):
    assert not Commodity.objects.filter(code="2709").exists()
    assert len(client.get(f"{GOODS_AT}/observations", {"code": "2709"}).json()["observations"]) == 1


# What a machine reads.


def test_every_address_and_parameter_of_the_openapi_is_answered(site, client):
    described = client.get(f"{ROOT}/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    needed = {"changes": {"from": 1}, "search": {"q": "coal"}}
    needed["applies"] = {"code": "27", "direction": "to_dprk", "day": "2017-08-05"}
    for path in described["paths"]:
        of_goods = path.endswith("by-sanctions")
        address = path.format(slug="china-commodities" if of_goods else "china-provinces", n=1)
        assert client.get(address, needed.get(address.rpartition("/")[2], {})).status_code == 200


def test_sanctions_and_questions_are_given_as_the_pages_give_them(site, client):
    from faq.models import Question
    from sanctions.models import Measure, Resolution

    resolution = Resolution.objects.create(number=2371, adopted="2017-08-05", title="Resolution 2371 (2017)")
    Measure.objects.create(
        resolution=resolution, direction="from_dprk", category="minerals", kind="full_ban", goods="coal",
        codes_text="2701", measure="Coal is banned.", basis="R",
    )  # fmt: skip
    Question.objects.create(slug="shown", page="both", question="Is it?", answer="It **is**.")
    Question.objects.create(slug="hidden", page="both", question="Was it?", answer="-", state="draft")
    [measure] = client.get(f"{ROOT}/sanctions", {"code": "27"}).json()["measures"]
    assert measure["codes"] == [{"code": "2701", "partial": False, "named_in": "assigned"}]
    assert measure["checked"] == "recalled"
    assert client.get(f"{ROOT}/sanctions", {"code": "61"}).json()["measures"] == []
    assert [one["slug"] for one in client.get(f"{ROOT}/questions").json()["questions"]] == ["shown"]
