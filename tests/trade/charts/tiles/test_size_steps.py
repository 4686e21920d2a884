"""The scale of the tiles: few steps with round ends, and none that holds two values that are far apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from trade.charts.tiles import size_steps, step_words
from trade.charts.tiles.size_steps import Scale, Step

SIZES = st.integers(1, 6).flatmap(lambda tens: st.lists(st.integers(1_000, 10 ** (3 + tens)), min_size=1, max_size=40))


def held(values, scale):
    """The values of each colour."""
    found = {}
    for value in values:
        found.setdefault(scale.number(value), []).append(value)
    return found


@examples(200)
@given(SIZES)
def test_no_step_holds_two_values_that_are_more_than_ten_times_apart(values):
    scale = size_steps.scale([values])
    assert all(max(of_step) <= 10 * min(of_step) for of_step in held(values, scale).values())


@examples(200)
@given(SIZES)
def test_a_larger_value_never_has_a_smaller_step(values):
    scale = size_steps.scale([values])
    numbers = [scale.number(value) for value in sorted(values)]
    assert numbers == sorted(numbers) and set(numbers) <= set(range(1, 8))


@examples(200)
@given(st.lists(st.lists(st.integers(-(10**12), 10**12), max_size=9), max_size=5))
def test_steps_follow_each_other_without_a_hole_and_each_value_lies_in_its_own(maps):
    scale = size_steps.scale(maps)
    steps = scale.steps()
    above = [step for step in steps if step.number > 0]
    assert [step.high for step in above[:-1]] == [step.low for step in above[1:]]
    assert (above[0].low, above[-1].high) == (None, None) and len(above) <= (4 if scale.two_sided else 7)
    known = {step.number: step for step in steps}
    assert len(known) == len(steps)
    for value in (value for one in maps for value in one if value):
        step = known[scale.number(value)]
        assert (step.low or 0) <= abs(value) and (step.high is None or abs(value) < step.high)


@pytest.mark.parametrize(
    ("maps", "ends"),
    [
        ([[57e6, 793e6]], (10**8, 2 * 10**8, 5 * 10**8)),
        ([[3, 900], [40]], (10, 20, 50, 100, 200, 500)),
        ([[70_793, 792_662_368], [9_823, 99_268, 276_963_713]], (10**4, 10**5, 10**6, 10**7, 10**8, 3 * 10**8)),
        ([[0.0033, 0.04, 0.4, 3, 37.2]], (0.01, 0.1, 1, 3, 10, 30)),
        ([[7, 7, 7]], ()),
        ([[None, 0]], ()),
        ([], ()),
    ],
)
def test_the_ends_are_round_and_the_finest_that_few_steps_allow(maps, ends):
    assert size_steps.scale(maps).ends == ends


def test_missing_has_no_step_and_nought_its_own():
    scale = size_steps.scale([[10, 1000]])
    assert (scale.number(None), scale.number(0)) == (None, 0)


def test_below_nought_there_are_the_same_steps_with_another_sign():
    scale = size_steps.scale([[-3_000_000, 40_000_000, 700_000_000]])
    assert scale.two_sided
    assert [step.number for step in scale.steps()] == [-number for number in (7, 5, 3, 1)[: len(scale.ends) + 1]] + [
        step.number for step in scale.steps() if step.number > 0
    ]
    assert scale.number(-3_000_000) == -scale.number(3_000_000) != 0


@pytest.mark.parametrize(
    ("step", "unit", "two_sided", "words"),
    [
        (Step(3, 10**6, 3 * 10**7), "US$", False, "US$1\u00a0m to US$30\u00a0m"),
        (Step(1, None, 10**5), "US$", False, "less than US$100,000"),
        (Step(7, 10**9, None), "US$", False, "US$1\u00a0bn or more"),
        (Step(-7, 10**8, None), "US$", True, "deficit of US$100\u00a0m or more"),
        (Step(2, 0.01, 0.1), "%", False, "0.01% to 0.1%"),
        (Step(5, 10, 30), "%", False, "10% to 30%"),
        (Step(7, None, None), "US$", False, "any value"),
    ],
)
def test_the_ends_of_a_step_are_written_in_the_unit_of_the_map(step, unit, two_sided, words):
    assert step_words.label(step, unit, two_sided=two_sided) == words


def test_the_colours_are_spread_over_the_palette():
    for count, numbers in ((1, [7]), (2, [1, 7]), (3, [1, 4, 7]), (7, [1, 2, 3, 4, 5, 6, 7])):
        ends = tuple(10**power for power in range(count - 1))
        assert [step.number for step in Scale(ends).steps()] == numbers
