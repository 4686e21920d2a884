"""`manage.py check --deploy` names what a site must not go public with."""

import json

import pytest

from web import deployment_checks


def told(messages):
    return [(message.id, message.msg) for message in messages]


def test_any_host_is_an_error_and_named_ones_are_not(settings):
    settings.ALLOWED_HOSTS = ["trade.example.org", "*"]
    assert told(deployment_checks.hosts(None)) == [("web.E001", "ALLOWED_HOSTS has *.")]
    settings.ALLOWED_HOSTS = ["trade.example.org"]
    assert not deployment_checks.hosts(None)


def test_a_site_without_address_is_named(settings):
    settings.SITE_URL = ""
    assert told(deployment_checks.address(None))
    settings.SITE_URL = "https://yalu.internal"
    assert not deployment_checks.address(None)


@pytest.fixture
def own_names(settings):
    """Settings as an operator has made them, with no example left."""
    settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS = ["yalu.internal"], ["https://yalu.internal"]
    settings.SITE_CONTACT = settings.DEFAULT_FROM_EMAIL = "desk@yalu.internal"
    settings.SITE_URL, settings.EMAIL_URL = "https://yalu.internal", "smtp://mail.yalu.internal:25"
    settings.EMAIL_HOST = "mail.yalu.internal"
    return settings


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("ALLOWED_HOSTS", ["yalu.internal", "trade.example.org"], "ALLOWED_HOSTS has trade.example.org, an example."),
        ("ALLOWED_HOSTS", [".example.com"], "ALLOWED_HOSTS has .example.com, an example."),
        (
            "CSRF_TRUSTED_ORIGINS",
            ["https://yalu.example"],
            "CSRF_TRUSTED_ORIGINS has https://yalu.example, an example.",
        ),
        ("SITE_URL", "https://trade.example.org/", "SITE_URL has https://trade.example.org/, an example."),
        ("SITE_CONTACT", "editors@example.org", "SITE_CONTACT has editors@example.org, an example."),
        ("DEFAULT_FROM_EMAIL", "editors@example.org", "EMAIL_FROM has editors@example.org, an example."),
        ("EMAIL_HOST", "mail.example.org", "EMAIL_URL has mail.example.org, an example."),
    ],
)
def test_an_example_that_was_left_is_named(own_names, name, value, named):
    assert not deployment_checks.examples(None)
    setattr(own_names, name, value)
    assert (named, "web.W002") in [(message.msg, message.id) for message in deployment_checks.examples(None)]


@pytest.mark.parametrize("host", ["myexample.org", "example.org.uk", "testing.org", "127.0.0.1"])
def test_a_name_that_only_looks_like_an_example_is_not_named(own_names, host):
    own_names.ALLOWED_HOSTS = [host]
    assert not deployment_checks.examples(None)


@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o640, False), (0o644, True), (0o660, True)])
def test_a_file_of_secrets_that_others_can_read_is_named(settings, tmp_path, mode, warned):
    settings.BASE_DIR = tmp_path
    assert not deployment_checks.open_to_others(None)
    (tmp_path / ".env").touch()
    (tmp_path / ".env").chmod(mode)
    found = told(deployment_checks.open_to_others(None))
    assert [identity for identity, _text in found] == ["web.W006"] * warned
    assert not warned or f"{mode:04o}" in found[0][1]


def test_a_static_file_that_collectstatic_has_not_seen_is_named(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    [message] = deployment_checks.static_files(None)
    assert "more" in message.msg and "collectstatic" in message.hint
    names = deployment_checks.missing_static_files()
    (tmp_path / "staticfiles.json").write_text(json.dumps({"paths": {name: name for name in names}}))
    assert not deployment_checks.static_files(None)
    (tmp_path / "staticfiles.json").write_text(json.dumps({"paths": {n: n for n in names if n != "css/site.css"}}))
    [message] = deployment_checks.static_files(None)
    assert message.msg == "Static files are not in staticfiles.json: css/site.css."


@pytest.mark.parametrize(("token", "warned"), [("", False), ("x" * 20, False), ("prometheus", True)])
def test_a_token_of_metrics_that_can_be_guessed_is_named(settings, token, warned):
    settings.METRICS_TOKEN = token
    assert [identity for identity, _text in told(deployment_checks.metrics_token(None))] == ["web.W007"] * warned
