"""The table of gaps against the files by hand: of each part and year what is reported, estimated and missing."""

from collections import Counter, defaultdict

import pytest

from tests.trade import cubes
from tests.trade.cubes import FLOWS, cube
from trade.charts.gaps import gap_choice, gap_rows, gap_table, gap_words, observation_states


def table(made, **query):
    choice = gap_choice.read(query, made, None, [])
    return gap_table.make(made, choice), choice


def row(key, year, value, **more):
    return {"key": key, "flow": "to_dprk", "year": year, "value_usd": value} | more


def by_hand(*names):
    """What the files say of each key, flow and year: {("cn-ln", "to_dprk", 2016): [records]}."""
    found = defaultdict(list)
    for record in cubes.records(*names):
        found[(record.get("province") or record["code"]).lower(), record["flow"], int(record["year"])].append(record)
    return found


def state_by_hand(records, months_of_year):
    """The kind of a cell: of years from one record, of a year of months from all of its months."""
    if not records:
        return "unlisted"
    valued = [record for record in records if record["reported_usd"]]
    estimated = any(record["estimate_usd"] for record in records)
    if not valued:
        return "estimated" if estimated else "missing"
    if len(valued) < len(records) or (months_of_year and len(records) < months_of_year):
        return "incomplete"
    if estimated:
        return "both"
    statuses = {record["status"] for record in records}
    return {"P": "provisional", "U": "unreliable"}.get(max(statuses, key="ABPU".index), "reported")


@pytest.mark.parametrize("flow", FLOWS)
def test_every_cell_of_the_provinces_is_what_the_files_say(flow):
    records, made = by_hand(cubes.YEARS_FILE, cubes.MONTHS_FILE), cubes.provinces()
    drawn, _choice = table(made, flow=flow)
    months = {year: len({record["month"] for key, one in records.items() if key[1:] == (flow, year) for record in one
                         if record["month"] not in ("", "0")}) for year in made["years"]}  # fmt: skip
    wanted = {part.slug: [state_by_hand(records[part.slug, flow, int(period.key)], months[int(period.key)])
                          for period in drawn.periods] for part in drawn.parts}  # fmt: skip
    assert len(wanted) == 31 and {part.slug: [state.kind for state in part.states] for part in drawn.parts} == wanted
    for place, period in enumerate(drawn.periods):
        kinds = Counter(states[place] for states in wanted.values())
        kinds["reported"] += kinds["provisional"] + kinds["unreliable"] + kinds["both"]
        assert period.counts == {kind: kinds[kind] for kind in gap_table.COUNTED} and sum(period.counts.values()) == 31


@pytest.mark.parametrize("within", ["27", "72"])
def test_every_heading_of_a_chapter_is_what_the_file_says(within):
    records, made = by_hand(cubes.HEADINGS_FILE), cubes.commodities()
    drawn, _choice = table(made, flow="from_dprk", within=within)
    assert {part.slug for part in drawn.parts} == {
        key for key, flow, _year in records if key.startswith(within) and flow == "from_dprk"
    }
    for part in drawn.parts:
        wanted = [state_by_hand(records[part.slug, "from_dprk", int(period.key)], 0) for period in drawn.periods]
        assert [state.kind for state in part.states] == wanted


def test_a_section_says_how_many_of_its_figures_are_missing():
    records, made = by_hand(cubes.HEADINGS_FILE), cubes.commodities()
    drawn, _choice = table(made, flow="from_dprk", within="v")
    chapter = next(part for part in drawn.parts if part.slug == "27")
    place = [period.key for period in drawn.periods].index("2018")
    missing = sum(not record["reported_usd"] for (key, flow, year), found in records.items() for record in found
                  if key[:2] == "27" and flow == "from_dprk" and year == 2018)  # fmt: skip
    assert missing and chapter.states[place].missing == missing
    if chapter.states[place].is_reported:
        assert chapter.states[place].letter == str(missing)


KINDS = [
    (row("CN-LN", 2020, 5), None, ("reported", "●"), "reported"),
    (row("CN-LN", 2020, 0), None, ("reported", "●"), "reported"),
    (row("CN-LN", 2020, 5, status="P"), None, ("provisional", "P"), "provisional"),
    (row("CN-LN", 2020, 5, status="U"), None, ("unreliable", "U"), "low reliability"),
    (row("CN-LN", 2020, 5, status="B"), None, ("reported", "B"), "reported, break in the series"),
    (row("CN-LN", 2020, 5), 7, ("both", "+E"), "reported and estimated"),
    (row("CN-LN", 2020, None, status="L"), 7, ("estimated", "E"), "estimated only"),
    (row("CN-LN", 2020, None, status="L"), None, ("missing", "L"), "missing: data may exist but were not collected"),
    (row("CN-LN", 2020, None, status="Q"), None, ("missing", "Q"), "missing: suppressed"),
    (row("CN-LN", 2020, None, status="O"), None, ("missing", "O"), "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("reported", "estimate", "shown", "words"), KINDS)
def test_each_state_has_a_letter_a_kind_and_words(reported, estimate, shown, words):
    rows = [reported, row("CN-JL", 2020, 1)]
    rows += [row("CN-LN", 2020, estimate, component="estimate", status="E")] if estimate else []
    drawn, _choice = table(cube(rows))
    state = next(part for part in drawn.parts if part.slug == "cn-ln").states[0]
    assert ((state.kind, state.letter), observation_states.said(state)) == (shown, words)
    assert {"kind": shown[0], "letter": shown[1]}.items() <= next(
        one for one in drawn.legend if (one["kind"], one["letter"]) == shown
    ).items()


def test_a_year_of_fewer_months_than_the_others_is_half_known_and_a_part_year_is_named_so():
    rows = [row("CN-LN", 2025, 1, month=month) for month in (1, 2, 3)]
    rows += [row("CN-JL", 2025, 1, month=month) for month in (1, 2)]
    made = cube(rows)
    drawn, _choice = table(made)
    letters = {part.slug: part.states[0].letter for part in drawn.parts}
    assert (letters["cn-ln"], letters["cn-jl"], letters["cn-gd"]) == ("●", "½", "")
    assert (drawn.periods[0].label, drawn.periods[0].is_part) == ("Jan–Mar 2025", True)
    months, _choice = table(made, year="2025")
    assert [period.key for period in months.periods] == ["2025-01", "2025-02", "2025-03"]
    assert [state.kind for part in months.parts if part.slug == "cn-jl" for state in part.states] == [
        "reported", "reported", "unlisted",
    ]  # fmt: skip


def test_the_sentence_counts_and_names():
    rows = [row("CN-LN", year, 1) for year in (2019, 2020, 2021)]
    rows += [row("CN-HL", year, 3) for year in (2019, 2020, 2021)]
    rows += [row("CN-HL", year, 9, component="estimate", status="E") for year in (2020, 2021)]
    rows += [row("CN-XZ", 2019, 1), row("CN-XZ", 2020, None, status="O"), row("CN-XZ", 2021, None, status="L")]
    made = cube(rows)
    drawn, _choice = table(made)
    assert gap_words.sentence(made, drawn) == (
        "In 2021, 2 of 31 provinces are reported, 1 missing and 28 not listed. "
        "Estimates are included for Heilongjiang in 2020–2021. "
        "Figures are missing or incomplete for Tibet (Xizang) in 2 of 3 years."
    )


def test_runs_of_years_are_written_shortly():
    names = ["2013", "2014", "2015", "2016", "2017"]
    assert gap_words.spans(names, [True, False, True, True, True]) == "2013, 2015–2017"
    assert gap_words.spans(names, [False] * 5) == ""


def test_what_an_address_cannot_have_is_said_and_the_usual_is_shown():
    choice = gap_choice.read({"flow": "<b>", "within": "zz", "year": "1066"}, cubes.provinces(), None, [])
    assert (choice.flow, choice.within, choice.year, choice.query()) == ("to_dprk", "", None, "")
    assert len(choice.notices) == 3
    assert "“<b>” is not a direction of this dataset" in choice.notices[0]


def test_an_address_names_what_differs_from_the_usual():
    choice = gap_choice.read({"flow": "from_dprk", "within": "27"}, cubes.commodities(), 2, [])
    assert choice.url() == "/data/china-commodities/gaps/?release=2&flow=from_dprk&within=27"
    assert choice.url(suffix=".csv", release=None, flow="to_dprk", within="") == "/data/china-commodities/gaps.csv"


def test_the_rows_of_the_files_are_the_cells():
    made = cubes.provinces()
    drawn, choice = table(made, flow="from_dprk")
    rows = list(gap_rows.rows(drawn, made, choice))
    assert len(rows) == len(drawn.parts) * len(drawn.periods) and set(rows[0]) == set(gap_rows.COLUMNS)
    assert sum(one["state"] == "missing" for one in rows) == sum(
        state.kind == "missing" for part in drawn.parts for state in part.states
    )


def test_a_dataset_of_totals_has_one_row_a_direction():
    drawn, choice = table(cubes.totals())
    assert len(drawn.parts) == 1 and set(gap_choice.flows_of(cubes.totals())) >= {"to_dprk", "from_dprk"}
    assert drawn.parts[0].name.startswith("China’s exports")
    assert gap_words.sentence(cubes.totals(), drawn).startswith("China’s exports to the DPRK: reported in ")
    assert gap_words.count_rows(drawn) == []


def test_a_release_without_figures_says_so():
    made = cube([])
    drawn, _choice = table(made)
    assert gap_words.sentence(made, drawn) == "This release contains no figures."
