"""Kept pages leave before Django is asked: the very answer that Django gives, and no longer than it would."""

from concurrent.futures.process import BrokenProcessPool
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests.web.test_page_cache import dataset, publish  # noqa: F401  (what each test stands on)
from web.page_cache import by_stamp, popular, renderer, sending, shelf, stamp
from web.page_cache.before_django import KeptPages

pytestmark = [pytest.mark.usefixtures("keeping", "dataset", "requests_share_the_tests_connection")]


@pytest.fixture
def server(monkeypatch):
    """The application, which notes what Django is asked for; the database is asked for its stamp once in a minute."""
    monkeypatch.setattr(stamp, "FRESH", 60)
    django, asked = WSGIHandler(), []

    def noted(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return django(environ, start_response)

    server = KeptPages(noted)
    server.asked = asked
    return server


def ask(server, path="/provinces/", method="GET", **headers):
    """Ask as granian does: (status, headers, body)."""
    path, _, query = path.partition("?")
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.url_scheme": "http"}
    environ |= {"SERVER_NAME": "testserver", "SERVER_PORT": "80", "HTTP_HOST": "testserver", "wsgi.input": BytesIO()}
    given = []
    body = server(environ | headers, lambda status, headers: given.extend((status, headers)))
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return given[0], sorted((name.lower(), value) for name, value in given[1]), content


@pytest.mark.parametrize(
    "headers",
    [{}, {"HTTP_ACCEPT_ENCODING": "gzip, br"}, {"HTTP_ACCEPT_ENCODING": "gzip"}, {"method": "HEAD"},
     {"HTTP_IF_NONE_MATCH": "tag"}, {"HTTP_IF_NONE_MATCH": '"another"'}],
)  # fmt: skip
def test_the_second_reader_gets_the_very_answer_that_django_gives(headers, server):
    if headers.get("HTTP_IF_NONE_MATCH") == "tag":
        headers = {"HTTP_IF_NONE_MATCH": dict(ask(server)[1])["etag"]}
    of_django = ask(server, **headers)
    ask(server)
    server.asked.clear()
    status, given, content = ask(server, **headers)
    assert server.asked == []
    if status.startswith("304"):
        of_django = (of_django[0], [pair for pair in of_django[1] if pair[0] != "content-type"], of_django[2])
    body = b"" if headers.get("method") == "HEAD" else of_django[2]  # which the server leaves out
    assert (status, given, content) == (*of_django[:2], body)


def test_an_edit_is_seen_as_soon_as_django_has_seen_it(server):
    ask(server), ask(server)
    stamp.forget()
    ask(server)
    assert server.asked == ["/provinces/", "/provinces/"]


@pytest.mark.parametrize(
    "headers",
    [{"HTTP_COOKIE": "sessionid=1"}, {"HTTP_COOKIE": "a=b"}, {"HTTP_HOST": "other"}, {"HTTP_IF_MATCH": '"a"'},
     {"HTTP_X_FORWARDED_PROTO": "https"}, {"method": "POST"}, {"QUERY_STRING": "year=2015"}],
)  # fmt: skip
def test_any_other_request_is_answered_by_django(headers, server):
    ask(server), ask(server)
    server.asked.clear()
    ask(server, **headers)
    assert server.asked == ["/provinces/"]


def test_what_explains_a_wrong_choice_and_what_is_too_old_is_answered_by_django(server, monkeypatch):
    for _time in range(3):
        ask(server, "/provinces/?year=soon")
    ask(server)
    much_later = sending.clock() + sending.SECONDS + 1
    monkeypatch.setattr(sending, "clock", lambda: much_later)
    ask(server)
    assert len(server.asked) == 5


def test_the_requests_it_remembers_are_bounded(server, settings):
    settings.KEEP_PAGES_MOST = 3
    for number in range(9):
        ask(server, f"/provinces/?fbclid={number}")
    assert len(server.known.pages) == 3


def test_a_page_that_is_asked_for_often_is_packed_better(server, settings, monkeypatch):
    settings.RENDERER = True

    class AtOnce:
        def submit(self, function, *arguments):
            return Done(function(*arguments))

    monkeypatch.setattr(renderer, "RENDERER", AtOnce())
    monkeypatch.setattr(renderer, "name_of", lambda view: None)  # the views themselves are computed here
    brotli = {"HTTP_ACCEPT_ENCODING": "br"}
    first = ask(server, **brotli)
    for _time in range(popular.OFTEN + 1):
        last = ask(server, **brotli)
    assert len(last[2]) < len(first[2]) and dict(last[1])["content-length"] == str(len(last[2]))
    assert dict(last[1])["etag"] == dict(first[1])["etag"]


def test_a_page_is_sent_also_where_nothing_can_pack_it_again(server, settings, monkeypatch):
    settings.RENDERER = True
    monkeypatch.setattr(renderer, "name_of", lambda view: None)
    monkeypatch.setattr(renderer, "RENDERER", Broken())
    assert {ask(server)[0] for _time in range(2 * popular.OFTEN + 2)} == {"200 OK"}


class Broken:
    """A renderer whose process has died."""

    def submit(self, function, *arguments):
        raise BrokenProcessPool("died")


class Done:
    """A future that is there."""

    def __init__(self, result):
        self.result = lambda: result

    def add_done_callback(self, call):
        call(self)

    def cancelled(self):
        return False

    exception = cancelled


def test_an_edit_of_other_words_leaves_a_page_as_it_is_and_an_edit_of_its_own_makes_it_new(client):
    from faq.models import Question

    first = client.get("/provinces.csv")
    [kept] = [found for found in shelf.SHELF.pages.values() if b"csv" in str(found["headers"]).encode()]
    Question.objects.first().save()
    again = client.get("/provinces.csv")
    [after] = [found for found in shelf.SHELF.pages.values() if b"csv" in str(found["headers"]).encode()]
    assert after is kept and kept["stamp"] == stamp.seen().value and again.content == first.content
    assert by_stamp.still_hold(kept["read"], ("another",))
