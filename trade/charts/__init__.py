"""What a page draws and says, from a release's cube and the reader's choice; pure, and the same for page and JSON.

`cube` sums a release once; `provinces`, `province`, `commodities`, `commodity` and `home` make a page's payload:

    {"page": "provinces", "url": "/provinces/?year=2016", "json_url": …, "csv_url": …, "svg_url": …, "views_url": …,
     "state": {"dataset": "china-provinces", "release": null, "flow": "to_dprk", "year": 2016, "view": "columns",
               "scale": "linear", "unit": "usd", "period": "years", "estimates": "on", "show": "", "highlight": ""},
     "notices": ["“abc” is not a year of this dataset …"],
     "title": "Liaoning sold 50% of China’s exports to the DPRK in 2016", "sentence": "China’s exports … came to …",
     "dataset": {…}, "release": {"number", "date", "kind", "note", "url"}, "basis": "FOB", "unit": "US$",
     "controls": [{"name": "flow", "label": "Direction", "several": false,
                   "choices": [{"value", "label", "url", "current"}]}],
     "crumbs": [{"label", "url"}],     # the way back; the last is this page
     "annotations": [{"date": "", "text": …}],     # notes by editors that no figure marks
     "figures": [Figure, …]}

Of a control that takes "several", any number of choices is current, and each one's address puts it in or takes it out;
it has a "reset_url", which takes all out, or null while none is in.

A Figure is what one chart draws, and the table beside it:

    {"id": "by-year", "kind": "stacked" | "bars" | "pie" | "line" | "tiles", "title", "description",
     "unit": "US$" | "%" | "rank", "scale": "linear" | "log" | "rank",
     "current": "2016" | null,         # the key of the category that the page has chosen
     "categories": [{"key": "2016", "label": "2016", "partial": false, "break_before": false, "url": …}],
     "series": [{"key": "cn-ln", "member": "cn-ln", "name": "Liaoning", "legend": "Liaoning", "colour": 1,
                 "component": "reported" | "estimate", "flow": "to_dprk", "sign": 1 | -1, "dim": false, "url": …,
                 "points": [{"value": 1673785123 | null, "text": "US$1.67 bn" | "–", "share": "50% of all provinces",
                             "rank": "1st of 31", "status": "A", "status_text": "", "url": null}]}],
     "totals": [Point],                # of the categories, both components together; share is "52%"
     "flow_totals": {},                # of columns of both flows, the totals of each: {"to_dprk": [Point], …}
     "events": [{"number": 1, "category": "2016", "row": 0 | 1, "items": [
                 {"date": "2016-03-02", "label": "Resolution 2270", "text": "Full ban: gold; …",
                  "url": "/sanctions/2270/", "kind": "sanction" | "note", "checked": true}]}],   # time across only
     "table": {"caption", "columns": [{"key", "label", "numeric"}],
               "rows": [{"key", "header", "url", "cells": [{"text", "value", "status", "status_text"}], "total"}]},
     "notes": ["…"]}

Points align with categories; a null value is missing and leaves a gap. A row's cells align with the columns after the
first, which is the row's header. Colours are slots 1–10 of the palette, 0 is "other"; 11 and 12 are greys for slices
without a colour. Drawn is value × sign: where both flows are stacked, what comes from the DPRK hangs below the axis. A
series that is "dim" stands back, because others are highlighted. Two series of one "member" have one colour: its
estimate, or its other flow; those with one "legend" too stand there once. A line is not joined across a category with
"break_before". By kind:

* stacked: categories are years; series stack in order, estimates last (hatched). Of a balance there is one
  series, whose values may be negative.
* bars: categories are the things ranked and carry "colour"; one series "reported", and "estimate" if there is one,
  which continues the bar. Of both flows: those of the one to the right, those of the other (sign -1) to the left.
* pie: categories are slices and carry "colour" and "component"; one series, whose points also carry "part", "52%".
  `table` is null: the bars' table is its own.
* line: categories are years; one line a series; a series with "component": "estimate" includes what is reported. Of
  both flows a line each, of their totals. Of a province there is one more, with the scale "rank": the first place is on
  top, a point's value is the place, its text "1st of 31" and its share the value, "US$793 m".
* tiles: categories are the provinces and carry "row" and "column", places on a grid from 1, and "short", a name of
  two letters; one series, whose points carry "step": null where missing, 0 for no trade, 1 to 5 by size. Beside it
  stands "steps", the legend: [{"step": 1, "label": "US$0.1–2.3 m", "count": 6}].

The drawing (trade.charts.svg) and the canvas place what they draw alike: periods in even steps; markers of events in
one or two rows of 20 pixels above the plot (an event's "row"), which begins below them.

Where the unit is "%", a point's value is a share of its category's total, its text "52%" and its share the dollars.
Where the period is months, categories have the key "2025-01" and the label "Jan 2025". In JSON each figure also has
"svg", its drawing.

"views_url" answers with the view and those one step away, one for each choice of each control but the dataset, so that
a control needs no request (of one that takes several, a step is to put one in or take it out, or to take out all):

    {"figures": {"1f0c9a2b7d": Figure with "svg" and without a "current", …},
     "views": {"/provinces/?year=2016": payload, whose "figures" are keys of the above and which adds
               "current": {"by-year": "2016"}, the "current" of each figure that has one}}

Figures that views have in common are one. The drawing of such a figure holds a hidden `rect.current`, the wash behind
the chosen year, for the page to place.

The pages of goods add "chapters", those they are about: ["25", "26", "27"], and "codes", however deep; that of one
province "province", its node, and to each of its figures "basis", that of its flow.
`home` has no controls; it adds "facts": [{"label", "text", "value", "note", "url"}], the newest figures.
"""

from trade.charts.commodities import commodities, commodity
from trade.charts.cube import build as cube
from trade.charts.figures.event_markers import mark
from trade.charts.home import home
from trade.charts.provinces import province, provinces

__all__ = ["commodities", "commodity", "cube", "home", "mark", "province", "provinces"]
