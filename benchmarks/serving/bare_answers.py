"""The floor: a WSGI function that knows each answer beforehand, and only looks it up by its path.

BARE names a file of JSON: {"/0": {"status": "200 OK", "headers": [["ETag", "…"], …], "body": "/tmp/…/0.bin"}}.
"""

import json
import os
from pathlib import Path

ANSWERS = {
    path: (told["status"], [tuple(pair) for pair in told["headers"]], Path(told["body"]).read_bytes())
    for path, told in json.loads(Path(os.environ["BARE"]).read_text()).items()
}


def application(environ, start_response):
    """Answer with the bytes and headers of a path."""
    status, headers, body = ANSWERS[environ["PATH_INFO"]]
    start_response(status, headers)
    return [body]
