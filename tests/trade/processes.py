"""Processes of their own on this test's database and files: commands, and workers that die where they are told to."""

import os
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

# A worker whose signs of life come quicker than those of a real one, so that a test need not wait for a quarter of a
# minute. When it comes to a function it stays there for some seconds, or kills itself without warning; its database is
# away while a file is there.
WORKER = """
import os, signal, sys, time
from functools import reduce
from importlib import import_module
import django
django.setup()
from django.core.management import call_command
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from trade.publishing import interruptions, signs_of_life
every, lost, moment, stay, outage = sys.argv[1:]
signs_of_life.EVERY, interruptions.LOST = float(every), float(lost)
if moment:
    module, _colon, names = moment.partition(":")
    *owners, name = names.split(".")
    owner = reduce(getattr, owners, import_module(module))
    function = getattr(owner, name)
    def stay_or_die(*args, **kwargs):
        if not float(stay):
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(float(stay))
        return function(*args, **kwargs)
    setattr(owner, name, stay_or_die)
execute = CursorWrapper.execute
def execute_unless_away(self, *args, **kwargs):
    if os.path.exists(outage):
        raise OperationalError("the database is away, for a test")
    return execute(self, *args, **kwargs)
CursorWrapper.execute = execute_unless_away
call_command("work", interval=0.1)
"""


def environment() -> dict:
    """Let a process of its own work on this test's database and files."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        url = os.environ["DATABASE_URL"]
        base, question, options = url.partition("?")
        url = f"{base.rpartition('/')[0]}/{name}{question}{options}"
    else:
        url = f"sqlite:///{name}"
    # A killed process leaves what it was making in the system's temporary folder: here that goes with the test's own.
    return os.environ | {"DATABASE_URL": url, "VAR_DIR": str(settings.VAR_DIR), "TMPDIR": str(settings.VAR_DIR)}


def start(*arguments: str, **more) -> subprocess.Popen:
    """Start Python with some arguments: `start("manage.py", "sweep")`."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment(), **pipes | more)


def start_worker(moment="", stay=0, outage="", every=0.2, lost=2) -> subprocess.Popen:
    """Start a worker that dies at a function, or stays there: `start_worker("trade.bundles.build:build", stay=5)`."""
    return start("-c", WORKER, str(every), str(lost), moment, str(stay), outage)


def wait_for(question, seconds: float = 60):
    """Ask again and again until the answer is true, and return it."""
    until = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < until, "This was waited for in vain."
        time.sleep(0.05)
    return answer
