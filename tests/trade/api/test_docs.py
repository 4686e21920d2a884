"""The manual of the API: its examples do what a reader would expect of them."""

import csv
import html
import io
import re
import subprocess
import sys

import pytest

from tests.trade.sites import PLACES, name_things, release


def examples(client, base):
    """The examples of the manual, as a reader would copy them, with another site's address."""
    page = client.get("/api/").content.decode()
    found = re.findall(r'<code data-example="([\w-]+)">(.*?)</code>', page, re.DOTALL)
    return {name: html.unescape(code).replace("http://testserver", base) for name, code in found}


@pytest.fixture
def live(live_server, transactional_db):
    """A real server with one release."""
    name_things()
    release("china-provinces", PLACES)
    return live_server.url


@pytest.mark.slow
def test_the_example_for_curl_brings_the_rows_of_liaoning(live, client):
    done = subprocess.run(examples(client, live)["curl"], shell=True, capture_output=True, check=True)
    lines = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    assert [row["value_usd"] for row in lines] == ["300000", "1500000", "1000000"]


@pytest.mark.slow
def test_the_example_for_python_brings_every_row_of_a_flow(live, client):
    code = examples(client, live)["python"].replace("limit=500", "limit=2")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "5 observations of release 1\n"


@pytest.mark.slow
def test_the_manual_shows_all_four_ways_and_only_addresses_that_answer(live, client):
    found = examples(client, "http://testserver")
    assert set(found) == {"curl", "python", "r", "power-query"}
    for code in found.values():
        [address] = re.findall(r"http://testserver[^\s\"']+", code)
        assert client.get(address).status_code == 200
