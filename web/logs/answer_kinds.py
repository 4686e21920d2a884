"""Which kinds of answers are told apart in logs and metrics."""

import re

KEY = "yalu.kind"  # in environ: what has answered says so here
KEPT, COMPUTED, REFUSED = "kept", "computed", "refused"
KINDS = (KEPT, COMPUTED, REFUSED, "static", "file", "api", "desk", "preview", "health", "page")

_FILE = re.compile(r"/data/[^/]+/(?:\d+|latest)/[^/]+")
_PREFIXES = {
    "/static/": "static",
    "/api/": "api",
    "/admin/": "desk",
    "/accounts/": "desk",
    "/preview/": "preview",
    "/healthz": "health",
    "/readyz": "health",
    "/metrics": "health",
}


def of(path: str, said: str | None) -> str:
    """Tell the kind of an answer: what was said of it ("kept"), else what its address is: "static", "file", "page"."""
    if said:
        return said
    for prefix, kind in _PREFIXES.items():
        if path.startswith(prefix):
            return kind
    return "file" if _FILE.fullmatch(path) else "page"
