"""Static files under hashed names, compressed, with the imports between our ES modules hashed too."""

from collections.abc import Iterator

from django.contrib.staticfiles.finders import FileSystemFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage


class FilesThatPagesLoad(FileSystemFinder):
    """Our own files, and of Chart.js the one that pages load with its map: npm brings 20 MB more."""

    def list(self, ignore_patterns: list[str]) -> Iterator[tuple]:
        for path, storage in super().list(ignore_patterns):
            if storage.prefix != "chart.js" or path.startswith("chart.umd.min.js"):
                yield path, storage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    # Without this a module would import its neighbour by the unhashed name, which caches must not keep.
    support_js_module_import_aggregation = True
