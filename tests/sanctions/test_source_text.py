"""Sources as people write them: what begins with an address leads there, and nothing else does."""

import pytest

from sanctions.source_text import Source, parse


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("", []),
        ("un.org fr s/res/2375", [Source("un.org fr s/res/2375")]),
        ("customslawyer.cn id/65365", [Source("customslawyer.cn id/65365")]),
        ("upi.com 2022/01/18", [Source("upi.com 2022/01/18")]),
        ("voakorea.com/a/3303784.html", [Source("voakorea.com/a/3303784.html", "https://voakorea.com/a/3303784.html")]),
        ("https://un.org/a?b=1", [Source("un.org/a?b=1", "https://un.org/a?b=1")]),
        ("globalnews.ca/news/1 (list)", [Source("globalnews.ca/news/1", "https://globalnews.ca/news/1", "(list)")]),
        ("Canada, SOR <https://a.org/b> (s. 8)", [Source("Canada, SOR", "https://a.org/b", "(s. 8)")]),
        ("thompsonhine; un.org/a", [Source("thompsonhine"), Source("un.org/a", "https://un.org/a")]),
        ("javascript:alert(1)//a.b/", [Source("javascript:alert(1)//a.b/")]),
        ("<javascript:alert(1)>", [Source("<javascript:alert(1)>")]),
    ],
)
def test_a_source_is_a_link_where_it_begins_with_an_address(text, sources):
    assert parse(text) == sources
