"""Takes out of a text what opens something to whoever reads it: links to previews, links to set a password."""

import re

MASK = "[masked]"
_LINK = re.compile(r"(/preview/(?:draft/)?|/password/reset/(?=[^/\s]*-))(?!draft/)[^/\s?'\"<>]+")
_QUERY = re.compile(r"(?<=[\w/])\?[\w.%-]+=[^\s'\"<>]*")  # may be what somebody searched for


def masked(text: str) -> str:
    """Mask links that open something, and query strings: "/preview/[masked]/data/"."""
    if "/preview/" in text or "/reset/" in text:
        text = _LINK.sub(rf"\1{MASK}", text)
    return _QUERY.sub(f"?{MASK}", text) if "?" in text else text
