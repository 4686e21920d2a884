"""Keeps files that never change on this machine's own disk, as many as there is room for, once they were fetched.

A file is written beside, compared with its checksum and then renamed, so whoever finds one finds a whole one. The
server sends it from there, with ranges and compressed forms, without asking the bucket again. Processes share the
folder, which may be removed at any time.
"""

import hashlib
import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from web import compression
from web.object_storage import BucketAway

log = logging.getLogger(__name__)

ARRIVING = "arriving-"  # what is being fetched, beside the folders
AN_HOUR = 3600  # after which that belongs to a process that was killed
SHARES = 20  # room is looked for each time that a twentieth of the bytes that may be kept came in
LOCKS = 32  # two threads that want the same file fetch it once

Fetch = Callable[[str, BinaryIO], None]


class KeptFiles:
    """A folder of files by their names in the bucket, `most` bytes of them or a twentieth more."""

    def __init__(self, folder: str, most: int):
        self.folder, self.most = Path(folder), most
        self._locks = [threading.Lock() for _number in range(LOCKS)]
        self._came = most  # bytes since room was looked for; a new process looks at its first file

    def path(self, name: str, sha256: str, endings: dict[str, str], fetch: Fetch) -> str | None:
        """Say where a file lies, after fetching it and its compressed forms, if it was not there.

        None where this machine cannot keep it. Raises: what `fetch` does; BucketAway where its bytes are not those of
        the checksum.
        """
        path = self.folder / name
        if not path.exists():
            with self._locks[hash(name) % LOCKS]:
                if not path.exists() and not self._has_brought(name, sha256, endings, fetch):
                    return None
        return str(path)

    def keep_only(self, folders: set[str]) -> None:
        """Remove the folders ("china-provinces/3-0a1b") that are not among these."""
        for path in self.folder.glob("*/*"):
            if str(path.relative_to(self.folder)) not in folders:
                shutil.rmtree(path, ignore_errors=True)

    def _has_brought(self, name, sha256, endings, fetch):
        """Fetch a file, last of its forms: where it lies, they have been looked for."""
        try:
            for encoding, ending in endings.items():
                with suppress(FileNotFoundError):  # a bucket that was filled by hand may have none
                    self._bring(
                        f"{name}{ending}", fetch, lambda file, how=encoding: compression.digest(file, how), sha256
                    )
            self._bring(name, fetch, lambda file: hashlib.file_digest(file, "sha256").hexdigest(), sha256)
        except OSError as error:
            if error.errno is None:  # of the bucket
                raise
            log.error("%s cannot be kept on this machine: %s", name, error)
            return False
        return True

    def _bring(self, name, fetch, digest, expected):
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=ARRIVING, delete=False) as file:
            try:
                fetch(name, file)
                file.flush()
                file.seek(0)
                if digest(file) != expected:
                    raise BucketAway(f"{name} is not the file that was published: its checksum differs.")
                os.fsync(file.fileno())
                self._put(file.name, name)
            except BaseException:
                os.unlink(file.name)
                raise
        self._make_room(self.folder / name)

    def _put(self, arrived, name):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(arrived, path)

    # --- room ------------------------------------------------------------------------------------------------------

    def _make_room(self, newest):
        """Now and then, remove the releases of which nothing was read for the longest time.

        That of the newest file stays, and a file goes with its compressed forms. When one was read last is known as
        exactly as the file system tells it: to the day, by the usual `relatime`.
        """
        self._came += newest.stat().st_size
        if self._came < self.most / SHARES:
            return
        self._came = 0
        releases = sorted((*self._measured(folder), folder) for folder in self.folder.glob("*/*"))
        held = sum(size for _read, size, _folder in releases)
        for _read, size, folder in releases:
            if held <= self.most:
                break
            if folder != newest.parent:
                shutil.rmtree(folder, ignore_errors=True)
                held -= size
        self._remove_what_never_arrived()

    def _measured(self, folder):
        """Tell when a file of a folder was read last, and how large they are together: (1764340000.5, 51234)."""
        told = []
        with suppress(FileNotFoundError, NotADirectoryError):  # another process makes room, too
            told = [path.stat() for path in folder.iterdir()]
        read = max((max(one.st_atime, one.st_mtime) for one in told), default=0.0)
        return read, sum(one.st_size for one in told)

    def _remove_what_never_arrived(self):
        for path in self.folder.glob(f"{ARRIVING}*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < time.time() - AN_HOUR:
                    path.unlink()
