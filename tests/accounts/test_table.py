"""Who may do what in the admin, tried at every address with every kind of account, by what changes in the database."""

from random import Random

import pytest

from tests.accounts import site, table
from tests.accounts.walk import walk
from tests.samples import some

publish = site.make
ROWS = list(table.rows())
SHUFFLED = Random(1).sample(ROWS, len(ROWS))  # of which `make test` walks some, and a soak all


def test_every_address_of_the_admin_is_in_the_table():
    assert table.addresses() == {row.partition(",")[0] for row in table.rows()}


@pytest.mark.slow
@pytest.mark.parametrize("row", some(SHUFFLED, 24))
def test_each_account_may_do_what_the_table_says_and_nothing_else(site, groups, row):
    from tests.accounts.site import accounts

    made = accounts()
    assert list(made) == table.columns()
    assert dict(zip(made, walk(row, made), strict=True)) == dict(zip(made, table.rows()[row], strict=True))
