"""Atom whose words are plain text, as editors wrote them."""

import re
from datetime import UTC, datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class PlainSummaries(Atom1Feed):
    """Summaries are plain text, and say so: a "<" that an editor wrote is shown. What XML cannot hold is left out."""

    def __init__(self, title, *args, **more):
        super().__init__(_xml(title), *args, **more)

    def add_item(self, title, link, description, **more):
        super().add_item(_xml(title), link, _xml(description), **more)

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})

    def latest_post_date(self):
        """A feed without entries has no day of its own, and must not have another one each time."""
        return super().latest_post_date() if self.items else NEVER


def _xml(text):
    return NOT_XML.sub("", str(text))


def sent(feed: Feed, request: HttpRequest) -> HttpResponse:
    """Answer with a feed, for caches to keep for a minute."""
    response = feed(request)
    patch_cache_control(response, public=True, max_age=60)
    return response
