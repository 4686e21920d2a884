"""The public pages as they would be: shown under a link alone, kept nowhere, gone when the figures move on."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone

from tests.trade import sites
from trade import tasks
from trade.models import Dataset, Release, Upload
from trade.models import preview_link as links
from trade.publishing import leftovers, releases, staging, uploads
from trade.publishing.waiting import preview_files, publish_drafts

publish = sites.usual
NEW = b"province,year,flow,reported_usd\nCN-LN,2024,to_dprk,1234567\nCN-LN,2025,to_dprk,7654321\n"


@pytest.fixture
def kim(site):
    return User.objects.create_superuser("kim", password="not-a-real-password")


@pytest.fixture
def upload(kim):
    """A staged upload with a preview."""
    made = staging.stage(uploads.receive(Dataset.objects.get(slug="china-provinces"), [("a.csv", NEW)], user=kim))
    publish_drafts.keep(made, kim, note="Liaoning as revised.", kind="correction")
    return built(made, kim)


def built(upload, kim):
    preview_files.ask(upload, kim)
    tasks.build_preview.func(upload.pk)
    upload.refresh_from_db()
    assert upload.preview["state"] == "ready", upload.preview
    return upload


def home(upload):
    return f"/preview/{links.token_of(upload)}/"


def page(address, status=200):
    answer = Client().get(address)
    assert answer.status_code == status, (address, answer.status_code)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert not answer.cookies
    assert "ETag" not in answer
    return answer


PAGES = ["", "provinces/", "provinces/cn-ln/", "totals/", "commodities/", "data/", "data/china-provinces/"]


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_each_page_says_that_it_is_a_preview_and_its_links_stay_in_it(upload, path):
    text = page(home(upload) + path).content.decode()
    assert "Preview, not published." in text
    assert '<meta name="robots" content="noindex, nofollow">' in text
    assert "kim" in text
    assert f'href="{home(upload)}data/"' in text
    assert f'href="{home(upload)}"' in text
    assert 'href="/provinces/' not in text


@pytest.mark.slow
def test_the_pages_show_the_figures_and_the_public_ones_do_not(upload):
    before = Client().get("/provinces/cn-ln/?year=2024").content
    text = page(home(upload) + "provinces/cn-ln/?year=2024").content.decode()
    assert "1,234,567" in text
    assert Client().get("/provinces/cn-ln/?year=2024").content == before
    assert b"1\xe2\x80\xaf234\xe2\x80\xaf567" not in before
    number = Dataset.objects.get(slug="china-provinces").latest_release().number + 1
    assert Client().get(f"/data/china-provinces/{number}/").status_code == 404
    shown = page(f"{home(upload)}data/china-provinces/{number}/").content.decode()
    assert "Liaoning as revised." in shown
    assert "1,000,000" in shown
    assert "7,654,321" in shown
    for public in ("/data/releases.atom", "/sitemap.xml", "/api/v1/datasets", "/data/china-provinces/", "/data/"):
        assert "Liaoning as revised." not in Client().get(public).content.decode()


@pytest.mark.slow
def test_its_files_are_those_that_would_be_published_and_are_unsigned(upload):
    number = upload.base.number + 1
    answer = page(f"{home(upload)}data/china-provinces/{number}/data.csv")
    assert b"7654321" in b"".join(answer.streaming_content)
    assert 'filename="preview-' in answer["Content-Disposition"]
    assert "Access-Control-Allow-Origin" not in answer
    view = json.loads(page(f"{home(upload)}provinces/cn-ln.json?year=2024").content)
    assert view["release"]["number"] == number
    assert not [file for file in upload.preview["files"] if file["name"].endswith(".minisig")]
    assert Client().get(f"/data/china-provinces/{number}/data.csv").status_code == 404


@pytest.mark.slow
def test_it_is_what_is_published_afterwards(upload, kim):
    text = page(f"{home(upload)}provinces/").content.decode()
    releases.publish(upload, note="Liaoning as revised.", kind="correction", user=kim, accepted="all")
    public = Client().get("/provinces/").content.decode()
    begin = '<main class="page"'
    as_public = text[text.index(begin) :].replace(home(upload), "/")
    assert as_public == public[public.index(begin) :]
    ended = page(f"{home(upload)}provinces/", status=410).content.decode()
    assert "have been published" in ended
    assert f"/data/china-provinces/{upload.base.number + 1}/" in ended


@pytest.mark.slow
def test_a_link_ends_when_the_figures_are_compared_again_or_given_up_or_its_hours_are_over(upload, kim, settings):
    old = home(upload)
    built(upload, kim)
    assert "Ask whoever gave you the link" in page(old, status=410).content.decode()
    settings.PREVIEW_HOURS = 0
    assert "has expired" in page(home(upload), status=410).content.decode()
    settings.PREVIEW_HOURS = 72
    page(home(upload))
    staging.stage(upload)
    assert "compared again" in page(home(upload), status=410).content.decode()
    built(upload, kim)
    sites.release("china-provinces", [sites.reported("CN-LN", 2023, 1)], "Another.")
    assert "compared again" in page(home(upload), status=410).content.decode()
    uploads.discard(upload)
    assert "will not be published" in page(home(upload), status=410).content.decode()
    assert Client().get(home(upload)[:-2] + "x/").status_code == 404


@pytest.mark.slow
def test_its_folder_stays_while_the_link_works_and_is_swept_afterwards(upload, monkeypatch):
    folder = upload.preview["bundle"]
    monkeypatch.setattr(leftovers.storage, "remove_old", lambda name, before: leftovers.storage.remove_folder(name))
    leftovers.bundles()
    assert storages["bundles"].exists(f"{folder}/chart.json")
    uploads.discard(upload)
    leftovers.bundles()
    assert not storages["bundles"].exists(f"{folder}/chart.json")


@pytest.mark.slow
def test_an_upload_that_has_ended_gets_no_preview(upload, kim):
    Upload.objects.filter(pk=upload.pk).update(state="discarded", preview={})
    preview_files.ask(upload, kim)
    assert Upload.objects.get(pk=upload.pk).preview == {}
    assert not Release.objects.filter(created__gt=timezone.now()).exists()
