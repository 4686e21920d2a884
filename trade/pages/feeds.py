"""The releases as a feed, for readers who want to be told."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from site_texts import shown_texts
from trade.bundles.facts import as_told
from trade.models import Release
from web import site_address
from web.cross_origin import shared
from web.page_cache.keep import kept

MOST = 50  # releases in the feed


class PlainSummaries(Atom1Feed):
    """Atom whose summaries are plain text, and say so: a "<" that an editor wrote is shown."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})


class Releases(Feed):
    """The newest releases of all datasets, one entry each; a withdrawn one says why it was.

    Its ids are addresses under the one name of the site, whichever name was asked.
    """

    feed_type = PlainSummaries
    subtitle = gettext_lazy("New releases, revisions, corrections and withdrawals.")

    def __init__(self, home: str, site_name: str):
        self.home = home
        self.title = _("%s: releases") % site_name
        self.author_name = site_name  # Atom asks for one

    def link(self) -> str:
        return self.home + reverse("data")

    def feed_url(self) -> str:
        return self.home + reverse("releases_feed")

    def items(self):
        return [as_told(release) for release in Release.objects.open_to_readers().order_by("-created", "-pk")[:MOST]]

    def item_title(self, release: Release) -> str:
        words = {"dataset": release.dataset.title, "number": release.number, "kind": release.get_kind_display()}
        if release.withdrawn:
            return _("%(dataset)s, release %(number)s: withdrawn") % words
        return _("%(dataset)s, release %(number)s: %(kind)s") % words

    def item_description(self, release: Release) -> str:
        """The note, in plain text as editors wrote it, what a reader must know, and what its files are checked by."""
        sentences = [_("Withdrawn: %s") % release.withdrawal_reason if release.withdrawn else release.note]
        sentences += [_("Files rebuilt on %(day)s: %(reason)s") % _rebuilt(again) for again in release.rebuilt]
        if release.dataset.is_demonstration:
            sentences.append(_("The figures are invented for demonstration."))
        if release.sums_checksum:
            sentences.append(_("SHA-256 of the SHA256SUMS file: %s.") % release.sums_checksum)
        return " ".join(sentences)

    def item_link(self, release: Release) -> str:
        return self.home + release.get_absolute_url()

    def item_pubdate(self, release: Release):
        return release.created

    def item_updateddate(self, release: Release):
        rebuilt = [datetime.fromisoformat(again["on"]) for again in release.rebuilt]
        return max(filter(None, [release.withdrawn, release.created, *rebuilt]))

    def item_categories(self, release: Release) -> list[str]:
        return [release.dataset_id, release.kind]


def _rebuilt(again):
    return {"day": again["on"][:10], "reason": again["reason"]}


@shared
@kept()
@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """Send the feed."""
    response = Releases(site_address.of(request), shown_texts.of(request)["name"])(request)
    patch_cache_control(response, public=True, max_age=60)
    return response
