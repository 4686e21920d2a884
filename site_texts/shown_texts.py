"""The words that stand on the site, read once for each page that is made: one query, whatever a page shows of them.

Pages are kept (web.page_cache), and the history of these texts is part of what kept pages depend on.
"""

from collections.abc import Mapping

from django.db import DatabaseError
from django.http import HttpRequest

from site_texts.catalogue import TEXTS
from site_texts.models import SiteText


def of(request: HttpRequest | None) -> Mapping[str, str]:
    """All texts by their keys: {"name": "Yalu", …}; without a request, or a database, they are as the site came."""
    if request is None:
        return _with_defaults({})
    if not hasattr(request, "site_texts"):
        request.site_texts = _with_defaults(_written())
    return request.site_texts


def _written():
    try:
        return dict(SiteText.objects.exclude(text="").values_list("key", "text"))
    except DatabaseError:  # as on the page that says that the database is away
        return {}


def _with_defaults(written):
    return {key: written.get(key) or str(text.default) for key, text in TEXTS.items()}
