"""Which static files there are: our own, and the scripts of the charts as the one file that pages load."""

from collections.abc import Iterator

from django.contrib.staticfiles.finders import FileSystemFinder

MODULES, ALONE = "js/", "js/admin/"


class FilesThatPagesLoad(FileSystemFinder):
    """All but the modules that `npm run build` bundles into charts.js: no page loads one by itself."""

    def list(self, ignore_patterns: list[str]) -> Iterator[tuple]:
        for path, storage in super().list(ignore_patterns):
            if not path.startswith(MODULES) or path.startswith(ALONE):
                yield path, storage
