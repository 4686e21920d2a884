"""Answers an editor who looks for a live figure: what can be chosen, and what the chosen one says now."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from trade.charts.text.labels import flow_label, numbered
from trade.pages.live_figures.figures import Figures
from trade.pages.live_figures.token_faults import faults
from trade.pages.live_figures.token_text import ALL, FLOWS, NEWEST, WHATS, read

WHAT_LABELS = {
    "value": _("value in US dollars"),
    "share": _("share of all that the dataset lists"),
    "change": _("change from the period before"),
    "year": _("name of the year"),
}


def choices(asked: Mapping) -> dict:
    """What the picker offers for what was asked so far, and the figure, if all of it was asked:

    {"datasets": [("china-totals", "China–DPRK trade, yearly totals")], "dataset": "china-totals",
     "whats": [("value", "value in US dollars")],
     "flows": [("to_dprk", "Chinese exports to the DPRK")], "things": [("all", ""), ("27", "27 Mineral fuels")],
     "years": ["newest", 2025, …], "asked": {"what": "value", …},
     "token": "{{ value … }}", "said": "US$1.19 bn", "faults": []}
    """
    figures = Figures()
    slug = asked.get("dataset") if asked.get("dataset") in figures.releases else next(iter(figures.releases), "")
    cube = figures.cube(slug) if slug else None
    offered = {
        "datasets": [(one, release.dataset.title) for one, release in figures.releases.items()],
        "dataset": slug,
        "whats": [(what, WHAT_LABELS[what]) for what in WHATS],
        "flows": _flows(cube),
        "things": _things(cube),
        "years": [NEWEST, *reversed(cube["years"])] if cube else [],
    }
    return offered | _found(figures, slug, asked)


def _flows(cube):
    return [(written, flow_label(cube["dataset"], read)) for written, read in FLOWS.items()] if cube else []


def _things(cube):
    """All that the release lists, the whole first."""
    if cube is None:
        return []
    known = {slug for of_flow in cube["cells"].values() for slug in of_flow}
    nodes = [(slug, node) for slug, node in cube["nodes"].items() if slug in known and slug != ALL]
    return [(ALL, ""), *((slug, _name(node)) for slug, node in nodes)]


def _name(node):
    return node["name"] if node["level"] == "province" else numbered(node)


def _found(figures, slug, asked):
    names = ("what", "flow", "key", "period")
    parts = [str(asked.get(name, "")).strip().lower() for name in names]
    chosen = dict(zip(names, parts, strict=True))
    if not all(parts) or not slug:
        return {"asked": chosen, "token": "", "said": "", "faults": []}
    token = f"{{{{ {' '.join([*parts, slug])} }}}}"
    if wrong := faults(token):
        return {"asked": chosen, "token": "", "said": "", "faults": wrong}
    said = figures.said(read(token.strip("{}")))
    return {"asked": chosen, "token": token, "said": said, "faults": []}
