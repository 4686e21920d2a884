"""The texts of the site: an untouched site reads as it came, an edit shows, an empty text brings the first back."""

from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.adapter import SecondFactorAdapter
from drafts.models import Draft
from site_texts import shown_texts
from site_texts.catalogue import PROSE, TEXTS
from site_texts.models import SiteText
from tests.drafts.steps import acted, pressed, seen_by_readers
from tests.trade import sites

pytestmark = pytest.mark.both_databases

publish = sites.usual
PAGES = {
    "name": "/", "tagline": "/data/", "summary": "/", "about": "/questions/", "contact": "/", "home": "/",
    "data": "/data/", "questions": "/questions/", "sanctions": "/sanctions/", "demonstration": "/provinces/",
    **{f"way_{page}": "/" for page in ("totals", "provinces", "commodities", "sanctions", "questions", "data")},
}  # fmt: skip
NEW = {"contact": "desk@yalu.example"}


@pytest.fixture(autouse=True)
def nothing_read_yet(monkeypatch):
    """What one test wrote is not what the process shows after it."""
    monkeypatch.setattr(shown_texts, "_written", {})


@pytest.fixture
def editor(client, site):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def save(client, key, text):
    address = reverse("admin:site_texts_sitetext_change", args=[key])
    form = client.get(address).context["adminform"].form
    hidden = {name: form[name].value() for name in form.fields if name != "text"}
    return client.post(address, hidden | {"text": text, "_loaded": ""}, follow=True)


def test_each_text_that_the_catalogue_names_stands_somewhere():
    assert set(PAGES) == set(TEXTS) - {"sanctions_disclaimer"}  # said where an entry is not checked yet


@pytest.mark.parametrize("key", PAGES)
def test_a_text_stands_where_it_is_said_to_and_an_empty_one_is_as_the_site_came(key, editor):
    came, new = str(TEXTS[key].default), NEW.get(key, f"Another <{key}> & so on")
    shown = new.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert came.replace("’", "’") in editor.get(PAGES[key]).content.decode()
    save(editor, key, new)
    content = editor.get(PAGES[key]).content.decode()
    assert shown in content and (not came or key in ("name", "home", "tagline") or came not in content)
    save(editor, key, "")
    assert shown not in editor.get(PAGES[key]).content.decode()


def test_prose_is_markdown_and_a_line_is_not(editor):
    save(editor, "data", "All **figures**.\n\nNo <script>alert(1)</script>.")
    save(editor, "tagline", "Trade **bold**")
    content = editor.get("/data/").content.decode()
    assert "<p>All <strong>figures</strong>.</p>" in content and "<script>alert" not in content
    assert "Trade **bold**" in content


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("name", "x" * 41, "41 characters; at most 40"),
        ("tagline", "one\ntwo", "in one line"),
        ("contact", "javascript:alert(1)", "neither an email address"),
        ("contact", "nobody", "neither an email address"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(key, text, words):
    with pytest.raises(ValidationError, match=words):
        SiteText(key=key, text=text).full_clean(validate_unique=False)


def test_texts_can_neither_be_added_nor_deleted_nor_named_otherwise(editor):
    assert editor.get(reverse("admin:site_texts_sitetext_add")).status_code == 403
    assert editor.post(reverse("admin:site_texts_sitetext_delete", args=["name"]), {"post": "yes"}).status_code == 403
    assert editor.get(reverse("admin:site_texts_sitetext_change", args=["other"])).status_code == 302


def test_every_edit_is_in_the_history_and_the_form_shows_the_first_words(editor):
    save(editor, "name", "Tumen")
    save(editor, "name", "Yalu")
    assert [one.text for one in SiteText.history.filter(key="name").exclude(history_type="+", text="")][:2] == [
        "",
        "Tumen",
    ]
    page = editor.get(reverse("admin:site_texts_sitetext_change", args=["data"])).content.decode()
    assert str(TEXTS["data"].default) in page and TEXTS["data"].kind == PROSE


def test_a_page_asks_once_for_all_its_texts(site, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6) as asked:
        client.get("/data/")
    assert sum("site_texts_sitetext" in query["sql"] for query in asked.captured_queries) == 1


@pytest.mark.slow
def test_every_page_of_readers_and_editors_has_the_name_that_an_editor_wrote(editor, client):
    save(editor, "name", "Tumen <1>")
    save(editor, "tagline", "Trade on the border")
    feed = ElementTree.fromstring(client.get("/data/releases.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{atom}author/{atom}name") == "Tumen <1>" and feed.findtext(f"{atom}title")[:9] == "Tumen <1>"
    info = client.get("/api/v1/openapi.json").json()["info"]
    assert info["title"] == "Tumen <1>" and info["description"].startswith(str(TEXTS["summary"].default))
    assert "Tumen &lt;1&gt; administration" in editor.get(reverse("admin:index")).content.decode()
    assert SecondFactorAdapter().get_totp_issuer() == "Tumen <1>"
    for page in ("/", "/data/", "/api/", "/provinces/"):
        assert '"Yalu' not in editor.get(page).content.decode(), page
    client.logout()
    login = client.get(reverse("account_login")).content.decode()
    assert "Tumen &lt;1&gt; administration" in login and "Yalu" not in login


@pytest.mark.slow
def test_a_text_is_drafted_compared_previewed_and_published(editor, client):
    address = reverse("admin:site_texts_sitetext_change", args=["name"])
    pressed(editor, address, "_draft", text="Tumen")
    [draft] = Draft.objects.of(SiteText, "name")
    page = editor.get(reverse("admin:site_texts_sitetext_draft", args=[draft.pk]))
    assert "Tumen" in page.content.decode() and page.context["differences"][0].after == "Tumen"
    preview = editor.get(reverse("admin:site_texts_sitetext_draft_preview", args=[draft.pk]))
    assert "<b>Tumen</b>" in preview.content.decode() and "no-store" in preview["Cache-Control"]
    assert "<b>Tumen</b>" not in render_to_string("500.html")
    assert "<b>Yalu</b>" in seen_by_readers("/")
    listed = editor.get(reverse("admin:site_texts_sitetext_changelist")).content.decode()
    assert "Drafts (1)" in listed and "Deleted entries" not in listed
    acted(editor, draft, "publish")
    assert "<b>Tumen</b>" in seen_by_readers("/")


@pytest.mark.slow
def test_a_preview_of_a_text_shows_the_page_on_which_it_stands(editor):
    for key in ("home", "data", "questions", "sanctions", "demonstration"):
        address = reverse("admin:site_texts_sitetext_change", args=[key])
        assert "Other words" in pressed(editor, address, "_preview", text="Other words").content.decode(), key


def test_a_page_of_an_error_asks_no_database_for_the_name(editor, client, django_assert_num_queries):
    save(editor, "name", "Tumen <1>")
    save(editor, "tagline", "Trade on the border")
    client.get("/data/")
    with django_assert_num_queries(0):
        page = render_to_string("503.html", {"status": 503})
    assert "<b>Tumen &lt;1&gt;</b> <span>Trade on the border</span>" in page and "– Trade on the border</title>" in page


def test_while_the_database_is_away_a_process_that_read_nothing_shows_the_first_words(monkeypatch):
    def away(*_arguments, **_named):
        raise OperationalError

    monkeypatch.setattr(shown_texts, "_written", {})
    monkeypatch.setattr(SiteText.objects, "exclude", away)
    assert shown_texts.now()["name"] == "Yalu"
    assert "<b>Yalu</b>" in render_to_string("500.html")
