"""Takes away what nobody needs: bundles without a release, files without an upload, old unpublished uploads, folders
of killed processes, static files of versions long gone.

What cannot be taken is passed over with its reason, so that one stuck upload stops nothing else.
"""

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import DatabaseError
from django.utils import timezone

from trade.bundles import storage
from trade.models import Release, Upload, UploadFile, preview_link
from trade.publishing import uploads
from web import static_files

# As tempfile names the folders of reading, building and writing: a word of ours, then eight letters of its own.
OURS = re.compile(r"yalu-((reading|marking|table)-)?[a-z0-9_]{8}")
A_DAY = timedelta(days=1)


class Account:
    """What one sweep took, and what it passed over: `taken` is 3, `passed_over` {"upload 7 to x": "It is …"}."""

    def __init__(self):
        self.taken, self.passed_over = 0, {}

    def take(self, things: Iterable, remove: Callable) -> "Account":
        """Remove each of some things, but what `remove` says False of; what it cannot remove is noted by its name."""
        for thing in things:
            try:
                self.taken += remove(thing) is not False
            except (uploads.Refused, OSError, DatabaseError) as error:
                self.passed_over[str(thing)] = str(error)
        return self


def bundles() -> Account:
    """Take the folders of bundles that no release names; a publish under way has one, but none takes an hour."""
    before = timezone.now() - timedelta(hours=1)
    named = set(Release.objects.values_list("bundle", flat=True)) | preview_link.folders()
    return Account().take(storage.unnamed(named), lambda folder: storage.remove_old(folder, before))


def files_of_uploads() -> Account:
    """Take the bytes that no upload names: the process that was to remove or to name them was killed."""
    before = timezone.now() - timedelta(hours=1)
    named = {*UploadFile.objects.values_list("content", flat=True), *Upload.objects.values_list("diff", flat=True)}
    storage = storages["uploads"]
    unnamed = [name for name in _stored(storage) if name not in named]
    return Account().take(unnamed, lambda name: storage.get_modified_time(name) <= before and storage.delete(name))


def _stored(storage):
    """List the files of uploads: each lies in a folder (Upload.random_name)."""
    try:
        folders = storage.listdir("")[0]
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for folder in sorted(folders) for name in storage.listdir(folder)[1]]


def expired_uploads() -> Account:
    """Discard what was not published in the days that the settings grant, and the drafts of uploads that ended."""
    before = timezone.now() - timedelta(days=settings.UPLOAD_KEEP_DAYS)
    Upload.objects.filter(created__lt=before, state__in=uploads.ENDS).exclude(draft={}).update(draft={})
    old = Upload.objects.filter(created__lt=before).exclude(state__in=[*uploads.ENDS, uploads.State.SCHEDULED])
    return Account().take(old, uploads.discard)


def earlier_static_files() -> Account:
    """Take the static files that no page has named for long."""
    return Account().take(static_files.superseded(), os.unlink)


def temporary_folders(now: datetime | None = None) -> Account:
    """Take our temporary folders that nothing was put into for a day: a process that ends in order removes its own."""
    before = ((now or timezone.now()) - A_DAY).timestamp()
    place = Path(tempfile.gettempdir())
    old = [path for path in sorted(place.iterdir()) if OURS.fullmatch(path.name) and _is_ours_and_old(path, before)]
    return Account().take(old, shutil.rmtree)


def _is_ours_and_old(path, before):
    """Tell it of the name itself: a link that somebody has put there is no folder, and is not followed."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and found.st_mtime < before
