"""Makes the page of all trade together: both directions and their sum by year."""

from django.utils.translation import gettext as _

from trade.charts import payload
from trade.charts.cube import ROOT
from trade.charts.figures import directions, over_time
from trade.charts.schema import Payload
from trade.charts.text import balance, headlines, labels, total_sentences
from trade.charts.text.labels import NO_LEVEL, Member
from trade.charts.text.view_links import shareable
from trade.charts.view_state import State


@shareable
def totals(cube: dict, state: State) -> Payload:
    """Make the page of all trade: one direction, both, or their balance, by year."""
    cells, year = payload.cells_of(cube, state), state["year"]
    made = payload.start(cube, state, cells, [payload.crumb(_("Total trade"), state.url())])
    if year is None:
        return made
    is_balance = cells.flow == "balance"
    return made | {
        "title": headlines.of_all(cells, year),
        "sentence": balance.sentence(cells, [ROOT], year) if is_balance else total_sentences.sentence(cells, year),
        "figures": [_balance(cells, state) if is_balance else _by_year(cells, state)],
    }


def _by_year(cells, state):
    figure = directions.draw(
        cells, link=lambda period: state.of_any_year().url(year=period), view=state["view"], scale=state["scale"]
    )
    return figure | {"current": str(state["year"])}


def _balance(cells, state):
    title = _("%(trade)s by year") % {"trade": labels.capital(labels.trade(cells.cube["dataset"], cells.flow))}
    member = Member("balance", _("Balance"), 1, (ROOT,))
    figure = over_time.draw(
        cells,
        [member],
        NO_LEVEL,
        title=title,
        whole=[],
        link=lambda period: state.of_any_year().url(year=period),
        view=state["view"],
    )
    return figure | {"current": str(state["year"])}
