"""Each request is noted once, as it was asked and answered, whatever answered it, and a line of the log tells it."""

import json
import sys
from io import StringIO

import pytest

from web.logs import answer_kinds
from web.observed import access_log, answer_facts
from web.observed.noted_answers import NotedAnswers
from web.observed.outermost import Outermost


def noted(application, path="/provinces/", method="GET"):
    """Ask once: what is noted of it, as an Answer."""
    notes = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path}
    outermost = Outermost(application, notes.append)
    try:
        outermost(environ, lambda status, headers, exc_info=None: None)
    finally:
        (answer,) = answer_facts.of(notes)
    return answer


def answering(status="200 OK", kind=None, size="912"):
    def application(environ, start_response):
        environ["PATH_INFO"] = "as Django leaves it"
        if kind:
            environ[answer_kinds.KEY] = kind
        start_response(status, [("Content-Type", "text/html"), ("Content-Length", size)])
        return [b""]

    return application


def test_a_note_tells_what_was_asked_and_answered():
    answer = noted(answering(kind="kept"), "/provinces/")
    assert answer[2:7] == ("GET", "/provinces/", "200", 912, "kept")
    assert 0 <= answer.seconds < 5


def test_an_application_that_fails_is_noted_as_an_error_and_its_error_goes_on():
    seen = []

    def failing(environ, start_response):
        raise RuntimeError

    outermost = Outermost(failing, seen.append)
    with pytest.raises(RuntimeError):
        outermost({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, None)
    assert [each.status for each in answer_facts.of(seen)] == ["500"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/static/css/site.css", "static"), ("/data/china-provinces/3/data.csv", "file"), ("/metrics", "health"),
        ("/data/china-provinces/latest/data.csv", "file"), ("/data/china-provinces/3/", "page"), ("/data/", "page"),
        ("/api/v1/datasets", "api"), ("/admin/", "desk"), ("/accounts/login/", "desk"), ("/readyz", "health"),
        ("/preview/abc/", "preview"), ("/search/", "page"), ("/", "page"), ("", "page"), ("*", "page"),
    ],
)  # fmt: skip
def test_an_answer_that_nobody_named_is_of_the_kind_of_its_address(path, kind):
    assert noted(answering(), path).kind == kind
    assert kind in answer_kinds.KINDS


def lines(form, *paths, monkeypatch):
    monkeypatch.setattr(sys, "stderr", StringIO())
    access_log.write([noted(answering(), path) for path in paths], form)
    return sys.stderr.getvalue().splitlines()


def test_a_line_of_json_holds_the_path_and_no_more_of_the_address(monkeypatch):
    (line,) = lines("json", "/caf\xc3\xa9/", monkeypatch=monkeypatch)
    told = json.loads(line)
    assert told.pop("time").endswith("Z") and told.pop("ms") >= 0 and len(told.pop("request_id")) == 20
    assert told == {
        "level": "INFO", "logger": "access", "method": "GET", "path": "/café/", "status": 200, "bytes": 912,
        "kind": "page",
    }  # fmt: skip


@pytest.mark.parametrize("form", access_log.LINES)
@pytest.mark.parametrize(
    "path", ['/a\n{"x": 1}', '/a"b\\', "/\x1b[2J", "/\xe2\x80\xa8", "/\xff\xfe", "/a\r\nb", "/\x7f"]
)
def test_whatever_a_path_holds_a_request_is_one_printable_line(form, path, monkeypatch):
    (line,) = lines(form, path, monkeypatch=monkeypatch)
    assert line.isascii() and line.isprintable()
    if form == "json":
        json.loads(line)


@pytest.mark.parametrize("form", access_log.LINES)
def test_a_long_path_is_cut_and_the_token_of_a_preview_is_masked(form, monkeypatch):
    long, secret = lines(form, "/" + "x" * 9000, "/preview/S3CRET/provinces/", monkeypatch=monkeypatch)
    assert len(long) < 1000
    assert "/preview/[masked]/provinces/" in secret and "S3CRET" not in secret


def test_a_log_that_nobody_reads_stops_nothing(monkeypatch):
    class Closed(StringIO):
        def write(self, text):
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stderr", Closed())
    access_log.write([noted(answering())], "json")


def test_what_is_noted_is_handed_on_once_and_in_order():
    queue, seen = NotedAnswers(), []
    queue._readers = (seen.extend,)
    for path in ("/a", "/b"):
        Outermost(answering(), queue.note)({"REQUEST_METHOD": "GET", "PATH_INFO": path}, lambda *_: None)
    queue.hand_on()
    queue.hand_on()
    assert [each.path for each in seen] == ["/a", "/b"]
