"""The releases that changed a province, or some goods, as a feed."""

from typing import NamedTuple

from django.contrib.syndication.views import Feed
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from site_texts import shown_texts
from trade import number_text
from trade.bundles import storage
from trade.charts.cube import ROOT
from trade.charts.text.labels import flow_name, numbered, status_text
from trade.models import Component, Dataset
from trade.pages import answers
from trade.pages.feeds import changed_things
from trade.pages.feeds.changed_things import Change, Value
from trade.pages.feeds.plain_atom import PlainSummaries, sent
from trade.pages.preview import offered
from web import site_address
from web.cross_origin import shared
from web.page_cache.keep import kept


class Thing(NamedTuple):
    """A province or goods: what it is called, its page, its feed, and its rows."""

    kind: str
    slug: str
    code: str
    name: str
    page: str
    feed: str
    rows: Q


class ChangesOfThing(Feed):
    """The newest releases that changed values of one thing, an entry each; the ids are of the one name of the site."""

    feed_type = PlainSummaries

    def __init__(self, home: str, site_name: str, thing: Thing):
        self.home, self.thing = home, thing
        self.title = f"{site_name}: {thing.name}"
        self.subtitle = _("Releases that changed values of %(name)s.") % {"name": thing.name}
        self.author_name = site_name

    def link(self) -> str:
        return self.home + self.thing.page

    def feed_url(self) -> str:
        return self.home + self.thing.feed

    def items(self):
        return changed_things.changes(self.thing.kind, self.thing.rows)

    def item_title(self, change: Change) -> str:
        release = change.release
        words = {"name": self.thing.name, "dataset": release.dataset.title, "number": release.number}
        if release.withdrawn:
            return _("%(name)s: %(dataset)s, release %(number)s: withdrawn") % words
        words["counted"] = _counted(change)
        return _("%(name)s: %(counted)s in %(dataset)s, release %(number)s") % words

    def item_description(self, change: Change) -> str:
        """The reason of a withdrawal; else what changed, the newest values, and the note of the release."""
        release = change.release
        if release.withdrawn:
            return _("Withdrawn: %s") % release.withdrawal_reason
        sentences = [_counted(change) + ".", _listed(change, self.thing), release.note]
        if release.dataset.is_demonstration:
            sentences.append(_("The figures are invented for demonstration."))
        return " ".join(filter(None, sentences))

    def item_guid(self, change: Change) -> str:
        return f"{self.home}{change.release.get_absolute_url()}#{self.thing.slug}"

    def item_link(self, change: Change) -> str:
        """The page of the thing as the release has it; of a withdrawn release its own page, which says why."""
        release = change.release
        if release.withdrawn:
            return self.home + release.get_absolute_url()
        return f"{self.home}{self.thing.page}?dataset={release.dataset_id}&release={release.number}"

    def item_pubdate(self, change: Change):
        return change.release.created

    def item_updateddate(self, change: Change):
        return max(filter(None, [change.release.created, change.release.withdrawn]))

    def item_categories(self, change: Change) -> list[str]:
        return [change.release.dataset_id, change.release.kind]


def _counted(change):
    """Say how much changed: "3 values new or changed, 1 removed (2015–2024)"."""
    said = []
    if change.begun:
        text = ngettext("%(count)s value new or changed", "%(count)s values new or changed", change.begun)
        said.append(text % {"count": change.begun})
    if change.removed:
        text = ngettext("%(count)s value removed", "%(count)s values removed", change.removed)
        said.append(text % {"count": change.removed})
    first, last = change.years
    return f"{', '.join(said)} ({first if first == last else f'{first}–{last}'})"


def _listed(change, thing):
    """The newest values of a release: "exports to the DPRK, 2023: US$1,600,000 (was US$1,500,000); and 2 more."."""
    told = [_value(value, thing) for value in change.newest]
    if rest := change.begun - len(told):
        told.append(ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": rest})
    return "; ".join(told) + "." if told else ""


def _value(value: Value, thing):
    """One value, with its code where the feed is of several."""
    about = [value.key if value.key != thing.code else "", flow_name(value.flow)]
    about += [number_text.period(value.year, value.month)]
    about += ["" if value.component == Component.REPORTED else str(Component(value.component).label)]
    said = status_text(value.status) if value.value_usd is None else _dollars(value.value_usd)
    was = "" if value.was is None else _(" (was %(value)s)") % {"value": _dollars(value.was)}
    return f"{', '.join(filter(None, about))}: {said}{was}"


def _dollars(value):
    return _("US$%(number)s") % {"number": number_text.exact(value)}


@shared
@kept()
@require_safe
def of_province(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the feed of a province; 404 for a slug that is none."""
    return _answer(request, Dataset.Kind.PROVINCE, "province", slug)


@shared
@kept()
@require_safe
def of_commodity(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the feed of a section or code; 404 for one that no dataset has."""
    return _answer(request, Dataset.Kind.COMMODITY, "commodity", slug)


def _answer(request, kind, name, slug):
    if slug != slug.lower():
        return answers.in_small_letters(request)
    node = _node(kind, slug)
    rows = changed_things.of_province(node["code"]) if name == "province" else changed_things.of_goods(_codes(node))
    page, feed = reverse(name, args=[slug]), reverse(f"{name}_feed", args=[slug])
    called = node["name"] if name == "province" else numbered(node)
    thing = Thing(kind, slug, node["code"], called, page, feed, rows)
    return sent(ChangesOfThing(site_address.of(request), shown_texts.of(request)["name"], thing), request)


def _node(kind, slug):
    """What the newest releases call a thing; 404 for what none of them has, as its page says."""
    for release in offered.newest_ones(kind):
        node = storage.cube(release)["nodes"].get(slug)
        if node and slug != ROOT:
            return node
    raise Http404


def _codes(node):
    """A code, or of a section its chapters."""
    return node["children"] if node["level"] == "section" else [node["code"]]
