"""Lists the largest goods within others, for a brief: headings, or chapters where a dataset has no deeper codes."""

from typing import NamedTuple

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.text import changes, comparability, evidence, valuation
from trade.charts.text.labels import goods, label, numbered

MOST = 6


class Part(NamedTuple):
    """Goods, what they came to, their share, and what that rests on."""

    name: str
    slug: str
    text: str
    share: str
    rests_on: str


class Largest(NamedTuple):
    """The largest parts of goods in a direction and period, and how many more have a value."""

    flow: str
    period: str
    many: str  # "headings"
    parts: list[Part]
    others: int


def of(cells: Cells, slug: str, period) -> Largest | None:
    """List the largest headings below goods; None where nothing is below them."""
    parts = _deepest(cells, slug)
    if parts == [slug]:
        return None
    ranked = [part for part in cells.ranked(parts, period) if cells.value((part,), period)]
    many = goods(cells.nodes[parts[0]]["level"], "").many
    named = [_part(cells, part, slug, period) for part in ranked[:MOST]]
    return Largest(cells.flow, label(cells, period), many, named, len(ranked) - len(named))


def _deepest(cells, slug):
    """The headings below a node that the direction has rows of; of a heading its subheadings."""
    below = [child for child in cells.nodes[slug]["children"] if cells.is_known(child)]
    if not below:
        return [slug]
    if cells.nodes[below[0]]["level"] in ("heading", "subheading"):
        return below
    return [part for child in below for part in _deepest(cells, child)]


def _part(cells, part, whole, period):
    share = number_text.percent(cells.value((part,), period), cells.value((whole,), period))
    missing = comparability.missing_words(evidence.of(cells, (part,), period).missing)
    rests_on = valuation.joined(valuation.estimate(cells, (part,), period), missing)
    return Part(numbered(cells.nodes[part]), part, changes.value(cells, (part,), period), share, rests_on)
