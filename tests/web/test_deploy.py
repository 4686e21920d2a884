"""The site as an operator starts it: production settings, in a process of their own."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def manage(var_dir, *arguments, **environment):
    """Run manage.py with these variables alone, as on a fresh server."""
    clean = {"PATH": os.environ["PATH"], "VAR_DIR": str(var_dir), **environment}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=clean, capture_output=True, text=True
    )


PRODUCTION = {"SECRET_KEY": "k3-" + "Zq7" * 20, "ALLOWED_HOSTS": "trade.yalu.internal"}


@pytest.mark.slow
def test_the_deployment_checks_are_silent_where_all_is_done_and_name_what_is_not(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 1
    assert all(word in done.stderr for word in ("SITE_CONTACT", "SITE_URL", "EMAIL_URL", "Run manage.py collectstatic"))
    assert manage(tmp_path, "collectstatic", "--no-input", **PRODUCTION).returncode == 0
    known = {"SITE_CONTACT": "desk@yalu.internal", "SITE_URL": "https://trade.yalu.internal"}
    known["EMAIL_URL"] = "smtp://localhost"
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, **known)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


@pytest.mark.slow
def test_spaces_and_empty_places_in_a_list_are_no_part_of_it(tmp_path):
    lists = {
        "ALLOWED_HOSTS": "a.internal, b.internal,",
        "CSRF_TRUSTED_ORIGINS": " https://a.internal , https://b.internal",
    }
    lists |= {"SECOND_FACTOR": "Publisher, Editor of words", "SECRET_KEY_FALLBACKS": "one, two"}
    code = f"from django.conf import settings as s; print([getattr(s, name) for name in {list(lists)}])"
    done = manage(tmp_path, "shell", "--no-imports", "-c", code, **PRODUCTION | lists)
    assert ast.literal_eval(done.stdout) == [
        ["a.internal", "b.internal"], ["https://a.internal", "https://b.internal"],
        ["Publisher", "Editor of words"], ["one", "two"],
    ]  # fmt: skip


def test_a_missing_secret_key_is_explained(tmp_path):
    done = manage(tmp_path, "check", ALLOWED_HOSTS="trade.example.org")
    assert done.returncode != 0
    assert "Set SECRET_KEY: a long random text that signs sessions." in done.stderr


def test_missing_host_names_are_explained(tmp_path):
    done = manage(tmp_path, "check", SECRET_KEY=PRODUCTION["SECRET_KEY"])
    assert done.returncode != 0
    assert "Set ALLOWED_HOSTS: the host names that this site answers to" in done.stderr


@pytest.mark.slow
def test_debugging_needs_no_variable_at_all(tmp_path):
    done = manage(tmp_path, "check", DEBUG="1")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_no_model_waits_for_a_migration(tmp_path):
    done = manage(tmp_path, "makemigrations", "--check", "--dry-run", **PRODUCTION)
    assert done.returncode == 0, done.stdout
