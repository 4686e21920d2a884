"""The releases as a feed: those of all datasets, or of one."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from site_texts import shown_texts
from trade.bundles.facts import as_told
from trade.models import Dataset, Release
from trade.pages.feeds.plain_atom import PlainSummaries, sent
from web import site_address
from web.cross_origin import shared
from web.page_cache.keep import kept

MOST = 50  # releases in the feed


class Releases(Feed):
    """The newest releases of all datasets, or of one, an entry each; a withdrawn one says why it was.

    Its ids are addresses under the one name of the site, whichever name was asked.
    """

    feed_type = PlainSummaries
    subtitle = gettext_lazy("New releases, revisions, corrections and withdrawals.")

    def __init__(self, home: str, site_name: str, dataset: Dataset | None = None):
        self.home, self.dataset = home, dataset
        self.title = _("%s: releases") % (f"{site_name}: {dataset.title}" if dataset else site_name)
        self.author_name = site_name  # Atom asks for one

    def link(self) -> str:
        return self.home + (self.dataset.get_absolute_url() if self.dataset else reverse("data"))

    def feed_url(self) -> str:
        return self.home + address(self.dataset)

    def items(self):
        releases = Release.objects.open_to_readers().order_by("-created", "-pk")
        if self.dataset:
            releases = releases.filter(dataset=self.dataset)
        return [as_told(release) for release in releases[:MOST]]

    def item_title(self, release: Release) -> str:
        words = {"dataset": release.dataset.title, "number": release.number, "kind": _kind(release)}
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


def _kind(release):
    return _("first release") if release.number == 1 else release.get_kind_display()


def _rebuilt(again):
    return {"day": again["on"][:10], "reason": again["reason"]}


def address(dataset: Dataset | None = None) -> str:
    """Where the feed is: /data/releases.atom, /data/china-provinces/releases.atom."""
    return reverse("dataset_feed", args=[dataset.slug]) if dataset else reverse("releases_feed")


@shared
@kept()
@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """Send the feed of all releases."""
    return sent(Releases(site_address.of(request), shown_texts.of(request)["name"]), request)


@shared
@kept()
@require_safe
def releases_of_dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the feed of a dataset's releases; 404 for a dataset that readers may not see."""
    dataset = get_object_or_404(Dataset.objects.open_to_readers(), slug=slug)
    return sent(Releases(site_address.of(request), shown_texts.of(request)["name"], dataset), request)
