"""Which values of a long table are reported and which are estimates: by column, or by what a column says of each."""

from trade.importing import cell_values, heading_words
from trade.importing.cell_values import Wrong

REPORTED, ESTIMATE = "reported", "estimate"


def taken(component, found, components, keep):
    """Say which rows of a column of values are taken, and as what: [("reported", None)]; None is all of them."""
    keep = keep or [True] * len(found)
    if components:  # a column says what each value is
        estimates = [kind == "estimate" for kind in components]
        reported = [keeps and not estimate for keeps, estimate in zip(keep, estimates, strict=True)]
        estimates = [keeps and estimate for keeps, estimate in zip(keep, estimates, strict=True)]
        return [(REPORTED, reported), (ESTIMATE, _valued(found, estimates))]
    if component == ESTIMATE:
        return [(ESTIMATE, _valued(found, keep))]
    return [(component, None if all(keep) else keep)]


def _valued(found, keep):
    return [keeps and value is not None for keeps, value in zip(keep, found, strict=True)]


def component_of(cell):
    """Read the cell of a column that says what a value is: "reported" or "estimate"."""
    written = heading_words.plain(cell)
    if written in (REPORTED, ESTIMATE):
        return written
    expected = "reported or estimate"
    return Wrong("component", cell_values.text(cell) or "a blank", expected, "Write which of the two the value is.")


def facts(component, found, extras, estimate):
    """Give each row its status, note and quantity; the note of a record goes to its estimate, if it has one.

    A blank without a status is missing (O); beside an estimate the file may also say nothing of what was reported.
    """
    notes = extras.get("note")
    if component == ESTIMATE:
        return {"note": notes}
    if notes and estimate:
        notes = [note if value is None else None for note, value in zip(notes, estimate, strict=True)]
    statuses = extras.get("status") or [None] * len(found)
    alone = [value is None for value in estimate] if estimate else [True] * len(found)
    statuses = [
        status or ("O" if value is None and no_estimate else None)
        for status, value, no_estimate in zip(statuses, found, alone, strict=True)
    ]
    return {
        "note": notes,
        "status": statuses,
        "quantity": extras.get("quantity"),
        "quantity_unit": extras.get("quantity_unit"),
    }
