"""Makes the title and sentence of a view in which a reader compares several: who led when, the values, their range."""

from collections.abc import Sequence

from trade.charts.comparisons import extremes, who_led_when
from trade.charts.cube_reader import Cells
from trade.charts.text import headlines, sentences, span_words
from trade.charts.text.labels import trade_of
from trade.charts.view_state import State


def of(cells: Cells, state: State, whole: str, many: str, total: Sequence) -> dict:
    """Say what is compared: {"title": "Guangdong sold the DPRK more than Liaoning in 2018 and 2019 only, of …", …}.

    `whole` names what all parts together have, `many` what they are, and `total` are the nodes of which shares are.
    """
    chosen, period = state.listed("show"), state.time
    shares_of = total if state.get("unit") == "share" else ()
    in_span = cells.within(*state.span)
    said = [sentences.of_compared(cells, chosen, period, whole, shares_of)]
    said.append(extremes.sentence(in_span, chosen))
    sentence = " ".join(words for words in said if words)
    return {
        "title": who_led_when.headline(in_span, chosen, whole, many)
        or headlines.of_compared(cells, chosen, period, whole, many),
        "sentence": span_words.after(sentence, cells, state.span, chosen, trade_of(cells, chosen)),
    }
