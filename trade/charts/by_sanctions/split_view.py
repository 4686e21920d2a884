"""Makes the view of goods by sanctions: its figure, where years in which the rules changed are hatched, and words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trade import sanction_levels
from trade.charts import payload
from trade.charts.by_sanctions import cap_use, goods_table, split_cube, split_words
from trade.charts.by_sanctions.split_cube import Split
from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells
from trade.charts.figures import footnotes, over_time
from trade.charts.schema import Figure
from trade.charts.text import labels
from trade.charts.text.labels import Level, Member
from trade.charts.view_state import State
from trade.sanction_levels import COLOURS, ORDER


def of(cube: dict, state: State, node: dict, whole: str, others: Iterable[Figure]) -> dict:
    """Give title, sentence and figures of a node by sanctions, before `others`, the figures of its goods.

    `whole` names its trade in a sentence: "China’s imports of mineral products from the DPRK".
    """
    split = split_cube.of(cube, node["slug"], state.rules(), state["rules"])
    cells = payload.cells_of(split.cube, state)
    goods = payload.cells_of(cube, state)
    drawn = payload.in_any_year(state, cells.flow, lambda: _figure(split, goods, state, node, whole))
    listed = [goods_table.with_sanctions(figure, split, goods, state.time) for figure in others]
    return {**split_words.of(split, cells, state, state.time, whole), "figures": [drawn, *listed]}


def _figure(split, goods, state, node, whole):
    is_monthly = state["period"] == "months"
    cells = payload.cells_of(split.cube, state)
    periods = cells.within(*state.span)
    uses = {} if is_monthly else cap_use.of(goods, node, state.rules().caps)
    made = over_time.draw(
        periods,
        _members(split, cells.flow),
        Level(_("Sanctions"), _("levels of sanctions"), _whole(node), ""),
        title=_title(state, whole),
        whole=[ROOT],
        link=payload.leads_to(state),
        unit=payload.unit(state),
    )
    categories = [
        category | {"unsettled": split.changed(cells.flow, period)}
        for category, period in zip(made["categories"], periods.periods, strict=True)
    ]
    capped = cap_use.notes(goods, uses, state.rules().caps)
    notes = footnotes.all_of(*_notes(categories, state, split, cells), *capped, *made["notes"])
    table = cap_use.in_table(_table(made, categories), goods, uses)
    return made | {"id": "by-sanctions", "categories": categories, "notes": notes, "table": table}


def _members(split: Split, flow: str) -> list[Member]:
    """The groups that any goods fall into, in their order from the axis."""
    names = sanction_levels.names()
    held = [group for group in ORDER if split.holds(flow, group)]
    return [Member(group, names[group], COLOURS[group], (group,)) for group in held] or [Member(ROOT, "", 0, (ROOT,))]


def _whole(node):
    return _("all goods") if node["level"] == "root" else labels.numbered(node)


def _title(state, whole):
    words = {"whole": labels.capital(whole), "time": payload.by_time(state), "day": labels.day(state.rules().today)}
    if state["rules"] == "today":
        return _("%(whole)s by %(time)s, under the sanctions of %(day)s") % words
    return _("%(whole)s by %(time)s and sanctions in force") % words


def _notes(categories: list, state: State, split: Split, cells: Cells):
    yield _("Goods are grouped by the UN measures on their HS codes.")
    yield _(
        "Partly or unclear: a measure covers only some of the goods of a code or names deeper codes than the data "
        "have, or the source does not specify the goods. A share is then given as a range."
    )
    if state["rules"] == "then":
        yield _("The sanctions are those in force on the last day of each period.")
    changed = [category["label"] for category in categories if category["unsettled"]]
    if changed:
        words = {"periods": labels.listed(changed)}
        yield _("Hatched (%(periods)s): sanctions on these goods changed within the period.") % words
    if not cells.monthly:
        yield from split_words.after_the_bans(split, cells, state)


def _table(made, categories):
    """Say in the table, too, where the rules changed within a period."""
    rows = [
        row | {"header": _("%(period)s, sanctions changed") % {"period": row["header"]}} if one["unsettled"] else row
        for row, one in zip(made["table"]["rows"], categories, strict=True)
    ]
    return made["table"] | {"rows": rows}
