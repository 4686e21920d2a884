"""What granian serves: static files, files of releases and kept pages are sent before Django is asked."""

import os
import signal
import sys
import threading
from concurrent.futures import wait

from django.core.wsgi import get_wsgi_application

# granian's processes begin with its own handler, which only notes a signal: one that is told to end while it loads
# would begin to serve afterwards, and granian would wait for its end for ever.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
# A thread that computes a view gives way to those that send what is kept, fifty times as often as Python would: beside
# twenty clients who ask for unseen views, the slowest of a hundred kept pages then comes in 15 ms, not in 50.
sys.setswitchinterval(0.0001)

from django.conf import settings  # noqa: E402  (settings are ready only now)
from whitenoise import WhiteNoise  # noqa: E402

from web.observed.starting import observed  # noqa: E402
from web.page_cache.before_django import KeptPages  # noqa: E402
from web.page_cache.renderer import LONGEST, RENDERER  # noqa: E402
from web.release_files import Archive, add_static_headers  # noqa: E402

starting = RENDERER.start() if settings.RENDERER else None

sent_as_they_are = {
    "root": settings.STATIC_ROOT,
    "prefix": settings.STATIC_URL,
    "immutable_file_test": r"\.[0-9a-f]{12}\.",
    "add_headers_function": add_static_headers,
}
# While processes of two versions answer, a page of the later one asks the earlier one for files that were collected
# since it began: these alone are looked for on the disk.
application = WhiteNoise(application, autorefresh=True, **sent_as_they_are)
application = observed(Archive(KeptPages(application), **sent_as_they_are))
# While a server is told by HUP to begin anew, its earlier processes serve until this one is ready to compute views.
if starting:
    wait([starting], timeout=LONGEST)
