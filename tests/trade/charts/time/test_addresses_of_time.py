"""Whatever time is chosen: one view has one address, and no link of a page leads to a view that explains itself."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from tests.trade.charts.test_view_state import addresses
from tests.trade.charts.time.cubes_by_month import drawn, of_years_alone
from trade import charts
from trade.charts import view_state

PAGES = [
    ("provinces", "", "province"), ("province", "cn-ln", "province"), ("commodities", "", "commodity"),
    ("commodity", "v", "commodity"), ("commodity", "27", "commodity"), ("commodity", "2701", "commodity"),
    ("commodity", "other", "commodity"),
]  # fmt: skip
TIMES = [
    "2016",
    "2018",
    "2020",
    "2022",
    "2024",
    "2025",
    "2023-01",
    "2024-02",
    "2025-09",
    "2026-01",
    "earliest",
    "latest",
]
FOLDERS = ("/provinces", "/commodities")
ABSENT = None
QUERIES = st.fixed_dictionaries(
    {
        "period": st.sampled_from([ABSENT, ABSENT, "months", "months", "ytd", "ytd", "weeks"]),
        **{name: st.sampled_from([*[ABSENT] * len(TIMES), *TIMES]) for name in ("year", "month", "from", "to", "base")},
        "view": st.sampled_from([ABSENT, "lines", "seasons", "sanctions"]),
        "unit": st.sampled_from([ABSENT, ABSENT, "share", "change", "index"]),
        "flow": st.sampled_from([ABSENT, "to_dprk", "from_dprk", "both", "balance"]),
        "scale": st.sampled_from([ABSENT, ABSENT, "log"]),
        "show": st.sampled_from([ABSENT, ABSENT, "cn-ln,cn-gd", "v", "27"]),
    },
).map(lambda asked: {name: [value] for name, value in asked.items() if value is not ABSENT})


def cube_of(kind, has):
    return of_years_alone() if has == "years" and kind == "province" else drawn(kind, years=has != "months")


def read(page, slug, cube, query):
    return view_state.read(page, slug, query, cube)


@pytest.mark.slow
@examples(2000, in_test=50)
@given(st.sampled_from(PAGES), st.sampled_from(["both", "years", "months"]), QUERIES)
def test_any_choice_of_time_is_read_and_its_own_address_says_the_same_without_a_notice(page, has, asked):
    name, slug, kind = page
    cube = cube_of(kind, has)
    chosen = read(name, slug, cube, asked)
    again = read(name, slug, cube, parse_qs(urlsplit(chosen.url()).query))
    assert (again.values, again.notices, again.url()) == (chosen.values, [], chosen.url())
    period, within = chosen.time, chosen.calendar.spanned(chosen.values)
    assert period is None or not within or within[0] <= period <= within[-1]


@pytest.mark.slow
@examples(200, in_test=10)
@given(st.sampled_from(PAGES), st.sampled_from(["both", "years", "months"]), QUERIES)
def test_every_link_of_a_page_leads_to_a_view_that_needs_no_word(page, has, asked):
    name, slug, kind = page
    cube = cube_of(kind, has)
    state = read(name, slug, cube, asked)
    make = getattr(charts, name)
    payload = make(cube, slug, state) if slug else make(cube, state)
    ours = [address for address in addresses(payload) if urlsplit(address).path.startswith(FOLDERS)]
    assert ours
    for address in ours:
        path, _dot, ending = urlsplit(address).path.partition(".")
        folder, _slash, there = path.strip("/").partition("/")
        target = view_state.OWN_PAGES[folder] if there else folder
        found = read(target, there, cube, parse_qs(urlsplit(address).query))
        assert (found.notices, found.url(suffix=f".{ending}" if ending else "")) == ([], address)
