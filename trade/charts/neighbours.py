"""The views one step away from a view: one for every choice of its controls, so that a page can hold them ready."""

from collections.abc import Callable
from dataclasses import replace

from trade.charts.state import State

APART = ("dataset",)  # another dataset is another page


def of(make: Callable[[State], dict], state: State) -> list[dict]:
    """Make the payload of a view and of every view one step away: first itself, each view once.

    `make(state)` makes one payload. Controls that take several choices are left out: their views would be too many.
    """
    together = replace(state, notices=[], drawn={})
    made = {payload["url"]: payload for payload in [make(together)]}
    for control in next(iter(made.values()))["controls"]:
        if control["several"] or control["name"] in APART:
            continue
        for choice in control["choices"]:
            if choice["url"] not in made:
                made[choice["url"]] = make(together.beside(**{control["name"]: choice["value"]}))
    return list(made.values())
