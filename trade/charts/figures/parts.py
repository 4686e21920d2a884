"""Builds the parts that figures have in common: their series and their categories."""

from django.utils.translation import gettext as _

from trade.charts.cube_reader import Cells
from trade.charts.schema import Category, Series
from trade.charts.text.labels import Member, label

SIGNS = {"to_dprk": 1, "from_dprk": -1}  # where both flows are stacked, what comes from the DPRK hangs below


def series(
    key: str, member: Member, name: str, component: str, points: list, flow: str = "", *, estimated: bool | None = None
) -> Series:
    """One series: its `key` is its own, its `member` may have several; an estimate is drawn as `estimated`."""
    return {
        "key": key,
        "member": member.key,
        "name": name,
        "legend": name,
        "colour": member.colour,
        "component": component,
        "estimated": component == "estimate" if estimated is None else estimated,
        "flow": flow,
        "sign": 1,
        "dim": False,
        "url": member.url,
        "points": points,
    }


def key_of(key: str, component: str) -> str:
    """Tell a series of estimates from that of what is reported: "cn-hl-estimate"."""
    return f"{key}-estimate" if component == "estimate" else key


def name_of(name: str, component: str) -> str:
    """Name a series of estimates: "Heilongjiang, estimate"."""
    return _("%(name)s, estimate") % {"name": name} if component == "estimate" else name


def component_of(cells: Cells, name: str) -> str:
    """Say what a reading calls its "reported", "estimate" or "shown": a balance is none of the three."""
    return "balance" if cells.flow == "balance" else name


def flow_key(flow: str) -> str:
    """Write a flow as keys and addresses do: "to-dprk"."""
    return flow.replace("_", "-")


def time_category(cells: Cells, period, url: str | None = None, *, break_before: bool = False) -> Category:
    """A year or month on the axis: {"key": "2025", "label": "Jan–Sep 2025", "partial": true, …}."""
    return {
        "key": str(period),
        "label": label(cells, period),
        "partial": bool(cells.part(period)),
        "url": url,
        "break_before": break_before,
    }


def member_category(member: Member) -> Category:
    """A member as a category: {"key": "cn-ln", "label": "Liaoning", "colour": 1, …}."""
    return {
        "key": member.key,
        "label": member.name,
        "partial": False,
        "url": member.url,
        "colour": member.colour,
        "break_before": False,
    }
