"""The units of systemd as systemd itself reads them: no complaint, and little that one that is taken over could do."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.soak

UNITS = Path(__file__).resolve().parents[2] / "deploy/systemd"
MOST = 2.0  # of 10, the exposure that systemd-analyze reckons; below 2 it calls it “OK”


@pytest.fixture
def installed(tmp_path):
    """The units as the guide has them copied, starting programs that are there."""
    folder = tmp_path / "systemd"
    shutil.copytree(UNITS, folder)
    for file in folder.glob("*.service"):
        text = re.sub(r"/srv/yalu/\.venv/bin/(python|granian)", "/bin/true", file.read_text())
        file.write_text(text.replace("User=yalu\nGroup=yalu\n", "User=daemon\n"))
    return folder


def analyzed(folder, *arguments) -> str:
    done = subprocess.run(["systemd-analyze", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_systemd_has_no_complaint_about_a_unit(installed):
    units = [f"./{file.name}" for file in sorted(installed.glob("*.*")) if file.is_file()]
    assert len(units) >= 11
    assert analyzed(installed, "verify", *units) == ""


def test_no_unit_is_exposed_more_than_a_little(installed):
    exposed = {
        file.name: float(
            re.search(r"level for \S+: ([\d.]+)", analyzed(installed, "security", "--offline=true", f"./{file.name}"))[
                1
            ]
        )
        for file in installed.glob("*.service")
    }
    assert len(exposed) == 7 and max(exposed.values()) <= MOST, exposed
