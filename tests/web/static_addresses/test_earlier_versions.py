"""Static addresses go on answering after an upgrade: on one server, and while servers of two versions answer."""

import os
import time
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from whitenoise import WhiteNoise

from trade.publishing import leftovers
from web import static_files

DAY = 24 * 3600


@pytest.fixture
def collect(settings, tmp_path):
    """Collect the static files of a version, all into one folder; returns the file that its pages name."""
    source = tmp_path / "source"
    source.mkdir()
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "web.static_files.CollectedFiles"}}

    def collected(text):
        (source / "site.css").write_text(text * 100)
        os.utime(source / "site.css", (time.time(), time.time() + len(text)))  # or it is taken for the file of before
        call_command("collectstatic", "--no-input", verbosity=0)
        return settings.STATIC_ROOT / staticfiles_storage.stored_name("site.css")

    return collected


def let_pass(days, *files):
    """Let the last use of some files be so many days ago."""
    for file in files:
        for form in file.parent.glob(f"{file.name}*"):
            at = form.stat().st_mtime - days * DAY
            os.utime(form, (at, at))


def ask(application, path):
    """Ask for a path: (status, whether a browser may keep it for a year)."""
    environ, said = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}, []
    setup_testing_defaults(environ)
    list(application(environ, lambda status, headers, *_: said.extend([status[:3], dict(headers)])))
    return said[0], "immutable" in said[1].get("Cache-Control", "")


def nobody(environ, start_response):
    start_response("404 Not Found", [])
    return []


def served(settings, autorefresh=False, below=nobody):
    return WhiteNoise(
        below, settings.STATIC_ROOT, "static/", autorefresh=autorefresh, immutable_file_test=static_files.HASHED.pattern
    )


def test_a_page_of_the_version_before_finds_its_files(collect, settings):
    old, new = collect("a{}"), collect("b{}")
    assert old != new
    server = served(settings)
    assert ask(server, f"/static/{old.name}") == ask(server, f"/static/{new.name}") == ("200", True)


def test_a_server_that_began_before_an_upgrade_sends_the_files_that_were_collected_since(collect, settings):
    collect("a{}")
    began = served(settings, below=served(settings, autorefresh=True))
    new = collect("b{}")
    assert ask(began, f"/static/{new.name}") == ("200", True)
    assert ask(began, "/static/../source/site.css") == ask(began, f"/static/{new.name}x") == ("404", False)


def test_a_server_that_has_not_been_upgraded_says_404_which_no_cache_keeps(client, db):
    answer = client.get("/static/css/site.0123456789ab.css")
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")


def test_what_was_in_use_until_the_last_upgrade_is_kept_for_90_days_from_then(collect):
    old = collect("a{}")
    let_pass(400, old)
    new = collect("b{}")
    assert static_files.superseded() == []
    let_pass(89, old)
    assert static_files.superseded() == []
    let_pass(2, old, new)
    forms = {old, Path(f"{old}.br"), Path(f"{old}.gz")}
    assert set(static_files.superseded()) == forms
    assert leftovers.earlier_static_files().taken == 3
    assert not any(form.exists() for form in forms)


def test_a_version_that_came_back_is_in_use_however_old_it_is(collect):
    old, new = collect("a{}"), collect("b{}")
    assert collect("a{}") == old
    let_pass(400, old, new)
    assert old not in static_files.superseded()
    assert new in static_files.superseded()


def test_nothing_goes_where_no_list_says_what_is_in_use(collect, settings):
    old = collect("a{}")
    let_pass(400, old)
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    settings.STORAGES = dict(settings.STORAGES)  # a process that starts now
    assert static_files.superseded() == []


def test_files_without_a_hash_stay(collect, settings):
    collect("a{}")
    plain = settings.STATIC_ROOT / "embed.js"
    plain.write_text("1")
    let_pass(400, plain)
    assert static_files.superseded() == []
