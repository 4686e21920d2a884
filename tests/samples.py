"""How much of a long test a run looks at: all of it in `make soak`, a fixed sample in `make check` and `make test`.

The run is told by hypothesis' profile (tests/conftest.py): `pytest --hypothesis-profile=soak` looks at all.
"""

import pytest
from hypothesis import settings

SHARE = 8  # `make test` draws an eighth of the examples, the same ones every time,
LEAST = 4  # but so many at least: the first that hypothesis draws is the simplest of all


def examples(count: int, in_test: int = 0, **more) -> settings:
    """Settings of a property with a count of its own: `@examples(200)` draws 200 in a soak, else a fixed 25.

    `in_test` is drawn instead of an eighth where an example takes long.
    """
    fixed = in_test or min(count, max(count // SHARE, LEAST))
    return settings(max_examples=count if soaking() else fixed, **more)


def some(whole: list, number: int) -> list:
    """The whole in a soak, else its first ones: `some([0, 1, 2, 3], 2)` -> [0, 1]."""
    return list(whole) if soaking() else list(whole)[:number]


def soaking() -> bool:
    return settings.get_current_profile_name() == "soak"


def slow_after(count: int, values) -> list:
    """Values for `parametrize`: all but the first few are marked as slow, so that `make check` leaves them out."""
    rows = [value if isinstance(value, tuple) else (value,) for value in values]
    return [pytest.param(*row, marks=[pytest.mark.slow] * (number >= count)) for number, row in enumerate(rows)]
