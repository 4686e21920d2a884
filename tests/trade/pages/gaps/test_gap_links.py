"""Where a missing figure leads: every address that a table writes is that of a row, or a year, of the page of gaps."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.trade import cubes
from tests.trade.cubes import shown
from trade.charts.gaps import gap_choice, gap_table
from trade.pages.gaps.gap_links import gap_row, in_columns
from trade.pages.in_place import view_pack


def links(payload):
    """The addresses behind the missing cells of all tables, each with the direction of its figure."""
    for table in [figure["table"] for figure in payload["figures"] if figure["table"]]:
        for row in table["rows"]:
            for column, cell in in_columns(row, table):
                if cell["value"] is None and cell["status_text"]:
                    yield column["flow"], gap_row(payload["gaps_url"], table, row, column)


@pytest.mark.parametrize(
    ("name", "slug", "query"),
    [
        ("provinces", "", {"flow": "both"}),
        ("provinces", "", {"flow": "from_dprk"}),
        ("province", "cn-qh", {}),
        ("commodities", "", {"flow": "from_dprk"}),
        ("commodity", "27", {"flow": "from_dprk"}),
        ("provinces", "", {"period": "months", "view": "seasons"}),
    ],
)
def test_a_missing_figure_leads_to_its_row_of_the_page_of_gaps(name, slug, query):
    payload = shown(name, slug, **query)
    cube = cubes.provinces() if name.startswith("provinc") else cubes.commodities()
    found = set(links(payload))
    assert found
    for flow, address in found:
        asked = {key: one for key, (one,) in parse_qs(urlsplit(address).query).items()}
        choice = gap_choice.read(asked, cube, None, [])
        table = gap_table.make(cube, choice)
        targets = {part.slug for part in table.parts} | {f"p{period.key}" for period in table.periods}
        assert choice.flow == flow and re.search("#(.+)$", address)[1] in targets, address


def test_what_a_page_holds_in_memory_leads_there_too():
    for figure in shown("provinces", flow="both")["figures"]:
        kept, table = view_pack.tight(figure)["table"], figure["table"]
        assert not table or kept["rows_are"] == table["rows_are"]
        for head, column in zip(kept["columns"], table["columns"], strict=True) if table else ():
            assert [head.get(name, "") for name in ("member", "flow")] == [column["member"], column["flow"]]
