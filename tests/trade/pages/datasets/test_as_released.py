"""What is edited in the settings of a dataset shows with its next release, on every page alike."""

import pytest

from tests.samples import slow_after
from tests.trade import sites
from trade.models import Dataset

publish = sites.usual
ADDRESSES = [
    "/provinces/", "/data/", "/data/china-provinces/", "/data/china-provinces/1/", "/api/v1/datasets",
    "/api/v1/datasets/china-provinces", "/api/v1/datasets/china-provinces/observations",
]  # fmt: skip


@pytest.fixture
def edited(site):
    """A dataset whose title and licence were edited after its last release."""
    Dataset.objects.filter(slug="china-provinces").update(title="Another title", licence="Another licence")


@pytest.mark.parametrize("address", slow_after(2, ADDRESSES))
def test_before_the_next_release_no_page_knows_of_an_edit(address, edited, client):
    content = client.get(address).content.decode()
    assert "Another" not in content
    assert "invented for demonstration" in content or "China–DPRK trade by Chinese province" in content


@pytest.mark.slow
@pytest.mark.parametrize("address", slow_after(2, [address.replace("/1/", "/3/") for address in ADDRESSES]))
def test_with_the_next_release_every_page_does(address, edited, client):
    sites.release("china-provinces", [sites.reported("CN-LN", 2024, 7)], note="More.")
    assert "Another" in client.get(address).content.decode()


@pytest.mark.slow
def test_the_page_of_an_older_release_says_what_its_files_say(edited, client):
    sites.release("china-provinces", [sites.reported("CN-LN", 2024, 7)], note="More.")
    assert "Another" not in client.get("/data/china-provinces/1/").content.decode()
