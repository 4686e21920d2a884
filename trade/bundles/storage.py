"""Stores, opens, marks as withdrawn, and sweeps the files of releases.

The files of a release lie under a folder with a name of its own in STORAGES["bundles"]. A release names its folder, so
a folder that no release names can be swept.
"""

import gc
import hashlib
import json
import secrets
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from trade.models import Release
from web import compression
from web.unavailable import StorageAway

PACKED = (".xlsx", ".parquet", ".zip")  # compressed already
# The folders of the records of redactions and withdrawals, beside those of datasets.
RECORDS = (REDACTIONS, WITHDRAWALS) = ("redactions", "withdrawals")
WITHDRAWN = "WITHDRAWN"  # the marker in the folder of a release that was withdrawn
HIDDEN = "HIDDEN"  # the marker beside the folders of a dataset that readers may not see


class Withdrawn(Exception):
    """The release was withdrawn for cause; the message is the reason that readers are given."""


def remove(release: Release) -> None:
    """Take the files of a release away that did not come to be; what a storage that is away keeps of them is swept."""
    with suppress(OSError):
        remove_folder(release.bundle)


def unnamed(named: set[str]) -> list[str]:
    """List the folders that are not in `named`: of a publish under way, or left behind by one that died."""
    folders = [f"{dataset}/{name}" for dataset in _folders("") for name in _folders(dataset)]
    return [folder for folder in folders if folder not in named]


def remove_old(folder: str, before: datetime) -> bool:
    """Take a folder away, unless one of its files is younger; tell whether it was taken."""
    storage = storages["bundles"]
    _subfolders, files = storage.listdir(folder)
    if any(storage.get_modified_time(f"{folder}/{name}") > before for name in files):
        return False
    remove_folder(folder)
    return True


def _folders(path):
    try:
        return storages["bundles"].listdir(path)[0]
    except FileNotFoundError:
        return []


def open_file(release: Release, name: str):
    """Open one file of a release for a reader.

    Raises: Withdrawn when the release was withdrawn, FileNotFoundError when it has no such file, StorageAway when it
    has one that cannot be read.
    """
    _refuse_withdrawn(release)
    if not (file := release.file(name)):
        raise FileNotFoundError(name)
    with _storage_answers():
        return _opened(release.bundle, name, file)


def open_kept(release: Release, name: str):
    """Open one file of a release for whoever keeps it, withdrawn or not.

    Raises: FileNotFoundError when it has no such file.
    """
    if not release.file(name):
        raise FileNotFoundError(name)
    return storages["bundles"].open(f"{release.bundle}/{name}")


def new_folder(release: Release) -> str:
    """Name a folder for the files of a release that no other has: "china-provinces/3-0a1b2c3d4e5f6071"."""
    return f"{release.dataset_id}/{release.number}-{secrets.token_hex(8)}"


def empty_folder(release: Release, reason: str) -> str:
    """Make a folder with the marker of a withdrawal alone, for a withdrawn release whose files are to be removed."""
    folder = new_folder(release)
    mark_withdrawn(folder, reason)
    return folder


def described(name: str, content: bytes) -> dict:
    """Describe a file as the release lists it: {"name": "data.csv", "size": 51234, "sha256": "…"}."""
    return {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def is_packed(name: str) -> bool:
    """Tell whether compressed copies of a file lie beside it: of texts, not of what is compressed already."""
    return not name.endswith(PACKED)


def places(release: Release, name: str) -> tuple[str, ...] | None:
    """Tell where a file lies on this machine, and where the markers of a withdrawal and of a hidden dataset would.

    Of a bucket's file it is the copy on this machine, beside which no marker can lie. None in a storage that has no
    places on this machine.
    """
    if path := _kept_here(release.bundle, name, release.file(name)):
        return (path,)
    path = path_of(f"{release.bundle}/{name}")
    return path and (path, path_of(f"{release.bundle}/{WITHDRAWN}"), path_of(f"{release.dataset_id}/{HIDDEN}"))


def _kept_here(folder, name, file):
    """Say where this machine keeps a file of a bucket, which is fetched if need be; None in any other storage."""
    keep = getattr(storages["bundles"], "keep", None)
    return keep and keep(f"{folder}/{name}", file["sha256"], compression.ENDINGS if is_packed(name) else {})


def _opened(folder, name, file):
    """Open the copy on this machine, if there is one and nobody has just dropped it, else the file itself."""
    if path := _kept_here(folder, name, file):
        with suppress(FileNotFoundError):
            return open(path, "rb")
    return storages["bundles"].open(f"{folder}/{name}")


def keep_only(folders: set[str]) -> None:
    """Drop what this machine keeps of a bucket's releases that are not among these; others keep nothing."""
    if hasattr(storages["bundles"], "keep_only"):
        storages["bundles"].keep_only(folders)


def has_compressed_forms() -> bool:
    """Whether compressed forms lie beside the texts: the server that sends files from a place of its own wants them."""
    return hasattr(storages["bundles"], "keep") or path_of("") is not None


def path_of(name):
    try:
        return storages["bundles"].path(name)
    except RuntimeError:  # as Django says that a storage has no paths
        return None


def cube(release: Release, newest: Release | None = None) -> dict:
    """Return the numbers of a release as charts.cube made them, parsed once per process and kept while in use.

    Raises: Withdrawn, StorageAway.
    """
    _refuse_withdrawn(release)
    superseded = newest is not None and newest.number != release.number
    sha256 = (release.file("chart.json") or {"sha256": ""})["sha256"]
    return (_superseded_cube if superseded else _cube)(release.bundle, sha256)


@contextmanager
def _storage_answers():
    """Let what goes wrong with a file that is known to be there be told from any other fault."""
    try:
        yield
    except OSError as error:
        raise StorageAway(error.strerror or error) from error


def without_files() -> list[Release]:
    """List the newest releases whose files are not where they should be: one a dataset where the storage is away."""
    newest = Release.objects.newest_by_dataset()
    return [release for release in newest if not _is_there(f"{release.bundle}/chart.json")]


def _is_there(name):
    try:
        return storages["bundles"].exists(name)
    except OSError:
        return False


def _parsed(folder, sha256):
    with _storage_answers(), _opened(folder, "chart.json", {"sha256": sha256}) as file, _without_collecting():
        return json.load(file)


@contextmanager
def _without_collecting():
    """Let the garbage collector pass over what is made within.

    To go through a large cube time and again while it is read takes six times as long as to read it, and makes every
    page afterwards dearer.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


# Those of superseded releases have a place of their own: who walks through the archive drives no newest one out.
_cube = lru_cache(maxsize=16)(_parsed)
_superseded_cube = lru_cache(maxsize=4)(_parsed)


def mark_withdrawn(folder: str, reason: str) -> None:
    """Leave the marker of a withdrawal beside the files of a release; servers that find it ask the database."""
    marker = f"{folder}/{WITHDRAWN}"
    if not storages["bundles"].exists(marker):
        storages["bundles"].save(marker, ContentFile(f"{reason}\n".encode()))


def mark_hidden(slug: str, is_hidden: bool) -> None:
    """Leave the marker that a dataset is hidden beside the folders of its releases, or take it away."""
    marker = f"{slug}/{HIDDEN}"
    if not is_hidden:
        storages["bundles"].delete(marker)
    elif not storages["bundles"].exists(marker):
        storages["bundles"].save(marker, ContentFile(b""))


def _refuse_withdrawn(release):
    if release.withdrawn:
        raise Withdrawn(release.withdrawal_reason)


def remove_folder(folder):
    storage = storages["bundles"]
    try:
        _folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        storage.delete(f"{folder}/{name}")
    storage.delete(folder)
