"""Writes what a page holds in memory: a view and those of all other times, each shared figure once, and tightly.

Lists of like things (points, categories, the rows and cells of a table) are written as columns, each name once and what
is the same for all but once: {"n": 3, "key": ["2015", "2016", "2017"], "partial": false}. Numbers that a table writes
out in full, and dollars of a point as "US$1.67 bn", are not written as text too. static/js/memory.js makes of it what
trade.charts describes, but for what only programs read: what the columns of a table measure, and the numbers behind its
words.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from trade import charts, number_text
from trade.charts import other_times, svg
from trade.charts.in_common import drawn_once
from trade.charts.schema import Figure
from trade.charts.view_state import State
from trade.page_measures import MEASURES
from trade.pages import events

COLUMN = ("key", "label", "numeric")  # what a page shows of a column
ABOUT = ("member", "flow")  # what its missing figures are figures of, where it is one thing
WORDS = ("text", "status", "status_text")  # what it shows of a cell of words
DIGITS = MEASURES.digits
ROUNDED = ((DIGITS.two_decimals, Decimal("0.01")), (DIGITS.one_decimal, Decimal("0.1")))  # how finely three digits are
KEY = 10  # letters of a figure's checksum: enough to tell a hundred apart


def views(make: Callable[[State], dict], state: State) -> str:
    """Write a view and those of other times as JSON; `make(state)` makes the payload of one.

    {"figures": {key: Figure, its lists as columns, without "current" and "svg"},
     "views": {url: payload, with "figures": [key, …], "current": {"by-year": "2016"} and, of the view itself alone,
               "svg": {"by-year": "<svg …>"}}}
    """
    payloads = other_times.of(make, state)
    known = events.known(payloads[0]["dataset"]["slug"])
    figures, written = Figures(), []
    for place, payload in enumerate(charts.mark(one, known) for one in payloads):
        drawn = {one["id"]: svg.draw(one) for one in payload["figures"]} if place == 0 else {}
        written.append(_written(payload, figures, drawn))
    return f'{{"figures":{{{",".join(figures.written.values())}}},"views":{{{",".join(written)}}}}}'


class Figures:
    """The figures of several views, each written once under the checksum of what it holds."""

    def __init__(self):
        self.written = {}  # key: '"key":{…}'
        self._keys = {}

    def key(self, figure: Figure) -> str:
        """Write a figure, if it is new, and tell its key."""
        # Figures that were made together have their series in common; those need not be written to be known.
        place = (figure["id"], id(figure["series"]))
        if place not in self._keys:
            self._keys[place] = self._add(figure)
        return self._keys[place]

    def _add(self, figure):
        text = _json(tight(figure))
        key = hashlib.sha256(text.encode()).hexdigest()[:KEY]
        self.written[key] = f'"{key}":{text}'
        return key


def tight(figure: Figure) -> dict:
    """Write a figure's lists as columns, and leave out which category is current: that is the view's to say."""
    made = {name: part for name, part in figure.items() if name != "current"}
    made |= {
        "series": drawn_once.of(figure, "tight", lambda: _series(figure)),
        "categories": columns(figure["categories"]),
    }
    made |= {"totals": columns(_pointed(figure["totals"]))}
    if table := figure["table"]:
        rows = [{name: part for name, part in row.items() if name != "cells"} for row in table["rows"]]
        cells = [columns(_shown(of)) for of in zip(*(row["cells"] for row in table["rows"]), strict=True)]
        made["table"] = {name: table[name] for name in ("caption", "rows_are")} | {
            "columns": [_head(column) for column in table["columns"]], "rows": columns(rows), "cells": cells
        }  # fmt: skip
    return made


def _series(figure):
    return [one | {"points": columns(_pointed(one["points"]))} for one in figure["series"]]


def _head(column):
    return {name: column[name] for name in COLUMN} | {name: column[name] for name in ABOUT if column[name]}


def _pointed(points):
    """Leave the texts of points out where they are dollars as static/js/format.js writes them, too."""
    if any(point["text"] != _dollars(point["value"]) for point in points):
        return points
    return [{name: part for name, part in point.items() if name != "text"} for point in points]


def _dollars(value):
    """Write dollars as the script does: there a half goes up, where Python rounds it to the even digit."""
    if value is None or abs(value) < 10**6:
        return number_text.usd(value)
    scale, name = (10**9, "bn") if abs(value) >= DIGITS.billions_from else (10**6, "m")
    size = abs(value) / scale
    step = next((step for limit, step in ROUNDED if size < limit), Decimal(1))
    sign = number_text.MINUS if value < 0 else ""
    return f"{sign}US${Decimal(size).quantize(step, ROUND_HALF_UP):,}{number_text.SPACE}{name}"


def columns(things: Sequence[dict]) -> dict:
    """Write like things by name: [{"a": 1, "b": 2}, {"a": 1, "b": 3}] -> {"n": 2, "a": 1, "b": [2, 3]}."""
    made = {"n": len(things)}
    for name in things[0] if things else ():
        column = [thing[name] for thing in things]
        same = all(value is column[0] or value == column[0] for value in column)
        made[name] = column[0] if same and not isinstance(column[0], bool | list) else column
    return made


def _shown(cells):
    """Leave the text of cells out where it is the number in full, or the dash of what is missing; else the number.

    What is missing and says why keeps both: a dash is not read aloud.
    """
    if all(cell["text"] == number_text.exact(cell["value"]) for cell in cells):
        names = ("value", "status", "status_text")
    else:
        names = ("value", *WORDS) if any(cell["status_text"] for cell in cells) else WORDS
    return [{name: cell[name] for name in names} for cell in cells]


def _written(payload, figures, drawn):
    current = {one["id"]: one["current"] for one in payload["figures"] if one["current"]}
    made = payload | {"figures": [figures.key(one) for one in payload["figures"]], "current": current}
    made.pop("findings", None)  # of figures by themselves, which are pages of their own
    return f"{_json(payload['url'])}:{_json(made | {'svg': drawn} if drawn else made)}"


def _json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
