"""`manage.py check --deploy` names what a site must not go public with."""

import json

from web import deployment_checks


def told(messages):
    return [(message.id, message.msg) for message in messages]


def test_any_host_is_an_error_and_named_ones_are_not(settings):
    settings.ALLOWED_HOSTS = ["trade.example.org", "*"]
    assert told(deployment_checks.hosts(None)) == [("web.E001", "ALLOWED_HOSTS has *.")]
    settings.ALLOWED_HOSTS = ["trade.example.org"]
    assert not deployment_checks.hosts(None)


def test_the_contact_of_the_example_and_a_site_without_address_are_named(settings):
    settings.SITE_CONTACT, settings.SITE_URL = "editors@example.org", ""
    assert told(deployment_checks.contact(None)) and told(deployment_checks.address(None))
    settings.SITE_CONTACT, settings.SITE_URL = "desk@yalu.example", "https://yalu.example"
    assert not deployment_checks.contact(None) and not deployment_checks.address(None)


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
