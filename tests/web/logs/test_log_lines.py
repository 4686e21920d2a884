"""A line of the log: one line, JSON or text, with the request and the task it is of, and nothing that opens a door."""

import json
import logging

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from web.logs import log_lines, request_id
from web.logs.masking import masked

FORMATTERS = {"json": log_lines.JsonLines(), "text": log_lines.TextLines()}


@pytest.fixture(autouse=True)
def no_request():
    request_id.resume("")
    yield
    request_id.resume("")


def written(form, message, *args, error=None, **extra):
    """Write a record as the console does."""
    record = logging.getLogger("trade.tasks").makeRecord(
        "trade.tasks",
        logging.ERROR,
        "file.py",
        1,
        message,
        args,
        (type(error), error, None) if error else None,
        extra=extra,
    )
    assert log_lines.OfRequest().filter(record)
    return FORMATTERS[form].format(record)


def test_a_line_of_json_names_when_who_what_and_the_request():
    request_id.resume("9f2c41d07be3a5561c80")
    line = json.loads(written("json", "upload %s failed", 7))
    assert line.pop("time").endswith("+0000")
    assert line == {
        "level": "ERROR", "logger": "trade.tasks", "message": "upload 7 failed", "request_id": "9f2c41d07be3a5561c80",
    }  # fmt: skip


def test_a_line_names_the_task_and_the_upload_that_it_is_of():
    token = log_lines.TASK.set({"task": "0f1c", "upload": 7})
    try:
        assert json.loads(written("json", "x"))["upload"] == 7
        assert written("text", "x") == "ERROR trade.tasks: x (task=0f1c upload=7)"
    finally:
        log_lines.TASK.reset(token)


@pytest.mark.parametrize("form", FORMATTERS)
@pytest.mark.parametrize("evil", ["a\nERROR root: b", "a\r\nb", "a\x1b[2Jb", "a\u2028b", "a\x85b", "a\u202eb"])
def test_what_somebody_sent_cannot_begin_another_line_or_steer_a_terminal(form, evil):
    line = written(form, "Not Found: %s", evil)
    assert len(line.splitlines()) == 1
    assert line.isprintable()


def test_a_traceback_is_one_field_in_json_and_indented_in_text():
    error = ValueError("first\nERROR root: second")
    assert json.loads(written("json", "x", error=error))["exception"].endswith("first\nERROR root: second")
    assert all(line.startswith("  ") for line in written("text", "x", error=error).splitlines()[1:])


@pytest.mark.parametrize("form", FORMATTERS)
def test_the_request_that_django_hands_to_its_log_is_not_written(form):
    request = RequestFactory().get("/preview/S3CRET/data/?q=S3CRET", headers={"Cookie": "sessionid=S3CRET"})
    line = written(form, "Not Found: %s", request.path, status_code=404, request=request)
    assert "S3CRET" not in line
    assert "/preview/[masked]/data/" in line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Not Found: /preview/S3CRET/", "Not Found: /preview/[masked]/"),
        ("/preview/draft/S3CRET/", "/preview/draft/[masked]/"),
        ("/accounts/password/reset/3-c9x-S3CRET/", "/accounts/password/reset/[masked]/"),
        ("at https://x.test/search/?q=S3CRET&x=1 today", "at https://x.test/search/?[masked] today"),
        ("/accounts/password/reset/done/", "/accounts/password/reset/done/"),
        ("is it so? a=b", "is it so? a=b"),
        ("/provinces/cn-ln/", "/provinces/cn-ln/"),
    ],
)
def test_links_that_open_something_and_query_strings_are_masked(text, shown):
    assert masked(text) == shown


def test_another_form_is_refused_in_words():
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT is 'xml'. Set it to json or text."):
        log_lines.configured("xml", "WARNING")


def test_what_is_configured_is_what_python_s_logging_takes():
    import logging.config

    for form in log_lines.FORMATS:
        logging.config.DictConfigurator(log_lines.configured(form, "WARNING"))
