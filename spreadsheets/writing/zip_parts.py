"""Puts parts into a .zip that zlib-ng deflates, or that lie deflated in a .gz; zipfile writes what stands around them.

zipfile compresses by zlib alone, in twice the time. So each part goes into the archive as bytes to be stored, and its
header is then written again with what the bytes hold.
"""

import io
import zlib
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP64_LIMIT, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from zlib_ng import zlib_ng

LEVEL = 6  # of 9; as small as zlib's own 6
GZIP_HEADER, GZIP_END = 10, 8  # bytes around what is deflated, where the header holds no name
PIECE = 1 << 20


def deflate(archive: ZipFile, info: ZipInfo, pieces: Iterable[bytes]) -> None:
    """Deflate a part, piece by piece: `deflate(archive, ZipInfo("a.txt"), [b"first", b"second"])`.

    Raises: RuntimeError, where the part is larger than 4 GiB.
    """
    packer, size, checksum = zlib_ng.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS), 0, 0
    info.compress_type = ZIP_STORED
    with archive.open(info, "w") as part:
        for piece in pieces:
            size, checksum = size + len(piece), zlib.crc32(piece, checksum)
            part.write(packer.compress(piece))
        part.write(packer.flush())
    if size > ZIP64_LIMIT:
        raise RuntimeError(f"{info.filename} is too large for its header")
    _correct_header(archive, info, size, checksum)


def add_gzipped(archive: ZipFile, info: ZipInfo, path: Path, size: int) -> None:
    """Put what a .gz without a name holds, `size` bytes, into an archive as it is deflated there."""
    info.compress_type = ZIP_STORED
    with path.open("rb") as file:
        left = file.seek(-GZIP_END, io.SEEK_END) - GZIP_HEADER
        checksum = int.from_bytes(file.read(4), "little")
        file.seek(GZIP_HEADER)
        with archive.open(info, "w", force_zip64=size > ZIP64_LIMIT) as part:
            while left:
                left -= part.write(file.read(min(PIECE, left)))
    _correct_header(archive, info, size, checksum)


def _correct_header(archive, info, size, checksum):
    """Write the header of the last part again, which is as long as before; the list of parts follows in the end."""
    info.compress_type, info.file_size, info.CRC = ZIP_DEFLATED, size, checksum
    archive.fp.seek(info.header_offset)
    archive.fp.write(info.FileHeader(zip64=size > ZIP64_LIMIT))
