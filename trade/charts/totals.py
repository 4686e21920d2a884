"""Makes the page of all trade together: both directions and their sum by year."""

from django.utils.translation import gettext as _

from trade.charts import payload
from trade.charts.choices import index_base
from trade.charts.cube import ROOT
from trade.charts.figures import directions, over_time
from trade.charts.schema import Payload
from trade.charts.text import balance, headlines, labels, span_words, total_sentences
from trade.charts.text.labels import NO_LEVEL, Member
from trade.charts.text.view_links import shareable
from trade.charts.view_state import State


@shareable
@index_base.named
def totals(cube: dict, state: State) -> Payload:
    """Make the page of all trade: one direction, both, or their balance, by year."""
    cells, year = payload.cells_of(cube, state), state.time
    made = payload.start(cube, state, cells, [payload.crumb(_("Total trade"), state.url())])
    if year is None:
        return made
    is_balance = cells.flow == "balance"
    return made | {
        "title": headlines.of_all(cells, year),
        "sentence": span_words.after(
            balance.sentence(cells, [ROOT], year) if is_balance else total_sentences.sentence(cells, year),
            cells,
            state.span,
            (ROOT,),
            labels.trade(cube["dataset"], cells.flow),
        ),
        "figures": [_balance(cells, state) if is_balance else _by_year(cells, state)],
    }


def _by_year(cells, state):
    figure = directions.draw(
        cells.within(*state.span), link=payload.leads_to(state), view=state["view"], scale=state["scale"]
    )
    return figure | {"current": str(state.time)}


def _balance(cells, state):
    title = _("%(trade)s by year") % {"trade": labels.capital(labels.trade(cells.cube["dataset"], cells.flow))}
    member = Member("balance", _("Balance"), 1, (ROOT,))
    figure = over_time.draw(
        cells.within(*state.span),
        [member],
        NO_LEVEL,
        title=title,
        whole=[],
        link=payload.leads_to(state),
        view=state["view"],
    )
    return figure | {"current": str(state.time)}
