"""Views that are computed in a process of their own."""

import os
import signal

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.test import RequestFactory

from trade.pages import charts
from web.page_cache import keep, renderer

NAME = "trade.pages.charts:provinces"


@pytest.fixture
def started():
    """A process that is ended after the test."""
    one = renderer.Renderer()
    yield one
    one._drop(one._started())


def ask(one, path="/provinces/", part="canonical", name=NAME):
    request = WSGIRequest(RequestFactory().get(path).environ)
    return one.ask(name, part, request, (), {})


def test_a_kept_view_is_found_by_its_name_and_another_one_is_not():
    assert renderer.name_of(charts.provinces.parts["view"]) == NAME
    assert renderer.name_of(ask) is None


@pytest.mark.slow
def test_a_process_that_is_killed_is_replaced_and_what_it_raises_arrives(started):
    [first] = [started._started().submit(os.getpid).result()]
    os.kill(first, signal.SIGKILL)
    [second] = [pid for _try in range(2) if (pid := _pid(started))][-1:]
    assert second != first
    with pytest.raises(AttributeError):
        ask(started, name="trade.pages.charts:nothing")
    with pytest.raises(Http404):
        started._started().submit(_not_found).result()


def _pid(one):
    try:
        return one._started().submit(os.getpid).result()
    except renderer.BrokenProcessPool:
        one._drop(one._pool)
        return None


def _not_found():
    raise Http404


def test_where_no_process_starts_the_server_computes_the_view_itself(monkeypatch, settings, rf):
    settings.RENDERER = True

    def broken(*_arguments):
        raise renderer.CannotStart

    monkeypatch.setattr(renderer.RENDERER, "ask", broken)
    parts = charts.provinces.parts | {"canonical": lambda request: request.path}
    call = keep._caller(parts, rf.get("/provinces/"), (), {}, None)
    assert call("canonical") == "/provinces/"
