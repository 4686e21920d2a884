"""What the server and the browser must hold alike about a page: sizes of a drawing, places of its controls, limits.

The server draws each figure and writes each page, and the scripts (static/js/measures.js) draw and write the same anew
when a view changes in place: so both read page_measures.json, and neither states such a number again. Sizes are pixels,
or units of a drawing that has a size of its own (a pie); parts of a whole are per cent, opacities parts of one.

* `plot`, `year_names`, `axis`, `lines`, `ends_of_lines`, `small_charts`: figures over time. `above` and
  `below` is the room around a plot; `left`, `column` (of its step), `widest_column`, the `width` of a small chart and
  the `gap` between names at the ends of lines are per cent.
* `bars`, `pie`, `pie_leads`, `events`, `spans`: the other marks. Of a row of bars where `name` and `bar` stand; of
  a span how far `inside` the plot its name begins, and its `baseline` from the end of the span.
* `letters` and `letter_widths`: their sizes, and how wide they are in parts of their size.
* `digits`: from where on dollars are written in millions and billions, and below which a number has so many decimals.
* `marked_statuses`: of a value that a reader must see beside it (SDMX).
* `compared`: things drawn by themselves, as many as there are colours for them.
* `legend_in_a_row`, `choices_in_a_row`: with more of them the legend stands beside its plot, the control is a stepper.
* `picks`: the controls above the first chart, and how many choices have room side by side.
* `no_rows_of_gaps`: sums and gathered goods, which have no row in the page of gaps; `flow_of_gaps`: the direction that
  the address of a page with both does not name.
"""

import json
from pathlib import Path
from types import SimpleNamespace

FILE = Path(__file__).with_name("page_measures.json")
MEASURES = json.loads(FILE.read_text("utf-8"), object_hook=lambda named: SimpleNamespace(**named))
