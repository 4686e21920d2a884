"""Writes a backup as one file, and reads it again: a compressed tar, the manifest last, encrypted if so wished.

It is written under another name, and has its own only when it is whole. With the manifest last, one that was cut off
has none. Nothing is unpacked to a path that the file names: who reads it is handed names and contents.
"""

import gzip
import hashlib
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from backups import encryption, manifest
from backups.manifest import BackupError, Manifest

PIECE = 1 << 20
LEVEL = 6  # of gzip's 9


class Writer:
    """Adds files to a backup, and knows the size and checksum of each."""

    def __init__(self, tar: tarfile.TarFile):
        self.tar, self.files = tar, {}

    def add(self, name: str, file: BinaryIO, size: int) -> None:
        """Add what a file holds under a name: "bundles/china-provinces/1-0a1b/data.csv"."""
        info, hashed = tarfile.TarInfo(name), Hashed(file)
        info.size, info.mode = size, 0o600
        self.tar.addfile(info, hashed)
        self.files[name] = {"size": size, "sha256": hashed.digest.hexdigest()}

    def finish(self, described: Manifest) -> None:
        """Add the manifest, as the last file."""
        content = described.as_bytes()
        info = tarfile.TarInfo(manifest.NAME)
        info.size, info.mode = len(content), 0o600
        self.tar.addfile(info, BytesIO(content))


class Hashed:
    """A file that is read once and hashed on the way."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size):
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


@contextmanager
def written(path: Path, recipient: str = "") -> Iterator[Writer]:
    """Write a backup, for the holder of a gpg key alone if one is named; if it fails, nothing is left.

    Raises: BackupError where gpg cannot encrypt.
    """
    part = path.with_name(f".{path.name}.part")
    target = encryption.encrypted(part, recipient) if recipient else _private(part)
    try:
        with (
            target as file,
            gzip.GzipFile("", "wb", LEVEL, file) as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            yield Writer(tar)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _private(path):
    """Open a file that nobody else may read, for it holds the hashes of passwords; once closed it is on the disk."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """Give the path of a backup that can be read, decrypted into a temporary folder if it has to be."""
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    if path.suffix != ".gpg":
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="yalu-restore-") as folder:
        yield encryption.decrypted(path, Path(folder) / "backup.tar.gz")


def members(path: Path) -> Iterator[tuple[str, BinaryIO]]:
    """Read the files of a backup one after another: (name, file).

    Raises: BackupError where it is damaged or cut off, and for anything that no backup holds.
    """
    try:
        with gzip.open(path) as packed:
            with tarfile.open(fileobj=packed, mode="r|") as tar:
                yield from _members(path, tar)
            while packed.read(PIECE):  # to the end, where gzip's own checksum is
                pass
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BackupError(f"{path.name} is damaged or incomplete ({error}). Nothing was written.") from None


def _members(path, tar):
    for info in tar:
        if not info.isfile() or not (info.name == manifest.NAME or manifest.is_a_place(info.name)):
            raise BackupError(f"{path.name} holds {info.name!r}, which no backup does. Nothing was written.")
        yield info.name, tar.extractfile(info)


def checked(path: Path) -> Manifest:
    """Read a whole backup and hold every file in it against the manifest.

    Raises: BackupError with the first thing that is wrong.
    """
    found, described = {}, None
    for name, file in members(path):
        if name in found or described:
            raise BackupError(f"{path.name} holds {name!r} twice, or after its manifest. Nothing was written.")
        if name == manifest.NAME:
            described = manifest.read(file.read(manifest.LARGEST))
        else:
            found[name] = measured(file)
    if described is None:
        why = "it is incomplete, or not a backup"
        raise BackupError(f"{path.name} has no {manifest.NAME}: {why}. Nothing was written.")
    for name in sorted(found.keys() | described.files.keys() | {manifest.DUMP}):
        if name not in found or found[name] != described.files.get(name):
            raise BackupError(f"{path.name}: {name} is not as {manifest.NAME} describes it. Nothing was written.")
    return described


def measured(file):
    digest, size = hashlib.sha256(), 0
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return {"size": size, "sha256": digest.hexdigest()}
