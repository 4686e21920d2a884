"""Where a browser goes: it reads addresses more kindly than the standards of old, and attacks are built on that."""

import re
from urllib.parse import urlsplit

SPECIAL = ("http", "https")


def host_of(reference: str, asked: str) -> str:
    """The host to which a browser goes for a reference in a page: "evil.example", "testserver", or "javascript:".

    By the URL standard of WHATWG: spaces and control characters at the ends do not count, tabs and line breaks nowhere;
    a backslash is a slash; of http and https any number of slashes may be missing or too many.
    """
    text = re.sub(r"[\t\r\n]", "", reference.strip("".join(map(chr, range(33)))))
    base = urlsplit(asked)
    scheme, rest = base.scheme, text
    if match := re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", text):
        scheme, rest = match[1].lower(), text[match.end() :]
        if scheme not in SPECIAL:
            return f"{scheme}:"
    slashed = rest.replace("\\", "/")
    is_relative = not slashed.startswith("//") and scheme == base.scheme
    if is_relative:
        return base.netloc
    authority = re.split(r"[/?#]", slashed.lstrip("/"), maxsplit=1)[0]
    return authority.rpartition("@")[2].lower()
