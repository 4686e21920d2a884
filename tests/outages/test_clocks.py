"""A clock that is set to another time under a real server and worker: two hours, four hundred days, and back."""

import os
import time
from pathlib import Path

import pytest

from tests.outages.editing import Editor
from tests.outages.readers import FILES, LATEST, PAGES, Readers, ask
from tests.outages.supervised import QUICK_WORKER, supervised, until

pytestmark = pytest.mark.soak

HOUR, DAY = 3600, 24 * 3600
AS_IT_IS = 0
ADDRESSES = [*PAGES, *FILES, LATEST]
READY = 5  # seconds after which the worker has given a sign of life by the new clock
CLOCK = Path(__file__).parent / "clock"


class Clock:
    """The clock of all processes of a site (tests/outages/clock/sitecustomize.py)."""

    def __init__(self, site):
        self.file = Path(site.environment["VAR_DIR"]) / "shifted-by"
        site.environment |= {"SHIFTED_BY": str(self.file), "PYTHONPATH": str(CLOCK)}
        self.set(AS_IT_IS)

    def set(self, seconds: float) -> None:
        """Set the clock to so many seconds from now."""
        new = self.file.with_suffix(".new")
        new.write_text(str(seconds))
        os.replace(new, self.file)
        time.sleep(0.2)  # until each process has looked


@pytest.fixture
def clock(site):
    return Clock(site)


@pytest.fixture
def both(clock, site):
    with supervised(site, worker=QUICK_WORKER) as both:
        until(lambda: is_ready(site), 20)
        yield both


def is_ready(site):
    return ask(site, "/readyz").status == 200


def staged(editor, value):
    file = b"province,year,month,flow,reported_usd\nCN-LN,2016,,to_dprk,%d\n" % value
    upload, answer = editor.upload("china-provinces", file)
    assert upload, answer
    until(lambda: editor.state(upload) == "staged", 60, lambda: editor.get(upload)[1])
    return upload


def publish(editor, value):
    upload = staged(editor, value)
    editor.publish(upload, "A cell.")
    until(lambda: editor.state(upload) == "published", 60, lambda: editor.get(upload)[1])


def test_pages_files_and_work_go_on_whatever_the_clock_is_set_to(both, clock, tell):
    site, slowest = both.site, 0
    editor, standing = Editor(site), both.manage("verify").count("as published")
    for address in ADDRESSES:
        ask(site, address)
    with Readers(site, ADDRESSES) as readers:
        for number, shift in enumerate([2 * HOUR, AS_IT_IS, -2 * HOUR, AS_IT_IS, 400 * DAY, AS_IT_IS]):
            clock.set(shift)
            slowest = max(slowest, until(lambda: is_ready(site), READY))
            assert ask(site, f"/provinces/?year={2001 + number}").status == 200
            if shift == 400 * DAY:
                assert not editor.is_in()
                editor = Editor(site)
            assert editor.is_in()
            publish(editor, number)
    assert set(readers.statuses()) == {200}
    assert not [answer for answer in readers.answers if "Yalu-Last-Known" in answer.headers]
    assert not [body for body in readers.bodies.values() if b"the last saved version" in body]
    assert both.manage("verify").count("as published") == standing + 6
    assert "Traceback" not in both.log("server") + both.log("worker")
    tell(
        "clock set by +2 h, −2 h, +400 days, and back each time",
        f"{readers.in_words()}, none as last known",
        "a session of 12 hours, over after 400 days; six releases were made",
        f"the worker is known to live within {slowest:.1f} s",
    )


def test_who_was_kept_out_while_the_clock_was_ahead_is_not_kept_out_for_so_long(both, clock, tell):
    clock.set(400 * DAY)
    statuses = [Editor(both.site, log_in=False).try_password("wrong")[0] for _times in range(6)]
    assert statuses == [200] * 5 + [429]
    clock.set(AS_IT_IS)
    assert Editor(both.site).is_in()
    tell("clock back by 400 days after wrong passwords", "nothing", "nothing", "the editor may log in at once")


def test_what_a_worker_was_at_that_died_while_the_clock_was_ahead_is_taken_up_when_it_is_set_back(both, clock, tell):
    clock.set(400 * DAY)
    editor = Editor(both.site)
    upload = staged(editor, 5)
    editor.publish(upload, "A cell.")
    until(lambda: editor.state(upload) != "staged", 10)
    time.sleep(0.3)
    both.kill("worker")
    clock.set(AS_IT_IS)
    editor = Editor(both.site)
    both.start("worker")
    back = until(lambda: editor.state(upload) == "published", 60, lambda: editor.get(upload)[1])
    both.manage("verify")
    tell(
        "clock back by 400 days after a worker was killed in a publish",
        "nothing",
        "nothing",
        f"published {back:.1f} s after another worker began",
    )
