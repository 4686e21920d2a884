"""Where processes count: a folder for each start of a server, which goes when that has ended."""

import os
from pathlib import Path

import pytest

from web.observed import shared_folder


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.delenv(shared_folder.NAME, raising=False)
    yield tmp_path
    os.environ.pop(shared_folder.NAME, None)


def test_processes_of_one_server_share_a_folder_and_those_of_ended_ones_go(place):
    ended = [place / "999999999-17", place / f"{os.getpid()}-17"]  # no such process; another one that had our number
    for folder in ended:
        folder.mkdir()
        (folder / "counter_1.db").touch()
    mine = shared_folder.prepare(place)
    assert mine.name.startswith(f"{os.getppid()}-")
    assert list(place.iterdir()) == [mine]
    assert Path(os.environ[shared_folder.NAME]) == mine
    assert shared_folder.prepare(place) == mine


def test_what_a_process_has_now_counts_while_it_lives_and_what_it_has_counted_for_good(place):
    mine = shared_folder.prepare(place)
    names = {f"{kind}_{pid}.db" for kind in ("counter", "gauge_livesum") for pid in (os.getpid(), 999999999)}
    for name in names:
        (mine / name).touch()
    shared_folder.forget_the_dead(mine)
    assert {file.name for file in mine.iterdir()} == names - {"gauge_livesum_999999999.db"}
