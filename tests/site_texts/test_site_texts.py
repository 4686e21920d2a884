"""The texts of the site: an untouched site reads as it came, an edit shows, an empty text brings the first back."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse

from site_texts.catalogue import PROSE, TEXTS
from site_texts.models import SiteText
from tests.trade import sites

pytestmark = pytest.mark.both_databases

publish = sites.usual
PAGES = {
    "name": "/", "tagline": "/data/", "summary": "/", "about": "/questions/", "contact": "/", "home": "/",
    "data": "/data/", "questions": "/questions/", "sanctions": "/sanctions/", "demonstration": "/provinces/",
    **{f"way_{page}": "/" for page in ("totals", "provinces", "commodities", "sanctions", "questions", "data")},
}  # fmt: skip
NEW = {"contact": "desk@yalu.example"}


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
        ("contact", "javascript:alert(1)", "neither a mail address"),
        ("contact", "nobody", "neither a mail address"),
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
