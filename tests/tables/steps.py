"""The steps of an editor with the file of a small table (export, upload, confirm), and what the pages answer."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faq.models import Question
from sanctions.models import Announcement, Cap, Event, Measure, Resolution
from tables import writer
from tables.admin import CONTENT_TYPES
from trade.models import Alias, Chapter, Province, Section

KINDS = list(CONTENT_TYPES)
TABLES = [Province, Section, Chapter, Alias, Question, Resolution, Measure, Cap, Announcement, Event]
FORBIDDEN = r"\sstyle=|\son\w+=|<script(?![^>]*src=)|<style"  # by the Content-Security-Policy


def address(model, action, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def exported(client, model, kind, query=""):
    response = client.post(address(model, "export") + query, {"format": KINDS.index(kind)})
    assert response.status_code == 200, response.content
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    assert response["Content-Type"] == CONTENT_TYPES[kind]
    return response.content


def uploaded(client, model, content, name="table.bin"):
    """Send the file; return the page that answers."""
    content = content.encode() if isinstance(content, str) else content
    return client.post(address(model, "import"), {"import_file": SimpleUploadedFile(name, content)})


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def staged(response):
    return re.search(r'name="staged" value="([^"]+)"', response.content.decode())[1]


def stored(client, model, content):
    """Send the file and confirm what the page shows."""
    page = uploaded(client, model, content)
    return client.post(address(model, "process_import"), {"staged": staged(page)}, follow=True)


def faults(response):
    return [(fault["row"], fault["column"], fault["text"]) for fault in response.context["faults"]]


def a_file(kind, *rows):
    return writer.write(kind, list(rows[0]), [list(row) for row in rows[1:]], "rows")
