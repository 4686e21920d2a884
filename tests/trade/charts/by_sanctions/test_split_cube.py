"""Trade split by sanctions: the groups add up to the whole, and what is truly banned lies within the stated range."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions import rulebook
from sanctions.rulebook import CappedAmount, Rulebook
from sanctions.rules import Level, Rule
from tests.samples import examples
from tests.trade.cubes import FLOWS, cube, row
from trade.charts.by_sanctions import split_cube, split_words
from trade.charts.cube_reader import reading
from trade.sanction_levels import ORDER, PARTLY, PARTS

SUBHEADINGS = ["270111", "270112", "270900", "271019", "720310", "720410", "010121", "999999"]
NAMED = ["27", "2701", "270111", "2709", "72", "7203", "720310", "01", "27101911", "99"]
YEARS = range(2015, 2019)
TODAY = date(2019, 6, 1)
PAGES = ("all", "v", "27", "2701", "xv")

days = st.dates(date(2015, 1, 1), date(2019, 1, 1))
rules = st.builds(
    Rule,
    measure=st.integers(1, 5),
    direction=st.sampled_from([*FLOWS, "both"]),
    level=st.sampled_from([Level.CAPPED, Level.BANNED_WITH_EXEMPTIONS, Level.BANNED]),
    digits=st.sampled_from(NAMED),
    since=days,
    until=st.none() | days,
    in_part=st.booleans(),
)
books = st.lists(rules, max_size=6).map(lambda found: Rulebook(tuple(found), TODAY))
values = st.none() | st.integers(0, 10**9)


@st.composite
def trade(draw):
    """What truly was traded, {(flow, year, code): value}, and how many digits of each chapter a year knows."""
    true = {
        (flow, year, code): draw(st.integers(0, 10**6))
        for flow in FLOWS
        for year in YEARS
        for code in draw(st.lists(st.sampled_from(SUBHEADINGS), unique=True))
    }
    chapters = sorted({(flow, year, code[:2]) for flow, year, code in true})
    return true, {place: draw(st.sampled_from([2, 4, 6])) for place in chapters}


def known(true, depths):
    """The rows of a dataset that knows each chapter of each year so deep, and no deeper."""
    sums = {}
    for (flow, year, code), value in true.items():
        place = (flow, year, code[: depths[flow, year, code[:2]]])
        sums[place] = sums.get(place, 0) + value
    return [row(code, flow, year, value) for (flow, year, code), value in sums.items()]


@pytest.mark.slow
@given(st.data(), books, st.sampled_from(["then", "today"]))
@examples(400, in_test=15, deadline=None)
def test_the_groups_add_up_to_the_whole_in_every_year_direction_and_component(data, book, basis):
    cells_of = st.tuples(st.sampled_from(FLOWS), st.sampled_from(SUBHEADINGS), st.sampled_from(YEARS))
    places = data.draw(st.lists(cells_of, unique=True, min_size=1, max_size=20))
    rows = [row(code, flow, year, data.draw(values)) for flow, code, year in places]
    estimated = data.draw(st.lists(st.sampled_from(places), unique=True))
    rows += [row(code, flow, year, 7, component="estimate", status="E") for flow, code, year in estimated]
    of = cube([one | {"status": "O"} if one["value_usd"] is None else one for one in rows], "commodity")
    for slug in PAGES:
        if slug not in of["nodes"]:
            continue
        split = split_cube.of(of, slug, book, basis)
        for flow in FLOWS:
            whole, parts = reading(of, flow), reading(split.cube, flow)
            for year in of["years"]:
                for name in ("reported", "estimate"):
                    assert parts.component(name, ORDER, year) == whole.component(name, (slug,), year)
                    assert parts.component(name, ("all",), year) == whole.component(name, (slug,), year)
                    below = parts.component(name, tuple(dict.fromkeys(PARTS.values())), year)
                    assert below == parts.component(name, (PARTLY,), year)
                assert parts.gaps(("all",), year) == parts.gaps(ORDER, year) == whole.gaps((slug,), year)
                assert parts.status(("all",), year) == whole.status((slug,), year)


@pytest.mark.slow
@given(trade(), books, st.data())
@examples(400, in_test=15, deadline=None)
def test_what_is_truly_banned_lies_within_the_range(traded, book, data):
    true, depths = traded
    if not true:
        return
    of = cube(known(true, depths), "commodity")
    split = split_cube.of(of, "all", book, "then")
    covered = {}  # whether a rule that covers a part of a subheading covers what was traded: nobody knows, so either
    for flow in FLOWS:
        cells = reading(split.cube, flow)
        for year in of["years"]:
            banned = 0
            for (where, when, code), value in true.items():
                if (where, when) == (flow, year) and value:
                    least, most = book.level(code, flow, date(year, 12, 31))
                    unclear = least != most or code.startswith("99")
                    place = (where, when, code)
                    if place not in covered:
                        covered[place] = data.draw(st.booleans()) if unclear else least >= 2
                    may_be = covered[place] and (most >= 2 or code.startswith("99"))
                    banned += value if may_be or least >= 2 else 0
            if found := split_words.share(cells, year):
                assert found.low <= banned <= found.high <= found.whole


@given(books, st.sampled_from(NAMED[:6]), st.sampled_from(FLOWS), st.integers(2015, 2018))
@examples(400)
def test_the_rules_changed_within_a_year_where_its_days_do_not_stand_alike(book, code, flow, year):
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = {book.level(code, flow, date.fromordinal(day)) for day in range(first.toordinal(), last.toordinal() + 1)}
    changes = [day for day in book.changes(code, flow) if first < day <= last]
    assert bool(changes) == (len(days) > 1)


def test_a_release_gives_back_the_rules_and_caps_that_it_wrote_down():
    rule = Rule(8, "from_dprk", Level.BANNED, "2701", date(2017, 8, 5), date(2020, 1, 1), True, "2017")
    cap = CappedAmount(9, "from_dprk", ("2701", "2702"), 7_500_000, "tonnes", 7_500_000, date(2017, 1, 1), None, "year",
                       "7,500,000 tonnes", 2321, "26(b)")  # fmt: skip
    book = Rulebook((rule, rule._replace(until=None, edition="")), TODAY, (cap, cap._replace(until=TODAY)))
    written = book.written({8: {"resolution": 2371, "paragraph": "8"}})
    assert (written["rules"][0]["level"], written["rules"][0]["since"]) == ("banned", "2017-08-05")
    assert written["rules"][1]["resolution"] == 2371 and written["caps"][0]["until"] is None
    back = rulebook.read(json.loads(json.dumps(written)), TODAY)
    assert (back.rules, back.caps) == (book.rules, book.caps)


def test_months_are_split_by_their_last_day_and_years_by_theirs():
    rows = [row("2701", "from_dprk", 2017, 5, month=month) for month in (7, 8, 9)]
    book = Rulebook((Rule(1, "from_dprk", Level.BANNED, "27", date(2017, 8, 5)),), TODAY)
    split = split_cube.of(cube(rows, "commodity"), "27", book, "then")
    months = reading(split.cube, "from_dprk", monthly=True)
    free, banned = (["2017-07"], ["2017-08", "2017-09"])
    assert [month for month in months.periods if months.value(("free",), month)] == free
    assert [month for month in months.periods if months.value(("banned",), month)] == banned
    assert [month for month in months.periods if split.changed("from_dprk", month)] == ["2017-08"]
    assert reading(split.cube, "from_dprk").value(("banned",), 2017) == 15 and split.changed("from_dprk", 2017)


def test_today_nothing_changes_within_a_year():
    book = Rulebook((Rule(1, "from_dprk", Level.BANNED, "27", date(2017, 8, 5)),), TODAY)
    split = split_cube.of(cube([row("27", "from_dprk", 2017)], "commodity"), "all", book, "today")
    assert not split.changed("from_dprk", 2017)
    assert reading(split.cube, "from_dprk").value(("banned",), 2017) == 100
