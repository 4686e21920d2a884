"""The view by sanctions: its titles, notes, table and caps, on small datasets whose rules are known."""

from datetime import date

import pytest

from sanctions.rulebook import CappedAmount, Rulebook
from sanctions.rules import Level, Rule
from tests.trade.cubes import cube, figure, row
from trade import charts
from trade.charts import svg, view_rows, view_state

TODAY = date(2021, 6, 1)
MOST = "Between 60% and 90% of China’s imports from the DPRK"
BAN = Rule(1, "from_dprk", Level.BANNED, "2701", date(2017, 8, 5))
PART = Rule(2, "from_dprk", Level.BANNED, "72", date(2016, 3, 2), in_part=True)
CAP = CappedAmount(3, "to_dprk", ("2710", "2712"), 500_000, "barrels", 60_000, date(2018, 1, 1), None, "twelve_months",
                   "500,000 barrels (60,000 tonnes)", 2397, "5")  # fmt: skip
ROWS = [
    row(code, "from_dprk", year, value)
    for year in (2015, 2017, 2018)
    for code, value in (("2701", 60), ("72", 30), ("6109", 10))
]


def payload(rows=ROWS, bans=(BAN, PART), caps=(), page="commodities", slug="", about=None, **query):
    of = cube(rows, "commodity", **(about or {"demonstration": False}))
    book = Rulebook(tuple(bans), TODAY, tuple(caps))
    asked = {"view": "sanctions"} | query
    chosen = view_state.read(page, slug, {key: [str(value)] for key, value in asked.items()}, of, rules=lambda: book)
    return charts.commodity(of, slug, chosen) if slug else charts.commodities(of, chosen)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({"year": 2018}, "Between 60% and 90% of China’s imports from the DPRK in 2018 fell under a ban"),
        ({"year": 2017}, "China’s imports from the DPRK in 2017: sanctions changed during the year"),
        ({"year": 2015}, "None of China’s imports from the DPRK in 2015 fell under a ban"),
        ({"year": 2015, "rules": "today"}, f"{MOST} in 2015 would be banned today"),
        ({"year": 2017, "rules": "today"}, f"{MOST} in 2017 would be banned today"),
        ({"year": 2016}, "China’s imports from the DPRK: no figure for 2016 (3 figures missing in 2016)"),
        (
            {"year": 2015, "rules": "today", "release": 2},
            f"{MOST} in 2015 would be banned under the sanctions of 1 June 2021",
        ),
    ],
)  # fmt: skip
def test_the_title_says_how_much_is_banned_and_nothing_of_a_year_in_which_that_changed(query, title):
    rows = [*ROWS, *(row(code, "from_dprk", 2016, None, status="O") for code in ("2701", "72", "6109"))]
    assert payload(rows, **query)["title"] == title


@pytest.mark.parametrize(
    ("values", "share"),
    [
        ({"2701": 60, "6109": 40}, "60%"),
        ({"2701": 60}, "All"),
        ({"6109": 40}, "None"),
        ({"72": 30, "6109": 70}, "Up to 30%"),
        ({"72": 30}, "An unknown share"),
        ({"2701": 60, "72": 40}, "At least 60%"),
        ({"2701": 1, "6109": 10**6}, "Less than 0.1%"),
        ({"2701": 60, "9901": 40}, "At least 60%"),
    ],
)
def test_a_share_is_a_range_where_nobody_knows(values, share):
    made = payload([row(code, "from_dprk", 2018, value) for code, value in values.items()])
    assert made["title"] == f"{share} of China’s imports from the DPRK in 2018 fell under a ban"


def test_what_is_missing_is_said_in_the_title_and_makes_it_a_share_of_what_is_known():
    made = payload([row("2701", "from_dprk", 2018, None, status="L"), row("6109", "from_dprk", 2018, 5)])
    assert made["title"] == (
        "None of the known value of China’s imports from the DPRK in 2018 fell under a ban (1 figure missing in 2018)"
    )


def test_invented_figures_say_so_in_title_and_sentence_and_so_in_the_card_and_the_alt_text():
    made = payload(about={"demonstration": True}, year=2018)
    assert made["title"].endswith("fell under a ban (invented figures)")
    assert made["sentence"].startswith("Invented figures: China’s imports")
    assert "(invented figures)" in svg.compose(made, made["figures"][0]).markup


def test_the_sentence_gives_every_group_and_says_that_the_unreported_is_in_no_figure():
    assert payload(year=2018)["sentence"] == (
        "China’s imports from the DPRK came to US$100 in 2018 (CIF): under the sanctions then in force, US$60 (60%) "
        "banned, US$30 (30%) partly or unclear and US$10 (10%) not restricted. Unreported trade is not included."
    )


def test_a_year_in_which_the_rules_changed_is_hatched_and_said_so_in_the_table():
    drawn = figure(payload(year=2018), "by-sanctions")
    assert [one["key"] for one in drawn["categories"] if one["unsettled"]] == ["2017"]
    assert [one["header"] for one in drawn["table"]["rows"]] == ["2015", "2016", "2017, sanctions changed", "2018"]
    markup = svg.draw(drawn)
    assert 'id="by-sanctions-h7"' in markup and markup.count('fill="url(#by-sanctions-h') == 3
    assert "Hatched (2017): sanctions on these goods changed within the period." in drawn["notes"]
    today = figure(payload(year=2018, rules="today"), "by-sanctions")
    assert "hatch" not in svg.draw(today) and not any(one["unsettled"] for one in today["categories"])


def test_what_was_reported_after_the_bans_never_stands_without_what_it_leaves_out():
    notes = figure(payload(year=2018), "by-sanctions")["notes"]
    [said] = [note for note in notes if note.startswith("Reported in goods under a ban")]
    assert said == (
        "Reported in goods under a ban, 2018: between US$60 and US$90. Unreported trade is not included: a low value "
        "does not mean that no trade took place."
    )


def test_the_table_of_goods_says_what_applies_to_each():
    table = figure(payload(year=2018), "ranked")["table"]
    assert table["columns"][-1]["label"] == "Sanctions"
    said = {one["key"]: one["cells"][-1]["text"] for one in table["rows"]}
    assert said == {"v": "Banned", "xv": "Partly or unclear", "xi": "Not restricted", "all": ""}
    rows = view_rows.of(payload(year=2018))
    assert {one["sanctions"] for one in rows if one["chart"] == "ranked" and one["member"] == "v"} == {"Banned"}


def test_a_cap_is_held_against_the_tonnes_that_were_reported():
    rows = [
        row("2710", "to_dprk", year, 5_000, quantity=quantity, quantity_unit="t")
        for year, quantity in ((2017, 90_000.0), (2018, 45_000.0), (2019, 66_000.0))
    ]
    about = {"rows": rows, "bans": [], "caps": [CAP], "flow": "to_dprk", "year": 2018}
    drawn = figure(payload(page="commodity", slug="27", **about), "by-sanctions")
    assert (
        "Resolution 2397, paragraph 5 caps refined petroleum at 500,000 barrels (60,000 tonnes) in each 12 months from "
        "1 January 2018. Reported, by calendar year: 2018 45,000\u00a0t (75% of the cap); 2019 "
        "66,000\u00a0t (110% of the cap)."
    ) in drawn["notes"]
    found = {
        one["period"]: one for one in view_rows.of(payload(page="commodity", slug="2710", **about)) if one["quantity"]
    }
    assert found["2018"]["cap_percent"] == 75 and found["2019"]["cap_percent"] == 110
    assert (found["2018"]["quantity"], found["2018"]["quantity_unit"]) == (45_000, "t")


@pytest.mark.parametrize("without", [{"quantity": None}, {"quantity_unit": "pieces"}])
def test_without_its_weight_nothing_is_held_against_a_cap(without):
    rows = [row("2710", "to_dprk", 2018, 5_000, **{"quantity": 45_000.0, "quantity_unit": "t"} | without)]
    drawn = figure(payload(rows, [], [CAP], flow="to_dprk", year=2018), "by-sanctions")
    assert not any(" caps " in note for note in drawn["notes"])


def test_a_cap_on_goods_outside_a_page_is_not_held_against_it():
    rows = [row(code, "to_dprk", 2018, 5, quantity=9.0, quantity_unit="t") for code in ("2710", "2712")]
    about = {"rows": rows, "bans": [], "caps": [CAP], "flow": "to_dprk", "year": 2018}
    held = {
        slug: any(
            " caps " in note for note in figure(payload(page="commodity", slug=slug, **about), "by-sanctions")["notes"]
        )
        for slug in ("v", "27", "2710", "2712")
    }
    assert held == {"v": True, "27": True, "2710": False, "2712": False}


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ({"flow": "balance"}, "Sanctions apply to each direction by itself"),
        ({"show": "v"}, "shows all goods of this page"),
        ({"view": "columns", "rules": "today"}, "applies only to the view by sanctions"),
        ({"scale": "log"}, "logarithmic"),
        ({"rules": "never"}, "“never” is not a valid rules. Choose then or today; then is shown."),
    ],
)
def test_what_does_not_go_with_the_view_gives_way_and_is_told(query, notice):
    [said] = payload(year=2018, **query)["notices"]
    assert notice in said


def test_shares_are_of_the_whole_also_of_a_code_without_parts():
    made = payload(page="commodity", slug="2701", year=2018, unit="share")
    assert made["notices"] == []
    points = {one["key"]: one["points"] for one in figure(made, "by-sanctions")["series"]}
    assert [point["text"] for point in points["banned"]] == ["0%", "–", "100%", "100%"]


@pytest.mark.parametrize(
    ("edition", "code", "share"),
    [("2022", "270112", "All"), ("2017", "270112", "An unknown share"), ("", "270112", "All"), ("2017", "2701", "All")],
)
def test_subheadings_of_another_edition_are_partly_covered(edition, code, share):
    of = cube([row(code, "from_dprk", 2018, 5)], "commodity", demonstration=False)
    of["dataset"] |= {"hs_edition": edition}
    book = Rulebook((BAN._replace(digits=code, edition="2022"),), TODAY)
    chosen = view_state.read("commodities", "", {"view": ["sanctions"]}, of, rules=lambda: book)
    assert charts.commodities(of, chosen)["title"].startswith(f"{share} of China’s imports")
