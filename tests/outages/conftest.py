"""What tests of outages share: a site that is made once and copied, and the line that each of them prints."""

import tempfile
from pathlib import Path

import pytest

from tests.browser.site import copied, made_site


@pytest.fixture(scope="session")
def made():
    """The folder of a site with its demonstration data, which no test changes."""
    with tempfile.TemporaryDirectory(prefix="yalu-tests-") as folder:
        made_site(Path(folder))
        yield Path(folder)


@pytest.fixture
def site(made):
    """A site of the test's own, which is not served yet."""
    with tempfile.TemporaryDirectory(prefix="yalu-tests-") as folder:
        yield copied(made, Path(folder))


@pytest.fixture
def tell(record_property):
    """Print a line at the end of the run: the fault, what readers saw, what was lost, how long until all was well."""

    def line(fault: str, saw: str, lost: str, back: str):
        record_property("told", f"{fault}: readers saw {saw}; lost: {lost}; {back}")

    return line
