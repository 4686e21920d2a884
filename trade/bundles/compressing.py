"""Compresses the texts of a bundle in a thread beside the one that writes: Brotli and zlib-ng hold no lock of Python's.

The thread gives way to whatever else the machine has to do, readers above all.

What is compressed lies beside the text, for the server that sends it and for the archive, which takes the .gz as it is.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from web import compression
from web.worker import giving_way


class Compressing:
    """The compressed forms of texts, each made once: `with Compressing(["br", "gzip"]) as compressing: …`.

    Leaving the block waits for all of them. Raises: what went wrong with one, where it is asked for.
    """

    def __init__(self, encodings: list[str]):
        self.encodings = encodings
        self._thread, self._forms = ThreadPoolExecutor(1, initializer=giving_way.lower_this_thread), {}

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._thread.shutdown(cancel_futures=True)

    def begin(self, path: Path) -> None:
        """Begin to compress a text that is written to its end."""
        for encoding in self.encodings:
            self._begun(path, encoding)

    def form(self, path: Path, encoding: str) -> Path:
        """Wait for one form of a text: data.csv -> data.csv.gz."""
        return self._begun(path, encoding).result()

    def forms(self, path: Path) -> list[Path]:
        """Wait for all forms of a text: data.csv -> [data.csv.br, data.csv.gz]."""
        return [self.form(path, encoding) for encoding in self.encodings]

    def _begun(self, path, encoding) -> Future:
        key = path, encoding
        if key not in self._forms:
            self._forms[key] = self._thread.submit(compression.pack_file, path, encoding)
        return self._forms[key]
