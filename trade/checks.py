"""A table as a reader hands it back → names resolved, faults that block, warnings that an editor must tick.

Pure functions on frames of `formats.COLUMNS`: no database, no files. Head is the frame of standing rows (columns id,
key, flow, year, month, component, value_usd, status, note, quantity, quantity_unit).
"""

import re
from datetime import UTC, datetime

import pandas as pd
from rapidfuzz import process

from trade.formats import Fault
from trade.names import normalise

KEY = ["key", "flow", "year", "month", "component"]
PERIOD = ["flow", "year", "month"]
STATUSES = set("APBOLQU")
WITHOUT_VALUE = set("OLQM")  # statuses that say why there is no value
EARLIEST = 1949
SHOWN = 500  # faults of one sort; the rest of the sort is counted in one more fault
HS_CODE = re.compile(r"(\d{2}){1,4}")

# A value is told to the editor when it leaps by so much against its neighbours in time.
LEAP = 10
SLIP = (400, 2500)  # a leap by about 1,000 looks like thousands of dollars taken for dollars, or the reverse
LEAP_FROM = 100_000  # US$; below this, leaps are everyday


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
    return [f for f in faults if f] + _and_more(len(first), "names", "unknown-name")


def _unknown_name(row, vocabulary, kind, names):
    if pd.isna(row.key):
        return None
    meant = _nearest(row.key, vocabulary, kind)
    thing = "a province" if kind == "province" else "an HS code of 2, 4, 6 or 8 digits, or a chapter's title,"
    return _fault(
        row,
        "unknown-name",
        "Correct the name, or have the spelling added to the aliases.",
        found=row.key,
        expected=f"Did you mean {_named(meant, names)}?" if meant else f"{thing} by a known name",
        cell=_line(row),
    )


def _nearest(name, vocabulary, kind):
    """Find the code of the known name that is most like a name, or ""; a number is like no other."""
    if kind == "commodity" and not re.search(r"[^\W\d_]{3}", name):
        return ""
    nearest = process.extractOne(normalise(name[:100]), vocabulary.keys(), score_cutoff=70)
    return vocabulary[nearest[0]] if nearest else ""


def _named(code, names):
    return f"{names[code]} ({code})" if code in names else code


def _nameless(row):
    return _fault(row, "no-name", "Write the name beside the value, or remove the value.", "a value without a name", "")


def _summed_to_six(table):
    """Add up 8-digit codes to their 6-digit subheadings; nobody else in the world uses the last two digits."""
    eight = table["key"].str.len() == 8
    if not eight.any():
        return table, []
    lines = table[eight]
    faults = _duplicates(lines)
    lines = lines.assign(key=lines["key"].str[:6])
    groups = lines.groupby(KEY, sort=False, dropna=False)
    some = groups["value_usd"].transform("count")
    partly = lines[lines["value_usd"].isna() & (some > 0)]
    faults += [
        _fault(
            row,
            "part-missing",
            "Give the value, or give the 6-digit subheading instead of its 8-digit lines.",
            found=f"no value for a line of {row.key}",
            expected="a value for every 8-digit line that is added up",
        )
        for row in partly.head(SHOWN).itertuples()
    ]
    return pd.concat([table[~eight], _sum(groups)], ignore_index=True)[table.columns].astype(table.dtypes), faults


def _sum(groups):
    """Sum values; a quantity only where every line has one, in one unit; keep a text only where all lines agree."""
    one = {c: groups[c].first() for c in ("file", "sheet", "row", "column", "status", "note", "quantity_unit")}
    summed = pd.DataFrame(one)
    summed["value_usd"] = groups["value_usd"].sum(min_count=1)
    for text in ("status", "note", "quantity_unit"):
        summed.loc[groups[text].nunique(dropna=False) > 1, text] = None
    whole = (groups["quantity"].count() == groups.size()) & summed["quantity_unit"].notna()
    summed["quantity"] = groups["quantity"].sum().where(whole)
    summed.loc[~whole, "quantity_unit"] = None
    return summed.reset_index()


# --- faults ----------------------------------------------------------------------------------------------------


def faults(table: pd.DataFrame, kind: str) -> list[Fault]:
    """List what no dataset may hold: a key twice, an impossible period, a year beside its months, mixed depths."""
    said = table[table["value_usd"].notna() | table["status"].notna()]  # blanks of a wide table say nothing of levels
    found = _duplicates(table) + _impossible(table) + _year_and_months(said)
    if kind == "commodity":
        found += _mixed_depths(said)
    return found


def _duplicates(table):
    twice = table[table.duplicated(KEY, keep=False)]
    found = []
    for _key, rows in twice.head(4 * SHOWN).groupby(KEY, sort=False, dropna=False):
        first, *others = rows.itertuples()
        found += [_duplicate(first, other) for other in others]
    repeats = int(table.duplicated(KEY).sum())
    return found[:SHOWN] + _and_more(repeats, "repeated values", "duplicate")


def _duplicate(first, other):
    what = f"{other.key}, {other.flow}, {_period(other)}, {other.component}"
    return _fault(
        other,
        "duplicate",
        "Keep one of the two and remove the other.",
        found=f"{what}: {_amount(other)} here, {_amount(first)} in {_place(first)}",
        expected="one value for each name, flow, period and component",
    )


def _impossible(table):
    now = datetime.now(UTC)
    year, month = table["year"], table["month"]
    ahead = (year > now.year) | ((year == now.year) & (month > now.month))
    rules = [
        ((year < EARLIEST) | ahead | year.isna(), "year", f"a period from {EARLIEST} to {now:%Y-%m}"),
        (~month.between(0, 12) | month.isna(), "month", "a month from 1 to 12, or none for the whole year"),
        (~table["flow"].isin(["to_dprk", "from_dprk"]), "flow", "to_dprk or from_dprk"),
        ((table["value_usd"] < 0).fillna(False), "negative", "a value of 0 or more"),
        (table["status"].notna() & ~table["status"].isin(STATUSES), "status", f"one of {', '.join(sorted(STATUSES))}"),
    ]
    found = []
    for broken, code, expected in rules:
        rows = table[broken.fillna(True).astype(bool)]
        found += [_impossible_fault(row, code, expected) for row in rows.head(SHOWN).itertuples()]
        found += _and_more(len(rows), "values", code)
    return found


def _impossible_fault(row, code, expected):
    found = {"year": _period(row), "month": row.month, "flow": row.flow, "negative": _amount(row), "status": row.status}
    return _fault(row, code, "Correct it in the file.", found=str(found[code]), expected=expected)


def _year_and_months(table):
    group = ["key", "flow", "year", "component"]
    yearly = table[table["month"] == 0]
    both = yearly.merge(table.loc[table["month"] > 0, group].drop_duplicates(), on=group)
    return [
        _fault(
            row,
            "year-and-months",
            "Remove the year, which is always the sum of its months, or remove the months.",
            found=f"{row.key} {row.year} as a year and by months, {row.flow}",
            expected="for one name, flow and year either the year or months",
        )
        for row in both.head(SHOWN).itertuples()
    ] + _and_more(len(both), "years", "year-and-months")


def _mixed_depths(table):
    group = ["chapter", "flow", "year"]
    rows = table.assign(chapter=table["key"].str[:2], depth=table["key"].str.len())
    depths = rows.groupby(group)["depth"].agg(["min", "max"])
    mixed = depths[depths["min"] != depths["max"]].reset_index()
    first = rows.merge(mixed, on=group).query("depth == max").drop_duplicates(group)
    return [
        _fault(
            row,
            "mixed-depths",
            "Keep one depth: chapters (2 digits), headings (4) or subheadings (6). The others would count twice.",
            found=f"chapter {row.chapter}, {row.flow}, {row.year}: codes of {row.min} and of {row.max} digits",
            expected="one depth of codes for each chapter, flow and year",
        )
        for row in first.head(SHOWN).itertuples()
    ] + _and_more(len(first), "chapters", "mixed-depths")


# --- warnings --------------------------------------------------------------------------------------------------


def warnings(
    table: pd.DataFrame, head: pd.DataFrame, *, totals=None, kind="province", names=None, banned=(), changes=None
) -> list[dict]:
    """List what may be right and is unusual: [{"key": "leap", "text": "2 values …", "rows": 2}, …].

    `names` maps codes to names for the texts. `banned` are (flow, chapter, year): a full ban that held through that
    whole year and since. `changes` is accepted for callers that have it; what changes is found here again.
    """
    says = _Names(names or {})
    merged = _beside_head(table, head)
    new = merged[merged["is_new"]]
    found = [
        _totals_off(table, totals),
        *_leaps(table, head, new, says),
        _disappeared(table, head, kind, says),
        _fewer(table, head),
        _not_the_next_year(table, head),
        _contradictions(new, says),
        _beside_an_estimate(merged, table, head, says),
        _emptied(merged, says),
        _under_a_ban(new, banned, says),
    ]
    return [warning for warning in found if warning]


class _Names(dict):
    """Codes by their names: "CN-LN" as "Liaoning" where the name is given, else as it stands."""

    def __missing__(self, code):
        return code


def _beside_head(table, head):
    """Lay the standing value and status beside each row; `is_new` marks a row that says something else than head."""
    stored = head[[*KEY, "value_usd", "status"]].rename(columns={"value_usd": "old", "status": "old_status"})
    merged = table.merge(stored.assign(stands=True), on=KEY, how="left")
    same = (merged["value_usd"] == merged["old"]).fillna(False) | (merged["value_usd"].isna() & merged["old"].isna())
    standing = merged["stands"].eq(True).fillna(False)
    same_status = merged["status"].isna() | (merged["status"] == merged["old_status"])
    return merged.assign(stands=standing, is_new=~(same.astype(bool) & same_status & standing))


def _totals_off(table, totals):
    """Compare stated totals with the sum of what stands in the same column (or row) of the same sheet."""
    if totals is None or totals.empty:
        return None
    place = ["file", "sheet"]
    down = totals[totals["month"].notna()]
    by_column = [*place, "flow", "year", "month"]
    across = totals[totals["month"].isna()]
    reported = table[table["component"] == "reported"]
    off = [
        *_differences(down, reported, by_column),
        *_differences(across[across["year"].isna()], reported, [*place, "row", "flow"]),
        *_differences(across[across["year"].notna()], reported, [*place, "row", "flow", "year"]),
    ]
    if not off:
        return None
    text = f"{_count(off, 'stated total')} not the sum of the parts: " + _listed(off)
    return {"key": "totals", "text": text, "rows": len(off)}


def _differences(totals, table, by):
    if totals.empty:
        return []
    sums = table.groupby(by, dropna=False)["value_usd"].sum(min_count=1).rename("sum").reset_index()
    beside = totals.merge(sums, on=by, how="left")
    off = beside[(beside["value_usd"] != beside["sum"]).fillna(False) & beside["value_usd"].notna()]
    return [_difference(row) for row in off.itertuples()]


def _difference(row):
    slip = " (about 1,000 times: is one of them in thousands?)" if _is_slip(row.value_usd, row.sum) else ""
    period = f" for {_period(row)}" if pd.notna(row.year) else ""
    return f"{_place(row)}{period} says {row.value_usd:,}, its parts add up to {row.sum:,}{slip}"


def _is_slip(one, other):
    low, high = SLIP
    return bool(one and other) and (low <= one / other <= high or low <= other / one <= high)


def _leaps(table, head, new, says):
    """Find values that are 10 times their neighbours in time or a tenth, and apart those at about 1,000 times."""
    fresh = new[(new["component"] == "reported") & new["value_usd"].notna()]
    if fresh.empty:
        return []
    fresh = fresh.assign(factor=_factors(fresh, _known_values(table, head)))
    leaping = fresh[fresh["factor"].notna()]
    slipped = leaping["factor"].between(*SLIP) | (1 / leaping["factor"]).between(*SLIP)
    return [
        _leap(
            "slip", leaping[slipped], "about 1,000 times their neighbours in time: thousands taken for dollars", says
        ),
        _leap(
            "leap", leaping[~slipped], f"at least {LEAP} times larger or smaller than their neighbours in time", says
        ),
    ]


def _known_values(table, head):
    """One reported value for each key and period, the file's before head's."""
    columns = ["key", "flow", "year", "month", "value_usd"]
    both = pd.concat([f.loc[f["component"] == "reported", columns] for f in (table, head)], ignore_index=True)
    both = both.drop_duplicates(columns[:4])
    return both.assign(turn=_turn(both))[["key", "flow", "month", "turn", "value_usd"]].dropna()


def _turn(rows):
    """Number the periods so that neighbours differ by one; months and years never neighbour each other."""
    return rows["year"].where(rows["month"] == 0, rows["year"] * 12 + rows["month"])


def _factors(fresh, known):
    """The value over its nearer neighbour, or over the value it replaces, where that is a leap; else <NA>."""
    known = known.assign(monthly=known.pop("month") > 0)
    on = ["key", "flow", "monthly", "turn"]
    rows = fresh[["key", "flow", "value_usd"]].assign(monthly=fresh["month"] > 0, turn=_turn(fresh))
    ratios = []
    for step in (-1, 1):
        beside = known.assign(turn=known["turn"] + step).rename(columns={"value_usd": "beside"})
        beside = rows.merge(beside, on=on, how="left")["beside"].astype("Float64")
        ratios.append(_ratio(rows["value_usd"], beside))
    both = pd.concat(ratios, axis=1)
    both.index = fresh.index
    above, below = both.min(axis=1), both.max(axis=1)
    factor = above.where(above >= LEAP, below.where(below <= 1 / LEAP))
    revised = _ratio(fresh["value_usd"], fresh["old"].astype("Float64").reset_index(drop=True))
    revised.index = fresh.index
    return factor.fillna(revised.where((revised >= LEAP) | (revised <= 1 / LEAP)))


def _ratio(values, beside):
    """value / neighbour, where the larger of the two is worth a word and neither is 0."""
    value = values.astype("Float64").reset_index(drop=True)
    counts = (value > 0) & (beside > 0) & ((value >= LEAP_FROM) | (beside >= LEAP_FROM))
    return (value / beside).where(counts.fillna(False)).astype("float64")


def _leap(key, rows, what, says):
    if rows.empty:
        return None
    size = rows["factor"].where(rows["factor"] >= 1, 1 / rows["factor"])
    largest = rows.loc[size.sort_values(ascending=False, kind="stable").index[:5]]
    listed = [f"{_what(row, says)} {row.value_usd:,} ({_factor(row.factor)})" for row in largest.itertuples()]
    return {"key": key, "text": f"{_count(rows, 'value')} {what}: {_listed(listed, len(rows))}", "rows": len(rows)}


def _disappeared(table, head, kind, says):
    """Name provinces (or chapters) that stand in head for a year, and are not in a file that holds most."""
    level = 5 if kind == "province" else 2
    standing, brought = _holders(head[head["value_usd"].notna()], level), _holders(table, level)
    gone = []
    for (flow, year), now in brought.items():
        years = [y for f, y in standing if f == flow and y <= year]
        before = standing[flow, max(years)] if years else set()
        if before - now and len(now & before) * 2 >= len(before):
            gone += [f"{says[code]} ({flow} {year})" for code in sorted(before - now)]
    if not gone:
        return None
    thing = "province" if kind == "province" else "chapter"
    return {
        "key": "disappeared",
        "text": f"{_count(gone, thing)} not in the file any more: {_listed(gone)}",
        "rows": len(gone),
    }


def _holders(rows, level):
    """Collect the provinces (or chapters) of each flow and year: {("to_dprk", 2016): {"CN-LN", …}}."""
    distinct = rows[["flow", "year", "key"]].drop_duplicates()
    held = {}
    for flow, year, key in zip(*(distinct[name].tolist() for name in distinct), strict=True):
        held.setdefault((flow, year), set()).add(key[:level])
    return held


def _fewer(table, head):
    """Warn where a file (not a correction of a few cells) holds fewer rows than head for the same flows and periods."""
    periods = table[PERIOD].drop_duplicates()
    stored = len(head[head["component"] == "reported"].merge(periods, on=PERIOD))
    brought = int((table["component"] == "reported").sum())
    if brought < 10 or brought >= stored:
        return None
    text = f"The file holds {brought:,} values for periods in which {stored:,} are published."
    return {"key": "fewer", "text": text, "rows": stored - brought}


def _not_the_next_year(table, head):
    if head.empty:
        return None
    first, last = int(head["year"].min()), int(head["year"].max())
    years = sorted(int(y) for y in table["year"].dropna().unique())
    after = [y for y in years if y > last]
    before = [y for y in years if y < first]
    gaps = [y for y in (after[:1] + before[-1:]) if y not in (last + 1, first - 1)]
    gaps += [y for run in (before, after) for x, y in zip(run, run[1:], strict=False) if y != x + 1]
    if not gaps:
        return None
    text = (
        f"The file brings {_listed(map(str, gaps))}, and {first} to {last} are published: years in between are missing."
    )
    return {"key": "gap", "text": text, "rows": int(table["year"].isin(gaps).sum())}


def _contradictions(new, says):
    status, valued = new["status"], new["value_usd"].notna()
    wrong = new[(new["component"] == "reported") & status.notna() & (status.isin(WITHOUT_VALUE) == valued)]
    listed = [f"{_what(row, says)} {_amount(row)} with status {row.status}" for row in wrong.head(5).itertuples()]
    return _warning("status", wrong, "value", "contradicted by the status", listed)


def _beside_an_estimate(merged, table, head, says):
    """Find values that arrive where there was none, and an estimate stands that the file leaves as it is."""
    cell = KEY[:-1]
    arriving = merged[(merged["component"] == "reported") & merged["value_usd"].notna() & merged["old"].isna()]
    standing = head.loc[head["component"] == "estimate", cell]
    if standing.empty or arriving.empty:
        return None
    said = table.loc[table["component"] == "estimate", cell].drop_duplicates()
    untouched = standing.merge(said, on=cell, how="left", indicator=True).query("_merge == 'left_only'")[cell]
    rows = arriving.merge(untouched, on=cell)
    listed = [f"{_what(row, says)} {_amount(row)}" for row in rows.head(5).itertuples()]
    return _warning(
        "estimate", rows, "reported value", "arriving where an estimate stands: both would be added", listed
    )


def _emptied(merged, says):
    rows = merged[merged["value_usd"].isna() & merged["old"].notna()]
    listed = [f"{_what(row, says)} (was {row.old:,})" for row in rows.head(5).itertuples()]
    return _warning("emptied", rows, "published value", "emptied", listed)


def _under_a_ban(new, banned, says):
    bans = pd.DataFrame(list(banned), columns=["flow", "chapter", "since"])
    if bans.empty:
        return None
    bans = bans.groupby(["flow", "chapter"], as_index=False)["since"].min()
    traded = new[(new["value_usd"] > 0).fillna(False)]
    rows = traded.assign(chapter=traded["key"].str[:2]).merge(bans, on=["flow", "chapter"])
    rows = rows[rows["year"] >= rows["since"]]
    listed = [f"{_what(row, says)} {_amount(row)}" for row in rows.nlargest(5, "value_usd").itertuples()]
    return _warning("ban", rows, "value", "in a chapter under a full ban", listed)


def _warning(key, rows, noun, what, listed):
    if rows.empty:
        return None
    return {"key": key, "text": f"{_count(rows, noun)} {what}: {_listed(listed, len(rows))}", "rows": len(rows)}


# --- words -----------------------------------------------------------------------------------------------------


def _fault(row, code, message, found, expected, cell=None):
    return Fault(
        code=code,
        message=message,
        file=_text(row.file),
        sheet=_text(row.sheet),
        cell=cell or _cell(row),
        found=str(found)[:200],
        expected=expected,
    )


def _and_more(count, things, code):
    if count <= SHOWN:
        return []
    return [Fault(code=code, message=f"There are {count - SHOWN:,} more {things} of this sort, not listed here.")]


def _cell(row):
    """ "C7" in a workbook, "line 7, column reported_usd" in a text file."""
    if _text(row.sheet):
        return f"{_text(row.column)}{row.row}"
    return f"line {row.row}, column {row.column}"


def _line(row):
    return f"row {row.row}" if _text(row.sheet) else f"line {row.row}"


def _place(row):
    return " ".join(part for part in (_text(row.file), _text(row.sheet), _cell(row)) if part)


def _text(value):
    return value if isinstance(value, str) else ""


def _period(row):
    month = 0 if pd.isna(row.month) else row.month
    return f"{row.year}-{month:02d}" if month else str(row.year)


def _amount(row):
    return "no value" if pd.isna(row.value_usd) else f"{row.value_usd:,}"


def _what(row, says):
    return f"{says[row.key]} {_period(row)} {row.flow}"


def _count(things, noun):
    n = len(things)
    return f"1 {noun} is" if n == 1 else f"{n:,} {noun}s are"


def _listed(texts, of=None):
    texts = list(texts)
    more = (of or len(texts)) - min(len(texts), 5)
    return "; ".join(texts[:5]) + (f"; and {more:,} more" if more else "") + "."


def _factor(factor):
    """Write a leap: 1000.0 -> "× 1,000"; 0.001 -> "÷ 1,000"."""
    return f"× {factor:,.0f}" if factor >= 1 else f"÷ {1 / factor:,.0f}"
