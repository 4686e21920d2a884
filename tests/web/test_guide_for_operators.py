"""What the guide for operators has them type or copy holds what it must."""

import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.urls import reverse

from web import run

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/operators.md").read_text()
DEPLOY = ROOT / "deploy"


def test_the_step_that_makes_env_lets_nobody_else_read_it(tmp_path):
    [step] = re.findall(r"^(\S.*\.env\.example .*\.env)\s+#", GUIDE, re.MULTILINE)
    shutil.copy(ROOT / ".env.example", tmp_path)
    subprocess.run(f"umask 022; {step}", shell=True, cwd=tmp_path, check=True)
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600


@pytest.fixture
def nginx():
    """The servers of deploy/nginx/yalu.conf, [that of http, that of checks, that of https], without comments."""
    return re.sub(r"#.*", "", (DEPLOY / "nginx/yalu.conf").read_text()).split("\nserver {")[1:]


def test_http_is_led_to_https_and_no_version_is_told(nginx):
    http, _checks, https = nginx
    assert "listen 80;" in http and "return 301 https://$host$request_uri;" in http and "proxy_pass" not in http
    assert all("server_tokens off;" in server for server in nginx)
    assert {"client_header_timeout", "client_body_timeout", "send_timeout"} <= set(re.findall(r"\w+_timeout", https))


def test_the_proxy_takes_bodies_as_large_as_the_site_does(nginx):
    forms, uploads = (int(size) * 2**20 for size in re.findall(r"client_max_body_size (\d+)m;", nginx[2]))
    assert forms >= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert uploads >= settings.UPLOAD_LIMITS["bytes"]
    assert nginx[2].index("location /admin/") < nginx[2].rindex("client_max_body_size")


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
        "usermod --append --groups yalu www-data",
    ):
        assert word in GUIDE


def test_a_client_cannot_say_who_it_is_or_that_it_came_by_https(nginx):
    for server in nginx[1:]:
        assert "proxy_set_header X-Forwarded-For $remote_addr;" in server
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in nginx[2]
    assert "location = /metrics" in nginx[2] and "listen 127.0.0.1:8000;" in nginx[1]


def test_every_file_that_the_guide_has_copied_is_in_the_repository():
    named = re.findall(r"(?:/srv/yalu/)?(deploy/[\w/.@-]+\w)", GUIDE)
    assert len(set(named)) >= 8
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_command_of_the_guide_exists():
    said = {name for text in (GUIDE, units()) for name in re.findall(r"manage\.py ([a-z_]+)", text)}
    assert said - set(get_commands()) == set()
    assert {"alerts", "backup", "sweep", "verify", "work"} <= said


def units() -> str:
    return "\n".join(file.read_text() for file in sorted((DEPLOY / "systemd").glob("*.*")) if file.is_file())


def test_the_units_start_what_make_run_starts_and_reload_by_hup():
    started = (DEPLOY / "systemd/yalu.service").read_text()
    [line] = re.findall(r"^ExecStart=\S+/granian (.*)$", started, re.MULTILINE)
    differs = {"--host", "--port", run.HOST, run.PORT, "granian", "warning", "--log-level"}
    assert [word for word in run.SERVER if word not in differs and word not in line.split()] == []
    assert "ExecReload=/bin/kill -HUP $MAINPID" in started and "--uds /run/yalu/http.sock" in line
    assert "server unix:/run/yalu/http.sock;" in (DEPLOY / "nginx/yalu.conf").read_text()


def test_every_timer_has_its_service_and_the_guide_enables_it():
    timers = [file.stem for file in (DEPLOY / "systemd").glob("*.timer")]
    assert [name for name in timers if not (DEPLOY / f"systemd/{name}.service").is_file()] == []
    assert [name for name in timers if f"{name}.timer" not in GUIDE] == []


def test_every_unit_of_a_program_is_hardened():
    folder = DEPLOY / "systemd"
    hardened = (folder / "yalu-.service.d/hardened.conf").read_text()
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "MemoryDenyWriteExecute=yes"} <= set(hardened.splitlines())
    assert (folder / "yalu.service.d/hardened.conf").resolve() == folder / "yalu-.service.d/hardened.conf"
    assert {file.name.startswith(("yalu-", "yalu.")) for file in folder.glob("*.service")} == {True}


def test_the_compose_file_sets_what_the_server_needs_and_names_no_password():
    composed = (DEPLOY / "compose.yaml").read_text()
    services = composed.partition("\nservices:")[2].partition("\nvolumes:")[0]
    assert re.findall(r"^  ([a-z]+):$", services, re.MULTILINE) == [
        "prepare", "site", "worker", "proxy", "database", "cache",
    ]  # fmt: skip
    assert set(re.findall(r"\$\{(\w+)", composed)) == {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "CERTIFICATES"}
    assert re.findall(r"PASSWORD: (?!\$\{)", composed) == []
