"""The pages of data: what a dataset is, what a release changed, and what may not be used any more."""

import html
import re
from datetime import date

import pytest

from tests.trade import sites
from trade.bundles import citations, data_dictionary
from trade.charts import view_columns
from trade.charts.text import labels
from trade.models import Dataset, Release
from trade.publishing.removing import withdrawal

pytestmark = pytest.mark.both_databases

publish = sites.with_a_withdrawal

RELEASE, DATASET = "/data/china-provinces/{}/", "/data/china-provinces/"


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2]))


def test_the_catalogue_leads_to_the_feed_and_to_the_api(site, client):
    page = client.get("/data/").content.decode()
    for address in ("/data/releases.atom", "/api/"):
        assert f'href="{address}"' in page.partition("<main")[2] and client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/data/", DATASET])
def test_the_date_of_the_next_release_is_shown_or_said_to_be_open(address, site, client):
    assert "no date set" in words(client.get(address))
    Dataset.objects.update(next_release_on=date(2027, 1, 20))
    response = client.get(address)
    assert "20 January 2027" in words(response) and "no date set" not in words(response)
    assert '<time datetime="2027-01-20">' in response.content.decode()


def test_a_dataset_explains_every_column_of_its_files_and_every_status(site, client):
    response = client.get(DATASET)
    for column in data_dictionary.of_data(Dataset.objects.get(slug="china-provinces")):
        assert f"<code>{column.name}</code>" in response.content.decode() and column.description in words(response)
    assert "P provisional" in words(response)


def test_the_catalogue_explains_every_column_of_a_views_files_and_every_code(site, client):
    page = client.get("/data/").content.decode()
    for column in view_columns.described():
        assert f"<code>{column.name}</code>" in page and column.description in html.unescape(page), column.name
        for code, meaning in column.codes.items():
            assert f"<b>{code}</b> {meaning}" in html.unescape(page), code


def test_a_dataset_says_how_its_newest_release_is_cited(site, client):
    newest = Release.objects.get(dataset="china-provinces", number=3)
    assert words(client.get(DATASET)).count(f"release 3, {labels.day(newest.created.date())}") == 1
    assert "http://testserver/data/china-provinces/3/" in words(client.get(DATASET))


def test_a_release_shows_its_licence_its_source_and_each_file_with_its_size_sum_and_purpose(site, client):
    found = Release.objects.get(dataset="china-provinces", number=3)
    response = client.get(RELEASE.format(3))
    said = words(response)
    assert found.dataset.licence in said and found.dataset.source in said and "china-provinces/3" in said
    for file in found.files:
        assert file["name"] in said and file["sha256"] in said
    assert all(file["purpose"] in said for file in response.context["files"] if file["purpose"])
    assert [file["name"] for file in response.context["files"] if not file["purpose"]] == []


def test_the_charts_of_a_release_are_a_click_away_from_its_page(site, client):
    for slug, page in (("china-provinces", "provinces"), ("china-commodities", "commodities")):
        [address] = re.findall(rf'href="(/{page}/\?dataset=[^"]+)"', client.get(f"/data/{slug}/1/").content.decode())
        payload = client.get(address.replace("&amp;", "&")).context["payload"]
        assert (payload["dataset"]["slug"], payload["release"]["number"]) == (slug, 1)
        assert not payload["notices"]


def test_a_withdrawn_release_says_so_and_why_on_every_page_that_names_it(site, client):
    page = client.get(RELEASE.format(2))
    assert "This release was withdrawn on" in words(page) and "A province was counted twice" in words(page)
    assert "The latest release is 3." in words(page) and "noindex" in page.content.decode()
    assert "A province was counted twice" in words(client.get(DATASET))
    assert "as of this release" not in words(page)
    for name in ("data.csv", "workbook.xlsx", "SHA256SUMS", "china-provinces-2.zip"):
        gone = client.get(RELEASE.format(2) + name)
        assert gone.status_code == 410 and b"A province was counted twice" in gone.content


def test_a_withdrawn_release_is_cited_as_withdrawn(site, client):
    found = Release.objects.get(dataset="china-provinces", number=2)
    said = f"WITHDRAWN on {labels.day(found.withdrawn.date())}, do not cite: A province was counted twice."
    assert citations.text(found).startswith(said) and said in citations.bibtex(found)
    assert words(client.get(RELEASE.format(2))).count(said) == 2
    standing = Release.objects.get(dataset="china-provinces", number=3)
    assert "WITHDRAWN" not in citations.text(standing) + citations.bibtex(standing)


def test_a_release_is_cited_with_the_warning_and_the_safe_words_that_a_view_has(site):
    standing = Release.objects.get(dataset="china-provinces", number=3)
    assert "note = {DEMONSTRATION, invented figures: do not cite. Source: " in citations.bibtex(standing)
    standing.dataset.title, standing.dataset.is_demonstration = "Coal & 50%", False
    assert "title = {{Coal \\& 50\\%}}" in citations.bibtex(standing)
    assert "DEMONSTRATION" not in citations.bibtex(standing)


def test_a_superseded_release_says_which_is_newer_and_the_newest_does_not(site, client):
    first, newest = client.get(RELEASE.format(1)), client.get(RELEASE.format(3))
    assert "A newer release exists: release 3" in words(first) and "noindex" in first.content.decode()
    assert "A newer release" not in words(newest) and "noindex" not in newest.content.decode()


def test_a_release_lists_each_changed_cell_by_name_old_and_new(site, client):
    said = words(client.get(RELEASE.format(3)))
    assert " Liaoning exports to the DPRK 2022 reported withdrawn 1,500,002" in said
    assert "Rebuilt files" in said and "A province was counted twice" in said


@pytest.mark.slow
def test_when_every_release_is_withdrawn_the_pages_stand_without_a_citation(site, client):
    for found in Release.objects.filter(withdrawn=None):
        withdrawal.withdraw(found, "All wrong.")
    for address in ("/data/", DATASET, RELEASE.format(3), RELEASE.format(1)):
        assert client.get(address).status_code == 200
    assert "How to cite the latest release" not in words(client.get(DATASET))


@pytest.mark.parametrize("address", ["/data/", DATASET, RELEASE.format(1), RELEASE.format(2), RELEASE.format(3)])
def test_pages_of_data_ask_the_database_little(address, site, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        assert client.get(address).status_code == 200
