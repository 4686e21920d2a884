"""What applies to a code on a day, against an oracle that knows the list as its file has it and sets of subheadings."""

import csv
import random
import re
from datetime import date, timedelta
from functools import cache

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from sanctions.models import Measure
from sanctions.rule_sentences import sentences
from sanctions.rules import Level, Rule, Standing, history, standing, together
from tests.samples import examples, some

DATA = settings.BASE_DIR / "data"
DIRECTIONS = ("to_dprk", "from_dprk")
STRICT = {"full_ban": 3, "prohibition": 3, "clarification": 3, "sectoral": 2, "cap": 1}


@cache
def rows(name):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


SUBHEADINGS = sorted({row["hscode"] for row in rows("hs2022_headings_subheadings.csv") if len(row["hscode"]) == 6})


@cache
def below(digits):
    return frozenset(code for code in SUBHEADINGS if code.startswith(digits))


@cache
def named(text):
    """The codes of a cell, in part or not, by hand: {"2701": False, "72": True, …}."""
    found = {}
    for piece in text.split(";"):
        in_part = "(" in piece.replace("(R)", "")
        numbers = re.sub(r"\(.*?\)", "", piece).replace(".", "").strip()
        if "-" in numbers:
            first, last = numbers.split("-")
            codes = [f"{number:02}" for number in range(int(first), int(last) + 1) if number != 77]
        else:
            first, *others = numbers.split("/")
            codes = [first, *(one if len(one) > 2 else first[:-2] + one for one in others)]
        found |= {code: found.get(code, True) and in_part for code in codes if code}
    return found


@pytest.fixture(scope="module")
def oracle():
    """Of each row of the list its direction, days, strictness, and the subheadings that it names whole or in part."""
    return [
        (row["direction"], row["effective_from"], STRICT[row["kind"]], below(code), in_part, code)
        for row in rows("sanctions.csv")
        if row["kind"] in STRICT and not row["hs_codes_for_matching"].startswith("none")
        for code, in_part in named(row["hs_codes_for_matching"]).items()
        for in_part in [in_part or row["kind"] == "clarification"]
    ]


def expected(oracle, code, direction, day):
    """The two ends by sets: whole is what holds all subheadings of the code, part is what holds any of them."""
    asked, least, most = below(code), 0, 0
    for where, since, strict, goods, in_part, digits in oracle:
        if where in (direction, "both") and since <= day.isoformat() and goods & asked:
            most = max(most, strict)
            if asked <= goods and not in_part and len(digits) <= len(code):
                least = max(least, strict)
    return least, most


def codes_and_days():
    """300 codes that exist, of 2, 4 and 6 digits, a third of them named by measures, and 30 days around the changes."""
    chance = random.Random(15)
    touched = [code for row in rows("sanctions.csv") for code in named(row["hs_codes_for_matching"])]
    near = [code for code in SUBHEADINGS if code.startswith(tuple(touched))]
    drawn = chance.sample(near, 100) + chance.sample(SUBHEADINGS, 200)
    codes = [code[: (2, 4, 6)[number % 3]] for number, code in enumerate(drawn)]
    changes = sorted({date.fromisoformat(row["effective_from"]) for row in rows("sanctions.csv")})
    days = [day + timedelta(days=shift) for day in changes for shift in (-1, 0, 1)]
    return codes, chance.sample(days, 29) + [date(2026, 11, 28)]


@pytest.mark.slow
@pytest.mark.both_databases
def test_300_codes_on_30_days_in_both_directions_have_what_the_list_says(oracle, words):
    rules = Measure.objects.rules()
    codes, days = codes_and_days()
    assert (len(codes), len(days)) == (300, 30)
    seen = set()
    for code in some(codes, 45):
        for day in days:
            for direction in DIRECTIONS:
                found = standing(rules, code, direction, day)
                seen.add((found.least, found.most))
                assert (found.least, found.most) == expected(oracle, code, direction, day), (code, direction, day)
    assert {(0, 0), (3, 3), (0, 3)} <= seen


LEVELS = ("free", "capped", "banned_with_exemptions", "banned")
SAID = re.compile(r"((?:partly )?(?:banned with exemptions|banned|capped)) from (\d+ \w+ \d{4}) \((\d+)")


@pytest.mark.slow
@pytest.mark.both_databases
def test_the_api_answers_of_the_same_codes_and_days_what_the_list_says(oracle, words, client, monkeypatch):
    monkeypatch.setattr("trade.api.routes.THROTTLE.allow_request", lambda request: True)
    codes, days = codes_and_days()
    for code in some(codes, 18):
        for day in some(days[::-1], 2):
            for direction in DIRECTIONS:
                asked = {"code": code, "direction": direction, "day": day.isoformat()}
                answer = client.get("/api/v1/sanctions/applies", asked).json()
                ends = LEVELS.index(answer["least"]), LEVELS.index(answer["most"])
                assert ends == expected(oracle, code, direction, day), asked


def in_order(row):
    return row["effective_from"], int(row["resolution"]), int(row["position"])


def told(code, direction):
    """What a sentence must say of a code, by sets: [("partly banned", "5 August 2017", "2371"), …]."""
    words, asked = {3: "banned", 2: "banned with exemptions", 1: "capped"}, below(code)
    for row in sorted(rows("sanctions.csv"), key=in_order):
        if row["kind"] not in STRICT or row["direction"] not in (direction, "both"):
            continue
        codes = {one: in_part for one, in_part in named(row["hs_codes_for_matching"]).items() if below(one) & asked}
        if not codes:
            continue
        is_whole = row["kind"] != "clarification" and any(
            asked <= below(one) and not in_part and len(one) <= len(code) for one, in_part in codes.items()
        )
        day = date.fromisoformat(row["effective_from"])
        level = ("" if is_whole else "partly ") + words[STRICT[row["kind"]]]
        yield level, f"{day.day} {day:%B %Y}", row["resolution"]


@pytest.mark.slow
@pytest.mark.both_databases
def test_the_sentences_of_pages_say_of_the_same_codes_what_the_list_says(words):
    measures = list(Measure.objects.for_pages())
    for code in some(codes_and_days()[0], 60):
        for direction in DIRECTIONS:
            said = SAID.findall(" ".join(sentences(measures, [code], direction)))
            assert said == list(told(code, direction)), (code, direction)


COAL = [
    Rule(1, "from_dprk", Level.BANNED_WITH_EXEMPTIONS, "2701", date(2016, 3, 2)),
    Rule(2, "from_dprk", Level.CAPPED, "2701", date(2016, 11, 30), date(2017, 8, 4)),
    Rule(3, "from_dprk", Level.BANNED, "2701", date(2017, 8, 5)),
]


@pytest.mark.parametrize(
    ("code", "day", "least", "most", "measures"),
    [
        ("2701", date(2016, 3, 1), Level.FREE, Level.FREE, []),
        ("2701", date(2016, 3, 2), Level.BANNED_WITH_EXEMPTIONS, Level.BANNED_WITH_EXEMPTIONS, [1]),
        ("270112", date(2017, 8, 4), Level.BANNED_WITH_EXEMPTIONS, Level.BANNED_WITH_EXEMPTIONS, [1, 2]),
        ("2701", date(2017, 8, 5), Level.BANNED, Level.BANNED, [3, 1]),
        ("27", date(2017, 8, 5), Level.FREE, Level.BANNED, [3, 1]),
        ("2702", date(2017, 8, 5), Level.FREE, Level.FREE, []),
    ],
)
def test_the_strictest_counts_and_all_are_listed(code, day, least, most, measures):
    found = standing(COAL, code, "from_dprk", day)
    assert (found.least, found.most, [rule.measure for rule in found.rules]) == (least, most, measures)
    assert standing(COAL, code, "to_dprk", day) == Standing(Level.FREE, Level.FREE, ())


def test_a_subheading_of_another_edition_is_covered_in_part():
    rule = Rule(1, "both", Level.BANNED, "880211", date(2016, 11, 30), edition="2012")
    assert [rule.covers("880211", edition) for edition in ("2012", "2022", "")] == ["all", "part", "all"]
    assert rule._replace(digits="8802").covers("880211", "2022") == "all"
    assert rule._replace(digits="8802110010").covers("880211", "2012") == "part"


def test_a_history_is_told_in_spans_without_gaps():
    spans = history(COAL, "2701", "from_dprk")
    assert [(span.since, span.until, span.standing.least) for span in spans] == [
        (None, date(2016, 3, 1), Level.FREE),
        (date(2016, 3, 2), date(2016, 11, 29), Level.BANNED_WITH_EXEMPTIONS),
        (date(2016, 11, 30), date(2017, 8, 4), Level.BANNED_WITH_EXEMPTIONS),
        (date(2017, 8, 5), None, Level.BANNED),
    ]
    assert len(history([], "2701", "from_dprk")) == 1


def test_codes_together_have_the_ends_of_them_all():
    day = date(2017, 8, 5)
    both = together([standing(COAL, code, "from_dprk", day) for code in ("2701", "2702")])
    assert (both.least, both.most, both.is_partly) == (Level.FREE, Level.BANNED, True)
    assert together([]) == Standing(Level.FREE, Level.FREE, ())


digits = st.sampled_from(["27", "2701", "270112", "2702", "72", "7201"])
days = st.dates(date(2016, 1, 1), date(2018, 12, 31))
ruled = st.builds(
    Rule,
    measure=st.integers(1, 9),
    direction=st.sampled_from(["to_dprk", "from_dprk", "both"]),
    level=st.sampled_from(list(Level)[1:]),
    digits=digits,
    since=days,
    until=st.none() | days,
    in_part=st.booleans(),
)


@given(st.lists(ruled, max_size=8), digits, st.sampled_from(DIRECTIONS), days)
@examples(400, in_test=25)
def test_the_ends_are_in_order_a_part_is_within_the_whole_and_spans_agree_with_days(rules, code, direction, day):
    found = standing(rules, code, direction, day)
    assert found.least <= found.most
    for deeper in (one for one in ("2701", "270112", "7201") if one.startswith(code)):
        part = standing(rules, deeper, direction, day)
        assert found.least <= part.least and part.most <= found.most
    [span] = [
        one
        for one in history(rules, code, direction)
        if (one.since is None or one.since <= day) and (one.until is None or day <= one.until)
    ]
    assert (span.standing.least, span.standing.most) == (found.least, found.most)
