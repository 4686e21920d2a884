"""Replaces names as files write them by codes of provinces and goods; HS codes of 8 digits are added up to 6."""

import re
import unicodedata

import pandas as pd

from spreadsheets.sheet import Fault
from trade.frames import KEY
from trade.importing.checks import near_names, row_text, sums_of_directions
from trade.importing.checks.faults import duplicates
from trade.importing.checks.row_text import SHOWN
from trade.reference.spelling import codes_of, normalise

HS_CODE = re.compile(r"(\d{2}){1,4}")
DECIMAL_CODE = re.compile(r"\d+[.,]\d+")
# What numbers the lines of a list, before a name: "1. Liaoning", "(1) Liaoning", "1.1 Liaoning"; 21 alone is a code.
OUTLINE = re.compile(r"\s*(?:\(\d{1,2}\)|\d{1,2}(?:[.-]\d{1,2})*[.、)]|\d{1,2}(?:[.-]\d{1,2})+(?=\s))\s*(?=[^\W\d_])")


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
    """Find the code of a name: None if there is none, or if it names two things."""
    if kind == "commodity" and HS_CODE.fullmatch(name.strip()):
        code = name.strip()
        return code if code[:2] in vocabulary.values() else None
    codes = _codes(name, vocabulary, kind)
    return codes.pop() if len(codes) == 1 else None


def _codes(name, vocabulary, kind):
    if kind == "province":
        name = OUTLINE.sub("", unicodedata.normalize("NFKC", name), count=1)
    return codes_of(normalise(name), vocabulary)


def _says_nothing(table):
    """Tell the rows of names beside which the whole row of the sheet is empty: notes, headings, sources."""
    silent = table["value_usd"].isna() & table["status"].isna()
    return silent.groupby([table["file"], table["sheet"], table["row"]], dropna=False).transform("all")


def _unknown_names(rows, vocabulary, kind, names):
    if rows.empty:
        return []
    first = rows.drop_duplicates(["file", "sheet", "key"])
    faults = [_unknown_name(row, vocabulary, kind, names) for row in first.head(SHOWN).itertuples()]
    faults += [_nameless(row) for row in rows[rows["key"].isna()].head(SHOWN).itertuples()]
    return [fault for fault in faults if fault] + row_text.and_more(len(first), "names", "unknown-name")


def _unknown_name(row, vocabulary, kind, names):
    if pd.isna(row.key):
        return None
    if len(codes := _codes(row.key, vocabulary, kind)) > 1:
        return _contradictory(row, [_name_and_code(code, names) for code in sorted(codes)])
    if not near_names.LETTER.search(row.key):
        return _number(row, kind)
    nearest = near_names.nearest(row.key, vocabulary)
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


def _contradictory(row, meant):
    return row_text.fault(
        row,
        "contradiction",
        "Keep the correct one of the two, or give each a row of its own.",
        found=f"{row.key}, which names {' and '.join(meant)}",
        expected="one name, or two names for the same",
        at=row_text.line(row),
    )


def _number(row, kind):
    """Make a fault of a number that is no code: that of a line in a list, or an HS code that lost its zeros."""
    if kind == "province":
        code, expected = "unknown-name", "a province by name (Liaoning), ISO code (CN-LN) or GB code (21 or 210000)"
        advice = "Enter the name or the code of the province; the number of a line in a list is neither."
    elif DECIMAL_CODE.fullmatch(row.key.strip()):
        code, expected = "code-length", "an HS code as text, with all its digits: 2710 or 2701.10"
        advice = "Format the column as text and enter the codes again: as a number, 27.10 becomes 27.1."
    else:
        code, expected = "unknown-name", "an HS code of 2, 4, 6 or 8 digits, or a chapter's title"
        advice = "Correct the code. Enter codes as text, so that leading zeros are kept."
    return row_text.fault(row, code, advice, found=row.key, expected=expected, at=row_text.line(row))


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
