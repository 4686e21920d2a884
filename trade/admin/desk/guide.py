"""Shows the guide for editors, and the documents that it refers to, as they lie in docs/."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

DOCS = Path(settings.BASE_DIR) / "docs"
PICTURES = "screenshots"
LINK = re.compile(r"([a-z-]+)\.md(#.*)?")


def _pages():
    """The documents that there are, by their names: {"editors": Path("…/docs/editors.md"), …}."""
    return {path.stem: path for path in DOCS.glob("*.md")}


def page(request: HttpRequest, name: str = "editors") -> HttpResponse:
    """Show a document to whoever may log in to the admin."""
    if name not in _pages():
        raise Http404
    path = _pages()[name]
    title, html = _rendered(path, path.stat().st_mtime)
    context = admin.site.each_context(request) | {"title": title, "html": html}
    return TemplateResponse(request, "admin/guide.html", context)


def picture(request: HttpRequest, name: str) -> FileResponse:
    """Send a picture of the guide."""
    path = DOCS / PICTURES / f"{name}.png"
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"))


@lru_cache(maxsize=16)
def _rendered(path, _changed):
    """Turn a document into its title and its HTML; its headings can be linked to, its links lead to pages here."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(path.read_text(encoding="utf-8"))
    title = tokens[1].content if tokens and tokens[0].tag == "h1" else _("Guide")
    body = tokens[3:] if tokens and tokens[0].tag == "h1" else tokens
    for token, following in zip(body, [*body[1:], None], strict=True):
        if token.type == "heading_open":
            token.attrSet("id", slugify(following.content))
        for part in token.children or ():
            _lead_here(part)
    return title, SafeString(parser.renderer.render(body, parser.options, {}))


def _lead_here(part):
    if part.type == "image":
        part.attrSet("src", reverse("guide_picture", args=[Path(part.attrGet("src")).stem]))
    elif part.type == "link_open" and (found := LINK.fullmatch(str(part.attrGet("href")))):
        name, anchor = found.groups()
        part.attrSet("href", reverse("guide_page", args=[name]) + (anchor or ""))
