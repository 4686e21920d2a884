"""Server and worker are killed at ten moments of publishes, while readers read: nobody sees half a release."""

import random
import re
import time

import pytest

from tests.outages.editing import Editor
from tests.outages.readers import CUT_OFF, FILES, LATEST, Readers, ask, no_later_one_is_of_an_earlier_release
from tests.outages.supervised import QUICK_WORKER, supervised, until

pytestmark = pytest.mark.soak

SEED = 11
JSON, RELEASE = "/provinces.json?year=2016", "/data/china-provinces/"
ADDRESSES = [JSON, LATEST, RELEASE, "/", *FILES]
NUMBER = re.compile(rb'"release": ?\{[^{}]*?"number": ?(\d+)')
VICTIMS = ["worker", "server", "both", "child"]
ROUNDS = 10
STARTING = 20  # seconds


def started(editor, number):
    """Have a release published, and return at once: the address of its upload."""
    file = b"province,year,month,flow,reported_usd\nCN-LN,2016,,to_dprk,%d\n" % number
    upload, answer = editor.upload("china-provinces", file)
    assert upload, answer
    until(lambda: editor.state(upload) == "staged", 60, lambda: editor.get(upload)[1])
    editor.publish(upload, f"Number {number}.")
    return upload


def published(editor, upload):
    return until(lambda: editor.state(upload) == "published", 60, lambda: editor.get(upload)[1])


def kill(both, victim):
    """Kill, and start again as a supervisor does: for how long nobody could connect, at the most."""
    begun = time.monotonic()
    if victim == "child":
        both.kill_a_child_of_the_server()
        until(lambda: ask(both.site, "/healthz").status == 200, 30)
    else:
        names = ["server", "worker"] if victim == "both" else [victim]
        both.kill(*names)
        both.start(*names)
    return begun, time.monotonic()


def test_ten_kills_in_publishes_leave_whole_releases_and_lose_nothing(site, tell):
    moments = random.Random(SEED)
    victims = (VICTIMS * 3)[:ROUNDS]
    moments.shuffle(victims)
    with supervised(site, worker=QUICK_WORKER) as both:
        editor, kills, backs = Editor(site), [], []
        upload = started(editor, 1)
        takes = published(editor, upload)
        first = release_of(ask(site, JSON).body)
        with Readers(site, ADDRESSES, number=4) as readers:
            for number, victim in enumerate(victims, start=2):
                upload = started(editor, number)
                time.sleep(moments.uniform(0, takes))
                kills.append((victim, *kill(both, victim)))
                backs.append(published(editor, upload))
            time.sleep(1.5)  # all see the last release
        assert release_of(ask(site, JSON).body) == first + ROUNDS
        both.manage("verify")
        readers_saw_whole_releases(site, readers, first)
        readers_were_refused_only_while_the_server_was_dead(readers, kills)
        both.manage("sweep")
    tell(
        f"ten times kill -9 (of {', '.join(victims)}) in publishes of {takes:.1f} s, seed {SEED}",
        f"{readers.in_words()}; old or new releases, whole",
        "nothing",
        f"each release was made by itself, after {max(backs):.1f} s at the most; "
        f"the server answered after {max(end - begin for _victim, begin, end in kills):.1f} s",
    )


def release_of(body):
    """The number of the release that a view says it is of."""
    return int(NUMBER.search(body)[1])


def readers_saw_whole_releases(site, readers, first):
    """Each answer is that of one release, byte for byte; and no later one is of an earlier release."""
    files = {ask(site, f"/data/china-provinces/{n}/data.csv").body: n for n in range(first, first + ROUNDS + 1)}
    assert len(files) == ROUNDS + 1
    assert {answer.body for answer in readers.of(LATEST)} <= set(files)
    views = {}
    for answer in readers.of(JSON):
        assert views.setdefault(release_of(answer.body), answer.body) == answer.body
    no_later_one_is_of_an_earlier_release(readers.of(LATEST), files.get)
    no_later_one_is_of_an_earlier_release(readers.of(JSON), release_of)
    for address in FILES:
        assert {answer.body for answer in readers.of(address)} == {ask(site, address).body}


def readers_were_refused_only_while_the_server_was_dead(readers, kills):
    """Just started, a server on a busy machine may ask to come back: its process that computes views begins, too."""
    assert set(readers.statuses()) <= {200, 503, CUT_OFF}
    dead = [(begin, end) for victim, begin, end in kills if victim != "worker"]
    for answer in readers.answers:
        if answer.status == CUT_OFF:
            assert any(begin - answer.seconds <= answer.at <= end + 1 for begin, end in dead), answer
        if answer.status == 503:
            assert answer.headers["Retry-After"], answer
            assert any(end <= answer.at <= end + STARTING for _begin, end in dead), answer
