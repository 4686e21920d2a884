"""Finds which cells of a workbook of our own an editor edited, and which of its sheets count."""

from django.utils.translation import gettext as _

from spreadsheets.sheet import Fault, Question
from trade import frames
from trade.models import Dataset, Upload
from trade.publishing import diff


def fault_of_another_dataset(dataset: Dataset, signature: dict | None) -> Fault | None:
    """Refuse a workbook that was made from another dataset than it is uploaded for."""
    if not signature or signature["dataset"] == dataset.slug:
        return None
    return Fault(
        code="other-dataset",
        message=_("Choose the dataset that the workbook was made from, or remove its cover sheet."),
        sheet="cover",
        found=_("a workbook of the dataset %s") % signature["dataset"],
        expected=_("a workbook of the dataset %s") % dataset.slug,
    )


def _release_of_workbook(upload, signature):
    if not signature:
        return None
    return upload.dataset.releases.filter(number=signature["release"]).first()


def choose_layout(upload, tables, reading):
    """Decide between the long and the wide sheets of one workbook: (layout, question)."""
    if len(tables) == 1:
        return next(iter(tables)), None
    if answer := upload.answers.get("layout"):
        return answer, None
    origin = _release_of_workbook(upload, reading.signature)
    past = upload.dataset.observations.as_of(origin).frame() if origin else frames.empty(frames.HEAD_COLUMNS)
    edited = {}
    for layout, speaks in (("long", reading.speaks), ("wide", frozenset())):
        edited[layout], _unchanged = diff.compare(past, tables[layout], speaks=speaks, ignore_unknown_blanks=True)
    if edited["wide"].empty or _agree(edited["long"], edited["wide"]):
        return "long", None
    if edited["long"].empty:
        return "wide", None
    return None, Question(
        key="layout",
        text=_(
            "The sheet “data” and the wide sheets of this workbook were both edited and disagree. Which should be used?"
        ),
        choices=[["long", _("The sheet “data”")], ["wide", _("The wide sheets")]],
    )


def _agree(long, wide):
    """Tell whether the reported values that the wide sheets change are changed alike in the long one."""
    columns = [*frames.KEY, "new_value_usd"]
    both = wide[columns].merge(long[columns], on=columns)
    return len(both) == len(wide)


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
