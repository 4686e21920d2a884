"""The public pages of data: all datasets, one with its releases, and one release with its files and its changes.

Each template is given:

* trade/data.html: `releases`, the newest of each dataset, `datasets` that have none yet, `columns` of the CSV of a view
  (trade.charts.view_columns), and the `public_key` of signatures, or ""
* trade/dataset.html: `dataset`, `releases` (a page of them, newest first), `newest` (not withdrawn, or None), `columns`
  (trade.bundles.data_dictionary) and `statuses` {"A": "normal"} of its files, of the newest `citation` and `bibtex`,
  and beside published totals `beside` (trade.charts.beside_totals) and `difference`, a sentence
* trade/release.html: `release` (`withdrawn`, `withdrawal_reason`), `dataset`, `newest` (not withdrawn, or None),
  `is_superseded`, `files` = [{"name", "size", "sha256", "url", "purpose"}], none of a withdrawn release,
  `public_key` of its signature or "", `changes` = trade.pages.release_changes.page, `described` =
  trade.bundles.facts.told_anew, `citation`, `bibtex`
* all three: `payload` = {"url", "crumbs", "notices"}, what the shared parts of a page ask for
"""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trade.bundles import citations, data_dictionary, file_types, signatures, storage
from trade.bundles.facts import as_released, told_anew
from trade.charts import beside_totals, view_columns
from trade.models import Dataset
from trade.pages import answers, files, release_changes
from trade.pages.preview import offered
from web import site_address
from web.page_cache.keep import kept, known_as

PAGE = 100  # releases on a page of a dataset


@kept()
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """List the datasets with their newest releases."""
    releases = [as_released(release) for release in offered.in_order_of_data()]
    others = Dataset.objects.listed().exclude(slug__in=[release.dataset_id for release in releases])
    context = {"releases": releases, "datasets": others, "payload": _place(reverse("data"))}
    context |= {"columns": view_columns.described(), "public_key": _public_key()}
    return answers.page(request, "trade/data.html", context)


@kept("page", canonical=answers.page_number)
@require_safe
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a dataset is, and its releases."""
    shown, newest = offered.dataset(slug), files.newest(slug)
    if newest:
        shown = as_released(newest).dataset
    releases = Paginator(offered.releases_of(shown), PAGE).get_page(request.GET.get("page"))
    context = {
        "dataset": shown,
        "releases": releases,
        "newest": newest,
        "columns": data_dictionary.of_data(shown),
        "statuses": data_dictionary.status_labels(),
        "payload": _place(shown.get_absolute_url(), (_("Data"), reverse("data")), (shown.title, "")),
    }
    context |= _cited(request, newest) | _beside_totals(newest) if newest else {}
    return known_as(answers.page(request, "trade/dataset.html", context), answers.query_of(releases))


def _beside_totals(newest):
    """The yearly totals of a dataset beside the published ones of the same partner, where there are any."""
    if newest.dataset.kind == Dataset.Kind.TOTAL:
        return {}
    totals = offered.in_order_of_data(Dataset.Kind.TOTAL)
    published = next((release for release in totals if release.dataset.partner == newest.dataset.partner), None)
    if published is None:
        return {}
    beside = beside_totals.rows(storage.cube(newest), storage.cube(published))
    return {"beside": beside, "difference": beside_totals.sentence(beside), "published": published.dataset}


@kept("page", canonical=answers.page_number)
@require_safe
def release(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Show one release: its note, its files, every changed cell."""
    shown, newest = as_released(files.numbered(slug, n)), files.newest(slug)
    changes = release_changes.page(shown, request.GET.get("page"))
    crumbs = [(_("Data"), reverse("data")), (shown.dataset.title, shown.dataset.get_absolute_url())]
    crumbs.append((_("Release %(n)s") % {"n": n}, ""))
    context = {
        "release": shown,
        "dataset": shown.dataset,
        "newest": newest,
        "is_superseded": bool(newest) and newest.number > n,
        "files": [] if shown.withdrawn else _files(shown),
        "public_key": _public_key() if shown.file(signatures.SIGNATURE) else "",
        "changes": changes,
        "described": told_anew(shown),
        "payload": _place(shown.get_absolute_url(), *crumbs),
        **_cited(request, shown),
    }
    return known_as(answers.page(request, "trade/release.html", context), answers.query_of(changes))


def _public_key():
    """The key by which readers check signatures, as minisign takes it; "" where nothing is signed."""
    return next(iter(settings.SIGNING_PUBLIC_KEYS), "")


def _files(release):
    """The files of a release with their addresses."""
    place = [release.dataset_id, release.number]
    return [
        file
        | {"url": reverse("release_file", args=[*place, file["name"]])}
        | {"purpose": file_types.purpose(release, file["name"])}
        for file in release.files
    ]


def _cited(request, release):
    """How a release is cited, with the address at which this reader found it."""
    site = site_address.of(request)
    return {"citation": citations.text(release, site), "bibtex": citations.bibtex(release, site)}


def _place(url, *crumbs):
    """What the shared parts of a page ask for: its one address and the way back."""
    return {"url": url, "crumbs": [{"label": label, "url": to} for label, to in crumbs], "notices": []}
