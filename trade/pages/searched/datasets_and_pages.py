"""What `search` finds of the datasets and of the main pages, in the form of search/index.py."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from trade.models import Dataset

PAGES = {
    "totals": (later("Totals"), "total trade by year"),
    "provinces": (later("By Chinese province"), "map provinces"),
    "commodities": (later("By goods"), "goods sections commodities"),
    "goods": (later("Index of goods"), "hs codes headings chapters list all goods banned traded"),
    "data": (later("Data"), "download datasets releases workbook csv excel"),
    "api": (later("API"), "json csv program interface openapi python r"),
    "corrections": (later("Corrections"), "errors withdrawn corrected"),
}
# By these alone, all trade together is what is meant.
ALL_TRADE = ["Trade", "North Korea", "DPRK", "China", "무역", "교역", "북한", "중국", "贸易", "朝鲜", "中国"]


def search_entries() -> Iterator[dict]:
    """Datasets, which an editor can hide, and pages; one query."""
    for dataset in Dataset.objects.listed():
        yield {
            "key": f"dataset-{dataset.slug}",
            "kind": "dataset",
            "title": dataset.title,
            "url": dataset.get_absolute_url(),
            "text": _("Source: %s") % dataset.source,
            "said": f"dataset data {dataset.get_kind_display()} {dataset.slug}",
            "body": f"{dataset.description} {dataset.reporter} {dataset.licence}",
            "weight": 92,
        }
        yield {
            "key": f"gaps-{dataset.slug}",
            "kind": "page",
            "title": _("Gaps: %s") % dataset.title,
            "url": reverse("gaps", args=[dataset.slug]),
            "text": _("What is reported, estimated and missing"),
            "said": f"gaps missing estimated provisional completeness {dataset.slug}",
            "weight": 60,
        }
    for name, (title, words) in PAGES.items():
        entry = {"key": f"page-{name}", "kind": "page", "title": str(title), "url": reverse(name), "said": words}
        yield entry | {"names": ALL_TRADE if name == "totals" else [], "weight": 80}
