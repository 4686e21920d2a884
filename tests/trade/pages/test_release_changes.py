"""The list of what a release changed, against two plain dictionaries; and that a long one is read a page at a time."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from tests.trade import released
from trade.pages import release_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words"), pytest.mark.both_databases]

VALUE = st.one_of(st.none(), st.just(0), st.integers(1, 10**13))
STATE = st.dictionaries(
    st.tuples(st.sampled_from(released.KEYS["province"]), st.sampled_from(["to_dprk", "from_dprk"]),
              st.sampled_from([2015, 2016, 2017]), st.just(0)),
    VALUE, min_size=1, max_size=12,
)  # fmt: skip


def records(state):
    return {cell: {"reported": value, "status": "A" if value is not None else "O"} for cell, value in state.items()}


def listed(release, most):
    """All pages of the list, one after the other."""
    whole, found = release_changes.Changes(release), []
    for start in range(0, whole.count(), most):
        found += whole[start : start + most]
    return {(c["key"], c["flow"], c["year"], c["month"]): c for c in found}, len(found)


@pytest.mark.slow
@examples(25)
@given(STATE, STATE, st.integers(1, 5))
def test_every_changed_cell_is_listed_once_with_what_it_was_and_is(old, new, most):
    dataset = released.dataset("province")
    first = released.release(dataset, records(old))
    found, number = listed(first, most)
    assert number == len(old) and {cell: c["new_value_usd"] for cell, c in found.items()} == old
    assert {(c["was"], c["is_"]) for c in found.values()} == {(0, 1)}
    if old == new:
        return
    found, number = listed(released.release(dataset, records(new)), most)
    differ = {cell for cell in old.keys() | new.keys() if (cell in old, old.get(cell)) != (cell in new, new.get(cell))}
    assert set(found) == differ and number == len(differ)
    for cell, change in found.items():
        assert (change["was"], change["is_"]) == (cell in old, cell in new)
        assert (change["old_value_usd"], change["new_value_usd"]) == (old.get(cell), new.get(cell))


@pytest.mark.slow
def test_what_began_comes_in_the_order_of_its_keys_then_what_ended(db):
    dataset = released.dataset("province")
    released.release(dataset, {(key, "to_dprk", 2016, 0): {"reported": 1} for key in ("CN-HL", "CN-JL")})
    second = released.release(dataset, {(key, "to_dprk", 2016, 0): {"reported": 2} for key in ("CN-LN", "CN-JL")})
    assert [(c["key"], c["was"], c["is_"]) for c in release_changes.page(second, None)] == [
        ("CN-JL", 1, 1), ("CN-LN", 0, 1), ("CN-HL", 1, 0),
    ]  # fmt: skip
    assert [c["name"] for c in release_changes.page(second, None)] == ["Jilin", "Liaoning", "Heilongjiang"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", released.KEYS)
def test_a_page_of_the_list_is_found_by_an_index_and_nothing_is_sorted(kind, db):
    made = released.release(released.dataset(kind), {(released.KEYS[kind][0], "to_dprk", 2016, 0): {"reported": 1}})
    whole = release_changes.Changes(made)
    rows = whole._in_order(whole._since())[:100]
    if connection.vendor == "sqlite":
        plan = rows.explain()
        assert f"{kind}_begun" in plan and "TEMP B-TREE" not in plan, plan
    names = {index.name for index in rows.model._meta.indexes}
    assert names == {f"{kind}_begun", f"{kind}_ended", f"{kind}_withdrawn"}
