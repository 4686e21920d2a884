"""The checks of the project in three tiers, one after another, and an honest account at the end.

    python -m tests check    the quick ones, to be run after every change: a minute at most
    python -m tests test     every test once on SQLite, what touches SQL on PostgreSQL too, and a real browser
    python -m tests soak     every example, every kill and every address, all of it on both databases

A check that could not run (no browser, no PostgreSQL, no Node, no disk to be filled) is printed, counted and makes the
run fail: what was not seen to pass has not passed. A soak remembers each part that passed, by the commit; started
anew, it goes on where it was ended. `--afresh` begins from the start.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from tests.checks import Outcome, command, from_npm, in_chromium, javascript, on_postgres, on_small_disks, tests

ROOT = Path(__file__).resolve().parent.parent
SOAK = "--hypothesis-profile=soak"
DISKS = "tests/outages/test_disks.py"
REST = ("tests", "--ignore=tests/browser")
# A soak falls into parts of some minutes each: these tests by themselves, then all others.
LONG = {
    "addresses": "tests/trade/pages/test_addresses.py",
    "kills": "tests/trade/publishing/test_interruption.py",
    "histories": "tests/trade/publishing/test_releases.py",
    "files": "tests/trade/importing",
    "attacks": "tests/attacks",
}


def main(arguments=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests")
    parser.add_argument("tier", choices=TIERS, nargs="?", default="test")
    parser.add_argument("--afresh", action="store_true", help="a soak does not go on where it was ended")
    said = parser.parse_args(arguments)
    os.chdir(ROOT)
    # Without its own bytecode each worker would rewrite every assertion anew, which takes as long as the quick tests.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    passed = Passed(said.afresh) if said.tier == "soak" else None
    return account([seen(name, check, passed) for name, check in TIERS[said.tier]()])


def quick() -> list:
    """What `make check` runs: the tests that are not marked as slow."""
    return [*static(), ("quick tests", tests(*REST, "-m", "not slow and not soak"))]


def usual() -> list:
    """What `make test` runs."""
    return [
        *static(),
        ("SQLite", tests(*REST, "-m", "not soak")),
        ("PostgreSQL", on_postgres(tests(*REST, "-m", "both_databases and not soak"))),
        ("browser", in_chromium(tests("tests/browser", "-m", "not soak"))),
    ]


def everything() -> list:
    """What `make soak` runs: the long tests in full, each part of them on both databases, then the rest."""
    parts = {name: tests(path, "-m", "not soak", SOAK) for name, path in LONG.items()}
    parts["rest"] = tests(*REST, *(f"--ignore={path}" for path in LONG.values()), "-m", "not soak", SOAK)
    found = static()
    for name, check in parts.items():
        found += [(f"{name}, SQLite", check), (f"{name}, PostgreSQL", on_postgres(check))]
    found.append(("outages", tests(*REST, f"--ignore={DISKS}", "-m", "soak", SOAK)))
    found.append(("disks", on_small_disks(tests(DISKS, SOAK))))
    found.append(("outages, PostgreSQL", on_postgres(tests(*REST, "-m", "soak and both_databases", SOAK))))
    return [*found, ("browser", in_chromium(tests("tests/browser", SOAK)))]


def static() -> list:
    """The checks of every tier, that take seconds."""
    return [
        ("ruff", command("ruff", "check", "--no-cache", ".")),
        ("ruff format", command("ruff", "format", "--no-cache", "--check", ".")),
        ("Biome", from_npm("biome", "ci", "--error-on-warnings")),
        ("imports", command("lint-imports", "--no-cache")),
        ("JavaScript", javascript),
    ]


TIERS = {"check": quick, "test": usual, "soak": everything}


def seen(name, check, passed=None) -> Outcome:
    """Run one check and say how long it took, unless it is known to have passed."""
    if passed and (before := passed.get(name)):
        print(f"\n── {name}: passed before", flush=True)
        return before
    print(f"\n── {name}", flush=True)
    began = time.monotonic()
    outcome = check(name)
    print(f"── {name}: {outcome} in {time.monotonic() - began:.0f} s", flush=True)
    if passed:
        passed.add(outcome)
    return outcome


class Passed:
    """The parts of a soak that passed on this very commit, kept in var/; with open changes nothing is kept."""

    def __init__(self, afresh=False, folder=None):
        self.file = Path(folder or os.environ.get("VAR_DIR") or ROOT / "var") / "soak.json"
        self.commit = commit()
        kept = json.loads(self.file.read_text()) if self.file.exists() and not afresh else {}
        self.outcomes = kept.get("outcomes", {}) if self.commit and kept.get("commit") == self.commit else {}

    def get(self, name):
        return Outcome(**self.outcomes[name]) if name in self.outcomes else None

    def add(self, outcome):
        if outcome.failed or outcome.missing or not self.commit:
            return
        self.outcomes[outcome.name] = asdict(outcome)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps({"commit": self.commit, "outcomes": self.outcomes}, indent=1))


def commit() -> str:
    """The commit that is checked out, or nothing if a file differs from it."""

    def git(*arguments):
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else "unknown"

    return git("rev-parse", "HEAD") if not git("status", "--porcelain", "--untracked-files=no") else ""


def account(outcomes) -> int:
    """Print what each check came to and the sum; return the exit status."""
    print()
    for outcome in outcomes:
        print(f"{outcome.name + ':':<22}{outcome}")
    passed, failed = sum(outcome.passed for outcome in outcomes), sum(outcome.failed for outcome in outcomes)
    missing = [outcome.name for outcome in outcomes if outcome.missing]
    unseen = f", {len(missing)} could not run: {', '.join(missing)}" if missing else ""
    print(f"{passed} passed, {failed} failed{unseen}")
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
