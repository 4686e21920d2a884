"""What the readers' own program and the machine add to a time: the same questions to a function that does nothing."""

import os
import urllib.parse

from benchmarks.load.results import Results
from benchmarks.load.rush import readers
from benchmarks.sites import ROOT, granian

BODY = b"x" * 20_000  # as a page is, compressed


def application(_environ, start_response):
    """Answer every question with the same bytes."""
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))])
    return [BODY]


def bare_function(seconds: float) -> Results:
    """Put the readers' questions to that function, under the server that serves the site."""
    with granian("1", "benchmarks.load.floor:application", ROOT, dict(os.environ)) as server:
        return readers(urllib.parse.urlsplit(server.address).port, seconds)
