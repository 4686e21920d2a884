"""Tells the components of a long table apart: reported values and estimates, by column or by what a column says."""

from trade.importing import cell_values
from trade.importing.cell_values import Wrong
from trade.importing.texts import heading_text

REPORTED, ESTIMATE = "reported", "estimate"
SECOND = "second_estimate"  # not added to what is reported
COMPONENTS = (REPORTED, ESTIMATE, SECOND)
ORIGINS = ("publisher", "source", "precision_usd")  # of totals alone


def split_by_component(component, values, components, keep):
    """Say which rows of a column of values are taken, and as what: [("reported", None)]; None is all of them.

    `components` is the column that says what each value is, if there is one; else the header did: `component`.
    """
    keep = keep or [True] * len(values)
    if components:
        chosen = {
            name: [keeps and kind == name for keeps, kind in zip(keep, components, strict=True)] for name in COMPONENTS
        }
        estimates = [(name, _with_value(values, chosen[name])) for name in (ESTIMATE, SECOND)]
        return [(REPORTED, chosen[REPORTED]), *(one for one in estimates if any(one[1]))]
    if component != REPORTED:
        return [(component, _with_value(values, keep))]
    return [(component, None if all(keep) else keep)]


def _with_value(values, keep):
    """Mark the kept rows that hold a value: a blank in a column of estimates is no estimate."""
    return [keeps and value is not None for keeps, value in zip(keep, values, strict=True)]


def component_of(cell):
    """Read the cell of a column that says what a value is: "reported", "estimate" or "second_estimate"."""
    written = heading_text.plain(cell).replace(" ", "_")
    if written in COMPONENTS:
        return written
    expected = "reported, estimate or second_estimate"
    advice = "Enter whether the value is reported or an estimate."
    return Wrong("component", cell_values.text(cell) or "a blank", expected, advice)


def attributes(component, values, extras, columns):
    """Return the status, note, quantity and origin of each row (attributes, in SDMX).

    The note of a record goes to its estimate, if it has one; `columns` are the values of each component by its name.
    A blank without a status is missing (O); beside an estimate, also one that is added to nothing, the file may also
    say nothing of what was reported.
    """
    estimates = columns.get(ESTIMATE)
    notes, origins = extras.get("note"), {name: extras[name] for name in ORIGINS if name in extras}
    if component == SECOND:
        return {"note": extras.get("second_estimate_note")}
    if component == ESTIMATE:
        return {"note": notes} | origins
    if notes and estimates:
        notes = [note if value is None else None for note, value in zip(notes, estimates, strict=True)]
    statuses = extras.get("status") or [None] * len(values)
    beside = [columns[name] for name in (ESTIMATE, SECOND) if columns.get(name)]
    estimated = [any(value is not None for value in row) for row in zip(*beside, strict=True)] or [False] * len(values)
    statuses = [
        status or ("O" if value is None and not is_estimated else None)
        for status, value, is_estimated in zip(statuses, values, estimated, strict=True)
    ]
    return origins | {
        "note": notes,
        "status": statuses,
        "quantity": extras.get("quantity"),
        "quantity_unit": extras.get("quantity_unit"),
    }
