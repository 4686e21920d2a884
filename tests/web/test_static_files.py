"""Pages that name a static file which nobody has collected lack their looks, and nothing else."""

import pytest
from django.conf import settings as configured
from django.contrib.staticfiles.finders import get_finder
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import storages
from django.test import Client

from tests.trade import sites
from web.static_files import CollectedFiles

publish = sites.usual


@pytest.fixture
def nothing_collected(settings, tmp_path):
    """The storage of production, over an empty folder."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "web.static_files.CollectedFiles"}}
    return storages["staticfiles"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/provinces/", 200),
        ("/data/", 200),
        ("/accounts/login/", 200),
        ("/nothing/", 404),
        ("/data/none/", 404),
    ],
)
def test_a_page_and_an_error_page_are_whole_without_collected_files(site, nothing_collected, address, status):
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    assert b"/static/css/" in answer.content


def test_a_form_without_its_mark_is_refused_in_words_without_collected_files(site, nothing_collected):
    answer = Client(enforce_csrf_checks=True, raise_request_exception=False).post("/accounts/login/", {"login": "a"})
    assert answer.status_code == 403
    assert b"The form was not accepted" in answer.content


def test_a_file_that_is_not_collected_is_named_once_in_the_log(nothing_collected, caplog):
    assert isinstance(nothing_collected, CollectedFiles)
    assert staticfiles_storage.url("css/site.css") == "/static/css/site.css"
    staticfiles_storage.url("css/site.css")
    assert caplog.text.count("css/site.css is not collected") == 1


def test_pages_load_what_esbuild_joined_and_none_of_the_files_that_it_read():
    files = get_finder("web.static_files.FilesThatPagesLoad").list([])
    styles = {path: storage.location for path, storage in files if path.endswith(".css")}
    assert set(styles) == {f"css/{name}.css" for name in ("admin", "brief", "desk", "first", "goods", "site")}
    assert set(styles.values()) == {str(configured.BASE_DIR / "node_modules" / ".bundle")}
