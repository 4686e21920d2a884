"""What the guide for operators has them type or copy holds what it must."""

import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/operators.md").read_text()


def test_the_step_that_makes_env_lets_nobody_else_read_it(tmp_path):
    [step] = re.findall(r"^(\S.*\.env\.example .*\.env)\s+#", GUIDE, re.MULTILINE)
    shutil.copy(ROOT / ".env.example", tmp_path)
    subprocess.run(f"umask 022; {step}", shell=True, cwd=tmp_path, check=True)
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600


@pytest.fixture
def nginx():
    """The servers of the example, [that of http, that of https], without comments."""
    [block] = re.findall(r"```\n(server \{.*?\n\})\n```", GUIDE, re.DOTALL)
    return re.sub(r"#.*", "", block).split("\nserver {")


def test_http_is_led_to_https_and_no_version_is_told(nginx):
    http, https = nginx
    assert "listen 80;" in http and "return 301 https://$host$request_uri;" in http and "proxy_pass" not in http
    assert all("server_tokens off;" in server for server in nginx)
    assert {"client_header_timeout", "client_body_timeout", "send_timeout"} <= set(re.findall(r"\w+_timeout", https))


def test_the_proxy_takes_bodies_as_large_as_the_site_does(nginx):
    forms, uploads = (int(size) * 2**20 for size in re.findall(r"client_max_body_size (\d+)m;", nginx[1]))
    assert forms >= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert uploads >= settings.UPLOAD_LIMITS["bytes"]
    assert nginx[1].index("location /admin/") < nginx[1].rindex("client_max_body_size")


def test_the_guide_keeps_sessions_and_previews_out_of_a_cache_of_the_proxy():
    for directive in ("proxy_cache_bypass", "proxy_no_cache"):
        assert f"{directive} $cookie_{settings.SESSION_COOKIE_NAME};" in GUIDE
    kept_nowhere = GUIDE[GUIDE.index("**Keep previews.**") :].split("\n\n")[0]
    assert reverse("draft_preview", args=["x"]).startswith("/preview/") and "`/preview/`" in kept_nowhere


def test_the_guide_makes_user_role_database_and_owner():
    for word in (
        "useradd --system",
        "createuser --no-superuser",
        "createdb --owner yalu",
        "requirepass",
        "bind 127.0.0.1",
    ):
        assert word in GUIDE
