"""How one check is run and what came of it: a command, the tests of pytest or of Node, on SQLite or on PostgreSQL."""

import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from tests.browser.chromium import find_chromium
from tests.outages.disks import can_be_mounted

CORES = str(min(os.cpu_count() or 1, 4))
PYTEST = [
    *[sys.executable, "-m", "pytest", "-q", "--tb=short", "--show-capture=no", "-p", "no:cacheprovider"],
    *["-n", CORES, "--dist=worksteal"],
]
POSTGRES = [sys.executable, "tests/postgres.py"]
CANNOT_RUN = 69  # EX_UNAVAILABLE: what tests/postgres.py says when there is no server to start


@dataclass
class Outcome:
    """How one check ended: `Outcome("pytest on SQLite", passed=412, failed=0, missing="")`."""

    name: str
    passed: int = 0
    failed: int = 0
    missing: str = ""  # why it, or a part of it, could not run

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed" + (f", could not run: {self.missing}" * bool(self.missing))


def command(*arguments):
    """A command that passes when it exits with 0."""

    def run(name):
        failed = subprocess.run(arguments).returncode != 0
        return Outcome(name, passed=int(not failed), failed=int(failed))

    return run


def from_npm(program, *arguments):
    """The same for a command that npm installs, if it is there: from_npm("biome", "ci")."""
    path = Path("node_modules/.bin") / program
    run = command(str(path), *arguments)
    return lambda name: run(name) if path.exists() else Outcome(name, missing=f"no {program}: `npm ci` installs it")


def tests(*arguments):
    """Tests by pytest, counted from its own report."""

    def run(name, before=()):
        return counted(name, [*before, *PYTEST, *arguments], "--junitxml={}")

    return run


def javascript(name):
    """Tests by Node's own runner, over every *.test.js."""
    if not shutil.which("node"):
        return Outcome(name, missing="no Node")
    files = [str(path) for path in sorted(Path("tests/js").rglob("*.test.js"))]
    report = ["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=junit"]
    return counted(name, ["node", "--test", *report], "--test-reporter-destination={}", *files)


def on_postgres(check):
    """The same check with DATABASE_URL set to a server of its own."""
    return lambda name: check(name, before=POSTGRES)


def in_chromium(check):
    """The same check, if a Chromium is found or can be installed."""

    def run(name):
        return check(name) if find_chromium() or install_chromium() else Outcome(name, missing="no Chromium")

    return run


def on_small_disks(check):
    """The same check, if a disk for it may be mounted."""
    missing = "no user may mount a disk in a namespace here"
    return lambda name: check(name) if can_be_mounted() else Outcome(name, missing=missing)


def install_chromium():
    """Install Debian's Chromium where that needs no question to anybody."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdin=subprocess.DEVNULL)
        for package in ("chromium-headless-shell", "chromium"):
            if not find_chromium():
                install = ["apt-get", "install", "-qq", "-y", package]
                subprocess.run(install, env=quiet, stdin=subprocess.DEVNULL)
    return find_chromium()


def counted(name, arguments, report_option, *files):
    """Run the command and count its JUnit report; a command that fails without a failed test is one failure."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        code = subprocess.run([*arguments, report_option.format(report), *files]).returncode
        cases = list(ET.parse(report).iter("testcase")) if report.exists() else []
    if code == CANNOT_RUN:
        return Outcome(name, missing="PostgreSQL did not start")
    failed = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    passed = len(cases) - failed - skipped
    return Outcome(name, passed, max(failed, int(code != 0)), f"{skipped} skipped tests" if skipped else "")
