"""Which compression a client understands, and how pages and files are compressed for it; "br" is Brotli."""

import gzip
import hashlib
import zlib
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import brotli
from zlib_ng import zlib_ng

WORTH_PACKING = 1000  # bytes
TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "application/rss+xml", "image/svg+xml")
ENDINGS = {"br": ".br", "gzip": ".gz"}  # the smaller first
QUALITY = 6  # of Brotli's 11 and gzip's 9; what is above takes much longer and saves little
PIECE = 1 << 20
GZIP = 16 + zlib.MAX_WBITS  # tells zlib that a header and a checksum stand around what it deflates


def is_worth_packing(content: bytes, content_type: str) -> bool:
    """Tell whether an answer becomes notably smaller: True for a page, False for a picture or a few words."""
    return len(content) >= WORTH_PACKING and content_type.startswith(TEXTS)


def packed(content: bytes, encoding: str, quality: int = QUALITY) -> bytes:
    """Compress with "br", of that quality, or "gzip"; the same content always gives the same bytes."""
    if encoding == "br":
        return brotli.compress(content, quality=quality)
    return gzip.compress(content, compresslevel=QUALITY, mtime=0)


def unpacked(content: bytes) -> bytes:
    """Give what was compressed with "br"."""
    return brotli.decompress(content)


def pack_file(path: Path, encoding: str) -> Path:
    """Write the "br" or "gzip" form of a file beside it, piece by piece: data.csv.br, data.csv.gz."""
    written = path.with_name(path.name + ENDINGS[encoding])
    if encoding == "br":
        packer = brotli.Compressor(quality=QUALITY)
        pack, finish = packer.process, packer.finish
    else:
        packer = zlib_ng.compressobj(QUALITY, zlib.DEFLATED, GZIP)
        pack, finish = packer.compress, packer.flush
    with path.open("rb") as content, written.open("wb") as file:
        while piece := content.read(PIECE):
            file.write(pack(piece))
        file.write(finish())
    return written


def digest(file: BinaryIO, encoding: str) -> str:
    """Compute the SHA-256 of what a compressed file holds, piece by piece; "" where it is damaged."""
    found, unpacker = hashlib.sha256(), brotli.Decompressor() if encoding == "br" else zlib.decompressobj(GZIP)
    unpack = unpacker.process if encoding == "br" else unpacker.decompress
    try:
        while piece := file.read(PIECE):
            found.update(unpack(piece))
    except (brotli.error, zlib.error):
        return ""
    return found.hexdigest()


@lru_cache(maxsize=500)
def accepted(header: str) -> str:
    """Choose of what a client offers ("gzip, br;q=0.5") the one to use: "br", "gzip", or "" for neither."""
    offered = {}
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";")
        offered[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ENDINGS if offered.get(name)), "")
