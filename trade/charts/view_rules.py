"""The rules by which choices go together. Where two do not, one gives way, and the reader is told which and why.

It holds for what an address asks for, with a reason, and for the addresses that a page writes, silently: so that no
link of ours leads to a view that has to explain itself.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from trade.charts.cube import ROOT
from trade.charts.cube_reader import reading
from trade.page_measures import MEASURES

MOST = MEASURES.compared  # things drawn by themselves: as many as there are colours


@dataclass(frozen=True)
class Parts:
    """What a page can draw one by one: its provinces, or the sections or codes below its own."""

    slugs: tuple = ()  # in their usual order
    coloured: tuple = ()  # those drawn by themselves unless the reader says which
    names: tuple = ()
    single: bool = False  # a code with nothing below it
    has_months: bool = True  # headings and what is below them have years alone
    weighed: frozenset = frozenset()  # the flows in which any of its goods has a quantity
    is_gathered: bool = False  # "other": its goods differ from year to year


NO_PARTS = Parts()


def parts_of(cube: dict, slug: str) -> Parts:
    """The parts of a page: "" -> the provinces, or sections; "v" -> the chapters of section V."""
    node = cube["nodes"].get(slug or ROOT)
    if node is None:
        return Parts(is_gathered=True)
    children = [cube["nodes"][child] for child in node["children"]]
    coloured = sorted((child for child in children if child["colour"]), key=lambda child: child["colour"])
    return Parts(
        tuple(child["slug"] for child in children),
        tuple(child["slug"] for child in coloured),
        tuple(child["name"] for child in children),
        not children and node["level"] not in ("root", "province"),
        node["level"] not in ("heading", "subheading"),
        frozenset(flow for flow in cube.get("quantities", {}) if _is_weighed(cube, flow, node)),
    )


def _is_weighed(cube, flow, node):
    """Whether a node, or one of its parts, has a quantity in any year."""
    cells, slugs = reading(cube, flow), node["children"] or [node["slug"]]
    return cells.remember(("is weighed", node["slug"]), lambda: any(map(cells.has_quantities, slugs)))


# What a choice may be beside its flow, year and comparison for no rule to bear on it: most addresses are of such views.
ALWAYS_DRAWN = (
    ("view", (None, "columns")),
    ("unit", (None, "usd")),
    ("period", (None, "years")),
    ("scale", (None, "linear")),
    ("rules", (None, "then")),
    ("highlight", (None, "")),
    *((name, (None,)) for name in ("from", "to", "base")),
)


def settle(values: dict, parts: Parts) -> tuple[dict, list]:
    """Make a choice one that can be drawn: (values, reasons); what goes together already is left as it is."""
    reasons = []
    if all(values.get(name) in usual for name, usual in ALWAYS_DRAWN):
        return values, reasons
    for rule in (_gathered, _sanctions, _months, _seasons, _rules, _compared, _unit, _lines, _scale, _base, _highlight):
        changes, reason = rule(values, parts) or ({}, "")
        if changes:
            values = values | changes
            reasons.append(reason)
    return values, reasons


def _gathered(values, parts):
    """What is not the same in two years is drawn of one year alone, and of no span."""
    over_time = {"view": ("lines", "seasons"), "unit": ("index", "change", "quantity", "unit-value")}
    asked = [name for name, several in over_time.items() if values.get(name) in several]
    asked += [name for name in ("from", "to") if values.get(name) is not None]
    if not parts.is_gathered or not asked:
        return None
    usual = {"view": "columns", "unit": "usd"}
    return {name: usual.get(name) for name in asked}, _(
        "What is gathered here differs from year to year, so it is shown for one year only."
    )


def _sanctions(values, parts):
    """Only goods of known codes can be held against the rules, and only what is traded, not a balance."""
    if values.get("view") != "sanctions":
        return None
    if not (parts.slugs or parts.single):
        return {"view": "columns"}, _("What is gathered here has no code, so sanctions cannot be applied to it.")
    if values.get("flow") == "balance":
        return {"view": "columns"}, _(
            "Sanctions apply to each direction by itself, so a balance cannot be split by them; columns are shown."
        )
    return None


def _months(values, parts):
    """Months are kept for chapters and what is above them; sanctions are held against years and months."""
    if values.get("period", "years") == "years":
        return None
    if not parts.has_months:
        return {"period": "years"}, _("Monthly figures of headings are not kept; annual data are shown.")
    if values["period"] == "ytd" and values.get("view") == "sanctions":
        return {"period": "years"}, _("The view by sanctions counts time in years or months; annual data are shown.")
    return None


def _seasons(values, parts):
    """Years lie over each other month by month."""
    if values.get("view") != "seasons" or values.get("period") == "months":
        return None
    return {"view": "columns"}, _("Seasons need monthly figures; columns are shown.")


def _rules(values, parts):
    if values.get("rules", "then") == "then" or values.get("view") == "sanctions":
        return None
    return {"rules": "then"}, _("“rules” applies only to the view by sanctions.")


def _compared(values, parts):
    """By sanctions all goods of the page are drawn, and no part of them by itself."""
    if values.get("view") != "sanctions" or not values.get("show"):
        return None
    return {"show": ""}, _(
        "The view by sanctions shows all goods of this page; the goods compared are not singled out."
    )


def _scale(values, parts):
    if values.get("scale") != "log":
        return None
    if values.get("view") not in ("lines", "seasons"):
        return {"scale": "linear"}, _(
            "A logarithmic scale is available only for line charts; columns use a linear scale."
        )
    if values.get("flow") == "balance":
        return {"scale": "linear"}, _(
            "A balance can be negative, so a linear scale is used instead of a logarithmic one."
        )
    if values.get("unit") == "share":
        return {"scale": "linear"}, _("Shares are drawn on a linear scale.")
    if values.get("unit") == "change":
        return {"scale": "linear"}, _("Changes can be negative, so they are drawn on a linear scale.")
    return None


def _unit(values, parts):
    if values.get("unit", "usd") == "usd":
        return None
    reason = REFUSED[values["unit"]](values, parts)
    if reason:
        words = {"reason": reason}
        return {"unit": "usd"}, _("%(reason)s; values are in US dollars.") % words
    return None


def _no_share(values, parts):
    """Why no share can be shown, "" where it can."""
    if parts.single and values.get("view") != "sanctions":
        return _("These goods are not broken down further here, so shares cannot be shown")
    if values.get("flow") == "balance":
        return _("Shares cannot be calculated for a balance")
    if values.get("view") == "seasons":
        return _("Seasons show whole amounts, so shares cannot be shown")
    if values.get("flow") == "both" and values.get("view") == "lines":
        return _("The lines for the two directions are totals, so shares cannot be shown")
    return ""


def _no_change(values, parts):
    if values.get("flow") == "balance":
        return _("A balance can change its sign, so its change in per cent cannot be shown")
    if values.get("view") == "sanctions":
        return _("The view by sanctions shows amounts and shares, not their changes")
    return ""


def _no_index(values, parts):
    if values.get("flow") == "balance":
        return _("A balance can change its sign, so it has no index")
    if values.get("view") == "sanctions":
        return _("The view by sanctions shows amounts and shares, no index")
    if values.get("view") == "seasons":
        return _("Seasons show amounts and their changes, no index")
    return ""


def _no_quantity(values, parts):
    if values.get("period", "years") != "years":
        return _("Quantities are recorded by year")
    if values.get("view") == "sanctions":
        return _("The view by sanctions shows amounts and shares, no quantities")
    if values.get("flow") not in parts.weighed:
        return _("No quantities are recorded here in this direction")
    return ""


REFUSED = {
    "share": _no_share,
    "change": _no_change,
    "index": _no_index,
    "quantity": _no_quantity,
    "unit-value": _no_quantity,
}


def _lines(values, parts):
    """What does not add up cannot be stacked."""
    if values.get("view") != "columns":
        return None
    if values.get("unit") in ("index", "unit-value"):
        return {"view": "lines"}, _("Index numbers and unit values do not add up; lines are shown.")
    if values.get("unit") == "change" and values.get("flow") == "both":
        return {"view": "lines"}, _("Changes of the two directions do not add up; lines are shown.")
    return None


def _base(values, parts):
    if values.get("base") is None or values.get("unit") == "index":
        return None
    return {"base": None}, _("“base” applies only to an index.")


def _highlight(values, parts):
    """Only what is drawn by itself can be highlighted."""
    asked = [slug for slug in values.get("highlight", "").split(",") if slug]
    if not asked:
        return None
    drawn = [slug for slug in asked if slug in drawn_alone(values, parts)]
    if drawn == asked:
        return None
    names = dict(zip(parts.slugs, parts.names, strict=True))
    missing = "; ".join(names.get(slug, slug) for slug in asked if slug not in drawn)  # names hold commas
    reason = _("%(names)s cannot be highlighted: not shown separately in this view.") % {"names": missing}
    return {"highlight": ",".join(drawn)}, reason


def drawn_alone(values: dict, parts: Parts) -> tuple:
    """The slugs that a view draws over time one by one: those the reader chose, else those with a colour."""
    totals = {"both": "lines", "balance": "columns"}  # drawn as totals, without their parts
    if values.get("view") in ("sanctions", "seasons") or (values.get("unit"), values.get("view")) == (
        "change",
        "columns",
    ):
        return ()
    if values.get("flow") in totals and totals[values["flow"]] == values.get("view"):
        return ()
    chosen = tuple(slug for slug in values.get("show", "").split(",") if slug)
    return chosen or parts.coloured or parts.slugs[:1]
