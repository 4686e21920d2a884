"""Updates as editors make them, and faults put into them: made apart from every rule.

They are made of the demonstration data, and of the world's trade by chapter as it was reported.

A case is (table, head): what a file says, with the row of each value in it, and what is published. Ordinary updates are
years and months that arrive, revisions, corrections, older years; each fault is put into a file that is in order.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from trade.frames import HEAD_COLUMNS, READ_COLUMNS

DATA = Path(__file__).parents[4] / "data"
FILES = {
    "provinces": ("china_dprk_trade_by_province_demo.csv", "province"),
    "months": ("china_dprk_trade_by_province_2025_months_demo.csv", "province"),
    "headings": ("china_dprk_trade_by_heading_demo.csv", "code"),
}
CHAPTERS = "baci_dprk_world_by_chapter_2017_2022.csv"  # values of other sizes: from hundreds to hundreds of millions
FIRST = {"provinces": 1998, "headings": 1998, "chapters": 2017}
CELL = ["key", "flow", "year", "month"]


@cache
def published(name: str) -> pd.DataFrame:
    """Load reported values: key, flow, year, month, value_usd."""
    if name == "chapters":
        return _chapters()
    file, key = FILES[name]
    rows = pd.read_csv(DATA / file, dtype={key: str}).rename(columns={key: "key", "reported_usd": "value_usd"})
    rows = rows.assign(month=rows["month"].fillna(0).astype(int))
    return rows[[*CELL, "value_usd"]].astype({"value_usd": "float64"})


def _chapters():
    """The trade of the world, reported for each chapter: a column a flow."""
    rows = pd.read_csv(DATA / CHAPTERS, dtype={"hs2": str}).rename(
        columns={"hs2": "key", "dprk_exports_to_world_usd": "from_dprk", "dprk_imports_from_world_usd": "to_dprk"}
    )
    rows = rows.melt(["key", "year"], ["from_dprk", "to_dprk"], "flow", "value_usd")
    return rows.assign(month=0)[[*CELL, "value_usd"]].astype({"value_usd": "float64"})


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay rows out as a wide workbook has them: one sheet a flow, a line a name, a column a period."""
    order = {key: line for line, key in enumerate(sorted(rows["key"].unique()), start=4)}
    line = rows["row"] if "row" in rows else rows["key"].map(order)
    laid = rows.assign(row=line, file="a.xlsx", sheet=rows["flow"], column="C", component="reported")
    return laid.reindex(columns=list(READ_COLUMNS)).astype(READ_COLUMNS)


def head(rows: pd.DataFrame) -> pd.DataFrame:
    made = table(rows)
    return made.assign(id=range(len(made)), status="A")[HEAD_COLUMNS]


# --- ordinary updates -----------------------------------------------------------------------------------------------


def years(source: str, first: int, last: int) -> pd.DataFrame:
    rows = published(source)
    return rows[rows["year"].between(first, last)]


def next_year(rows: pd.DataFrame, luck) -> pd.DataFrame:
    """Make the year after the last: the whole grows or shrinks by up to 30 %, each name by chance apart from it."""
    last = rows[rows["year"] == rows["year"].max()]
    growth = {flow: luck.uniform(0.75, 1.35) for flow in ("to_dprk", "from_dprk")}
    own = np.exp(luck.normal(0, luck.choice([0.1, 0.15, 0.2]), len(last)))
    values = last["value_usd"] * last["flow"].map(growth) * own
    return last.assign(year=last["year"] + 1, value_usd=values.round())


def revised(rows: pd.DataFrame, luck, share: float) -> pd.DataFrame:
    """Revise a share of the values by 5 to 15 % up or down."""
    by = 1 + luck.choice([-1, 1], len(rows)) * luck.uniform(0.05, 0.15, len(rows))
    is_revised = luck.random(len(rows)) < share
    values = np.where(is_revised, rows["value_usd"] * by, rows["value_usd"])
    return rows.assign(value_usd=values.round())


def ordinary(luck) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    """Make an ordinary update: (what it is, table, head)."""
    makers = [_new_year, _new_year_and_all, _real_year, _revision, _corrections, _new_month, _older_years]
    makers += [_new_year_with_moves, _gaps_filled]
    make = makers[luck.integers(len(makers))]
    arriving, standing = make(luck)
    return make.__name__.strip("_"), table(arriving), head(standing)


def _source(luck):
    return luck.choice(["provinces", "headings", "chapters"])


def _demonstration(luck):
    """Choose a source of many years, some of them quiet."""
    return luck.choice(["provinces", "headings"])


def _standing(luck, earliest=2006):
    """Choose a source, and take its years up to one between the earliest and the last."""
    source = _source(luck)
    last = luck.integers(2020, 2023) if source == "chapters" else luck.integers(earliest, 2025)
    return years(source, FIRST[source], last)


def _new_year(luck):
    standing = _standing(luck)
    return next_year(standing, luck), standing


def _new_year_with_moves(luck):
    """A year in which a few names lose or gain up to a half apart from the others, and a few small ones are new."""
    standing = _standing(luck)
    arriving = next_year(standing, luck)
    moves = luck.choice(len(arriving), 3, replace=False)
    values = arriving["value_usd"].to_numpy(copy=True)
    values[moves] *= luck.uniform(0.5, 1.5, len(moves))
    arriving = arriving.assign(value_usd=values.round())
    small = arriving["value_usd"] < arriving.groupby("flow")["value_usd"].transform("sum") / 200
    names = arriving.loc[small, ["key", "flow"]].sample(min(3, small.sum()), random_state=int(luck.integers(10**6)))
    is_new = pd.MultiIndex.from_frame(standing[["key", "flow"]]).isin(pd.MultiIndex.from_frame(names))
    return arriving, standing[~is_new]


def _gaps_filled(luck):
    """A few values that were missing among the published ones of a year in which nothing broke."""
    whole, year = years(_demonstration(luck), 1998, 2024), int(luck.choice(QUIET))
    of_year, others = _without_shocks(whole[whole["year"] == year], whole[whole["year"] != year])
    gaps = of_year.dropna().sample(int(luck.integers(1, 9)), random_state=int(luck.integers(10**6)))
    return gaps, pd.concat([others, of_year.drop(gaps.index)])


def _new_year_and_all(luck):
    standing = _standing(luck)
    recent = standing["year"] >= standing["year"].max() - 1
    kept = pd.concat([standing[~recent], revised(standing[recent], luck, 0.5)])
    return pd.concat([kept, next_year(standing, luck)]), standing


QUIET = [2006, 2007, 2009, 2010, 2011, 2012, 2013, 2015, 2016, 2023, 2024]  # no ban, no closed border


def _real_year(luck):
    """A year as the demonstration data have it, where nothing broke."""
    year = int(luck.choice(QUIET))
    source = _demonstration(luck)
    return _without_shocks(years(source, year, year), years(source, 1998, year - 1))


def _without_shocks(arriving, standing):
    """Leave out what moved threefold against the whole from one year to the next: that is no ordinary update."""
    wide = _wide(pd.concat([arriving, standing])).droplevel("month", axis=1)
    ratios = np.log(wide.where(wide > 0)).diff(axis=1)
    ratios = ratios - ratios.groupby("flow").transform("median")
    touched = sorted({*arriving["year"], *(arriving["year"] + 1)} & set(wide.columns))
    shocks = set(ratios.index[(ratios[touched].abs() > np.log(3)).any(axis=1)])
    return tuple(
        rows[[pair not in shocks for pair in zip(rows["flow"], rows["key"], strict=True)]]
        for rows in (arriving, standing)
    )


def _revision(luck):
    source = _source(luck)
    standing = years(source, FIRST[source], 2024)
    arriving = standing[standing["year"] >= luck.integers(FIRST[source], standing["year"].max() + 1)]
    return revised(arriving, luck, luck.choice([0.1, 0.5, 1.0])), standing


def _corrections(luck):
    """A few cells, by up to a half more or a third less."""
    source = _source(luck)
    standing = years(source, FIRST[source], 2024)
    cells = standing.sample(int(luck.integers(1, 9)), random_state=int(luck.integers(10**6)))
    by = luck.uniform(0.7, 1.5, len(cells))
    return cells.assign(value_usd=(cells["value_usd"] * by).round()), standing


def _new_month(luck):
    rows, month = published("months"), luck.integers(3, 10)
    standing = pd.concat([published("provinces"), rows[rows["month"] < month]])
    return rows[rows["month"] == month], standing


def _older_years(luck):
    source, first = _demonstration(luck), luck.integers(2001, 2009)
    return _without_shocks(years(source, first - luck.integers(1, 4), first - 1), years(source, first, 2024))


# --- faults ---------------------------------------------------------------------------------------------------------


def in_order(luck) -> tuple[pd.DataFrame, pd.DataFrame, bool]:
    """Make a file without a fault: the whole series with a new year, the series alone, or the new year alone."""
    standing = _standing(luck, 2008)
    arriving, kind = next_year(standing, luck), luck.integers(3)
    if kind == 0:
        return arriving, standing, True
    return (pd.concat([standing, arriving]) if kind == 1 else standing), standing, False


def _wide(rows):
    return rows.pivot(index=["flow", "key"], columns=["year", "month"], values="value_usd")


def _long(wide):
    rows = wide.stack(["year", "month"], future_stack=True).rename("value_usd").reset_index()
    return rows[[*CELL, "value_usd"]]


def swapped(luck):
    """Exchange two names that differ at least twofold, in every column, or in the newest."""
    arriving, standing, is_new = in_order(luck)
    newest = arriving[arriving["year"] == arriving["year"].max()]
    flow = luck.choice(["to_dprk", "from_dprk"])
    # A pair that an editor could see: both make a five-hundredth of what is traded.
    of_flow = newest[newest["flow"] == flow].set_index("key")["value_usd"]
    of_flow = of_flow[of_flow >= max(of_flow.sum() / 500, 500_000)]
    pairs = [(a, b) for a in of_flow.index for b in of_flow.index if of_flow[a] >= 2 * of_flow[b]]
    a, b = pairs[luck.integers(len(pairs))]
    only_newest = luck.random() < 0.5
    flows = [flow] if luck.random() < 0.5 else ["to_dprk", "from_dprk"]
    names = arriving["key"].where(
        ~(arriving["flow"].isin(flows) & ((arriving["year"] == newest["year"].max()) | (not only_newest))),
        arriving["key"].replace({a: b, b: a}),
    )
    return table(arriving.assign(key=names)), head(standing)


def rows_shifted(luck):
    """Move all values from one row on up or down by one, in every column."""
    arriving, standing, _ = in_order(luck)
    wide = _wide(arriving)
    flow = luck.choice(["to_dprk", "from_dprk"])
    lines = np.flatnonzero(wide.index.get_level_values("flow") == flow)
    lines = lines[luck.integers(len(lines) // 2) :]
    values = wide.to_numpy(copy=True)
    values[lines] = np.roll(values[lines], luck.choice([-1, 1]), axis=0)
    return table(_long(pd.DataFrame(values, wide.index, wide.columns))), head(standing)


def columns_shifted(luck):
    """Move the values of each row by a year, those of all names or of one flow."""
    standing = _standing(luck, 2008)
    arriving = pd.concat([standing, next_year(standing, luck)]) if luck.random() < 0.5 else standing
    wide = _wide(arriving)
    flow = luck.choice(["to_dprk", "from_dprk", "both"])
    lines = (wide.index.get_level_values("flow") == flow) | (flow == "both")
    values = wide.to_numpy(copy=True)
    step = luck.choice([-1, 1])
    moved = np.full(values[lines].shape, np.nan)
    if step > 0:
        moved[:, 1:] = values[lines][:, :-1]
    else:
        moved[:, :-1] = values[lines][:, 1:]
    values[lines] = moved
    return table(_long(pd.DataFrame(values, wide.index, wide.columns))), head(standing)


def flows_exchanged(luck):
    arriving, standing, _ = in_order(luck)
    return table(arriving.assign(flow=arriving["flow"].map({"to_dprk": "from_dprk", "from_dprk": "to_dprk"}))), head(
        standing
    )


def scaled(luck):
    """Multiply or divide the file, a column, or a row of several values by 1,000 or 10,000."""
    arriving, standing, is_new = in_order(luck)
    which = luck.integers(2 if is_new else 3)
    part = np.ones(len(arriving), bool)
    if which == 1:
        newest = arriving["year"] == (arriving["year"].max() if is_new else luck.choice(arriving["year"].unique()))
        part = (newest & (arriving["flow"] == luck.choice(["to_dprk", "from_dprk"]))).to_numpy()
    if which == 2:
        sums = arriving.groupby(["key", "flow"])["value_usd"].sum()
        sums = sums[sums >= sums.max() / 500]
        key, flow = sums.index[luck.integers(len(sums))]
        part = ((arriving["key"] == key) & (arriving["flow"] == flow)).to_numpy()
    factor = luck.choice([1e3, 1e4, 1e-3, 1e-4])
    values = np.where(part, arriving["value_usd"] * factor, arriving["value_usd"])
    return table(arriving.assign(value_usd=values.round())), head(standing)


def tripled(luck):
    """Multiply or divide one value of at least 1 % of its total by three."""
    arriving, standing, _ = in_order(luck)
    shares = arriving["value_usd"] / arriving.groupby(["flow", "year"])["value_usd"].transform("sum")
    weighty = arriving.index[(shares >= 0.01) & (arriving["value_usd"] >= 100_000)]
    arriving = arriving.reset_index(drop=True)
    at = np.flatnonzero((shares >= 0.01) & (shares.notna()))[luck.integers(len(weighty))]
    values = arriving["value_usd"].astype(float)
    values[at] *= luck.choice([3, 1 / 3])
    return table(arriving.assign(value_usd=values.round())), head(standing)


def coarse(luck):
    """Round everything to thousands or millions, where a new year arrives."""
    standing = _standing(luck, 2008)
    arriving = next_year(standing, luck)
    arriving = arriving if luck.random() < 0.5 else pd.concat([standing, arriving])
    unit = int(luck.choice([10**3, 10**6]))
    return table(arriving.assign(value_usd=(arriving["value_usd"] / unit).round() * unit)), head(standing)


FAULTS = {
    swapped: {"exchanged-names"},
    rows_shifted: {"shifted-rows"},
    columns_shifted: {"shifted-periods"},
    flows_exchanged: {"exchanged-flows"},
    scaled: {"scale"},
    tripled: {"heavy"},
    coarse: {"coarse"},
}
