"""A query that names several provinces, or a time, leads to the view that it asks for."""

import pytest

from search.finding import Result
from trade.models import Province
from trade.pages.searched import composed_views

pytestmark = pytest.mark.usefixtures("places")
COAL = Result("heading", "2701", "Coal", "", "", "", "/commodities/2701/")
JUICE = Result("heading", "2009", "Fruit juices", "", "", "", "/commodities/2009/")
PAGE = Result("page", "", "Data", "", "", "", "/data/")


@pytest.mark.parametrize(
    ("query", "title", "url"),
    [
        ("Guangdong and Liaoning since 2010", "Compare Guangdong and Liaoning since 2010",
         "/provinces/?from=2010&view=lines&show=cn-gd,cn-ln"),
        ("liaoning guangdong", "Compare Liaoning and Guangdong", "/provinces/?view=lines&show=cn-ln,cn-gd"),
        ("imports of Jilin, Liaoning 2010-2016", "Compare Jilin and Liaoning, 2010 to 2016",
         "/provinces/?flow=from_dprk&from=2010&to=2016&view=lines&show=cn-jl,cn-ln"),
        ("辽宁 吉林 2016", "Compare Liaoning and Jilin, 2016", "/provinces/?year=2016&view=lines&show=cn-ln,cn-jl"),
    ],
)  # fmt: skip
def test_several_provinces_are_compared(query, title, url):
    [view] = composed_views.composed(query, [])
    assert (view.title, view.url) == (title, url)


@pytest.mark.parametrize(
    ("query", "title", "url"),
    [
        ("coal 2016", "Coal, 2016", "/commodities/2701/?year=2016"),
        ("coal since 2012", "Coal since 2012", "/commodities/2701/?from=2012"),
        ("coal until 2012", "Coal until 2012", "/commodities/2701/?to=2012"),
        ("coal 2016 to 2012", "Coal, 2012 to 2016", "/commodities/2701/?from=2012&to=2016"),
    ],
)
def test_what_is_found_first_is_shown_in_the_time_that_was_named(query, title, url):
    [view] = composed_views.composed(query, [COAL])
    assert (view.title, view.url) == (title, url)


@pytest.mark.parametrize(
    ("query", "found"),
    [("coal", [COAL]), ("2009", [JUICE]), ("data 2016", [PAGE]), ("Liaoning", []), ("inner", []), ("x" * 5000, []),
     ("Hainan 1066", []), ("2016", []), ("resolution 2371", [])],
)  # fmt: skip
def test_other_queries_ask_for_no_view(query, found):
    assert composed_views.composed(query, found) == []


def test_no_more_than_ten_are_compared_and_one_query_is_made(django_assert_num_queries):
    names = " ".join(Province.objects.values_list("name_en", flat=True))[: composed_views.LONGEST]
    with django_assert_num_queries(1):
        [view] = composed_views.composed(names, [])
    assert 2 <= view.url.split("show=")[1].count(",") + 1 <= 10
