"""Sums up what would change of what is published: how many values, and the largest changes by amount and by ratio."""

import numpy as np
import pandas as pd

from trade.importing.checks import row_text

SHOWN = 3
SMALL = 1_000  # US$, added before a ratio is taken: 3 dollars that become 30 are no large change
PERIOD = ["flow", "year", "month"]


def largest(changes: pd.DataFrame, head: pd.DataFrame, names: dict) -> dict | None:
    """Make the one warning that stands above all others: {"key": "largest", "text": "121 of 124 …", "rows": 121}.

    `changes` are those of publishing.diff; None where no published value would change or be removed.
    """
    if not changes["old_value_usd"].notna().any() or (published := _of_published(changes)).empty:
        return None
    names = row_text.Names(names)
    gone = int((published["kind"] == "removed").sum())
    text = " ".join(
        (
            _counted(len(published) - gone, gone, _values_beside(published, head)),
            f"Largest: {_listed(published, published['by'].abs(), names)}.",
            *_by_ratio(published, names),
        )
    )
    return {"key": "largest", "text": text, "rows": len(published)}


def largest_new(changes: pd.DataFrame, names: dict) -> str:
    """Say which new values are the largest: "Largest new values: Liaoning, exports to the DPRK 2025: US$1.2 bn; …"."""
    new = changes[(changes["kind"] == "new") & changes["new_value_usd"].notna()].nlargest(SHOWN, "new_value_usd")
    if new.empty:
        return ""
    names = row_text.Names(names)
    listed = [f"{row_text.dimensions(row, names)}: {row_text.dollars(row.new_value_usd)}" for row in new.itertuples()]
    return f"Largest new values: {'; '.join(listed)}."


def _of_published(changes):
    """The changes of values that are published, with the difference and the ratio; a value that goes counts as 0."""
    had, has = changes["old_value_usd"], changes["new_value_usd"].where(changes["kind"] != "removed")
    differs = (had != has).fillna(True) & had.notna() & (changes["kind"] != "new")
    rows = changes[differs.astype(bool)]
    old, new = rows["old_value_usd"].astype("float64"), has[rows.index].fillna(0).astype("float64")
    return rows.assign(by=new - old, ratio=(new + SMALL) / (old + SMALL), goes=has[rows.index].isna())


def _values_beside(published, head):
    """Count the published values of the directions and periods in which something changes."""
    return len(head[head["value_usd"].notna()].merge(published[PERIOD].drop_duplicates(), on=PERIOD))


def _counted(changed, removed, of):
    if of == 1:
        return f"The one published value of this direction and period {'is removed' if removed else 'changes'}."
    whole = f" of the {of:,} published values of these periods and directions"
    if not changed:
        return f"{removed:,}{whole} {_are(removed)} removed."
    besides = f", and {removed:,} {_are(removed)} removed" if removed else ""
    return f"{changed:,}{whole} {'changes' if changed == 1 else 'change'}{besides}."


def _are(count):
    return "is" if count == 1 else "are"


def _by_ratio(published, names):
    """Name the largest by ratio, unless they are the same as by amount."""
    sizes = np.log(published["ratio"]).abs()
    if set(_top(published, sizes).index) == set(_top(published, published["by"].abs()).index):
        return []
    return [f"Largest by ratio: {_listed(published, sizes, names)}."]


def _top(published, sizes):
    return published.loc[sizes.sort_values(ascending=False, kind="stable").index[:SHOWN]]


def _listed(published, sizes, names):
    return "; ".join(_said(row, names) for row in _top(published, sizes).itertuples())


def _said(row, names):
    """Say a change: "Liaoning, exports to the DPRK 2024, +US$1.59 bn, +200%"."""
    what = row_text.dimensions(row, names) + (
        f" ({row.component.replace('_', ' ')})" if row.component != "reported" else ""
    )
    if row.goes:
        how = "removed" if row.kind == "removed" else "emptied"
        return f"{what}, {how}, was {row_text.dollars(row.old_value_usd)}"
    sign = "+" if row.by > 0 else "−"
    percent = f", {sign}{_percent(abs(row.by) / row.old_value_usd)}" if row.old_value_usd else ""
    return f"{what}, {sign}{row_text.dollars(abs(row.by))}{percent}"


def _percent(share):
    """Write a share: 2.0 -> "200%", 0.0342 -> "3.4%", 0.0002 -> "0.02%", 0.000002 -> "<0.01%"."""
    percent = 100 * share
    if percent < 0.0095:
        return "<0.01%"
    return f"{percent:,.0f}%" if percent >= 10 else f"{percent:.1f}%" if percent >= 0.95 else f"{percent:.2g}%"
