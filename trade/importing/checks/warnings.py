"""The checks that warn: what may be right but is unusual, for an editor to tick before publishing."""

from datetime import UTC, datetime

import pandas as pd

from trade.frames import KEY
from trade.importing.checks import row_text
from trade.importing.checks.outliers import is_slip
from trade.importing.checks.unlikely_values import unlikely

PERIOD = ["flow", "year", "month"]
FOR_EVER = 9999
FEW = 10  # values: a file of fewer is a correction
WITHOUT_VALUE = set("OLQM")  # statuses that say why there is no value


def warnings(
    table: pd.DataFrame,
    head: pd.DataFrame,
    *,
    totals=None,
    kind="province",
    names=None,
    banned=(),
    changes=None,
    unit=None,
    mode="amend",
) -> list[dict]:
    """List what may be right but is unusual: [{"key": "leap", "text": "2 values …", "rows": 2}, …].

    `names` maps codes to names for the texts. `banned` are (flow, chapter, year): a full ban that held through that
    whole year and since; a fourth part is the last year of one that ended.
    `changes`, as diff.compare gives them, tell which estimates the file ends. `unit` is that to
    which the file rounds its values, if it is known; in `mode` "replace" what it leaves out is removed.
    """
    names = row_text.Names(names or {})
    merged = _beside_head(table, head)
    new = merged[merged["is_new"]]
    possible = [
        _totals_off(table, totals),
        *unlikely(table, head, new, names, unit),
        _disappeared(table, head, kind, names, mode),
        _fewer(table, head),
        _not_the_next_year(table, head),
        _unfinished(new, names),
        _contradictions(new, names),
        _beside_an_estimate(new, table, head, changes, names),
        _emptied(merged, names),
        _under_a_ban(new, banned, names),
    ]
    return [warning for warning in possible if warning]


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
    differences = [
        *_differences(down, reported, by_column),
        *_differences(across[across["year"].isna()], reported, [*place, "row", "flow"]),
        *_differences(across[across["year"].notna()], reported, [*place, "row", "flow", "year"]),
    ]
    return row_text.warning("totals", differences, "stated total", "not the sum of the parts", differences)


def _differences(totals, table, by):
    if totals.empty:
        return []
    sums = table.groupby(by, dropna=False)["value_usd"].sum(min_count=1).rename("sum").reset_index()
    beside = totals.merge(sums, on=by, how="left")
    off = beside[(beside["value_usd"] != beside["sum"]).fillna(False) & beside["value_usd"].notna()]
    return [_difference(row) for row in off.itertuples()]


def _difference(row):
    slip = " (a factor of about 1,000: is one of them in thousands?)" if is_slip(row.value_usd, row.sum) else ""
    period = f" for {row_text.period(row)}" if pd.notna(row.year) else ""
    return f"{row_text.place(row)}{period} is {row.value_usd:,}, but its parts add up to {row.sum:,}{slip}"


def _disappeared(table, head, kind, names, mode):
    """Name provinces (or chapters) that stand in head for a year, and are not in a file that holds most."""
    level = 5 if kind == "province" else 2
    standing, arriving = _codes_by_year(head[head["value_usd"].notna()], level), _codes_by_year(table, level)
    gone = {}
    for (flow, year), now in arriving.items():
        years = [y for f, y in standing if f == flow and y <= year]
        before = standing[flow, max(years)] if years else set()
        holds_most = len(now & before) * 2 >= len(before)  # else the file is about a few of them only
        for code in before - now if holds_most else ():
            gone.setdefault(code, {}).setdefault(flow, []).append(year)
    if not gone:
        return None
    listed = [f"{names[code]} ({_flows_and_years(gone[code])})" for code in sorted(gone)]
    thing = "province" if kind == "province" else "chapter"
    told = row_text.warning("disappeared", listed, thing, "no longer in the file", listed)
    then = "are removed" if mode == "replace" else "stay as they are"
    return told | {"text": f"{told['text']} What is published for those years and directions {then}."}


def _flows_and_years(by_flow):
    """Write "exports to the DPRK 2021 to 2024, imports from the DPRK 2021"."""
    return ", ".join(f"{row_text.flow(flow)} {row_text.years(years)}" for flow, years in sorted(by_flow.items()))


def _codes_by_year(rows, level):
    """Collect the provinces (or chapters) of each flow and year: {("to_dprk", 2016): {"CN-LN", …}}."""
    distinct = rows[["flow", "year", "key"]].drop_duplicates()
    codes = {}
    for flow, year, key in zip(*(distinct[name].tolist() for name in distinct), strict=True):
        codes.setdefault((flow, year), set()).add(key[:level])
    return codes


def _fewer(table, head):
    """Warn where a file (not a correction of a few cells) holds fewer rows than head for the same flows and periods."""
    periods = table[PERIOD].drop_duplicates()
    stored = len(head[head["component"] == "reported"].merge(periods, on=PERIOD))
    arriving = int((table["component"] == "reported").sum())
    if arriving < FEW or arriving >= stored:
        return None
    text = f"The file contains {arriving:,} values for periods that have {stored:,} published values."
    return {"key": "fewer", "text": text, "rows": stored - arriving}


def _not_the_next_year(table, head):
    """Warn where years between those of the file and those of head are missing."""
    if head.empty:
        return None
    first, last = int(head["year"].min()), int(head["year"].max())
    years = sorted(int(y) for y in table["year"].dropna().unique())
    later = [year for year in years if year > last]
    earlier = [year for year in years if year < first]
    gaps = [year for year in (later[:1] + earlier[-1:]) if year not in (last + 1, first - 1)]
    gaps += [
        year for run in (earlier, later) for previous, year in zip(run, run[1:], strict=False) if year != previous + 1
    ]
    if not gaps:
        return None
    listed = row_text.listed(map(str, gaps))
    text = (
        f"The file covers {listed}, but the published data cover {first} to {last}: the years in between are missing."
    )
    return {"key": "gap", "text": text, "rows": int(table["year"].isin(gaps).sum())}


def _unfinished(new, names):
    """Find values of a whole year that has not ended."""
    rows = new[(new["month"] == 0) & (new["year"] >= datetime.now(UTC).year) & new["value_usd"].notna()]
    listed = [f"{row_text.dimensions(row, names)}: {row_text.amount(row)}" for row in row_text.first(rows)]
    return row_text.warning("part-year", rows, "value", "for a full year that has not yet ended", listed)


def _contradictions(new, names):
    """Find values whose status says that there is none, and blanks whose status is that of a value."""
    status, has_value = new["status"], new["value_usd"].notna()
    contradicted = status.notna() & (status.isin(WITHOUT_VALUE) == has_value)
    rows = new[(new["component"] == "reported") & contradicted]
    listed = [
        f"{row_text.dimensions(row, names)}: {row_text.amount(row)} with status {row.status}"
        for row in row_text.first(rows)
    ]
    return row_text.warning("status", rows, "value", "contradicted by the status", listed)


def _beside_an_estimate(new, table, head, changes, names):
    """Find values that are new or changed where an estimate stands that the file leaves as it is."""
    cell = KEY[:-1]
    arriving = new[
        (new["component"] == "reported") & new["value_usd"].notna() & (new["value_usd"] != new["old"]).fillna(True)
    ]
    standing = head.loc[head["component"] == "estimate", cell]
    if standing.empty or arriving.empty:
        return None
    touched = table.loc[table["component"] == "estimate", cell]
    if changes is not None:
        ended = changes[(changes["kind"] == "removed") & (changes["component"] == "estimate")]
        touched = pd.concat([touched, ended[cell]])
    touched = touched.drop_duplicates()
    untouched = standing.merge(touched, on=cell, how="left", indicator=True).query("_merge == 'left_only'")[cell]
    rows = arriving.merge(untouched, on=cell)
    is_new = rows["old"].isna()
    listed = [
        f"{row_text.dimensions(row, names)}: {row_text.amount(row)}"
        + ("" if pd.isna(row.old) else f" (was {row.old:,})")
        for row in row_text.first(rows)
    ]
    what = " and ".join(f"{n:,} {word}" for n, word in ((is_new.sum(), "new"), ((~is_new).sum(), "changed")) if n)
    beside = f"{what} where an estimate already exists, and the two will be added together"
    return row_text.warning("estimate", rows, "reported value", beside, listed)


def _emptied(merged, names):
    """Find published values that the file replaces by a blank."""
    rows = merged[merged["value_usd"].isna() & merged["old"].notna()]
    listed = [f"{row_text.dimensions(row, names)} (was {row.old:,})" for row in row_text.first(rows)]
    return row_text.warning("emptied", rows, "published value", "emptied", listed)


def _under_a_ban(new, banned, names):
    """Find trade in chapters that a resolution bans in full, in years that the ban held throughout."""
    bans = pd.DataFrame([(*ban, FOR_EVER)[:4] for ban in banned], columns=["flow", "chapter", "since", "until"])
    if bans.empty:
        return None
    traded = new[(new["value_usd"] > 0).fillna(False)]
    traded = traded.assign(chapter=traded["key"].str[:2], place=range(len(traded)))
    rows = traded.merge(bans, on=["flow", "chapter"])
    rows = rows[(rows["year"] >= rows["since"]) & (rows["year"] <= rows["until"])].drop_duplicates("place")
    listed = [
        f"{row_text.dimensions(row, names)}: {row_text.amount(row)}"
        for row in rows.nlargest(5, "value_usd").itertuples()
    ]
    return row_text.warning("ban", rows, "value", "in a chapter under a full ban", listed)
