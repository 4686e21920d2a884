"""Trade by sanctions, on pages, in the API and in a release's files: each against sums by hand from the two lists."""

import csv
import io
from datetime import date

import pytest
from django.utils import timezone

from sanctions.models import Measure
from tests.conftest import load_words
from tests.samples import some
from tests.sanctions.test_rules import STRICT, named, rows
from tests.trade import cubes, sites
from tests.trade.sites import reported
from trade.bundles import storage
from trade.models import Dataset, Release

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

CERTAIN = {3: "banned", 2: "exempted", 1: "capped", 0: "free"}
UNCERTAIN = {3: "partly-banned", 2: "partly-banned", 1: "partly-capped"}
PAGES = ["all", "27", "2701", "xi", "v", "84", "03", "2710"]
API = "/api/v1/datasets/china-commodities/by-sanctions"


def publish():
    """Publish the demonstration's headings, and one release of provinces, beside the list of sanctions."""
    load_words()
    for facts in sites.DATASETS:
        Dataset.objects.create(**facts)
    trade = [row for row in cubes.long_rows(cubes.HEADINGS_FILE) if row["year"] >= 2014]
    sites.release("china-commodities", trade)
    sites.release("china-provinces", [reported("CN-LN", 2024, 1_000_000)])


@pytest.fixture(scope="module")
def measures():
    """Of each measure on goods its direction, first and last day, strictness, code, and whether it covers a part."""
    return [
        (row["direction"], row["effective_from"], row.get("until") or "9999", STRICT[row["kind"]], code, in_part)
        for row in rows("sanctions.csv")
        if row["kind"] in STRICT and row["effective_from"] and not row["hs_codes_for_matching"].startswith("none")
        for code, in_part in named(row["hs_codes_for_matching"]).items()
        for in_part in [in_part or row["kind"] == "clarification"]
    ]


def group(measures, code, flow, day):
    """The group of a code by hand."""
    least = most = 0
    for direction, since, until, strict, digits, in_part in measures:
        meets = code.startswith(digits) or digits.startswith(code)
        if direction in (flow, "both") and since <= day.isoformat() <= until and meets:
            most = max(most, strict)
            least = max(least, 0 if in_part or len(digits) > len(code) else strict)
    if code.startswith("99"):
        return "partly-banned"
    return CERTAIN[least] if least == most else UNCERTAIN[most]


def by_hand(measures, slug, flow, basis):
    """{("2016", "banned"): 1063785123, …}, estimates included, of the codes of a page."""
    sums, oracle = {}, cubes.goods_oracle()
    for year in oracle.years:
        day = date(year, 12, 31) if basis == "then" else timezone.now().date()
        for code in cubes.codes_below(slug):
            if year >= 2014 and (value := oracle.value(flow, [code], year)) is not None:
                key = (str(year), group(measures, code, flow, day))
                sums[key] = sums.get(key, 0) + value
    return valued(sums)


def valued(sums):
    """Leave out the groups into which nothing falls: the site says nought of them."""
    return {key: value for key, value in sums.items() if value}


def table(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def summed(found):
    """Add up rows of groups: {("2016", "banned"): 1063785123, …}, without what has no value."""
    sums = {}
    for row in found:
        values = [int(row[name]) for name in ("reported_usd", "estimate_usd") if row[name] not in ("", None)]
        if values:
            key = (row["period"], row["sanctions"])
            sums[key] = sums.get(key, 0) + sum(values)
    return valued(sums)


@pytest.mark.parametrize("basis", ["then", "today"])
@pytest.mark.parametrize("flow", cubes.FLOWS)
def test_page_and_api_say_what_the_two_lists_say(site, client, measures, flow, basis):
    for slug in some(PAGES, 4):
        expected = by_hand(measures, slug, flow, basis)
        asked = {"flow": flow, "rules": basis} | ({} if slug == "all" else {"code": slug})
        answer = client.get(API, asked).json()
        assert summed(answer["groups"]) == expected, slug
        page = "/commodities" if slug == "all" else f"/commodities/{slug}"
        drawn = client.get(f"{page}.csv", asked | {"view": "sanctions"})
        shown = {}
        for row in table(drawn.content):
            if row["chart"] == "by-sanctions" and row["member"] != "all" and row["value_usd"]:
                key = (row["period"], row["member"].removesuffix("-estimate"))
                shown[key] = shown.get(key, 0) + int(row["value_usd"])
        joined = {}
        for (year, name), value in expected.items():
            key = (year, name.partition("-")[0])
            joined[key] = joined.get(key, 0) + value
        assert valued(shown) == joined, slug


def test_the_file_of_a_release_says_what_the_two_lists_say_and_keeps_its_rules(site, client, measures):
    release = Release.objects.get(dataset="china-commodities")
    with storage.open_file(release, "by-sanctions.csv") as file:
        found = table(file.read())
    for basis in ("then", "today"):
        for flow in cubes.FLOWS:
            rows_ = [row for row in found if (row["rules"], row["flow"]) == (basis, flow)]
            assert summed(rows_) == by_hand(measures, "all", flow, basis)
    with storage.open_file(release, "sanctions-rules.csv") as file:
        rules = table(file.read())
    assert sorted((row["direction"], row["since"], row["code"], row["in_part"] == "yes") for row in rules) == sorted(
        (direction, since, code, in_part) for direction, since, _until, _strict, code, in_part in measures
    )


def test_a_frozen_view_keeps_the_rules_of_its_release(site, client, db):
    address = "/commodities/2701.json?view=sanctions&rules=today&year=2016"
    before = [client.get(address + more).json() for more in ("", "&release=1")]
    assert before[0]["title"].startswith("All of") and "would be banned today" in before[0]["title"]
    Measure.objects.filter(codes__digits="2701").delete()
    live, frozen = (client.get(address + more).json() for more in ("", "&release=1"))
    assert live["title"].startswith("None of")
    assert frozen["title"] == before[1]["title"]
    assert frozen["figures"][0]["series"] == before[1]["figures"][0]["series"] != live["figures"][0]["series"]
    assert "under the sanctions of" in frozen["title"]


def test_the_shares_of_the_api_are_those_of_the_title(site, client):
    answer = client.get(API, {"flow": "from_dprk", "rules": "today"}).json()
    [share] = [one for one in answer["banned"] if one["period"] == "2016"]
    title = client.get("/commodities.json?view=sanctions&rules=today&year=2016").json()["title"]
    assert title.startswith(f"Between {share['at_least_percent']:.0f}% and {share['at_most_percent']:.0f}% of")
    then = client.get(API, {"flow": "from_dprk"}).json()
    assert {one["period"] for one in then["banned"]} & {"2016", "2017"} == set()


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"code": "270"}, 422, "invalid"),
        ({"code": "2799"}, 404, "no_figures"),
        ({"rules": "yesterday"}, 422, "invalid"),
        ({"flow": "both"}, 422, "invalid"),
        ({"year": "2016"}, 422, "unknown_parameter"),
    ],
)
def test_a_wrong_question_is_refused_in_words(site, client, asked, status, code):
    answer = client.get(API, asked)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["expected"]


def test_a_dataset_of_provinces_has_no_goods(site, client):
    error = client.get("/api/v1/datasets/china-provinces/by-sanctions")
    assert error.status_code == 404 and "does not list goods" in error.json()["error"]["message"]


def test_a_csv_says_yes_or_no(site, client):
    found = table(client.get(API, {"format": "csv", "flow": "from_dprk"}).content)
    assert {row["changed"] for row in found} == {"yes", "no"} and {row["demonstration"] for row in found} == {"yes"}
