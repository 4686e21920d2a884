"""Which static files there are (the scripts of the charts are one), and under which names pages ask for them."""

import logging
from collections.abc import Iterator

from django.contrib.staticfiles.finders import FileSystemFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage

log = logging.getLogger(__name__)
MODULES, ALONE = "js/", "js/admin/"


class FilesThatPagesLoad(FileSystemFinder):
    """All but the modules that `npm run build` bundles: no page loads one by itself."""

    def list(self, ignore_patterns: list[str]) -> Iterator[tuple]:
        for path, storage in super().list(ignore_patterns):
            if not path.startswith(MODULES) or path.startswith(ALONE):
                yield path, storage


class CollectedFiles(CompressedManifestStaticFilesStorage):
    """Files under names with a hash; one that collectstatic has not seen keeps its plain name, so that no page fails.

    The stock storage raises there, for error pages too. `/readyz` and `check --deploy` name such files.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.missed = set()

    def stored_name(self, name: str) -> str:
        try:
            return super().stored_name(name)
        except ValueError:
            if name not in self.missed:  # each is told once
                self.missed.add(name)
                log.error("static file %s is not collected: run manage.py collectstatic, then restart the server", name)
            return name
