"""Sentry is told what went wrong and where, and nothing of who asked for what; without its address it is not loaded."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from web.logs import error_reports, request_id

ROOT = Path(__file__).resolve().parents[3]
SECRETS = ("S3CRET", "sessionid", "csrftoken", "editor@yalu.internal", "10.1.2.3")
EVENT = {
    "message": "Not Found: /preview/S3CRET/",
    "request": {
        "method": "POST",
        "url": "https://trade.test/preview/S3CRET/",
        "query_string": "q=S3CRET",
        "headers": {"Cookie": "sessionid=S3CRET", "Authorization": "Bearer S3CRET"},
        "cookies": {"sessionid": "S3CRET"},
        "data": {"password": "S3CRET"},
        "env": {"REMOTE_ADDR": "10.1.2.3"},
    },
    "user": {"email": "editor@yalu.internal", "ip_address": "10.1.2.3"},
    "breadcrumbs": {"values": [{"message": "SELECT 'S3CRET'"}]},
    "exception": {"values": [{"type": "ValueError", "value": "cannot open /preview/draft/S3CRET/"}]},
    "tags": {"runtime": "CPython"},
}


def test_of_a_request_an_event_keeps_method_and_address_and_gets_its_number():
    request_id.resume("9f2c41d07be3a5561c80")
    try:
        event = error_reports.scrubbed(json.loads(json.dumps(EVENT)))
    finally:
        request_id.resume("")
    assert [secret for secret in SECRETS if secret in json.dumps(event)] == []
    assert event["request"] == {"method": "POST", "url": "https://trade.test/preview/[masked]/"}
    assert event["tags"] == {"runtime": "CPython", "request_id": "9f2c41d07be3a5561c80"}
    assert event["exception"]["values"][0]["type"] == "ValueError"


PROGRAM = """
import json
import sys
import django
django.setup()
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory
from django.urls import path
from sentry_sdk.transport import Transport
from web.logs import error_reports

class Told(Transport):
    def capture_envelope(self, envelope):
        print(json.dumps(envelope.get_event()))

error_reports.start(settings.SENTRY_DSN, "test", transport=Told)

def failing(request, token):
    secret = token + " in a local variable"
    raise ValueError("this went wrong")

sys.modules["failing_urls"] = type(sys)("failing_urls")
sys.modules["failing_urls"].urlpatterns = [path("preview/<str:token>/", failing)]
settings.ROOT_URLCONF, settings.MIDDLEWARE = "failing_urls", []
headers = {"Authorization": "Bearer S3CRET", "Cookie": "sessionid=S3CRET"}
request = RequestFactory().post("/preview/S3CRET/?q=S3CRET", {"password": "S3CRET"}, headers=headers)
get_wsgi_application()(request.environ, lambda status, headers: print(status))
"""


@pytest.mark.slow
def test_an_error_of_a_view_arrives_without_anything_of_its_reader(tmp_path):
    named = {"VAR_DIR": str(tmp_path), "SENTRY_DSN": "http://key@127.0.0.1:9/1"}
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"} | named
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    event, status, *_ = done.stdout.splitlines()
    assert status == "500 Internal Server Error"
    assert [secret for secret in SECRETS if secret in event] == []
    event = json.loads(event)
    told = event["exception"]["values"][-1]
    assert (told["type"], told["value"]) == ("ValueError", "this went wrong")
    assert told["stacktrace"]["frames"][-1]["function"] == "failing"
    assert event["request"] == {"method": "POST", "url": "http://testserver/preview/[masked]/"}
    frames = [frame for frame in told["stacktrace"]["frames"] if "vars" in frame]
    assert (frames, event.get("user"), event.get("breadcrumbs")) == ([], None, None)


def test_without_an_address_sentry_is_not_loaded(settings):
    assert settings.SENTRY_DSN == ""
    assert "sentry_sdk" not in sys.modules
