"""Which compression a client understands, and how an answer is compressed for it."""

import gzip

import brotli
from django.http import HttpRequest

WORTH_PACKING = 1000  # bytes
TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
ENCODINGS = ("br", "gzip")  # the smaller first
QUALITY = 6  # of brotli, 0 to 11: from 7 on a page costs more time than the bytes are worth


def is_worth_packing(content: bytes, content_type: str) -> bool:
    """Tell whether an answer becomes notably smaller: True for a page, False for a picture or a few words."""
    return len(content) >= WORTH_PACKING and content_type.startswith(TEXTS)


def packed(content: bytes, encoding: str) -> bytes:
    """Compress with "br" or "gzip"; the same content always gives the same bytes."""
    if encoding == "br":
        return brotli.compress(content, quality=QUALITY)
    return gzip.compress(content, compresslevel=6, mtime=0)


def accepted(request: HttpRequest) -> str:
    """Choose of what a client offers ("gzip, br;q=0.5") the one to use: "br", "gzip", or "" for neither."""
    offered = {}
    for part in request.META.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        name, _, weight = part.strip().partition(";")
        offered[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ENCODINGS if offered.get(name)), "")
