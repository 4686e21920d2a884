"""The worker is killed in withdrawals and redactions, while readers read: for all of them each is done or not begun."""

import os
import random
import re
import tempfile
import time
from pathlib import Path

import pytest

from tests.browser.site import copied, made_site_on
from tests.outages.editing import Editor
from tests.outages.readers import LATEST, Readers, ask, no_later_one_is_of_an_earlier_release
from tests.outages.supervised import QUICK_WORKER, supervised, until
from tests.postgres import server

pytestmark = pytest.mark.soak

SEED, ROUNDS = 23, 6  # the first round of each kind is not killed: it says how long one takes
VIEW = "/provinces.json?year=2016"
RELEASE = re.compile(r"/admin/trade/release/(\d+)/")
PERSON = "Kim Example-{}"
SHOWN = 200
AN_HOUR_AND_MORE = 4000  # seconds


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request):
    """A site of the test's own on each database, which is not served yet."""
    with tempfile.TemporaryDirectory(prefix="yalu-tests-") as folder:
        if request.param == "sqlite":
            yield copied(request.getfixturevalue("made"), Path(folder))
            return
        with server() as address:
            yield made_site_on(address, Path(folder))


def publish(editor, number):
    """Publish a value with a person in its note: the key of the release."""
    row = f"CN-LN,2016,,to_dprk,{number},Told by {PERSON.format(number)}.\n"
    content = f"province,year,month,flow,reported_usd,note\n{row}"
    upload, answer = editor.upload("china-provinces", content.encode())
    assert upload, answer
    until(lambda: editor.state(upload) == "staged", 60, lambda: editor.get(upload)[1])
    editor.publish(upload, f"Number {number}.")
    until(lambda: editor.state(upload) == "published", 60, lambda: editor.get(upload)[1])
    return max(map(int, RELEASE.findall(editor.get("/admin/trade/release/")[1])))


def withdraw(editor, release, number):
    values = "put_back" if number % 4 else "keep"
    path = f"/admin/trade/release/{release}/withdraw/"
    return editor.post(path, {"values": values, "reason": f"Number {number} was wrong."})


def redact(editor, _release, number):
    words = {"text": PERSON.format(number), "reason": "It named a person.", "confirmed": "on"}
    return editor.post("/admin/trade/redaction/add/", words)


def newest(site):
    return int(re.search(rb'"release": ?\{[^{}]*?"number": ?(\d+)', ask(site, VIEW).body)[1])


def state(site, addresses):
    return {address: shown(ask(site, address)) for address in addresses}


def shown(answer):
    """What a reader got: (200, what was sent), or another status and nothing."""
    return answer.status, answer.body if answer.status == SHOWN else b""


def broken_off(both, editor, act, number, takes):
    """Begin a withdrawal or a redaction, and kill the worker in the midst of it; how long it took in the end.

    Of two releases with a name of their own the first is chosen, and every other time the second, the newest.
    """
    site = both.site
    releases = [publish(editor, number), publish(editor, number + 1)]
    is_last = number // 2 % 2
    last = newest(site)
    addresses = [VIEW, LATEST, *(f"/data/china-provinces/{n}/data.csv" for n in (last - 1, last))]
    before = state(site, addresses)
    begun = time.monotonic()
    with Readers(site, addresses, number=2) as readers:
        status, page, upload = act(editor, releases[is_last], number + is_last)
        assert status == SHOWN and "/upload/" in upload, page
        if takes:
            time.sleep(takes)
            both.kill("worker")
            time.sleep(1)
            found = state(site, addresses)
            both.start("worker")
        until(lambda: editor.get(upload)[2] != upload, 60, lambda: editor.get(upload)[1])
        took = time.monotonic() - begun
        time.sleep(1.5)  # all see it
    after = state(site, addresses)
    assert before != after and (not takes or found in (before, after))
    readers_saw_one_of_the_two(readers, before, after)
    return took, takes and found == after


def readers_saw_one_of_the_two(readers, before, after):
    """And none saw what was before a second after somebody saw what came after."""
    for address in before:
        answers = [one._replace(body=shown(one)) for one in readers.answers if one.address == address]
        no_later_one_is_of_an_earlier_release(answers, [before[address], after[address]].index)


def is_taken_out(both, names):
    """Nothing that is stored holds a name, once what the killed worker left behind is old enough to be swept."""
    folder = Path(both.site.environment["VAR_DIR"])
    stored = [path for place in ("bundles", "uploads") for path in (folder / place).rglob("*") if path.is_file()]
    for path in stored:
        os.utime(path, (time.time() - AN_HOUR_AND_MORE,) * 2)
    both.manage("sweep")
    for path in [path for path in stored if path.exists() and "redactions" not in path.parts]:
        content = path.read_bytes()
        assert not [name for name in names if name.encode() in content], path


def test_kills_of_the_worker_leave_withdrawals_and_redactions_done_or_not_begun(site, tell):
    moments, redacted, done, ends = random.Random(SEED), [], {True: 0, False: 0}, []
    with supervised(site, worker=QUICK_WORKER) as both:
        editor = Editor(site)
        for act in (withdraw, redact):
            whole, _is_done = broken_off(both, editor, act, 100 if act is withdraw else 200, 0)
            for turn in range(1, ROUNDS):
                number = (100 if act is withdraw else 200) + 2 * turn
                took, is_done = broken_off(both, editor, act, number, moments.uniform(0.01, whole))
                done[is_done] += 1
                ends.append(took)
                if act is redact:
                    redacted.append(PERSON.format(number + number // 2 % 2))
        both.manage("verify")
        is_taken_out(both, redacted)
        both.manage("verify")
    tell(
        f"{len(ends)} times kill -9 of the worker in withdrawals and redactions, seed {SEED}",
        f"what was before in {done[False]}, what came after in {done[True]} of them, and nothing else",
        "nothing",
        f"each was done after {max(ends):.1f} s at the most",
    )
