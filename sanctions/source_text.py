"""Where something was read, as people write it: "un.org fr s/res/2375; voakorea.com/a/3303784.html (general)".

Sources are parted by ";". One that begins with an address, "https://…" or a host and a path, leads there, and so does
"Canada, SOR/2006-287 <https://…>"; a name with a number beside it, "customslawyer.cn id/65365", is no address, and none
is made of it.
"""

import re
from typing import NamedTuple

HOST = r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/"
ADDRESS = re.compile(rf"(?P<address>{HOST}[^\s<>]+)(?P<remark>.*)", re.I)
NAMED = re.compile(rf"(?P<name>[^<>]+)<(?P<address>{HOST}[^\s<>]*)>(?P<remark>.*)", re.I)


class Source(NamedTuple):
    """A source in words, its address or "", and a remark: Source("un.org/x", "https://un.org/x", "(general)")."""

    name: str
    url: str = ""
    remark: str = ""


def parse(text: str) -> list[Source]:
    """List the sources that a text names, in its order.

    "voakorea.com/a/3303784.html (general)" -> [Source("voakorea.com/a/3303784.html", "https://voakorea.com/a/…",
    "(general)")]; "" -> [].
    """
    return [_source(part.strip()) for part in text.split(";") if part.strip()]


def _source(text):
    match = NAMED.fullmatch(text) or ADDRESS.fullmatch(text)
    if not match:
        return Source(text)
    address, found = match["address"], match.groupdict()
    url = address if "://" in address else f"https://{address}"
    name = found.get("name") or re.sub(r"^https?://", "", address)
    return Source(name.strip(), url, found["remark"].strip())
