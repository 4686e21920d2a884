"""Makes what a page draws and says, from a release's cube and the reader's choice; the same for page and JSON.

`cube` sums a release once; `totals`, `provinces`, `province`, `commodities`, `commodity` and `home` make a page's
payload, and `mark` adds the events of its time. The shapes of a payload are in trade.charts.schema. All of it is pure.
"""

from trade.charts.commodities import commodities, commodity
from trade.charts.cube import build as cube
from trade.charts.figures.event_markers import mark
from trade.charts.home import home
from trade.charts.provinces import province, provinces
from trade.charts.totals import totals

__all__ = ["commodities", "commodity", "cube", "home", "mark", "province", "provinces", "totals"]
