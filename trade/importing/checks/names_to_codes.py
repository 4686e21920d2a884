"""Replaces names as files write them by codes of provinces and goods; HS codes of 8 digits are added up to 6."""

import re

import pandas as pd
from rapidfuzz import process

from spreadsheets.sheet import Fault
from trade.frames import KEY
from trade.importing.checks import row_text, sums_of_directions
from trade.importing.checks.faults import duplicates
from trade.importing.checks.row_text import SHOWN
from trade.reference.spelling import normalise

HS_CODE = re.compile(r"(\d{2}){1,4}")


def resolve(table: pd.DataFrame, vocabulary: dict[str, str], kind: str, names=None) -> tuple[pd.DataFrame, list[Fault]]:
    """Replace names by codes, "Nei Mongol" by "CN-NM", "Chapter 27" by "27", and add up 8-digit codes to 6.

    A row whose name is unknown and that holds no value is a note beside the table: dropped, and counted in
    `attrs["ignored"]` of the table that comes back. Any other unknown name is a fault, with the nearest known one,
    for which `names` maps codes to names: {"CN-JL": "Jilin"}.
    """
    codes = {name: _code(name, vocabulary, kind) for name in table["key"].dropna().unique()}
    unknown = table["key"].map(codes).isna()
    noted = unknown & _says_nothing(table)
    faults = _unknown_names(table[unknown & ~noted], vocabulary, kind, names or {})
    known = table[~unknown]
    known = known.assign(key=known["key"].map(codes).astype("str"))
    known.attrs["ignored"] = int(table.loc[noted, ["file", "sheet", "row"]].drop_duplicates().shape[0])
    if kind == "commodity" and not faults:
        return _summed_to_six(known)
    if kind == "total":
        return sums_of_directions.checked(known)
    return known, faults


def _code(name, vocabulary, kind):
    """Find the code of a name: None if there is none."""
    if kind == "commodity" and HS_CODE.fullmatch(name.strip()):
        code = name.strip()
        return code if code[:2] in vocabulary.values() else None
    return vocabulary.get(normalise(name))


def _says_nothing(table):
    """Tell the rows of names beside which the whole row of the sheet is empty: notes, headings, sources."""
    silent = table["value_usd"].isna() & table["status"].isna()
    return silent.groupby([table["file"], table["sheet"], table["row"]], dropna=False).transform("all")


def _unknown_names(rows, vocabulary, kind, names):
    first = rows.drop_duplicates(["file", "sheet", "key"])
    faults = [_unknown_name(row, vocabulary, kind, names) for row in first.head(SHOWN).itertuples()]
    faults += [_nameless(row) for row in rows[rows["key"].isna()].head(SHOWN).itertuples()]
    return [fault for fault in faults if fault] + row_text.and_more(len(first), "names", "unknown-name")


def _unknown_name(row, vocabulary, kind, names):
    if pd.isna(row.key):
        return None
    nearest = _nearest(row.key, vocabulary, kind)
    thing = "a province" if kind == "province" else "an HS code of 2, 4, 6 or 8 digits, or a chapter's title,"
    return row_text.fault(
        row,
        "unknown-name",
        "Correct the name, or have the spelling added to the aliases.",
        found=row.key,
        expected=f"a recognised name; did you mean {_name_and_code(nearest, names)}?"
        if nearest
        else f"{thing} under a recognised name",
        at=row_text.line(row),
    )


def _nearest(name, vocabulary, kind):
    """Find the code of the known name that is most like a name, or ""; a number is like no other."""
    if kind == "commodity" and not re.search(r"[^\W\d_]{3}", name):
        return ""
    match = process.extractOne(normalise(name[:100]), vocabulary.keys(), score_cutoff=70)
    if not match:
        return ""
    nearest_name, _score, _place = match
    return vocabulary[nearest_name]


def _name_and_code(code, names):
    return f"{names[code]} ({code})" if code in names else code


def _nameless(row):
    return row_text.fault(
        row, "no-name", "Enter the name next to the value, or remove the value.", "a value without a name", ""
    )


def _summed_to_six(table):
    """Add up 8-digit codes to their 6-digit subheadings: the last two digits are China's own, not the world's."""
    has_eight = table["key"].str.len() == 8
    if not has_eight.any():
        return table, []
    lines = table[has_eight]
    faults = duplicates(lines)
    lines = lines.assign(key=lines["key"].str[:6])
    groups = lines.groupby(KEY, sort=False, dropna=False)
    values_in_group = groups["value_usd"].transform("count")
    missing = lines[lines["value_usd"].isna() & (values_in_group > 0)]
    faults += row_text.faults(
        missing,
        "lines",
        "part-missing",
        "Enter the value, or replace the 8-digit lines with their 6-digit subheading.",
        found=lambda row: f"no value for a line of {row.key}",
        expected="a value for every 8-digit line in the sum",
    )
    return pd.concat([table[~has_eight], _sum(groups)], ignore_index=True)[table.columns].astype(table.dtypes), faults


def _sum(groups):
    """Sum values; a quantity only where every line has one, in one unit; keep a text only where all lines agree."""
    kept = ("file", "sheet", "row", "column", "status", "note", "quantity_unit")
    summed = pd.DataFrame({name: groups[name].first() for name in kept})
    summed["value_usd"] = groups["value_usd"].sum(min_count=1)
    for text in ("status", "note", "quantity_unit"):
        summed.loc[groups[text].nunique(dropna=False) > 1, text] = None
    is_complete = (groups["quantity"].count() == groups.size()) & summed["quantity_unit"].notna()
    summed["quantity"] = groups["quantity"].sum().where(is_complete)
    summed.loc[~is_complete, "quantity_unit"] = None
    return summed.reset_index()
