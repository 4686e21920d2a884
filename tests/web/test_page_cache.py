"""Kept pages: rendered once, made again as soon as what they show has changed, in every process."""

import gzip

import brotli
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils.cache import patch_cache_control

from faq import seed as questions
from faq.models import Question
from sanctions import seed as sanctions
from tests.samples import slow_after
from tests.tables.test_admin import form_of
from tests.trade import released
from trade.models import Annotation, Chapter, Dataset, Province, Section
from trade.reference import seed as reference
from web.page_cache import by_stamp, keep, shelf, stamp

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("keeping")]

PAGES = ["/", "/provinces/", "/provinces.json", "/provinces.csv?year=2016", "/provinces.svg", "/provinces/cn-ln/",
         "/sanctions/", "/sanctions/2371/", "/questions/", "/data/", "/data/china-provinces/",
         "/data/china-provinces/1/", "/data/releases.atom", "/api/"]  # fmt: skip
RECORDS = {
    ("CN-LN", "to_dprk", 2015, 0): {"reported": 5_000_000},
    ("CN-LN", "to_dprk", 2016, 0): {"reported": 7_000_000},
}


def publish():
    """Publish one release of the provinces, with all that editors write."""
    reference.load()
    sanctions.load()
    questions.load()
    released.release(Dataset.objects.create(**released.FACTS["province"] | {"slug": "china-provinces"}), RECORDS)


@pytest.fixture
def dataset(site):
    return Dataset.objects.get(slug="china-provinces")


@pytest.fixture
def editor(db):
    """A client of an editor's own, so that the reader's has no cookie."""
    from django.test import Client

    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    return client


def rendered(client, address, **headers):
    """Whether the answer was rendered just now: only then has it a context or asked for more than the stamp."""
    with CountedQueries() as counted:
        response = client.get(address, headers=headers)
    assert response.status_code == 200
    return counted.number > 1


class CountedQueries:
    def __enter__(self):
        self.before, connection.force_debug_cursor = len(connection.queries_log), True
        return self

    def __exit__(self, *_):
        self.number, connection.force_debug_cursor = len(connection.queries_log) - self.before, False


@pytest.mark.parametrize("address", slow_after(2, PAGES))
def test_a_page_that_is_kept_costs_one_query_and_is_the_same(address, dataset, client, django_assert_num_queries):
    first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address)
    assert first.status_code == 200
    assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))
    assert not again.cookies and again["Vary"] == "Accept-Encoding"
    assert again["Cache-Control"] == "public, max-age=60"
    assert "default-src 'self'" in again["Content-Security-Policy"]


@pytest.mark.parametrize("address", slow_after(1, PAGES))
def test_it_is_sent_as_the_reader_understands_it(address, dataset, client):
    plain = client.get(address)
    for offered, name, unpack in (("gzip, deflate, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)):
        packed = client.get(address, headers={"Accept-Encoding": offered})
        if len(plain.content) < 1000:
            assert "Content-Encoding" not in packed and packed.content == plain.content
            continue
        assert packed["Content-Encoding"] == name
        assert unpack(packed.content) == plain.content
        assert packed["ETag"] == plain["ETag"] and packed["Content-Length"] == str(len(packed.content))
    refused = client.get(address, headers={"Accept-Encoding": "br;q=0, gzip;q=0"})
    assert "Content-Encoding" not in refused and refused.content == plain.content


@pytest.mark.parametrize("address", slow_after(1, PAGES))
def test_who_has_the_page_gets_no_body(address, dataset, client):
    tag = client.get(address)["ETag"]
    for offered in ("", "br"):
        again = client.get(address, headers={"If-None-Match": tag, "Accept-Encoding": offered})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.slow
def test_who_has_a_page_that_was_not_kept_before_gets_no_body_either(dataset, client):
    tag = client.get("/provinces/")["ETag"]
    shelf.forget()
    assert client.get("/provinces/", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/provinces/").status_code == 200


@pytest.mark.slow
def test_head_has_the_headers_of_get(dataset, client):
    got, head = client.get("/provinces/"), client.head("/provinces/")
    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(got.headers))


# --- what makes it new ---------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "address", slow_after(1, ["/provinces/", "/", "/data/", "/data/china-provinces/", "/data/releases.atom"])
)
def test_a_release_and_its_withdrawal_show_at_once(address, dataset, client):
    first = client.get(address)
    released.release(dataset, {("CN-LN", "to_dprk", 2016, 0): {"reported": 8_000_000}}, note="Another note.")
    second = client.get(address)
    assert second["ETag"] != first["ETag"]
    call_command("withdraw", "china-provinces", 2, reason="Wrong.")
    assert client.get(address)["ETag"] != second["ETag"]


@pytest.mark.slow
def test_a_question_edited_in_the_admin_shows_at_once(dataset, client, editor):
    client.get("/questions/")
    question = Question.objects.published().first()
    where = reverse("admin:faq_question_change", args=[question.pk])
    assert editor.post(where, form_of(editor.get(where)) | {"question": "Is this new?"}).status_code == 302
    assert "Is this new?" in client.get("/questions/").content.decode()
    assert not rendered(client, "/questions/")


@pytest.mark.slow
def test_a_text_of_the_site_edited_in_the_admin_shows_at_once(dataset, client, editor):
    client.get("/questions/")
    where = reverse("admin:site_texts_sitetext_change", args=["questions"])
    assert editor.post(where, form_of(editor.get(where)) | {"text": "Ask **us**."}).status_code == 302
    assert "Ask <strong>us</strong>." in client.get("/questions/").content.decode()
    assert not rendered(client, "/questions/")


EDITS = {
    "province": (Province, "CN-LN", {"name_en": "Liaoning Sheng"}),
    "section": (Section, "V", {"short_title": "Minerals"}),
    "chapter": (Chapter, "27", {"short_title": "Fuels"}),
    "dataset": (Dataset, "china-provinces", {"next_release_on": "2030-01-31"}),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", EDITS)
def test_names_edited_in_the_admin_make_pages_new(kind, dataset, client, editor):
    model, pk, changed = EDITS[kind]
    client.get("/data/china-provinces/1/")
    assert not rendered(client, "/data/china-provinces/1/")
    where = reverse(f"admin:trade_{kind}_change", args=[pk])
    response = editor.post(where, form_of(editor.get(where)) | changed)
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert rendered(client, "/data/china-provinces/1/")


@pytest.mark.slow
def test_an_annotation_added_and_deleted_in_the_admin_makes_pages_new(dataset, client, editor):
    client.get("/provinces/")
    fields = {"dataset": dataset.pk, "province": "CN-LN", "year": 2016, "text": "A bridge opened.", "code": ""}
    response = editor.post(reverse("admin:trade_annotation_add"), fields)
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert rendered(client, "/provinces/")
    assert not rendered(client, "/provinces/")
    note = Annotation.objects.get()
    editor.post(reverse("admin:trade_annotation_delete", args=[note.pk]), {"post": "yes"})
    assert rendered(client, "/provinces/")


def test_words_that_a_script_saves_show_at_once(dataset, client):
    client.get("/questions/")
    question = Question.objects.published().first()
    question.question = "Who wrote this?"
    question.save()
    assert "Who wrote this?" in client.get("/questions/").content.decode()
    question.delete()
    assert "Who wrote this?" not in client.get("/questions/").content.decode()


@pytest.mark.slow
def test_of_two_edits_the_one_committed_later_counts_though_its_number_is_smaller(dataset, editor):
    from django.contrib.admin.models import LogEntry

    before = stamp.ask()
    user = User.objects.get()
    for pk in (1002, 1001):
        LogEntry.objects.create(pk=pk, user=user, object_repr="x", action_flag=2)
        after = stamp.ask()
        assert after != before
        before = after


# --- what is not kept ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_address_that_is_none_stays_one_and_becomes_a_page_with_its_release(dataset, client):
    dataset.observations.delete()
    dataset.releases.all().delete()
    dataset.delete()
    assert client.get("/provinces.json").status_code == 404
    made = Dataset.objects.create(**released.FACTS["province"] | {"slug": "china-provinces"})
    assert client.get("/provinces.json").status_code == 404
    released.release(made, RECORDS)
    assert client.get("/provinces.json").status_code == 200
    assert client.get("/provinces/cn-xx/").status_code == 404
    assert client.post("/provinces/").status_code == 405


@pytest.mark.slow
def test_every_address_has_a_page_of_its_own(dataset, client):
    assert client.get("/provinces.json").content != client.get("/provinces.json?year=2015").content
    assert "“1066” is not" in client.get("/provinces/?year=1066").content.decode()
    assert "“1066” is not" not in client.get("/provinces/").content.decode()
    hosts = ("testserver", "localhost")
    one, other = (client.get("/provinces/", headers={"Host": host}).content.decode() for host in hosts)
    assert "http://testserver/provinces/" in one and "http://localhost/provinces/" in other


@pytest.mark.slow
def test_made_up_addresses_take_a_bounded_room(dataset, client, settings):
    settings.KEEP_PAGES_MOST = 3
    for year in range(1998, 2024):
        client.get(f"/provinces/?year={year}&flow=from_dprk")
    assert len(shelf.SHELF.pages) <= 3 and len(shelf.ALIASES.pages) <= 3


def answered(**changes):
    """What a kept view of its own answers the second time: the number of times it was asked."""
    asked = []

    @keep.kept()
    def view(request):
        asked.append(request)
        response = HttpResponse("x" * 2000, status=changes.get("status", 200))
        if changes.get("public", True):
            patch_cache_control(response, public=True)
        if "cookie" in changes:
            response.set_cookie("a", changes["cookie"])
        if "vary" in changes:
            response["Vary"] = changes["vary"]
        return response

    for _time in range(2):
        view(RequestFactory().get("/anywhere/"))
    return len(asked)


@pytest.mark.parametrize(
    ("changes", "times"),
    [({}, 1), ({"vary": "Accept-Encoding"}, 1), ({"status": 404}, 2), ({"status": 503}, 2), ({"public": False}, 2),
     ({"cookie": "b"}, 2), ({"vary": "Cookie"}, 2)],
)  # fmt: skip
def test_only_a_public_answer_without_a_cookie_is_kept(changes, times, db):
    assert answered(**changes) == times


@pytest.mark.slow
def test_an_editors_pages_are_never_kept(dataset, editor):
    editor.get("/admin/")
    editor.get(reverse("admin:trade_dataset_changelist"))
    assert not shelf.SHELF.pages


def test_nothing_is_kept_where_the_operator_wants_it_so(settings, db):
    settings.KEEP_PAGES = False
    assert answered() == 2


@pytest.mark.slow
def test_another_version_of_the_program_keeps_pages_of_its_own(dataset, client, monkeypatch):
    client.get("/provinces/")
    monkeypatch.setattr(shelf, "program", lambda: "another")
    by_stamp.forget()  # as that version does when it begins
    assert rendered(client, "/provinces/")
