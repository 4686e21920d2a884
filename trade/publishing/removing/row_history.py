"""Reads the history of a dataset's rows, and rewrites it without a release that is withdrawn.

Pure functions of frames.HISTORY_COLUMNS. A row stands from the release `since_id` until the release `until_id`. Rows
that are withdrawn belong to no state; a release that ended one says that it was withdrawn, and not what it was.

Without a release, each later one does to what stood before what it did: a value that it gave stays its own, a cell
that it left alone shows what stood before the release that is withdrawn. A return to an earlier state is one to that
state without the release.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from trade.frames import CHANGE_COLUMNS, FACTS, HEAD_COLUMNS, HISTORY_COLUMNS, KEY, typed

NONE = -1
STANDS = np.iinfo("int64").max  # in place of <NA>: a row that stands ends after every release
OLD, NEW = [f"old_{fact}" for fact in FACTS], [f"new_{fact}" for fact in FACTS]


class Step(NamedTuple):
    """A release that readers see, and the one whose state it returned to, if it did.

    One that put back what stood without another returned to the state at the release before itself; where it `keeps`,
    it gave some of the withdrawn values as its own.
    """

    pk: int
    reverts_to: int | None = None
    keeps: bool = False


def standing_at(history: pd.DataFrame, pk: int) -> pd.DataFrame:
    """The rows that stood when a release was the newest, but for withdrawn ones: frames.HEAD_COLUMNS."""
    return history[stands(history, pk)][HEAD_COLUMNS].reset_index(drop=True)


def changed_by(history: pd.DataFrame, pk: int, kind: str | None = None) -> pd.DataFrame:
    """What a release changed, as its files list it: frames.CHANGE_COLUMNS without a place in a file.

    All that a withdrawal changes is of the `kind` "withdrawn".
    """
    began = history[(history["since_id"] == pk) & ~history["withdrawn"]]
    ended = history[(history["until_id"] == pk).fillna(False)]
    both = ended[[*KEY, *FACTS, "id", "withdrawn"]].set_axis([*KEY, *OLD, "id", "withdrawn"], axis=1)
    both = both.sort_values("withdrawn", ascending=False).drop_duplicates(KEY)
    both = both.merge(began[[*KEY, *FACTS]].set_axis([*KEY, *NEW], axis=1), on=KEY, how="outer")
    was, is_now = both["old_status"].notna(), both["new_status"].notna()
    kind = kind or np.select(
        [both["withdrawn"].eq(True), was & is_now, is_now], ["withdrawn", "changed", "new"], "removed"
    )
    return _without_old(typed(both.assign(kind=kind).reindex(columns=CHANGE_COLUMNS)))


def counts(changes: pd.DataFrame) -> dict:
    """Count what a release changed, as its page says: {"new": 3, "changed": 1, "removed": 0, "withdrawn": 2}."""
    kinds = changes["kind"].value_counts()
    found = {kind: int(kinds.get(kind, 0)) for kind in ("new", "changed", "removed", "withdrawn")}
    return found if found["withdrawn"] else {kind: number for kind, number in found.items() if kind != "withdrawn"}


def _without_old(changes):
    """Say of a value that was withdrawn that it was, and nothing else."""
    withdrawn = changes["kind"] == "withdrawn"
    blank = {column: changes[column].mask(withdrawn) for column in OLD}
    return typed(changes.assign(**blank))


def stands(history: pd.DataFrame, pk: int) -> np.ndarray:
    """Tell the rows that stood at a release from all others."""
    until = history["until_id"].fillna(STANDS)
    return ((history["since_id"] <= pk) & (until > pk) & ~history["withdrawn"]).to_numpy(dtype=bool)


def differs_at(before: pd.DataFrame, after: pd.DataFrame, pk: int) -> bool:
    """Tell whether a release shows or lists something else in one history than in another."""
    return _fingerprint(before, pk) != _fingerprint(after, pk)


def _fingerprint(history, pk):
    listed = changed_by(history, pk)[["kind", *KEY, *OLD, *NEW]]
    frames = (standing_at(history, pk)[[*KEY, *FACTS]], listed)
    return [int(pd.util.hash_pandas_object(frame.astype("str"), index=False).sum()) for frame in frames]


def without(history: pd.DataFrame, withdrawn: int, later: list[Step], pk: int, *, keep: bool = False) -> pd.DataFrame:
    """Rewrite a history without the release `withdrawn`; a new release `pk` puts back what stands without it.

    `later` are the releases after it that readers see, in their order. With `keep`, the new release publishes the
    values of the withdrawn one that stand as its own. Rows that are made here have no id.
    """
    is_touched = (history["since_id"] == withdrawn) | (history["until_id"] == withdrawn).fillna(False)
    touched = history.loc[is_touched & ~history["withdrawn"], KEY].drop_duplicates()
    in_cells = history[KEY].merge(touched.assign(touched=True), on=KEY, how="left")["touched"].eq(True).to_numpy()
    in_cells = in_cells & ~history["withdrawn"].to_numpy()
    replay = _Replay(history[in_cells].reset_index(drop=True), withdrawn, _given_again(history, in_cells))
    for step in later:
        replay.apply(step)
    replay.put_back(pk, keep)
    return typed(pd.concat([history[~in_cells], replay.result()], ignore_index=True))


def _given_again(history, in_cells):
    """Tell the rows of some cells that say again what was withdrawn when they began: values that were kept."""
    rows, same = history.loc[in_cells, [*KEY, *FACTS, "since_id"]], [*KEY, *FACTS, "since_id"]
    gone = history[history["withdrawn"] & history["until_id"].notna()]
    gone = gone.assign(since_id=gone["until_id"].astype(rows["since_id"].dtype))[same].drop_duplicates()
    return rows.merge(gone.assign(again=True), on=same, how="left")["again"].eq(True).to_numpy()


def end_where(history: pd.DataFrame, clashing: pd.DataFrame, pk: int) -> pd.DataFrame:
    """End rows at a release, rows of `clashing` by their place; one that it began is left out."""
    began = history.index.isin(clashing.index) & (history["since_id"] == pk).to_numpy()
    history = history.assign(until_id=history["until_id"].mask(history.index.isin(clashing.index), pk))
    return history[~began].reset_index(drop=True)


def end_later(history: pd.DataFrame, pk: int, following: int) -> pd.DataFrame:
    """Let the release `following` end what another ended, which readers see no more."""
    ended = (history["until_id"] == pk).fillna(False) & ~history["withdrawn"]
    return history.assign(until_id=history["until_id"].mask(ended, following))


class _Replay:
    """Does the releases after a withdrawn one over again, on the rows of the cells that it touched.

    Rows are numbered; those that are made here (`made`) come after them and have the facts of another (`content`).
    """

    def __init__(self, rows, withdrawn, given_again):
        self.rows, self.withdrawn_release, self.given_again = rows, withdrawn, given_again
        self.cell = rows.groupby(KEY, sort=False, dropna=False).ngroup().to_numpy()
        self.facts = rows.groupby(FACTS, sort=False, dropna=False).ngroup().to_numpy()
        self.since = rows["since_id"].to_numpy(dtype="int64")
        self.until = rows["until_id"].fillna(STANDS).to_numpy(dtype="int64")
        self.ends = self.until.copy()
        self.is_withdrawn = self.since == withdrawn
        self.content = np.arange(len(rows))
        self.made = []  # [since, until, content] of each
        self.shown = np.full(self.cell.max(initial=NONE) + 1, NONE)  # by cell: the row that is shown
        before = np.flatnonzero((self.since < withdrawn) & (self.until == withdrawn))
        self.shown[self.cell[before]] = before
        self.ends[before] = STANDS
        self.states = [(withdrawn, self.shown.copy())]

    def apply(self, step):
        """Let a later release do what it did."""
        begun, ended = np.flatnonzero(self.since == step.pk), np.flatnonzero(self.until == step.pk)
        cells = np.unique(np.concatenate([self.cell[begun], self.cell[ended]]))
        if len(cells):
            following = self.shown.copy()
            following[cells] = NONE
            following[self.cell[begun]] = begun
            if step.reverts_to and step.reverts_to >= self.withdrawn_release:
                self._return(following, cells, begun, step)
            self._show(following, step.pk)
        self.states.append((step.pk, self.shown.copy()))

    def _return(self, following, cells, begun, step):
        """Return to the earlier state without the withdrawn release, where that is another one than was returned to."""
        past = next(state for pk, state in reversed(self.states) if pk <= step.reverts_to)
        for cell in cells:
            own, meant, shown = following[cell], past[cell], self.shown[cell]
            is_kept = step.keeps and own != NONE and self.given_again[own]
            if is_kept or self._same(own, meant):
                continue
            if own != NONE:
                self.is_withdrawn[own] = True
            following[cell] = shown if self._same(shown, meant) else self._make(step.pk, meant)

    def _same(self, one, other):
        if NONE in (one, other):
            return one == other
        return self.facts[self._content(one)] == self.facts[self._content(other)]

    def _content(self, row):
        return row if row < len(self.rows) else self.made[row - len(self.rows)][2]

    def _make(self, since, like):
        if like == NONE:
            return NONE
        self.made.append([since, STANDS, self._content(like)])
        return len(self.rows) + len(self.made) - 1

    def _show(self, following, pk):
        """Let other rows be shown from a release on, and end those that were."""
        changed = following != self.shown
        self._end(self.shown[changed], pk)
        self.shown = following

    def _end(self, rows, pk):
        for row in rows[rows >= len(self.rows)]:
            self.made[row - len(self.rows)][1] = pk
        real = rows[(rows != NONE) & (rows < len(self.rows))]
        self.ends[real] = pk

    def put_back(self, pk, keep):
        """Have the release `pk` begin what stands without the withdrawn one."""
        head = np.full(len(self.shown), NONE)
        standing = np.flatnonzero(self.until == STANDS)
        head[self.cell[standing]] = standing
        self.ends[standing[self.is_withdrawn[standing]]] = pk
        following = self.shown.copy()
        for cell in np.flatnonzero(head != self.shown):
            is_kept = keep and head[cell] != NONE and self.is_withdrawn[head[cell]]
            following[cell] = self._make(pk, head[cell] if is_kept else self.shown[cell])
        self._show(following, pk)

    def result(self):
        """The rows of the cells, as they stand now."""
        ends = pd.Series(self.ends, dtype="Int64").mask(self.ends == STANDS)
        rows = self.rows.assign(until_id=ends, withdrawn=self.is_withdrawn)
        if not self.made:
            return rows
        since, until, content = (np.array(column, dtype="int64") for column in zip(*self.made, strict=True))
        made = self.rows.iloc[content].reset_index(drop=True)
        until = pd.Series(until, dtype="Int64").mask(until == STANDS)
        made = made.assign(id=pd.NA, since_id=since, until_id=until, withdrawn=False)
        return typed(pd.concat([rows, made], ignore_index=True)[HISTORY_COLUMNS])
