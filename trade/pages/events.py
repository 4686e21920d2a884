"""Lists what charts mark on their time axis: sanctions and other events, as their provider lists them, and notes."""

from django.utils.translation import gettext as _

from trade import charts, providers
from trade.charts.schema import Payload
from trade.models import Annotation
from web.page_cache.by_stamp import once_a_stamp

HEAVIEST = 3  # what an editor noted on a dataset stays where a chart cannot mark all


def marked(payload: Payload) -> dict:
    """Add to a payload the events of its time and what editors noted on it."""
    return charts.mark(payload, known(payload["dataset"]["slug"])) if "dataset" in payload else payload


@once_a_stamp
def known(dataset: str) -> list[dict]:
    """List all that may be marked on a dataset's charts, each with the flow, codes and provinces that it is about.

    Three queries, once a stamp.
    """
    return [*providers.sanctions().chart_events(), *map(_note, Annotation.objects.filter(dataset=dataset))]


def _note(annotation):
    """A note by an editor: {"date": "2017", "label": "Note", "text": "…", "kind": "note", "provinces": […], …}."""
    year = str(annotation.year or "")
    return {
        "date": year,
        "until": "",
        "when": year,
        "label": _("Note"),
        "text": annotation.text,
        "url": None,
        "kind": "note",
        "checked": True,
        "flow": "both",
        "codes": [annotation.code] if annotation.code else [],
        "provinces": [annotation.province_id.lower()] if annotation.province_id else [],
        "on_totals": True,
        "weight": HEAVIEST,
        "sources": [],
    }
