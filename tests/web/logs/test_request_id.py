"""Each request has a number: made here, or taken from the proxy; it is in the answer and on the page of an error."""

import re

import pytest
from django.template.loader import render_to_string

from web.logs import request_id
from web.observed.outermost import Outermost
from web.page_cache import renderer


def ask(application, behind_proxy=False, **headers):
    """Ask an application below the outermost layer: its headers."""
    said = {}
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"} | headers
    outermost = Outermost(application, lambda note: None, behind_proxy)
    list(outermost(environ, lambda status, headers, exc_info=None: said.update(headers)))
    return said


def plain(environ, start_response):
    start_response("200 OK", KEPT_HEADERS)
    return [request_id.current().encode()]


KEPT_HEADERS = [("Content-Type", "text/plain")]


def test_two_requests_have_two_numbers_and_the_headers_that_an_answer_shares_stay_as_they_are():
    first, second = ask(plain), ask(plain)
    assert re.fullmatch("[0-9a-f]{20}", first["X-Request-ID"])
    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert KEPT_HEADERS == [("Content-Type", "text/plain")]


def test_the_number_that_the_proxy_gave_is_kept_behind_a_proxy_alone():
    given = "7b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
    assert ask(plain, behind_proxy=True, HTTP_X_REQUEST_ID=given)["X-Request-ID"] == given
    assert ask(plain, behind_proxy=False, HTTP_X_REQUEST_ID=given)["X-Request-ID"] != given


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "12345678\n", "12345678\r\nSet-Cookie: a=b", "<script>", "é" * 9, ""]
)
def test_a_number_that_is_not_plain_is_not_taken_from_anybody(given):
    assert re.fullmatch("[0-9a-f]{20}", ask(plain, behind_proxy=True, HTTP_X_REQUEST_ID=given)["X-Request-ID"])


def test_the_page_of_an_error_gives_the_number_to_quote():
    request_id.resume("9f2c41d07be3a5561c80")
    assert "quote this number: <code>9f2c41d07be3a5561c80</code>" in render_to_string("500.html")
    request_id.resume("")
    assert "quote this number" not in render_to_string("500.html")


def view(request):
    """What a view in another process takes for its request's number."""
    return request_id.current()


view.parts = {"view": view}


def test_the_process_that_computes_views_knows_the_number_of_the_request(db):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", request_id.KEY: "9f2c41d07be3a5561c80"}
    try:
        assert renderer._in_process(f"{__name__}:view", "view", environ, (), {}, ()) == "9f2c41d07be3a5561c80"
    finally:
        request_id.resume("")
