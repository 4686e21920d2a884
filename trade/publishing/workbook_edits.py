"""Finds which cells of a workbook of our own an editor edited, and puts the edits of its sheets together."""

from types import SimpleNamespace

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreadsheets.sheet import Fault, Question
from trade import frames, number_text
from trade.importing.checks import row_text
from trade.models import Dataset, Upload, names_of
from trade.publishing import diff

CELL_BY_CELL = "cells"
ONE_CELL = "cell_"  # with which the question about one cell begins
ASKED_AT_ONCE = 50


def fault_of_another_dataset(dataset: Dataset, signature: dict | None) -> Fault | None:
    """Refuse a workbook that was made from another dataset than it is uploaded for."""
    if not signature or signature["dataset"] == dataset.slug:
        return None
    return Fault(
        code="other-dataset",
        message=_("Choose the dataset that the workbook was made from, or remove its cover sheet."),
        sheet="cover",
        found=_("a workbook of the dataset “%s”") % _title(signature["dataset"]),
        expected=_("a workbook of the dataset “%s”") % dataset.title,
    )


def _title(slug):
    """The title of a dataset; of one that is not on this site, what the workbook calls it."""
    return Dataset.objects.filter(slug=slug).values_list("title", flat=True).first() or slug


def _release_of_workbook(upload, signature):
    if not signature:
        return None
    return upload.dataset.releases.filter(number=signature["release"]).first()


def merge(upload, tables, reading):
    """Put the edits of the long and of the wide sheets of one workbook together: (table, layout, question).

    What only one of them changes is taken from it. Where both change a value, and to different ones, it is asked:
    which sheets count everywhere, or cell by cell.
    """
    if len(tables) == 1:
        layout = next(iter(tables))
        return tables[layout], layout, None
    origin = _release_of_workbook(upload, reading.signature)
    past = upload.dataset.observations.as_of(origin).frame() if origin else frames.empty(frames.HEAD_COLUMNS)
    long, wide = (
        diff.compare(past, tables[layout], speaks=speaks, ignore_unknown_blanks=True)[0]
        for layout, speaks in (("long", reading.speaks), ("wide", frozenset()))
    )
    wide = _changed_values(wide)
    if wide.empty:
        return tables["long"], "long", None
    if long.empty:
        return tables["wide"], "wide", None
    beside = wide.merge(_changed_values(long), on=frames.KEY, how="left", suffixes=("", "_long"), indicator=True)
    in_both = beside["_merge"].eq("both") & ~_same(beside["new_value_usd"], beside["new_value_usd_long"])
    chosen, questions = _decided(upload, beside[in_both])
    if questions:
        return None, "", questions
    is_taken = ~in_both.to_numpy(bool)
    is_taken[~is_taken] = chosen
    taken = wide[is_taken]
    upload.remarks.append(_merged(len(taken)))
    return _with_values(tables["long"], tables["wide"], taken), "long", None


def _merged(count):
    text = ngettext(
        "The edits on the sheet “data” and on the other sheets were put together: %(count)s value is from the other "
        "sheets.",
        "The edits on the sheet “data” and on the other sheets were put together: %(count)s values are from the other "
        "sheets.",
        count,
    )
    return text % {"count": number_text.exact(count)}


def _changed_values(changes):
    """The reported values that a layout changes: KEY, the value as it was and as it would be."""
    reported = changes[(changes["component"] == "reported") & (changes["kind"] != "removed")]
    reported = reported[~_same(reported["old_value_usd"], reported["new_value_usd"])]
    return reported[[*frames.KEY, "new_value_usd", "file", "sheet", "row", "column"]].reset_index(drop=True)


def _same(first, second):
    return (first == second).fillna(False) | (first.isna() & second.isna())


def _decided(upload, conflicts):
    """Say of each conflict whether the wide sheet counts, or what to ask: (list of booleans, questions)."""
    answer, keys = upload.answers.get("layout"), [_key(row) for row in conflicts.itertuples()]
    if answer in ("long", "wide"):
        return [answer == "wide"] * len(keys), []
    if not keys:
        return [], []
    names = row_text.Names(names_of(upload.dataset.kind, set(conflicts["key"])))
    if answer != CELL_BY_CELL:
        return [], [_asked_of_all(conflicts, names)]
    open_ones = [row for row, key in zip(conflicts.itertuples(), keys, strict=True) if key not in upload.answers]
    if open_ones:
        return [], [_asked_of_one(row, names) for row in open_ones[:ASKED_AT_ONCE]]
    return [upload.answers[key] == "wide" for key in keys], []


def _key(row):
    return f"{ONE_CELL}{row.key}_{row.flow}_{row.year}_{row.month}"


def _asked_of_all(conflicts, names):
    listed = row_text.listed([_both(row, names) for row in conflicts.head(5).itertuples()], len(conflicts))
    count = len(conflicts)
    text = ngettext(
        "%(count)s value was changed both on the sheet “data” and on another sheet, to different values: %(listed)s. "
        "Which should be used? All other edits of both are taken.",
        "%(count)s values were changed both on the sheet “data” and on another sheet, to different values: %(listed)s. "
        "Which should be used? All other edits of both are taken.",
        count,
    )
    choices = [
        ["long", _("Those of the sheet “data”")],
        ["wide", _("Those of the other sheets")],
        [CELL_BY_CELL, _("Choose for each value")],
    ]
    return Question(key="layout", text=text % {"count": number_text.exact(count), "listed": listed}, choices=choices)


def _asked_of_one(row, names):
    words = {"value": _written(row.new_value_usd_long), "place": row_text.place(_as_long(row))}
    others = {"value": _written(row.new_value_usd), "place": row_text.place(row)}
    choices = [["long", _("%(value)s (%(place)s)") % words], ["wide", _("%(value)s (%(place)s)") % others]]
    return Question(key=_key(row), text=row_text.dimensions(row, names), choices=choices)


def _as_long(row):
    """Where the same value stands on the sheet “data”."""
    names = ("file", "sheet", "row", "column")
    return SimpleNamespace(**{name: getattr(row, f"{name}_long") for name in names})


def _both(row, names):
    values = {"long": _written(row.new_value_usd_long), "wide": _written(row.new_value_usd)}
    words = {"what": row_text.dimensions(row, names), "sheet": row_text.text(row.sheet)}
    return _("%(what)s: %(long)s on “data”, %(wide)s on “%(sheet)s”") % (words | values)


def _written(value):
    return _("no value") if pd.isna(value) else number_text.exact(int(value))


def _with_values(long, wide, taken):
    """Put values of the wide table into the rows of the long one; a row that it has not is added."""
    rows = taken[[*frames.KEY, "new_value_usd", *frames.ORIGIN]].rename(columns={"new_value_usd": "value_usd"})
    beside = long[frames.KEY].merge(rows, on=frames.KEY, how="left", indicator=True)
    is_taken = (beside["_merge"] == "both").to_numpy()
    merged = long.copy()
    for name in ("value_usd", *frames.ORIGIN):
        merged.loc[is_taken, name] = beside.loc[is_taken, name].to_numpy()
    merged.loc[is_taken, "status"] = None  # a wide sheet says nothing of it
    added = wide.merge(rows[frames.KEY], on=frames.KEY)
    added = added.merge(long[frames.KEY], on=frames.KEY, how="left", indicator=True).query("_merge == 'left_only'")
    return pd.concat([merged, added.drop(columns="_merge")], ignore_index=True).astype(dict(long.dtypes))


def only_edited_cells(upload, table, layout, reading, base):
    """From a workbook of an older release take only the cells edited since, so that it undoes nothing newer."""
    origin = _release_of_workbook(upload, reading.signature)
    if origin is None or base is None or origin.pk == base.pk or upload.mode == Upload.Mode.REPLACE:
        return table
    past = upload.dataset.observations.as_of(origin).frame()
    speaks = reading.speaks if layout == "long" else frozenset()
    edited, _unchanged = diff.compare(past, table, speaks=speaks, ignore_unknown_blanks=True)
    cell = frames.KEY[:-1]
    upload.remarks.append(
        _(
            "This workbook was made from release %(old)d; the latest is %(new)d. Only cells edited in the workbook "
            "are imported."
        )
        % {"old": origin.number, "new": base.number}
    )
    return table.merge(edited[cell].drop_duplicates(), on=cell)
