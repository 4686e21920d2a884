"""What a table was understood to be about, with the text that says so."""

from tests.files import text, xlsx


def told(found):
    return {row["what"]: (row["value"], row["said"], row["place"]) for row in found.description}


def test_each_entry_names_the_text_that_says_it_and_where_it_stands(read):
    title = "China's exports to North Korea, US$ thousand"
    found = read(xlsx({"S": [[title], ["Province", 2023, 2024], ["Liaoning", 1, 2]]}), partner="China")
    assert told(found) == {
        "Trade": ("China’s trade with the DPRK", title, "title"),
        "Direction": ("to the DPRK", title, "title"),
        "Unit": ("US$ thousand", title, "title"),
        "Periods": ("years, 2023 to 2024", "", ""),
    }


def test_what_nothing_in_the_file_says_is_said_to_be_assumed(read):
    rows = [["province", "year", "month", "value"], ["Liaoning", 2024, 1, 5], ["Liaoning", 2024, 2, 6]]
    found = told(read(text(rows), flow="to_dprk"))
    assert found["Trade"][2] == "not named in the file"
    assert found["Direction"] == ("to the DPRK", "", "chosen at upload")
    assert found["Unit"] == ("US dollars", "", "not named in the file: whole dollars are read")
    assert found["Periods"][0] == "months, 2024-01 to 2024-02"
