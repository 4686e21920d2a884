"""A worker gives way to readers while it computes, where it can come back; a thread of its own may do so for good."""

import os
import threading

from web.worker import giving_way


def priority():
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def in_a_thread(work):
    found = []
    thread = threading.Thread(target=lambda: found.append(work()))
    thread.start()
    thread.join()
    return found[0]


def test_what_cannot_come_back_does_not_give_way(monkeypatch):
    monkeypatch.setattr(giving_way, "_may_come_back", lambda: False)
    before = priority()
    with giving_way.giving_way():
        assert priority() == before


def test_within_the_block_the_thread_gives_way_and_then_comes_back(monkeypatch):
    set_to = []
    monkeypatch.setattr(giving_way, "_may_come_back", lambda: True)
    monkeypatch.setattr(giving_way.os, "setpriority", lambda _which, _thread, nice: set_to.append(nice))

    def work():
        with giving_way.giving_way():
            assert set_to == [max(priority(), giving_way.NICE)]

    before = priority()
    in_a_thread(work)
    assert set_to[1:] == [before]


def test_a_thread_that_gives_way_for_good_leaves_the_others_as_they_are():
    before = priority()

    def work():
        giving_way.lower_this_thread()
        return priority()

    assert in_a_thread(work) == max(before, giving_way.NICE) and priority() == before
