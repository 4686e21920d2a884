"""Where the browser is, and how it is started."""

import os
import shutil

# No sandbox: CI runs as root, in a container of its own. The rest keeps Chromium from calling home.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """Return the path of the browser: CHROMIUM, or the first one that PATH knows.

    The headless shell is the same browser without windows, each of which costs as much as a page.
    """
    names = [os.environ.get("CHROMIUM", ""), "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)
