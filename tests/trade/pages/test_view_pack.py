"""What a page holds in memory: the views of all times, each the same as its own address gives, and little to send."""

import json
from urllib.parse import parse_qs, urlsplit

import brotli
import pytest

from tests.samples import slow_after
from tests.trade import columns, cubes
from trade import charts
from trade.charts import other_times, view_state
from trade.pages.in_place import view_pack

TEN = ("cn-ln", "cn-jl", "cn-sd", "cn-hl", "cn-he", "cn-js", "cn-zj", "cn-gd", "cn-xz", "cn-hi")
PAGES = [
    ("provinces", "", {}),
    ("provinces", "", {"flow": "both", "show": "cn-ln,cn-jl"}),
    ("provinces", "", {"view": "lines", "scale": "log", "highlight": "cn-gd"}),
    ("provinces", "", {"flow": "from_dprk", "show": ",".join(TEN), "highlight": "cn-ln,cn-jl", "unit": "share"}),
    ("province", "cn-hl", {}),
    ("commodities", "", {"year": 2016}),
    ("commodities", "", {"flow": "to_dprk", "show": "iii", "view": "lines", "scale": "log"}),
    ("commodity", "v", {"unit": "share"}),
    ("commodity", "27", {"flow": "balance"}),
    ("commodity", "other", {}),
]


def cube_of(name):
    return cubes.provinces() if name.startswith("provinc") else cubes.commodities()


def opened(name, slug, query):
    """A page's maker and its state, as the views open them."""
    cube = cube_of(name)
    chosen = view_state.read(name, slug, {key: [str(value)] for key, value in query.items()}, cube)
    make = getattr(charts, name)
    return (lambda one: make(cube, slug, one) if slug else make(cube, one)), chosen


@pytest.fixture
def answer(monkeypatch):
    """Ask for a page's memory; what is known of the world is left out, it has tests of its own."""
    monkeypatch.setattr(view_pack.events, "known", lambda dataset: [])
    return lambda *page: view_pack.views(*opened(*page))


def unpacked(answer):
    """What static/js/memory.js makes of an answer, the slow way: {url: payload}."""
    answer = json.loads(answer)
    views = {}
    for url, view in answer["views"].items():
        currents, drawn = view.pop("current"), view.pop("svg", {})
        figures = [answer["figures"][key] for key in view["figures"]]
        views[url] = view | {"figures": [columns.figure(one) | {"current": currents.get(one["id"])} for one in figures]}
        assert set(drawn) <= {one["id"] for one in figures}
    return views


@pytest.mark.parametrize("place", slow_after(0, range(len(PAGES))))
def test_every_time_is_there_and_is_what_its_own_address_gives(place, answer):
    name, slug, query = PAGES[place]
    views = unpacked(answer(name, slug, query))
    make, chosen = opened(name, slug, query)
    controls = [control for control in make(chosen)["controls"] if control["name"] in ("year", "month")]
    wanted = {chosen.url()} | {choice["url"] for control in controls for choice in control["choices"]}
    assert len(wanted) > 8
    assert set(views) == wanted
    for url, view in views.items():
        asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        make, there = opened(name, slug, asked)
        alone = charts.mark(make(there), [])
        assert columns.shown(view) == columns.shown(json.loads(json.dumps(alone))), url


@pytest.mark.slow
def test_figures_that_views_share_are_written_once(answer):
    written = json.loads(answer("provinces", "", {}))
    years = [view for url, view in written["views"].items() if "?" not in url or url.startswith("/provinces/?year=")]
    assert len(years) == 28
    assert len({view["figures"][0] for view in years}) == 1
    assert len({view["figures"][1] for view in years}) == 28
    assert {view["current"]["by-year"] for view in years} == {str(year) for year in range(1998, 2026)}


@pytest.mark.slow
def test_only_the_view_itself_brings_its_drawings(answer):
    views = json.loads(answer("provinces", "", {"year": 2016}))["views"]
    assert [url for url, view in views.items() if "svg" in view] == ["/provinces/?year=2016"]
    assert set(views["/provinces/?year=2016"]["svg"]) == {"by-year", "ranked", "map"}


@pytest.mark.slow
def test_a_page_of_provinces_is_little_to_send(answer):
    size = len(brotli.compress(answer("provinces", "", {}).encode(), quality=6))
    assert size < 60_000, size


def test_a_dataset_without_a_figure_has_views_without_figures():
    chosen = view_state.read("provinces", "", {}, empty := cubes.cube([]))
    assert other_times.of(lambda one: charts.provinces(empty, one), chosen)[0]["figures"] == []
