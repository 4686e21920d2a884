"""Whether this server answers, and its database."""

from tests.trade import sites

publish = sites.usual


def test_healthz_asks_nothing_and_readyz_asks_the_database(site, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"
    with django_assert_num_queries(1):
        assert client.get("/readyz").content == b"ok\n"
