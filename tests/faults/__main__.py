"""Puts known faults into a copy of the program, one at a time, and tells which of them the tests catch.

    python -m tests.faults                 every fault of faults.toml, against all that `make test` runs
    python -m tests.faults --tier check    against the quick tests alone
    python -m tests.faults 3 17            the third and the seventeenth

The tests of the changed package run first, then those of its parents, and the first failure ends it. Exits with 1 if
a fault is not caught.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("faults.toml")
PYTEST = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=no", "--no-header", "-p", "no:cacheprovider"]
PYTEST += ["--ignore=tests/test_faults.py"]  # it sees that a fault was put in, whatever it is
TIERS = {"check": ["-m", "not slow", "--ignore=tests/browser"], "test": []}


class Fault(NamedTuple):
    """A patch of one place of the program: Fault(3, "a blank cell becomes zero", "importing", "trade/…", "…", "…")."""

    number: int
    name: str
    layer: str
    file: str
    old: str
    new: str


NOTHING = Fault(0, "no fault", "none", "manage.py", "import os", "import os")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("numbers", type=int, nargs="*")
    parser.add_argument("--tier", choices=TIERS, default="test")
    parser.add_argument("--none", action="store_true", help="put no fault in: the tests must pass in the copy, too")
    options = parser.parse_args()
    if options.none:
        return int(reported(NOTHING, options.tier))
    chosen = [fault for fault in faults() if not options.numbers or fault.number in options.numbers]
    caught = [reported(fault, options.tier) for fault in chosen]
    print(f"{sum(caught)} of {len(caught)} faults caught by make {options.tier}")
    return 0 if all(caught) else 1


def faults() -> list[Fault]:
    """Read the list; its numbers count from 1."""
    entries = tomllib.loads(LIST.read_text())["fault"]
    return [Fault(number, **entry) for number, entry in enumerate(entries, start=1)]


def reported(fault: Fault, tier: str) -> bool:
    """Put one fault in, run the tests, print and return whether they caught it."""
    with copy() as tree:
        put_in(tree, fault)
        by = next((name for name, command in steps(tree, fault, tier) if fails(command, tree)), "")
    print(f"{fault.number:>3} {'caught by ' + by if by else 'NOT CAUGHT'}: {fault.name} ({fault.file})", flush=True)
    return bool(by)


@contextmanager
def copy():
    """Copy what git knows of the tree, as it stands, with the bundled scripts beside it."""
    with tempfile.TemporaryDirectory(prefix="yalu-fault-") as folder:
        listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        for name in filter(None, names):
            if (ROOT / name).is_file():
                (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, Path(folder) / name)
        subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)  # some tests ask git for the files
        shutil.copytree(ROOT / "node_modules", Path(folder) / "node_modules", symlinks=True)
        yield Path(folder)


def put_in(tree: Path, fault: Fault) -> None:
    """Replace the one place of the fault.

    Raises: SystemExit where the place is not there once: the list must follow the program.
    """
    text = (tree / fault.file).read_text()
    if text.count(fault.old) != 1:
        sys.exit(f"Fault {fault.number}: {fault.old!r} stands {text.count(fault.old)} times in {fault.file}.")
    (tree / fault.file).write_text(text.replace(fault.old, fault.new))


def steps(tree: Path, fault: Fault, tier: str):
    """List what is run for a fault, the nearest tests first: [("tests/trade/importing", [command]), …]."""
    if fault.file.startswith("static/js/"):
        yield "the JavaScript tests", ["node", "--test", *map(str, sorted(tree.glob("tests/js/**/*.test.js")))]
    for folder in Path("tests", fault.file).parents:
        if len(folder.parts) > 1 and (tree / folder).is_dir():
            yield str(folder), [*PYTEST, *TIERS[tier], "-n", "2", str(folder)]
    yield "the other tests", [*PYTEST, *TIERS[tier], "-n", "2", "--ignore=tests/browser", "tests"]
    if tier == "test":
        yield "the browser tests", [*PYTEST, "-n", "2", "tests/browser"]


def fails(command: list[str], tree: Path) -> bool:
    """Run a command in the copy; exit status 5 of pytest is "no tests", which catches nothing."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=tree, env=environment, **quiet).returncode not in (0, 5)


if __name__ == "__main__":
    sys.exit(main())
