"""The site as it was at an earlier commit, to be measured in the same run as the present one.

    with base_checkout() as base:
        subprocess.run([sys.executable, "manage.py", "migrate"], cwd=base, env=…)

It runs in the present environment of Python and with the present packages of Node; its scripts are bundled by its own
package.json. BASE=FOLDER names a checkout that is there already, which is then prepared and left behind.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMIT = "de04350"  # the one that docs/benchmarks.md compares with
ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def base_checkout() -> Iterator[Path]:
    """Give the folder of the checkout: that of BASE, or one that lasts until the end of the block."""
    if named := os.environ.get("BASE"):
        yield prepared(Path(named).resolve())
        return
    with tempfile.TemporaryDirectory(prefix="yalu-base-") as folder:
        yield prepared(Path(folder) / "base")


def prepared(folder: Path) -> Path:
    """Check the commit out, unless it is there, and bundle its scripts."""
    if not (folder / "manage.py").exists():
        _git("clone", "--quiet", "--shared", "--no-checkout", str(ROOT), str(folder))
        _git("-C", str(folder), "checkout", "--quiet", "--detach", COMMIT)
    if not (folder / "node_modules" / ".bundle").exists():
        _link_packages(folder)
        subprocess.run(["npm", "run", "build", "--silent"], cwd=folder, check=True)
    return folder


def _git(*words):
    if subprocess.run(["git", *words]).returncode:
        sys.exit(f"{COMMIT} is not in this repository: a shallow clone lacks it (git fetch --unshallow).")


def _link_packages(folder):
    """Link each package by itself: the bundle is written beside them, and must not replace the present one."""
    if not shutil.which("npm"):
        sys.exit("npm is missing: make install")
    (folder / "node_modules").mkdir(exist_ok=True)
    for package in (ROOT / "node_modules").iterdir():
        if package.name != ".bundle":
            (folder / "node_modules" / package.name).symlink_to(package)
