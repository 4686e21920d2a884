"""Makes releases for tests, through the one writer, out of records written as a dictionary:

    {("CN-LN", "to_dprk", 2016, 0): {"reported": 5, "status": "A", "estimate": 7, "note": "oil"}}

and says what files of them must hold, with dictionaries alone: an oracle too slow and too simple to be wrong.
"""

import itertools

import pandas as pd
from hypothesis import strategies as st

from trade import frames
from trade.demonstration import DATASETS
from trade.models import Dataset
from trade.publishing import diff, releases

FACTS = {"province": DATASETS[0], "commodity": DATASETS[1]}
KEYS = {"province": ["CN-LN", "CN-JL", "CN-HL"], "commodity": ["01", "2701", "2709", "720110"]}
NUMBERS = itertools.count(1)
TEXT = st.one_of(
    st.sampled_from(["", "", "=1+1", "'=1+1", "+5", "-", "@x", "'tis", 'a "b", c', "two\nlines", "석탄 煤", "R&D <x>"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=12),
)
# What an import gives back as it was: it takes space from the ends of a note.
PLAIN_TEXT = st.sampled_from(
    [*("", "'tis", "it’s", 'a "b", c', "석탄 煤", "R&D <x>", "two\nlines"), *("a=b", "0", "=1+1", "'=1+1", "-5", "@x")]
)


def records(kind: str, texts=TEXT):
    """Draw records of one kind: years 2015 and 2016, months of 2017."""
    place = st.tuples(
        st.sampled_from(KEYS[kind]),
        st.sampled_from(["to_dprk", "from_dprk"]),
        st.sampled_from([(2015, 0), (2016, 0), (2017, 1), (2017, 12)]),
    ).map(lambda drawn: (*drawn[:2], *drawn[2]))
    money = st.one_of(st.none(), st.just(0), st.integers(1, 10**13))
    amount = st.one_of(st.none(), st.just(0.0), st.floats(0.001, 1e12, allow_nan=False).map(lambda x: round(x, 3)))
    record = st.fixed_dictionaries(
        {"reported": money, "status": st.sampled_from("APBOLQU"), "estimate": money, "note": texts}
        | ({"quantity": amount, "quantity_unit": st.sampled_from(["t", "kg"])} if kind == "commodity" else {})
    )
    return st.dictionaries(place, record, min_size=1, max_size=8)


def frame(records: dict) -> pd.DataFrame:
    """Lay records out as the rows that stand (frames.HEAD_COLUMNS)."""
    rows = []
    for (key, flow, year, month), record in records.items():
        cell = {"key": key, "flow": flow, "year": year, "month": month, "note": "", "quantity_unit": ""}
        estimate, last = record.get("estimate"), "estimate" if record.get("estimate") is not None else "reported"
        facts = {"value_usd": record.get("reported"), "status": record.get("status", "A"), "component": "reported"}
        facts |= {"quantity": record.get("quantity"), "quantity_unit": unit(record)}
        rows.append(cell | facts)
        if estimate is not None:
            rows.append(cell | {"value_usd": estimate, "status": "E", "component": "estimate"})
        rows[-1]["note"] = record.get("note", "")
        assert rows[-1]["component"] == last
    made = pd.DataFrame(rows, columns=frames.HEAD_COLUMNS)
    return frames.typed(made.assign(id=range(1, len(made) + 1)))


def unit(record: dict) -> str:
    """The unit of a record's quantity, if it has one."""
    return record.get("quantity_unit", "") if record.get("quantity") is not None else ""


def dataset(kind: str, **facts) -> Dataset:
    """Make a dataset with an identifier of its own."""
    return Dataset.objects.create(**FACTS[kind] | {"slug": f"made-{next(NUMBERS)}"} | facts)


def release(dataset: Dataset, records: dict, note: str = "A note."):
    """Publish records as all that stands of a dataset: its next release."""
    head = dataset.observations.standing().frame()
    changes = diff.between(head, frame(records))
    return releases.release(dataset, dataset.latest_release(), changes, note=note, kind="scheduled")


def expected(records: dict) -> dict:
    """Say what every file must hold: {("CN-LN", "to_dprk", "2016"): {"reported_usd": 5, …}}, None for a blank."""
    found = {}
    for (key, flow, year, month), record in records.items():
        period = f"{year}-{month:02d}" if month else str(year)
        found[key, flow, period] = {
            "year": year,
            "month": month or None,
            "reported_usd": record.get("reported"),
            "estimate_usd": record.get("estimate"),
            "status": record.get("status", "A"),
            "note": record.get("note") or None,
            "second_estimate_usd": None,
            "second_estimate_note": None,
        }
        if len(key) != 5:
            found[key, flow, period] |= {
                "quantity": record.get("quantity"),
                "quantity_unit": unit(record) or None,
            }
    return found
