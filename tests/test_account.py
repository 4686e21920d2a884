"""`make test` gives an honest account: what could not run is counted, and has not passed."""

import sys

import pytest

from tests import checks
from tests.__main__ import Passed, account, seen
from tests.checks import CANNOT_RUN, Outcome, counted

REPORT = '<testsuites><testcase name="a"/><testcase name="b"/>{}</testsuites>'


def outcome(report, status):
    """What comes of a command that writes this JUnit report (or none) and exits with this status."""
    script = "import sys; sys.argv[1] and open(sys.argv[2], 'w').write(sys.argv[1]); sys.exit(int(sys.argv[3]))"
    return counted("check", [sys.executable, "-c", script, report], "{}", str(status))


@pytest.mark.parametrize(
    ("report", "status", "expected"),
    [
        (REPORT.format(""), 0, Outcome("check", passed=2)),
        (REPORT.format('<testcase name="c"><failure/></testcase>'), 1, Outcome("check", passed=2, failed=1)),
        (REPORT.format('<testcase name="c"><error/></testcase>'), 1, Outcome("check", passed=2, failed=1)),
        (REPORT.format(""), 2, Outcome("check", passed=2, failed=1)),
        ("", 3, Outcome("check", failed=1)),
        (REPORT.format('<testcase name="c"><skipped/></testcase>'), 0, Outcome("check", 2, 0, "1 skipped tests")),
        ("", CANNOT_RUN, Outcome("check", missing="PostgreSQL did not start")),
    ],
)
def test_a_report_is_counted_and_so_is_a_command_that_fails_without_one(report, status, expected):
    assert outcome(report, status) == expected


def test_the_sum_is_the_last_line(capsys):
    assert account([Outcome("ruff", passed=1), Outcome("SQLite", passed=41)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "42 passed, 0 failed"


def test_a_failure_fails_the_run(capsys):
    assert account([Outcome("ruff", passed=1), Outcome("SQLite", passed=40, failed=1)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "41 passed, 1 failed"


def test_a_check_that_could_not_run_is_said_and_fails_the_run(capsys):
    assert account([Outcome("SQLite", passed=41), Outcome("browser", missing="no Chromium")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2] == "browser:              0 passed, 0 failed, could not run: no Chromium"
    assert lines[-1] == "41 passed, 0 failed, 1 could not run: browser"


@pytest.mark.parametrize("can", [True, False])
def test_tests_of_full_disks_run_where_a_disk_may_be_mounted_and_are_counted_where_not(can, monkeypatch):
    monkeypatch.setattr(checks, "can_be_mounted", lambda: can)
    outcome = checks.on_small_disks(lambda name: Outcome(name, passed=5))("disks")
    assert (outcome.passed, bool(outcome.missing)) == ((5, False) if can else (0, True))


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("exit 0", Outcome("Biome", passed=1)),
        ("exit 1", Outcome("Biome", failed=1)),
        (None, Outcome("Biome", missing="no biome: `npm ci` installs it")),
    ],
)
def test_a_complaint_of_biome_fails_and_where_it_is_not_installed_that_is_said(
    program, expected, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    if program:
        path = tmp_path / "node_modules/.bin/biome"
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\n{program}\n")
        path.chmod(0o755)
    assert checks.from_npm("biome", "ci")("Biome") == expected


def test_a_part_of_a_soak_that_passed_is_not_run_again_for_the_same_commit(tmp_path, monkeypatch):
    runs = []

    def check(name):
        runs.append(name)
        return Outcome(name, passed=1, failed=int(name == "bad"))

    def soak(commit, afresh=False):
        monkeypatch.setattr("tests.__main__.commit", lambda: commit)
        passed = Passed(afresh, tmp_path)
        runs.clear()
        assert [seen(name, check, passed) for name in ("good", "bad")][0] == Outcome("good", passed=1)
        return list(runs)

    assert soak("a1") == ["good", "bad"]
    assert soak("a1") == ["bad"]
    assert soak("a1", afresh=True) == ["good", "bad"]
    assert soak("b2") == ["good", "bad"]
    assert soak("") == soak("") == ["good", "bad"]
