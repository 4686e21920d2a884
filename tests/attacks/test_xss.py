"""No text that somebody writes, and nothing in an address, comes out as markup, as a script, a link or a formula."""

import csv
import io
import json
import re
import zipfile
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from tests.accounts import page_forms
from tests.attacks import addresses, markup, planted
from tests.samples import soaking, some
from trade.models import Upload, UploadFile

pytestmark = pytest.mark.slow
publish = planted.publish
FORMULA = re.compile(r"^[=+@\t\r]|^-(?![\d.])")
PARAMETERS = (
    *("dataset", "release", "flow", "year", "view", "unit", "scale", "period", "estimates", "show", "highlight"),
    *(
        "q",
        "o",
        "p",
        "e",
        "all",
        "page",
        "_popup",
        "_to_field",
        "_changelist_filters",
        "next",
        "term",
        "action",
        "kind",
    ),
    *(
        "app_label",
        "model_name",
        "field_name",
        "created__year",
        "at__year",
        "state__exact",
        "limit",
        "cursor",
        "province",
    ),
    *("code", "from", "to", "as_of", "component", "format", "direction", "locale", "file", "message", "title"),
)


def wrong_in(answer) -> list[str]:
    """What of an answer could run in a browser or in a spreadsheet, by what kind of document it is."""
    kind = answer.get("Content-Type", "").partition(";")[0]
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    wrong = [] if answer.get("X-Content-Type-Options") == "nosniff" else [f"may be sniffed: {kind}"]
    wrong += [f"{name}: {value}" for name, value in answer.items() if "<" in value and name != "Link"]
    if body and kind in JUDGES:
        return wrong + JUDGES[kind](body)
    return wrong + ([] if kind in HARMLESS or not body else [f"unknown: {kind}"])


def in_html(body):
    return markup.what_runs(list(markup.elements(body.decode())))


def in_xml(body):
    return markup.what_runs(list(markup.parts_of_xml(body.decode())))


def in_json(body):
    json.loads(body)
    return []


def in_csv(body):
    rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if FORMULA.match(cell)]


def in_workbook(body):
    book = load_workbook(io.BytesIO(body))
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def in_ods(body):
    content = zipfile.ZipFile(io.BytesIO(body)).read("content.xml").decode()
    return re.findall(r"formula=", content)


def in_markdown(body):
    """A reader of Markdown that lets HTML through, as some do."""
    return in_html(MarkdownIt("commonmark", {"html": True}).render(body.decode()).encode())


JUDGES = {
    "text/html": in_html, "image/svg+xml": in_xml, "application/xml": in_xml, "application/atom+xml": in_xml,
    "application/opensearchdescription+xml": in_xml, "application/json": in_json, "text/csv": in_csv,
    "text/markdown": in_markdown,
    "application/vnd.oasis.opendocument.spreadsheet": in_ods,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": in_workbook,
}  # fmt: skip
HARMLESS = ("image/png", "image/x-icon", "text/plain", "text/javascript", "application/zip")


def all_addresses():
    """Every address, each upload, whatever became of it, and each of their files."""
    found = [*addresses.every(), "/provinces.xlsx", "/commodities/v.xlsx"]
    found += [f"/admin/trade/upload/{upload.pk}/change/" for upload in Upload.objects.all()]
    return found + [f"/admin/trade/upload/{file.upload_id}/annotated/{file.pk}/" for file in UploadFile.objects.all()]


def test_the_attacks_are_there(root):
    assert set(Upload.objects.values_list("state", flat=True)) >= {"refused", "asking", "staged", "failed"}
    for address in (
        "/provinces/",
        "/commodities/v/",
        "/questions/",
        "/sanctions/",
        "/data/",
        "/data/china-provinces/2/",
    ):
        assert "&lt;xss-mark" in root.get(address).content.decode(), address
    for upload in Upload.objects.exclude(state="released"):
        assert "&lt;xss-mark" in root.get(f"/admin/trade/upload/{upload.pk}/change/").content.decode(), upload.state
    assert "&lt;xss-mark" in root.get("/admin/accounts/logentry/").content.decode()


def test_nothing_that_is_written_runs_at_any_address(root):
    wrong = {address: found for address in all_addresses() if (found := wrong_in(root.get(address)))}
    assert wrong == {}


def test_nothing_that_an_address_says_runs(root):
    wrong = {}
    for number, address in enumerate(addresses.every() if soaking() else addresses.every()[::2]):
        text = planted.TEXTS[number % 2]
        client = root if address.startswith(("/admin", "/accounts")) else Client(raise_request_exception=False)
        wrong[address] = []
        for names in some([PARAMETERS, *(PARAMETERS[place::8] for place in range(8))], 1):  # one may hide another
            wrong[address] += wrong_in(client.get(address, dict.fromkeys(names, text) | {text: text}))
        for path in (f"{address}{quote(text)}", f"{address.rstrip('/').rpartition('/')[0]}/{quote(text)}/"):
            wrong[path] = wrong_in(client.get(path, {text: text}, headers={"Referer": text, "User-Agent": text}))
    assert {address: found for address, found in wrong.items() if found} == {}


def test_nothing_that_a_form_refuses_or_takes_runs(root):
    wrong = {}
    for address in addresses.of_staff() if soaking() else addresses.of_staff()[::4]:
        page = root.get(address)
        if page.status_code != 200 or page.streaming or b"<form" not in page.content:
            continue
        for given, fields in page_forms.Forms(page.content.decode()).forms:
            if given.get("method", "").lower() == "post" and "logout" not in given.get("action", ""):
                sent = {name: [planted.TEXTS[1]] * len(values) for name, values in fields.items()}
                answer = root.post(given.get("action") or address, sent, follow=True)
                wrong.setdefault(address, []).extend(wrong_in(answer))
    assert {address: found for address, found in wrong.items() if found} == {}


@pytest.mark.parametrize("name", some(planted.files(), 2))
def test_nothing_in_a_file_that_is_imported_runs(name, root):
    wrong = {}
    for route in addresses.routes():
        if route.text.endswith("/import/"):
            file = SimpleUploadedFile(name, planted.files()[name])
            sent = {"import_file": file, "files": [file], "dataset": "china-provinces", "mode": "amend", "flow": ""}
            wrong[route.text] = wrong_in(root.post(f"/{route.text}", sent, follow=True))
    assert {address: found for address, found in wrong.items() if found} == {}


def test_nothing_that_is_exported_is_a_formula(root):
    wrong = {}
    for route in addresses.routes():
        if route.text.endswith("/export/"):
            for number in range(3):
                wrong[f"{route.text}{number}"] = wrong_in(root.post(f"/{route.text}", {"format": str(number)}))
    assert {address: found for address, found in wrong.items() if found} == {}


def test_a_preview_of_an_answer_is_as_clean_as_the_page(root):
    answer = root.post("/admin/faq/question/preview/", {"answer": planted.MARKDOWN})
    assert wrong_in(answer) == [] and "&lt;xss-mark" in answer.content.decode()


@pytest.mark.parametrize(
    "page",
    ["<xss-mark>", "<p onclick=a()>", "<a href='java\nscript:a()'>", "<script>a()</script>", "<p xss-mark>",
     "<base href=x>",
     "<iframe srcdoc='x'>", "<meta http-equiv=refresh content='0;url=javascript:a()'>",
     "<svg><a xlink:href=javascript:a()>",
     "<form action=javascript:a()>", "<button formaction=' javascript:a()'>", "<img src=x onerror=a()>"],
)  # fmt: skip
def test_what_runs_is_found(page):
    assert in_html(page.encode()) != []
