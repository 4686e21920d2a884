"""Makes the views one step away from a view, one for every choice of its controls, for a page to hold ready."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from trade.charts.schema import Payload
from trade.charts.view_state import State

# Another dataset is another page; the others are seldom chosen, and each asks for its own view.
APART = ("dataset", "through", "base", "highlight")


def of(make: Callable[[State], dict], state: State) -> list[Payload]:
    """Make the payload of a view and of every view one step away: first itself, each view once.

    `make(state)` makes one payload. Of a control that takes several choices a step is to put one in or take it out, or
    to take out all.
    """
    together = replace(state, notices=[], drawn={})
    made = {payload["url"]: payload for payload in [make(together)]}
    for control in next(iter(made.values()))["controls"]:
        for url, value in _steps(control, state):
            if url not in made:
                made[url] = make(together.beside(**{control["name"]: value}))
    return list(made.values())


def _steps(control: dict, state: State) -> Iterator[tuple]:
    """Where the choices of a control lead, and the value that it then has: ("/provinces/?show=cn-ln", "cn-ln")."""
    if control["name"] in APART:
        return
    for choice in control["choices"]:
        several = control["several"]
        yield choice["url"], state.toggled(control["name"], choice["value"]) if several else choice["value"]
    if control.get("reset_url"):
        yield control["reset_url"], ""
