"""Lines of goods with one history: against the rules themselves, day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions.models import Measure
from sanctions.pages.goods_lines import DIRECTIONS, State, last_day, lines, merged, state_of, years
from sanctions.rules import Level, Rule, standing
from tests.samples import examples

DAYS = st.dates(date(2016, 1, 1), date(2018, 12, 31))
RULES = st.lists(
    st.builds(
        Rule,
        measure=st.integers(1, 5),
        direction=st.sampled_from(["to_dprk", "from_dprk", "both"]),
        level=st.sampled_from(list(Level)[1:]),
        digits=st.sampled_from(["27", "2701", "2702", "270112", "72"]),
        since=DAYS,
        until=st.none() | DAYS,
        in_part=st.booleans(),
    ),
    max_size=8,
)


@given(RULES, DAYS)
@examples(300, in_test=15)
def test_a_line_says_of_each_of_its_codes_on_each_day_what_the_rules_say(rules, day):
    for line in lines(rules):
        for code in line.codes:
            found, said = standing(rules, code, line.direction, day), line.on(day)
            assert (said.least, said.most) == (found.least, found.most)
            [span] = [
                one
                for one in merged(line.spans)
                if (one.since is None or one.since <= day) and (one.until is None or day <= one.until)
            ]
            assert state_of(span.standing) == state_of(found)


@given(RULES)
@examples(300, in_test=15)
def test_every_code_stands_once_in_each_direction_or_below_one_that_is_alike(rules):
    found = lines(rules)
    for direction in DIRECTIONS:
        shown = [code for line in found if line.direction == direction for code in line.codes]
        assert len(shown) == len(set(shown))
        for rule in rules:
            if rule.concerns(direction):
                assert any(rule.digits.startswith(code) for code in shown)


def test_the_first_list_has_a_line_for_coal_and_none_for_what_stands_with_its_chapter(words, db):
    found = {(line.direction, line.codes): line for line in lines(Measure.objects.rules())}
    coal = found["from_dprk", ("2701", "2702")]
    assert [state_of(span.standing) for span in merged(coal.spans)] == [State.FREE, State.EXEMPT, State.BANNED]
    assert coal.begins == date(2016, 3, 2)
    shown = {code for direction, codes in found for code in codes if direction == "to_dprk"}
    assert "8903" not in shown and "89" in shown  # yachts have the history of all vessels
    assert ("from_dprk", tuple(map(str, range(50, 64)))) in found
    assert len(found) < 40


def test_the_table_has_the_years_in_which_anything_changed(words, db):
    found = lines(Measure.objects.rules())
    assert years(found) == [2006, 2009, 2013, 2016, 2017, 2018]
    assert last_day(2016) == date(2016, 12, 31)


@pytest.mark.parametrize(
    ("least", "most", "state"),
    [(0, 0, "free"), (1, 1, "capped"), (2, 2, "exempt"), (3, 3, "banned"), (0, 3, "partly"), (1, 3, "partly")],
)
def test_a_state_is_drawn_as_one_of_five(least, most, state):
    rules = [Rule(1, "both", Level(most), "2701", date(2016, 1, 1))] if most else []
    rules += [Rule(2, "both", Level(least), "27", date(2016, 1, 1))] if least else []
    found = standing(rules, "27", "to_dprk", date(2017, 1, 1))
    assert (state_of(found), (found.least, found.most)) == (state, (least, most))


def test_a_thousand_measures_take_less_than_a_second():
    codes = [f"{chapter:02}{heading:02}" for chapter in range(1, 97) if chapter != 77 for heading in range(1, 12)]
    days = [date(2006, 1, 1) + timedelta(days=number) for number in range(1000)]
    rules = [
        Rule(n, DIRECTIONS[n % 2], Level(1 + n % 3), codes[n % len(codes)], days[n], in_part=n % 5 == 0)
        for n in range(1000)
    ]
    assert len(lines(rules)) == 1000
