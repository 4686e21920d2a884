"""Makes the views of all other times, for a page to hold ready while a reader moves along the line of time."""

from collections.abc import Callable
from dataclasses import replace

from trade.charts.schema import Payload
from trade.charts.view_state import State

LINES = ("year", "month")  # the controls that are a line of time


def of(make: Callable[[State], dict], state: State) -> list[Payload]:
    """Make the payload of a view and of that of every other year, or month: first itself, each once.

    `make(state)` makes one payload.
    """
    together = replace(state, notices=[], drawn={} if state.drawn is None else state.drawn)
    made = {payload["url"]: payload for payload in [make(together)]}
    for control in next(iter(made.values()))["controls"]:
        choices = control["choices"] if control["name"] in LINES else []
        for choice in choices:
            if choice["url"] not in made:
                made[choice["url"]] = make(together.beside(**{control["name"]: choice["value"]}))
    return list(made.values())
