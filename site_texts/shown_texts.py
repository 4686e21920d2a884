"""The words that stand on the site, read once for each page that is made: one query, whatever a page shows of them.

Pages are kept (web.page_cache), and the history of these texts is part of what kept pages depend on. Pages of errors
ask no database: they show the words that their process read last, for any other page.
"""

from collections.abc import Mapping

from django.db import DatabaseError
from django.http import HttpRequest

from site_texts.catalogue import TEXTS
from site_texts.models import SiteText
from web.page_cache.by_stamp import once_a_stamp

_written: dict[str, str] = {}  # what editors wrote, as this process read it last


def of(request: HttpRequest | None) -> Mapping[str, str]:
    """All texts by their keys: {"name": "Yalu", …}; without a request they are those read last."""
    if request is None:
        return last_read()
    if not hasattr(request, "site_texts"):
        request.site_texts = now(shows_draft=True) if getattr(request, "shows_draft", False) else _stored()
    return request.site_texts


@once_a_stamp
def _stored():
    return now()


def now(*, shows_draft: bool = False) -> Mapping[str, str]:
    """All texts as they are stored; without a database, as they were read last.

    What is stored while a preview `shows_draft` is not remembered: it will be undone.
    """
    global _written
    try:
        written = dict(SiteText.objects.exclude(text="").values_list("key", "text"))
    except DatabaseError:
        return last_read()
    if not shows_draft:
        _written = written
    return _with_defaults(written)


def last_read() -> Mapping[str, str]:
    """All texts as this process read them last, or as the site came, without asking the database."""
    return _with_defaults(_written)


def _with_defaults(written):
    return {key: written.get(key) or str(text.default) for key, text in TEXTS.items()}
