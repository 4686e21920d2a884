"""The form that confirms an import: signed, of its user and table, and of what was previewed; and its pages."""

import re

import pytest
from django.contrib.auth.models import User
from django.core import signing

from tables import admin
from tests.tables.steps import FORBIDDEN, address, staged, text_of, uploaded
from trade.models import Province, Section


def a_preview(editor, content="code,kind\nCN-LN,changed\n"):
    return staged(uploaded(editor, Province, content))


def refused(response):
    return response.status_code == 400 and "The preview has expired" in text_of(response)


@pytest.mark.slow
def test_a_confirming_form_that_was_tampered_with_is_refused(editor):
    token = a_preview(editor)
    for forged in ("", "x", token[:-2], "A" + token, token.replace(":", ";"), "/etc/passwd", "../../var/yalu.sqlite3"):
        assert refused(editor.post(address(Province, "process_import"), {"staged": forged}))
    assert Province.objects.get(pk="CN-LN").kind == "province"


def test_a_preview_is_of_its_user_and_its_table_alone(editor, client):
    token = a_preview(editor)
    assert refused(editor.post(address(Section, "process_import"), {"staged": token}))
    client.force_login(User.objects.create_superuser("other", password="x"))
    assert refused(client.post(address(Province, "process_import"), {"staged": token}))


def test_a_preview_expires(editor, monkeypatch):
    token = a_preview(editor)
    monkeypatch.setattr(admin, "PREVIEW_SECONDS", -1)
    assert refused(editor.post(address(Province, "process_import"), {"staged": token}))


def test_what_is_signed_for_another_purpose_is_no_preview(editor):
    other = signing.dumps({"model": "trade.Province", "user": 1, "table": [["code"], []], "name": "", "plan": ""})
    assert refused(editor.post(address(Province, "process_import"), {"staged": other}))


def test_a_table_that_moved_since_the_preview_is_shown_again_and_nothing_is_stored(editor):
    token = a_preview(editor)
    Province.objects.filter(pk="CN-LN").update(kind="moved")
    page = editor.post(address(Province, "process_import"), {"staged": token})
    assert page.status_code == 409
    assert "Nothing was imported: the table has changed since the preview" in text_of(page)
    assert "<del>moved</del> <ins>changed</ins>" in page.content.decode()
    assert Province.objects.get(pk="CN-LN").kind == "moved"
    editor.post(address(Province, "process_import"), {"staged": staged(page)})
    assert Province.objects.get(pk="CN-LN").kind == "changed"


@pytest.mark.slow
def test_a_fault_that_appears_between_preview_and_storing_rolls_everything_back(editor):
    token = a_preview(editor, "code,name_en,kind\nCN-LN,Good Name,changed\nCN-JL,Taken,changed\n")
    Province.objects.filter(pk="CN-HL").update(name_en="Taken")
    page = editor.post(address(Province, "process_import"), {"staged": token})
    assert page.status_code == 409
    assert "already exists" in text_of(page)
    assert "Import finished" not in text_of(page)
    assert not Province.objects.filter(kind="changed").exists()


def test_a_second_click_stores_nothing_twice(editor):
    token = a_preview(
        editor, "code,gb_code,gacc_code,name_en,name_zh,name_ko,kind\nCN-ZZ,990000,99,New,新,신,province\n"
    )
    for _ in range(2):
        editor.post(address(Province, "process_import"), {"staged": token})
    assert Province.objects.filter(pk="CN-ZZ").count() == 1


def test_confirming_takes_no_get(editor):
    assert editor.get(address(Province, "process_import")).status_code == 405


def test_a_preview_too_large_for_a_form_is_refused_in_words(editor, monkeypatch):
    monkeypatch.setattr(admin, "PREVIEW_BYTES", 100)
    assert "too large to import at once" in text_of(uploaded(editor, Province, "code,kind\nCN-LN,changed\n"))


@pytest.mark.parametrize("action", ["import", "export"])
def test_the_pages_hold_nothing_that_the_policy_forbids(editor, action):
    page = editor.get(address(Province, action)).content.decode()
    assert not re.search(FORBIDDEN, page)


def test_the_preview_holds_nothing_that_the_policy_forbids(editor):
    page = uploaded(editor, Province, "code,kind\nCN-LN,changed\n").content.decode()
    assert not re.search(FORBIDDEN, page)


def test_nothing_is_staged_on_the_server(editor, var_dir, settings):
    def everything():
        return {path for path in var_dir.rglob("*") if path.is_file() and "sqlite3" not in path.name}

    before = everything()
    uploaded(editor, Province, "code,kind\nCN-LN,changed\n")
    assert everything() == before
