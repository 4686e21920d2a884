"""Which static files there are (scripts and styles as esbuild made them), and under which names pages ask for them.

The files of earlier versions stay where they are, for pages that a browser, a proxy or a reader's open tab still holds.
They go 90 days after a later version took their place (`manage.py sweep`).
"""

import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

log = logging.getLogger(__name__)
SOURCES, ALONE = ("css/", "js/"), "js/admin/"
HASHED = re.compile(r"\.[0-9a-f]{12}\.")  # in the name of a file that never changes
FORMS = ("", ".br", ".gz")
KEPT = 90 * 24 * 3600  # seconds


class FilesThatPagesLoad(FileSystemFinder):
    """All but what `npm run build` joins, modules and stylesheets: pages load what it makes of them."""

    def list(self, ignore_patterns: list[str]) -> Iterator[tuple]:
        for path, storage in super().list(ignore_patterns):
            if not _is_joined(path, storage):
                yield path, storage


def _is_joined(path, storage):
    """Whether a file is one that esbuild reads, and not one that it wrote."""
    in_parts = path.startswith(SOURCES) and not path.startswith(ALONE)
    return in_parts and Path(storage.location) == settings.BASE_DIR / "static"


class CollectedFiles(CompressedManifestStaticFilesStorage):
    """Files under names with a hash; one that collectstatic has not seen keeps its plain name, so that no page fails.

    The stock storage raises there, for error pages too. `/readyz` and `check --deploy` name such files.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.missed = set()

    def post_process(self, *args, **kwargs) -> Iterator[tuple]:
        """Collect the files of this version, and note on those of the last one that they were in use until now."""
        before = set(self.hashed_files.values())
        yield from super().post_process(*args, **kwargs)
        if not kwargs.get("dry_run"):
            for file in _forms(self, before - set(self.hashed_files.values())):
                file.touch()

    def stored_name(self, name: str) -> str:
        try:
            return super().stored_name(name)
        except ValueError:
            if name not in self.missed:  # each is told once
                self.missed.add(name)
                log.error("static file %s is not collected: run manage.py collectstatic, then restart the server", name)
            return name


def superseded() -> list[Path]:
    """List the files of earlier versions that no page of a later one has named for 90 days.

    None where nothing was collected, for then it is not known which files are in use.
    """
    if not (named := getattr(staticfiles_storage, "hashed_files", None)):
        return []
    in_use, before = set(_forms(staticfiles_storage, named.values())), time.time() - KEPT
    files = [path for path in Path(staticfiles_storage.location).rglob("*") if HASHED.search(path.name)]
    return sorted(path for path in files if path not in in_use and path.lstat().st_mtime < before)


def _forms(storage, names):
    """The files of some names, and their compressed forms."""
    files = (Path(storage.path(name) + ending) for name in names for ending in FORMS)
    return [file for file in files if file.exists()]
