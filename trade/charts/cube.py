"""Makes the sums that pages draw, once when a release is published: every province, or every kind of goods, by year.

A node is a province, or a section, chapter, heading or subheading of the Harmonized System; "all" is their root. A
cube is plain JSON, so it lies in a release's bundle and is parsed once per process:

    {"schema": 1, "kind": "province", "dataset": {...}, "release": {...},
     "years": [1998, ..., 2025],                      # without holes
     "parts": {"to_dprk": {"2025": [1, ..., 9]}},     # years known by less than twelve months
     "nodes": {"cn-ln": {"code": "CN-LN", "slug": "cn-ln", "name": "Liaoning", "title": "Liaoning", "level": "province",
                         "parent": "all", "colour": 1, "children": []}, "all": {...}},
     "cells": {"to_dprk": {"cn-ln": {"reported": [145313800, ...], "estimate": [null, ...],  # one a year, US$
                                     "status": "AA...P",  # one letter a year, " " where there is no row
                                     "gaps": [0, ...],    # parts that have neither value nor estimate
                                     "covered": [0, ...]}}},  # parts whose only value is an estimate
     "months": {"to_dprk": {"cn-ln": {"2025-01": [1563887, null, "P", 0, 0]}}},  # in the order of a cell
     "quantities": {"from_dprk": {"2701": {"2016": [22480000.0, "t"]}}},
     "second_estimates": {"to_dprk": {"cn-hl": {"2014": [500000000, "KOTRA, printed"]}}},  # never added to anything
     "origins": {"to_dprk": {"2016": ["KITA", 10000, ""]}},  # of totals: publisher, precision in US$, note of a break
     "breaks": {"to_dprk": {"cn-ln": ["2014"]}}}  # periods before which the source breaks, in the node or below it

Null stays null: a sum is null where none of its parts has a value, and otherwise the sum of those that have one.
"""

from collections.abc import Iterator
from itertools import compress, pairwise

import pandas as pd

from trade import time_period

ROOT = "all"
UNSPECIFIED = "unspecified"
KEYS = ["slug", "flow", "year", "month"]
PIECE = 50_000  # rows that are summed at one time, or those of one year
SLOTS = 10  # colours; whoever has none is drawn in the colour of "other"
# A section keeps its colour from dataset to dataset. Those that the DPRK trades most have one each; who shares one with
# them gives way where both are drawn.
OF_SECTIONS = {"v": 1, "xi": 2, "xii": 3, "i": 4, "xvi": 5, "xv": 6, "vii": 7, "ii": 8, "vi": 9, "iv": 10}
OF_SECTIONS |= {"xvii": 3, "xviii": 10, "xx": 4, "xiii": 7, "xiv": 8, "ix": 10, "x": 9, "viii": 7, "iii": 8, "xix": 6}

# Of several statuses the weightiest tells about a sum; above NO_VALUE stand those of rows that have a value.
WEIGHT = {"O": 1, "L": 2, "Q": 3, "A": 10, "B": 11, "P": 12, "U": 13}
NO_VALUE = 10
NOTHING = {"reported": None, "estimate": None, "status": " ", "gaps": 0, "covered": 0}  # a cell without a row
LETTER = {weight: letter for letter, weight in WEIGHT.items()}


def build(frame: pd.DataFrame, dataset: dict, release: dict, labels: dict | list) -> dict:
    """Sum the standing rows of a dataset into the cube of its pages.

    `frame` has key, flow, year, month, component, value_usd, status and may have quantity and quantity_unit.
    """
    if dataset["kind"] == "total":
        frame = frame.assign(key=ROOT)
    nodes = _nodes(dataset["kind"], labels, frame)
    years = list(range(int(frame["year"].min()), int(frame["year"].max()) + 1)) if len(frame) else []
    rows = pd.concat([_drawn(_ancestors(_leaves(piece), nodes), nodes) for piece in pieces(frame)])
    rows = rows.sort_values(KEYS, ignore_index=True)
    cells = _cells(rows[rows["month"] == -1], years)
    _colour(nodes, cells, parts := _parts(frame), years)
    return {
        "schema": 1,
        "kind": dataset["kind"],
        "dataset": dataset,
        "release": release,
        "years": years,
        "parts": parts,
        "nodes": nodes,
        "cells": cells,
        "months": _months(rows[rows["month"] > 0]),
        "quantities": _quantities(frame),
        "second_estimates": _second_estimates(frame),
        "origins": _origins(frame) if dataset["kind"] == "total" else {},
        "breaks": _breaks(frame, nodes),
    }


def _nodes(kind, labels, frame):
    if kind == "total":
        return {ROOT: _node(ROOT, "", "", "", "root", None)}
    return provinces(labels) if kind == "province" else goods(labels, frame["key"].unique())


def pieces(frame: pd.DataFrame, most: int = PIECE) -> Iterator[pd.DataFrame]:
    """Give the rows a few years at a time, so that what is made of them need not fit into memory at once.

    No year is split; the years come in their order. A frame without rows is one piece.
    """
    counts = frame["year"].value_counts().sort_index()
    if len(frame) <= most:
        yield frame
        return
    for _number, years in counts.groupby((counts.cumsum() - 1) // most):
        yield frame[frame["year"].isin(years.index)]


def provinces(labels: list) -> dict:
    """Make the tree of provinces: {"all": {..., "children": ["cn-bj", ...]}, "cn-bj": {...}, ...}."""
    nodes = {ROOT: _node(ROOT, "", "", "", "root", None)}
    for label in labels:
        nodes[label["slug"]] = _node(label["slug"], label["code"], label["name"], label["name"], "province", ROOT)
        nodes[label["slug"]] |= {"name_zh": label["name_zh"], "name_ko": label["name_ko"]}
    return _with_children(nodes)


def goods(labels: dict, codes: list) -> dict:
    """Make the tree of sections and chapters, and below them of the headings and subheadings that data exist for."""
    nodes = {ROOT: _node(ROOT, "", "", "", "root", None)}
    section_of = {}
    for label in labels["sections"]:
        section_of[label["number"]] = label["slug"]
        nodes[label["slug"]] = _node(
            label["slug"], label["number"], label["short_title"], label["title"], "section", ROOT
        )
    for label in labels["chapters"]:
        code = label["code"]
        nodes[code] = _node(code, code, label["short_title"], label["title"], "chapter", section_of[label["section"]])
    for code in sorted({code[:length] for code in codes for length in (4, 6) if len(code) >= length}):
        label = labels["commodities"].get(code, {"title": "", "short_title": code})
        level, parent = ("heading", code[:2]) if len(code) == 4 else ("subheading", code[:4])
        nodes[code] = _node(code, code, label["short_title"], label["title"], level, parent)
    return _with_children(nodes)


def _node(slug, code, name, title, level, parent):
    return {"slug": slug, "code": code, "name": name, "title": title, "level": level, "parent": parent,
            "colour": 0, "children": []}  # fmt: skip


def _with_children(nodes):
    for slug, node in nodes.items():
        if node["parent"]:
            nodes[node["parent"]]["children"].append(slug)
    return nodes


def _leaves(frame):
    """One row per key, flow, year and month, and one per year (month -1): both components side by side."""
    months = _side_by_side(frame)
    groups = months.assign(month=-1).groupby(KEYS)
    years = groups[["reported", "estimate"]].sum(min_count=1)
    years = years.join([groups["blank"].max(), groups["low"].min(), groups["high"].max()]).reset_index()
    table = pd.concat([months[months["month"] > 0], years])
    blank, estimated = table.pop("blank") > 0, table["estimate"].notna()
    gaps = (blank & ~estimated) | _lacks_months(table, months)
    return table.assign(gaps=gaps.astype(int), covered=(blank & estimated & ~gaps).astype(int))


def _lacks_months(table, months):
    """Whether a year of a key is known by fewer months than that year of its flow; a yearly row knows all twelve."""
    reported = months[months["low"].notna()]
    counts = [_months_known(reported.groupby(of)["month"]) for of in (["slug", "flow", "year"], ["flow", "year"])]
    own, of_flow = (table.join(count.rename("known"), on=count.index.names)["known"] for count in counts)
    return (table["month"] == -1) & (own < of_flow)


def _months_known(groups):
    return groups.nunique().where(groups.min() > 0, 12)


def _side_by_side(frame):
    """Put an estimate beside what is reported; `blank` marks a row without value, low and high weigh its status."""
    frame = frame[["flow", "year", "month", "component", "value_usd", "status"]].assign(slug=_slugs(frame["key"]))
    reported, estimate = (
        frame[frame["component"] == name].rename(columns={"value_usd": name}).set_index(KEYS)
        for name in ("reported", "estimate")
    )
    weight = _weights(reported["status"], reported["reported"])
    reported = reported[["reported"]].assign(blank=reported["reported"].isna().astype(int), low=weight, high=weight)
    table = reported.join(estimate[["estimate"]], how="outer").reset_index()
    return table.assign(blank=table["blank"].fillna(0))


def _slugs(keys):
    """The keys in small letters, each word stored once however many rows have it."""
    keys = keys.astype("category")
    return keys.cat.rename_categories(keys.cat.categories.str.lower())


def _sums(frame, columns):
    return frame.groupby(KEYS)[columns].sum(min_count=1)


def _weights(status, value):
    """Weigh each row's status; one that contradicts its value (A without one, O with one) yields to the value."""
    weight, has = status.map(WEIGHT).fillna(0).astype(int), value.notna()
    weight = weight.mask(has & (weight < NO_VALUE), WEIGHT["A"])
    return weight.mask(~has & ((weight >= NO_VALUE) | (weight == 0)), WEIGHT["O"])


def _ancestors(leaves, nodes):
    """Repeat each leaf once for every node above it, under that node's slug, and add up."""
    parent = {slug: node["parent"] for slug, node in nodes.items()}
    level, levels = leaves, [leaves]
    while len(level):
        level = level.assign(slug=level["slug"].map(parent))
        level = level[level["slug"].notna()]
        levels.append(level)
    rows = pd.concat(levels)
    groups = rows.groupby(KEYS)
    sums = _sums(rows, ["reported", "estimate"]).join(
        [groups[["gaps", "covered"]].sum(), groups["low"].min(), groups["high"].max()]
    )
    return sums.reset_index()


def _cells(rows, years):
    """Lay the yearly sums out as one list a node, aligned with `years`; the rows of a node stand together."""
    at = {year: place for place, year in enumerate(years)}
    places, facts, cells = [at[year] for year in rows["year"].tolist()], _facts(rows), {}
    is_first = ~rows.duplicated(["flow", "slug"])
    starts = [place for place, first in enumerate(is_first.tolist()) if first]
    nodes = zip(rows.loc[is_first, "flow"].tolist(), rows.loc[is_first, "slug"].tolist(), strict=True)
    for (flow, slug), (start, end) in zip(nodes, pairwise([*starts, len(rows)]), strict=True):
        columns = [_spread(fact[start:end], places[start:end], blank, len(years))
                   for fact, blank in zip(facts, NOTHING.values(), strict=True)]  # fmt: skip
        node = cells.setdefault(flow, {})[slug] = dict(zip(NOTHING, columns, strict=True))
        node["status"] = "".join(node["status"])
    return cells


def _spread(values, places, blank, size):
    """Put values into their places of a list of some size, which is blank in the others."""
    if len(values) == size:
        return values
    spread = [blank] * size
    for place, value in zip(places, values, strict=True):
        spread[place] = value
    return spread


def _facts(rows):
    """What rows say in the order of a cell, as columns of plain values."""
    numbers = [_numbers(rows[name]) for name in ("reported", "estimate")]
    counts = [rows[name].astype("int64").tolist() for name in ("gaps", "covered")]
    return [*numbers, _letters(rows["low"], rows["high"]), *counts]


def _numbers(column):
    return column.astype("Int64").astype(object).where(column.notna(), None).tolist()


def _letters(low, high):
    """The status that tells about a sum: its weightiest with a value; without any value the one they share, or O."""
    tells = ((high >= NO_VALUE) | (high == low)).fillna(False).astype(bool)
    return high.map(LETTER).where(tells, "O").where(high.notna(), " ").tolist()


def _parts(frame):
    """The months behind each year that is known by months and not by all twelve: {"to_dprk": {"2025": [1, ..., 9]}}."""
    parts, added = {}, [frame[frame["component"] == name] for name in ("estimate", "reported")]
    known = [rows.groupby(["flow", "year"])["month"].unique() for rows in added]
    for (flow, year), months in {**known[0], **known[1]}.items():
        if len(months) < 12 and 0 not in months:
            parts.setdefault(flow, {})[str(year)] = sorted(int(month) for month in months)
    return parts


def _colour(nodes, cells, parts, years):
    """Give a colour to the ten children of each node with the largest mean share of its full years, flows together.

    One choice for the whole series, so that a colour never moves between views, and of sections not between datasets;
    the unspecified never has one.
    """
    shown = _shown_in_full_years(cells, parts, years)
    for node in nodes.values():
        weights = {child: _mean_share(node["slug"], child, shown) for child in node["children"]}
        ranked = sorted((child for child in weights if weights[child] > 0), key=lambda child: -weights[child])
        named = [child for child in ranked if child != UNSPECIFIED][:SLOTS]
        for child, slot in _slots(named).items():
            nodes[child]["colour"] = slot


def _slots(named):
    """A slot for each: of sections their own, where no larger one has it; of all others the next that is free."""
    found, free = {}, list(range(1, SLOTS + 1))
    for child in named:
        if OF_SECTIONS.get(child) in free:
            found[child] = OF_SECTIONS[child]
            free.remove(found[child])
    return found | {child: free.pop(0) for child in named if child not in found}


def _shown_in_full_years(cells, parts, years):
    """What is shown of each node in the full years: {"to_dprk": {"27": [5, 0, …]}}."""
    full = {flow: [str(year) not in parts.get(flow, {}) for year in years] for flow in cells}
    return {
        flow: {slug: list(compress(_shown(node), full[flow])) for slug, node in of.items()}
        for flow, of in cells.items()
    }


def _mean_share(slug, child, shown):
    """The mean share of a child in what its parent has in the years in which that has something."""
    shares = []
    for of in shown.values():
        wholes = of.get(slug, [])
        own = of.get(child) or [0] * len(wholes)
        shares += [(part or 0) / whole for part, whole in zip(own, wholes, strict=True) if whole]
    return sum(shares) / len(shares) if shares else 0


def _shown(node):
    """What is reported and its estimate together, year by year."""
    return [(value or 0) + (added or 0) for value, added in zip(node["reported"], node["estimate"], strict=True)]


def _drawn(rows, nodes):
    """Keep the years of all, and the months of provinces, sections, chapters and of all together."""
    deep = rows["slug"].map(lambda slug: nodes[slug]["level"] in ("heading", "subheading")).astype(bool)
    return rows[(rows["month"] == -1) | ~deep]


def _months(rows):
    """The months of provinces, sections and chapters, and of all: deeper codes have their years only."""
    months = {}
    keys = (rows[name].tolist() for name in ("flow", "slug", "year", "month"))
    for flow, slug, year, month, *cell in zip(*keys, *_facts(rows), strict=True):
        months.setdefault(flow, {}).setdefault(slug, {})[time_period.written(year, month)] = cell
    return months


def _quantities(frame):
    """Quantities of goods by year, where the file gives them: {"from_dprk": {"2701": {"2016": [22480000.0, "t"]}}}.

    Quantities in two units cannot be added, so there is none.
    """
    quantities = {}
    if "quantity" not in frame:
        return quantities
    rows = frame[frame["quantity"].notna()].groupby(["flow", "key", "year", "quantity_unit"])["quantity"].sum()
    units = rows.groupby(["flow", "key", "year"]).transform("size")
    for (flow, key, year, unit), quantity in rows[units == 1].items():
        quantities.setdefault(flow, {}).setdefault(key, {})[str(year)] = [float(quantity), unit]
    return quantities


def _origins(frame):
    """Who published each figure, how finely, and the note of a break: {"to_dprk": {"2016": ["KITA", 10000, ""]}}."""
    origins = {}
    rows = frame[frame["value_usd"].notna()].sort_values("component")  # what is reported comes last and counts
    for row in rows.itertuples(index=False):
        precision = None if pd.isna(row.precision_usd) else int(row.precision_usd)
        period = time_period.written(row.year, row.month)
        note = row.note if row.status == "B" else ""
        origins.setdefault(row.flow, {})[period] = [row.publisher, precision, note]
    return origins


def _breaks(frame, nodes):
    """The periods before which the source breaks, of each node that a row with status B is about or lies below.

    A break within a year is one before the next year too: {"to_dprk": {"cn-ln": ["2014", "2014-05", "2015"]}}.
    """
    breaks = {}
    for row in frame[frame["status"] == "B"].itertuples(index=False):
        slug, periods = row.key.lower(), {time_period.written(row.year), time_period.written(row.year, row.month)}
        periods |= {time_period.written(row.year + 1)} if row.month > 1 else set()
        while slug:
            breaks.setdefault(row.flow, {}).setdefault(slug, set()).update(periods)
            slug = nodes[slug]["parent"]
    return {flow: {slug: sorted(found) for slug, found in of.items()} for flow, of in breaks.items()}


def _second_estimates(frame):
    """What others estimate of the same: {"to_dprk": {"cn-hl": {"2014": [500000000, "KOTRA, printed"]}}}."""
    found = {}
    for row in frame[frame["component"] == "second_estimate"].itertuples(index=False):
        cells = found.setdefault(row.flow, {}).setdefault(row.key.lower(), {})
        cells[time_period.written(row.year, row.month)] = [int(row.value_usd), row.note]
    return found
