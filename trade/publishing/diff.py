"""Compares a table with head: which values would be new, changed, unchanged or removed.

Pure functions of frames. Head is the frame of standing rows (ObservationQuerySet.frame): HEAD_COLUMNS of trade.frames.
A table is what trade.importing read and its checks resolved. Changes are a frame of CHANGE_COLUMNS, one row per value
of one component that would not stay as it is.
"""

from collections import Counter

import pandas as pd

from trade.frames import CHANGE_COLUMNS, DTYPES, FACTS, HEAD_COLUMNS, KEY, SPOKEN, empty, typed
from trade.importing.layouts.long_components import ESTIMATE, SECOND
from trade.importing.texts.flow_words import TOTAL

REPLACE = "replace"
ESTIMATES = {ESTIMATE, SECOND}
# Within each of these groups a state has one level: a year or its months, one depth of codes, a sum or its directions.
PERIOD_GROUP = ["key", "flow", "year", "component"]
DEPTH_GROUP = ["chapter", "flow", "year"]
TOTAL_GROUP = ["key", "year", "month"]


def compare(head, table, *, speaks=frozenset(), mode="amend", ignore_unknown_blanks=False, clashing=None):
    """Say what publishing `table` over `head` would change: (changes, number of unchanged rows).

    Where the file does not speak of estimates, statuses, notes or quantities, what is stored stays. In our own files
    a blank without a status is no news (`ignore_unknown_blanks`). `clashing` are standing rows that the editor agreed
    to end (a year under its months, another depth of codes).
    """
    compared = _beside_head(head, without_unknown_blanks(head, table) if ignore_unknown_blanks else table, speaks)
    is_same = _is_same(compared)
    written = compared[~is_same].assign(kind=lambda rows: rows["id"].isna().map({True: "new", False: "changed"}))
    removed = _unmentioned(head, table, speaks, mode)
    if clashing is not None and len(clashing):
        removed = pd.concat([removed, clashing]).drop_duplicates("id")
        removed = removed[~removed["id"].isin(compared["id"].dropna())]
    parts = [written, _as_removed(removed)] if len(removed) else [written]
    return pd.concat([_shaped(part) for part in parts], ignore_index=True), int(is_same.sum())


def without_unknown_blanks(head, table) -> pd.DataFrame:
    """Leave out of a table the blanks without a status where nothing stands: our own files say nothing by them."""
    known = table[KEY].merge(head[KEY].assign(stands=True), on=KEY, how="left")["stands"].eq(True).to_numpy()
    return table[known | (table["value_usd"].notna() | table["status"].notna()).to_numpy()]


def between(head, earlier):
    """Say which changes lead from `head` back to the standing rows `earlier` (for a revert): changes."""
    changes, _ = compare(head, as_table(earlier), speaks={"status", *SPOKEN.values()})
    removed = head.merge(earlier[KEY], on=KEY, how="left", indicator=True).query("_merge == 'left_only'")
    return pd.concat([changes, _shaped(_as_removed(removed[HEAD_COLUMNS]))], ignore_index=True)


def as_table(rows):
    """Lay rows that once stood out as a table that was read from no file."""
    return rows.drop(columns="id").assign(file="", sheet="", row=pd.NA, column="")


def after(head, changes):
    """Apply `changes` to `head` in memory: the frame that the bundle is built from (its ids mean nothing)."""
    kept = head[~head["id"].isin(changes["id"].dropna())]
    written = changes[changes["kind"] != "removed"]
    added = written[KEY + [f"new_{f}" for f in FACTS]].rename(columns=lambda c: c.removeprefix("new_"))
    rows = pd.concat([kept, typed(added.assign(id=pd.NA)[HEAD_COLUMNS])], ignore_index=True)
    return rows.sort_values(["flow", "key", "year", "month", "component"], ascending=[False, True, True, True, False])


def counts(changes, unchanged) -> dict:
    """Count what would happen: {"new": 3, "changed": 1, "unchanged": 40, "removed": 0, "emptied": 0}."""
    kinds = changes["kind"].value_counts()
    emptied = changes["old_value_usd"].notna() & changes["new_value_usd"].isna() & (changes["kind"] == "changed")
    return {
        "new": int(kinds.get("new", 0)),
        "changed": int(kinds.get("changed", 0)),
        "unchanged": unchanged,
        "removed": int(kinds.get("removed", 0)),
        "emptied": int(emptied.sum()),
    }


def counts_without_values(changes) -> dict:
    """Count the changes that change no published value, so that the others can be told from the sum of both.

    {"same_value": 1, "filled": 0, "removed": 0}: the value stays and its status, note or another fact changes; there
    was no value before; what is removed had no value.
    """
    is_changed, is_removed = (changes["kind"] == kind for kind in ("changed", "removed"))
    old, new = changes["old_value_usd"], changes["new_value_usd"]
    same = (old == new).fillna(False).astype(bool) | (old.isna() & new.isna())
    return {
        "same_value": int((is_changed & same).sum()),
        "filled": int((is_changed & old.isna() & new.notna()).sum()),
        "removed": int((is_removed & old.isna()).sum()),
    }


def counts_by_year(changes) -> list[dict]:
    """Count by year and flow: [{"year": 2016, "flow": "to_dprk", "new": 3, "changed": 1, "removed": 0}, …]."""
    found = Counter(changes.groupby(["year", "flow", "kind"]).size().to_dict())
    return [
        {"year": int(year), "flow": flow}
        | {kind: int(found[year, flow, kind]) for kind in ("new", "changed", "removed")}
        for year, flow in sorted({place[:2] for place in found})
    ]


def totals(head, changes) -> list[dict]:
    """Sum by flow and year, before and after: [{"flow": "to_dprk", "year": 2016, "before": 5, "after": 7}, …]."""
    sums = [
        frame.groupby(["flow", "year"])["value_usd"].sum(min_count=1).rename(name)
        for name, frame in (("before", head), ("after", _values_after(head, changes)))
    ]
    both = pd.concat(sums, axis=1).astype("Int64").sort_index().reset_index()
    return [
        {"flow": flow, "year": int(year), "before": _int(before), "after": _int(now)}
        for flow, year, before, now in both.itertuples(index=False)
    ]


def _values_after(head, changes):
    """The values that stand after changes, in no order: a frame of flow, year and value_usd."""
    kept = head[~head["id"].isin(changes["id"].dropna())]
    written = changes[changes["kind"] != "removed"].rename(columns={"new_value_usd": "value_usd"})
    return pd.concat([rows[["flow", "year", "value_usd"]] for rows in (kept, written)])


def _int(value):
    return None if pd.isna(value) else int(value)


def period_clashes(head, table):
    """Find standing rows whose key, flow, year and component the table gives at the other level.

    A stored year under months that arrive, or stored months under a year that arrives: rows of head.
    """
    group = ["key", "flow", "year", "component"]
    levels = table.assign(table_yearly=table["month"] == 0)[[*group, "table_yearly"]].drop_duplicates()
    joined = head.merge(levels, on=group)
    return joined[(joined["month"] == 0) != joined["table_yearly"]][HEAD_COLUMNS]


def depth_clashes(head, table):
    """Find standing rows whose chapter, flow and year the table gives at another depth of codes: rows of head."""
    group = ["chapter", "flow", "year"]
    depths = _with_depth(table)[[*group, "depth"]].drop_duplicates().rename(columns={"depth": "table_depth"})
    joined = _with_depth(head).merge(depths, on=group)
    return joined[joined["depth"] != joined["table_depth"]][HEAD_COLUMNS].drop_duplicates("id")


def mixed_periods(standing) -> pd.DataFrame:
    """Find where both a year and its months stand for one key, flow and component: the rule is one or the other."""
    return _mixed(standing.assign(level=standing["month"].eq(0)), PERIOD_GROUP)


def mixed_depths(standing) -> pd.DataFrame:
    """Find the chapters that stand at two depths of codes in one flow and year."""
    return _mixed(_with_depth(standing).rename(columns={"depth": "level"}), DEPTH_GROUP)


def total_clashes(head, table):
    """Find standing totals whose directions the table gives, or directions whose total it gives: rows of head."""
    cell = ["key", "year", "month"]
    sums = table.assign(table_is_total=table["flow"] == TOTAL)[[*cell, "table_is_total"]].drop_duplicates()
    joined = head.merge(sums, on=cell)
    clashing = joined[(joined["flow"] == TOTAL) != joined["table_is_total"]]
    return clashing[HEAD_COLUMNS].drop_duplicates("id")


def totals_beside_directions(standing) -> pd.DataFrame:
    """Find the periods in which the sum of both directions stands beside one of them."""
    return _mixed(standing.assign(level=standing["flow"].eq(TOTAL)), TOTAL_GROUP)


def clashing(standing, kind) -> pd.Series:
    """Tell the rows of a state that may not stand beside others of it, by the rules of a kind of dataset."""
    found = _in_groups(standing, mixed_periods(standing), PERIOD_GROUP)
    if kind == "commodity":
        deep = standing.assign(chapter=standing["key"].str[:2])
        found |= _in_groups(deep, mixed_depths(standing), DEPTH_GROUP)
    if kind == "total":
        found |= _in_groups(standing, totals_beside_directions(standing), TOTAL_GROUP)
    return found


def _in_groups(rows, mixed, group):
    joined = rows[group].merge(mixed[group].drop_duplicates().assign(mixed=True), on=group, how="left")
    return pd.Series(joined["mixed"].eq(True).to_numpy(), index=rows.index)


def _mixed(rows, group):
    levels = rows[[*group, "level"]].drop_duplicates()
    return levels[levels.duplicated(group)]


def _with_depth(frame):
    return frame.assign(chapter=frame["key"].str[:2], depth=frame["key"].str.len())


def _beside_head(head, table, speaks):
    """Join the table to head and fill what the file does not say from what is stored."""
    stored = head[HEAD_COLUMNS].rename(columns={f: f"old_{f}" for f in FACTS})
    rows = table.rename(columns={f: f"new_{f}" for f in FACTS}).merge(stored, on=KEY, how="left")
    rows["new_status"] = _status(rows)
    for fact, spoken in SPOKEN.items():
        if spoken not in speaks:
            own = (rows["component"] == SECOND) & (fact == "note")  # of a second estimate, spoken of with its value
            rows[f"new_{fact}"] = rows[f"new_{fact}"].where(own, rows[f"old_{fact}"])
        if fact not in DTYPES:
            rows[f"new_{fact}"] = rows[f"new_{fact}"].fillna("")
    return _with_notes_in_place(rows)


def _with_notes_in_place(rows):
    """A record's note stays with the component that has it, unless the record's note is another one now."""
    cell = KEY[:-1]
    noted = rows[rows["component"] != SECOND]  # a second estimate has a note of its own
    both = noted[noted.duplicated(cell, keep=False)]
    if (both["old_note"].fillna("") == both["new_note"]).all():
        return rows
    components = [both[both["component"] == name].sort_values(cell) for name in ("reported", "estimate")]
    old, new = (
        _one_note(*(rows_of_one[column].fillna("").to_numpy() for rows_of_one in components))
        for column in ("old_note", "new_note")
    )
    stays = [place for rows_of_one in components for place in rows_of_one.index[old == new]]
    rows.loc[stays, "new_note"] = rows.loc[stays, "old_note"].fillna("")
    return rows


def _one_note(reported, estimate):
    """Join the notes of records' two components into one each, as files have it (docs/decisions.md, 4)."""
    joined = reported + "; " + estimate
    is_one = (reported == "") | (estimate == "") | (reported == estimate)
    return pd.Series(joined).mask(is_one, pd.Series(estimate).where(estimate != "", reported)).to_numpy()


def _status(rows):
    """A status that the file does not give stays, unless a value came or went; then it is A or O."""
    missing = rows["new_value_usd"].isna()
    stays = rows["old_status"].where(missing == rows["old_value_usd"].isna())
    default = missing.map({True: "O", False: "A"})
    status = rows["new_status"].fillna(stays).fillna(default)
    return status.mask(rows["component"] != "reported", "E")


def _is_same(rows):
    """Tell the rows that would leave a standing row as it is."""
    same = rows["id"].notna()
    for fact in FACTS:
        old, new = rows[f"old_{fact}"], rows[f"new_{fact}"]
        same &= (old == new).fillna(False).astype(bool) | (old.isna() & new.isna())
    return same


def _unmentioned(head, table, speaks, mode):
    """Find standing rows that the file ends by not mentioning them."""
    cell, period = ["key", "flow", "year", "month"], ["flow", "year", "month"]
    ended = [empty(HEAD_COLUMNS)]
    if mode != REPLACE and not ESTIMATES & set(speaks):
        return ended[0]
    unmentioned = _only_in_first(head, table, KEY)
    for component in ESTIMATES & set(speaks):
        # The long table has a column for estimates, and this one is blank in it.
        estimates = unmentioned[unmentioned["component"] == component]
        ended.append(estimates.merge(table[cell].drop_duplicates(), on=cell))
    if mode == REPLACE:
        within = unmentioned.merge(table[period].drop_duplicates(), on=period)
        ended.append(within[within["component"].isin({"reported", *speaks})])
    return pd.concat(ended).drop_duplicates("id")[HEAD_COLUMNS]


def _only_in_first(first, second, on):
    joined = first.merge(second[on].drop_duplicates(), on=on, how="left", indicator=True)
    return joined[joined["_merge"] == "left_only"].drop(columns="_merge")


def _as_removed(rows):
    return rows.rename(columns={f: f"old_{f}" for f in FACTS}).assign(kind="removed")


def _shaped(rows):
    return typed(rows.reindex(columns=CHANGE_COLUMNS))
