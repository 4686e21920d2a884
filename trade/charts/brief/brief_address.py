"""Gives the addresses of what stands beside a page of charts: its brief, and the feed of releases that changed it."""

from trade.charts.view_state import State

PARAMETERS = ("dataset", "release", "flow", "year", "estimates")  # that a brief takes over from its page
WITH_BRIEF = ("totals", "province", "commodity")
WITH_FEED = ("province", "commodity")
GATHERED = "other"  # what is gathered is not the same from release to release


def of(state: State) -> dict:
    """Give {"brief_url": "/provinces/cn-ln/brief/?year=2016", "feed_url": "/provinces/cn-ln/releases.atom"}.

    A page that has none of them has no key for it.
    """
    if state.slug == GATHERED:
        return {}
    found = {"brief_url": _brief(state)} if state.page in WITH_BRIEF else {}
    return found | ({"feed_url": f"{state.path}releases.atom"} if state.page in WITH_FEED else {})


def _brief(state):
    query = "&".join(f"{name}={value}" for name, value in state.query() if name in PARAMETERS)
    return f"{state.path}brief/" + (f"?{query}" if query else "")
