"""Which kinds of answers are told apart in logs and metrics."""

import re

KEY = "yalu.kind"  # in environ: what has answered says so here
KEPT, COMPUTED, REFUSED = "kept", "computed", "refused"  # of pages: sent as kept, made anew, neither
KINDS = (KEPT, COMPUTED, REFUSED, "static", "file", "api", "desk", "preview", "health", "page")

_FILE = re.compile(r"/data/[^/]+/(?:\d+|latest)/[^/]+")
_BY_BEGINNING = {"static": "static", "api": "api", "admin": "desk", "accounts": "desk", "preview": "preview"}
_BY_BEGINNING |= dict.fromkeys(("healthz", "readyz", "metrics"), "health")


def of(path: str, said: str | None) -> str:
    """Tell the kind of an answer: what was said of it ("kept"), else what its address is: "static", "file", "page"."""
    if said:
        return said
    beginning = path[1:].partition("/")[0]
    if beginning == "data":
        return "file" if _FILE.fullmatch(path) else "page"
    return _BY_BEGINNING.get(beginning, "page")
