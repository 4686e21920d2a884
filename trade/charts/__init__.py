"""What a page draws and says, from a release's cube and the reader's choice; pure, and the same for page and JSON.

`cube` sums a release once; `provinces`, `province`, `commodities`, `commodity` and `home` make a page's payload:

    {"page": "provinces", "url": "/provinces/?year=2016", "json_url": …, "csv_url": …, "svg_url": …,
     "state": {"dataset": "china-provinces", "flow": "to_dprk", "year": 2016, "view": "columns", "unit": "usd",
               "period": "years", "estimates": "on"},
     "notices": ["“abc” is not a year of this dataset …"],
     "title": "Liaoning sold 50% of China’s exports to the DPRK in 2016", "sentence": "China’s exports … came to …",
     "dataset": {…}, "release": {"number", "date", "kind", "note", "url"}, "basis": "FOB", "unit": "US$",
     "controls": [{"name": "flow", "label": "Direction", "choices": [{"value", "label", "url", "current"}]}],
     "crumbs": [{"label", "url"}],     # the way back; the last is this page
     "figures": [Figure, …]}

A Figure is what one chart draws, and the table beside it:

    {"id": "by-year", "kind": "stacked" | "bars" | "pie" | "line", "title", "description", "unit": "US$" | "%",
     "categories": [{"key": "2016", "label": "2016", "partial": false, "url": …, "current": true}],
     "series": [{"key": "cn-ln", "name": "Liaoning", "colour": 1, "component": "reported" | "estimate", "url": …,
                 "points": [{"value": 1673785123 | null, "text": "US$1.67 bn" | "–", "share": "50% of all provinces",
                             "rank": "1st of 31", "status": "A", "status_text": "", "url": null}]}],
     "totals": [Point],                # of the categories, both components together; share is "52%"
     "table": {"caption", "columns": [{"key", "label", "numeric"}],
               "rows": [{"key", "header", "url", "cells": [{"text", "value", "status", "status_text"}], "total"}]},
     "notes": ["…"]}

Points align with categories; a null value is missing and leaves a gap. A row's cells align with the columns after the
first, which is the row's header. Colours are slots 1–10 of the palette, 0 is "other". By kind:

* stacked: categories are years; series stack in order, estimates last (hatched).
* bars: categories are the things ranked and carry "colour"; one series "reported", and "estimate" if there is one,
  which continues the bar.
* pie: categories are slices and carry "colour" and "component"; one series, whose points also carry "part", "52%".
  `table` is null: the bars' table is its own.
* line: categories are years; one line a series; a series with "component": "estimate" includes what is reported.

Where the unit is "%", a point's value is a share of its category's total, its text "52%" and its share the dollars.
Where the period is months, categories have the key "2025-01" and the label "Jan 2025". In JSON each figure also has
"svg", its drawing.

The pages of goods add "chapters", those they are about: ["25", "26", "27"]; that of one province "province", its node.
`home` has no controls; it adds "facts": [{"label", "text", "value", "note", "url"}], the newest figures.
"""

from trade.charts.front import home
from trade.charts.goods import commodities, commodity
from trade.charts.places import province, provinces
from trade.charts.sums import build as cube

__all__ = ["commodities", "commodity", "cube", "home", "province", "provinces"]
