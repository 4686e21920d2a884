"""Lists what charts mark on their time axis: the sanctions, as their provider lists them, and the editors' notes."""

from django.utils.translation import gettext as _

from trade import charts, providers
from trade.charts.schema import Payload
from trade.models import Annotation


def marked(payload: Payload) -> dict:
    """Add to a payload the events of its time and what editors noted on it; two queries."""
    return charts.mark(payload, known(payload["dataset"]["slug"])) if "dataset" in payload else payload


def known(dataset: str) -> list[dict]:
    """List all that may be marked on a dataset's charts, each with the flow, the codes and the province it is about."""
    return [*providers.sanctions().chart_events(), *map(_note, Annotation.objects.filter(dataset=dataset))]


def _note(annotation):
    """A note by an editor: {"date": "2017", "label": "Note", "text": "…", "kind": "note", "province": "cn-gd", …}."""
    return {
        "date": str(annotation.year or ""),
        "label": _("Note"),
        "text": annotation.text,
        "url": None,
        "kind": "note",
        "checked": True,
        "flow": "both",
        "codes": [annotation.code] if annotation.code else [],
        "province": (annotation.province_id or "").lower(),
    }
