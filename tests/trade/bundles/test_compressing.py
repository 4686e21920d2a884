"""The thread that compresses the texts of a bundle: each form is made once, gives way to others, and fails aloud."""

import gzip
import os
import threading

import brotli
import pytest

from trade.bundles.compressing import Compressing
from web import compression
from web.worker.giving_way import NICE


def test_each_form_of_a_text_is_made_once_and_holds_the_text(tmp_path, monkeypatch):
    made, pack_file = [], compression.pack_file
    monkeypatch.setattr(compression, "pack_file", lambda *what: made.append(what) or pack_file(*what))
    (tmp_path / "data.csv").write_bytes(b"code,year\n" * 300)
    with Compressing(["br", "gzip"]) as compressing:
        compressing.begin(tmp_path / "data.csv")
        brotlied, gzipped = compressing.forms(tmp_path / "data.csv")
        assert compressing.form(tmp_path / "data.csv", "gzip") == gzipped
    assert brotli.decompress(brotlied.read_bytes()) == gzip.decompress(gzipped.read_bytes()) == b"code,year\n" * 300
    assert len(made) == 2


def test_what_goes_wrong_is_raised_where_the_form_is_asked_for(tmp_path):
    with Compressing(["gzip"]) as compressing, pytest.raises(FileNotFoundError):
        compressing.form(tmp_path / "missing.csv", "gzip")


def test_only_the_thread_that_compresses_gives_way(tmp_path, monkeypatch):
    seen, before = [], os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    own = lambda *_what: seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))  # noqa: E731
    monkeypatch.setattr(compression, "pack_file", own)
    with Compressing(["gzip"]) as compressing:
        compressing.form(tmp_path / "data.csv", "gzip")
    assert seen == [max(before, NICE)]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before
