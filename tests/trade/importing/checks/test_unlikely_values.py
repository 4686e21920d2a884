"""Faults that editors make are told under their right name, and ordinary updates are told of nothing."""

import sys
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from tests.trade.importing.checks import updates
from trade.importing import checks

pytestmark = pytest.mark.slow

SAMPLE, ALL = 4, 200
RIGHT, EXTRA = 0.99, 0.05


def keys(table, head):
    kind = "province" if table["key"].iloc[0].startswith("CN-") else "commodity"
    return {warning["key"] for warning in checks.warnings(table, head, kind=kind)}


def told(fault, size, seed=1):
    """Put a fault into so many files: in how many it is told under its name."""
    luck = (np.random.default_rng([seed, number]) for number in range(size))
    return sum(bool(keys(*fault(one)) & updates.FAULTS[fault]) for one in luck)


def extra(size, seed=1):
    """Make so many ordinary updates: how many are told of something, by what they are."""
    ticked = Counter()
    for number in range(size):
        what, table, head = updates.ordinary(np.random.default_rng([seed, number, 1]))
        ticked[what] += bool(keys(table, head))
    return ticked


def show(capsys, figures):
    """Write figures where they are read, also of a test that passes."""
    with capsys.disabled():
        sys.stdout.write(f"\n{figures}\n")


@pytest.mark.parametrize("fault", updates.FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_told_under_its_name(fault):
    assert told(fault, SAMPLE) == SAMPLE


def test_ordinary_updates_are_told_of_nothing():
    assert extra(3 * SAMPLE).total() == 0


@pytest.mark.soak
def test_of_all_faults_at_least_99_in_100_are_told_under_their_name(capsys):
    found = {fault.__name__: told(fault, ALL) for fault in updates.FAULTS}
    show(capsys, f"of {ALL} files with each fault, told under its name: {found}")
    assert min(found.values()) >= RIGHT * ALL


@pytest.mark.soak
def test_of_200_ordinary_updates_at_most_5_in_100_get_an_extra_tick(capsys):
    ticked = extra(ALL)
    show(capsys, f"of {ALL} ordinary updates, told of something: {dict(ticked)}")
    assert ticked.total() <= EXTRA * ALL


def test_a_correction_of_one_cell_to_a_hundred_times_its_value_is_told():
    head = updates.head(updates.years("provinces", 1998, 2024))
    cell = updates.table(updates.years("provinces", 2024, 2024).query("key == 'CN-LN' and flow == 'to_dprk'"))
    assert keys(cell.assign(value_usd=cell["value_usd"] * 100), head) == {"leap"}
    assert keys(cell.assign(value_usd=cell["value_usd"] * 3), head) == {"heavy"}
    assert keys(cell.assign(value_usd=cell["value_usd"] + 1), head) == set()


def laid(*years):
    """Lay out a list of values for each year from 2018 on, in millions, one for each name."""
    return pd.DataFrame(
        [
            (f"CN-{chr(65 + n)}X", "to_dprk", year, 0, value * 1e6)
            for year, values in enumerate(years, start=2018)
            for n, value in enumerate(values)
        ],
        columns=[*updates.CELL, "value_usd"],
    )


def test_a_value_that_leaves_the_level_to_which_the_others_keep_is_told_though_it_had_it_earlier():
    standing = [[10] * 10, [10] * 10, [20] * 5 + [5] * 5]
    kept, back = [20.2] * 5 + [5.1] * 5, [20.2] * 5 + [5.1] * 4 + [10]
    head = updates.head(laid(*standing))
    assert keys(updates.table(laid(*standing, kept)), head) == set()
    assert keys(updates.table(laid(*standing, back)), head) == {"heavy"}


def test_of_two_that_seem_exchanged_the_one_that_alone_is_far_off_is_told_as_well():
    others = [50, 40, 30, 60, 50, 45, 35, 55]
    standing = [[10, 20, *others]] * 4
    noise = [60, 33, 36, 49, 61, 37, 42, 45]
    head = updates.head(laid(*standing))
    assert keys(updates.table(laid(*standing, [20, 10, *noise])), head) == {"exchanged-names"}
    assert keys(updates.table(laid(*standing, [26, 12.5, *noise])), head) == {"exchanged-names", "heavy"}


def test_two_exchanged_names_are_named():
    standing = updates.years("provinces", 1998, 2024)
    names = {"CN-LN": "Liaoning", "CN-JL": "Jilin"}
    swapped = standing.assign(key=standing["key"].replace({"CN-LN": "CN-JL", "CN-JL": "CN-LN"}))
    [warning] = checks.warnings(updates.table(swapped), updates.head(standing), names=names)
    assert warning["text"] == (
        "Values published for Jilin now stand at Liaoning and the reverse (imports from the DPRK and exports to the "
        "DPRK, 1998 to 2024): were the two exchanged?"
    )


def test_months_that_stand_a_month_late_are_told():
    months = updates.published("months")
    late = months.assign(month=months["month"] + 1).query("month <= 9")
    assert keys(updates.table(late), updates.head(months)) == {"shifted-periods"}
