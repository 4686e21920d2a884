"""What operators see of a server of two processes: each request in one line and one count, through kills and ends."""

import json
import os
import signal
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.outages.editing import Editor
from tests.outages.supervised import supervised, until

pytestmark = pytest.mark.soak
TOKEN = "a-token-of-some-length"
TIDINGS = b"province,year,direction,value_usd\nLiaoning,2016,to_dprk,5\n"


@pytest.fixture
def both(site):
    """Two processes that answer, and a worker, with metrics and lines of JSON; behind a proxy that numbers requests."""
    site.environment |= {"METRICS_TOKEN": TOKEN, "BEHIND_PROXY": "1", "LOG_FORMAT": "json", "ACCESS_LOG": "1"}
    with supervised(site, server=["--workers", "2"]) as both:
        yield both


def ask(both, path, number=""):
    """Ask once: (status, the number of the request)."""
    headers = {"X-Request-ID": number} if number else {}
    request = urllib.request.Request(both.site.address + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()
            return answer.status, answer.headers["X-Request-ID"]
    except HTTPError as refused:
        return refused.code, refused.headers["X-Request-ID"]


def lines(both, name="server", **known):
    """The lines of the log that tell so: lines(both, kind="kept")."""
    found = [json.loads(line) for line in both.log(name).splitlines() if line.startswith("{")]
    return [line for line in found if known.items() <= line.items()]


def folders(both):
    """The folders in which servers count."""
    return list((Path(both.site.environment["VAR_DIR"]) / "metrics").iterdir())


def requests(both):
    """The counts of requests of both processes, by kind: {"kept": 12.0, …}."""
    request = urllib.request.Request(f"{both.site.address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        families = text_string_to_metric_families(answer.read().decode())
    found = {}
    for sample in (sample for family in families for sample in family.samples if sample.name == "yalu_requests_total"):
        found[sample.labels["kind"]] = found.get(sample.labels["kind"], 0) + sample.value
    return found


def test_every_request_is_one_line_and_one_count_and_lasts_through_a_kill(both):
    asked = [ask(both, path) for path in ["/static/css/site.css", "/provinces/", "/nothing/"] * 20]
    numbers = [number for _status, number in asked]
    assert len(set(numbers)) == 60
    until(lambda: len(lines(both, logger="access")) >= 60, 10)
    told = {line["request_id"]: line for line in lines(both, logger="access")}
    assert [told[number]["status"] for number in numbers] == [status for status, _number in asked]
    (processes,) = folders(both)
    assert len(list(processes.glob("counter_*.db"))) == 2
    until(lambda: requests(both).get("static") == 20, 10)
    both.kill_a_child_of_the_server()
    until(lambda: len(list(processes.glob("counter_*.db"))) == 3, 60)
    assert requests(both)["static"] == 20
    ask(both, "/static/css/site.css")
    until(lambda: requests(both)["static"] == 21, 10)


def test_a_server_that_is_told_to_end_writes_its_last_lines_and_the_next_counts_anew(both):
    ask(both, "/static/css/site.css", "asked-last-of-all")
    os.kill(both.running["server"].pid, signal.SIGTERM)
    both.running.pop("server").wait(timeout=30)
    assert len(lines(both, request_id="asked-last-of-all")) == 1
    both.start("server")
    (folder,) = folders(both)
    assert folder.name.startswith(f"{both.running['server'].pid}-")
    assert requests(both).get("static", 0) == 0


def test_an_upload_is_followed_from_the_request_into_the_worker_by_one_number(both):
    editor = Editor(both.site)
    editor.browser.addheaders = [("X-Request-ID", "the-upload-of-a-test")]
    address, answer = editor.upload("china-provinces", TIDINGS)
    assert address, answer
    upload = int(address.rstrip("/").split("/")[-2])
    until(lambda: lines(both, "worker", message="trade.tasks.stage_upload: done"), 60, lambda: both.log("worker"))
    begun, done = lines(both, "worker", upload=upload)[:2]
    assert begun["message"] == "trade.tasks.stage_upload: begun"
    assert begun["request_id"] == done["request_id"] == "the-upload-of-a-test"
    (asked,) = lines(both, "server", message="trade.tasks.stage_upload: asked for")
    assert (asked["task"], asked["request_id"]) == (begun["task"], "the-upload-of-a-test")
