"""Finds what was deleted of a table that keeps its history, and restores it with the key that it had.

Rows that were deleted with an entry, such as the measures of a resolution, come back with it.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

TOGETHER = timedelta(seconds=10)  # between the first and the last row of one deletion
MOST = 200
AGAIN = "refers again to what was restored"  # the reason of such a version, by which it is told from an edit


class CannotRestore(Exception):
    """Why an entry cannot be restored, for the editor."""


class Deleted(NamedTuple):
    """An entry as it last was: its version, when and by whom it was deleted, and how many rows went with it."""

    version: int
    entry: models.Model
    when: datetime
    who: str
    rows: int


def of(model: type[models.Model], with_rows: tuple = ()) -> list[Deleted]:
    """List what was deleted of a model and is not there again, the newest first."""
    found = {}
    key = model._meta.pk.attname
    present = model._default_manager.values(model._meta.pk.name)
    records = model.history.filter(history_type="-").exclude(**{f"{key}__in": present})
    for record in records.select_related("history_user").order_by("-history_date", "-history_id")[: 5 * MOST]:
        found.setdefault(getattr(record, key), record)
    return [_deleted(record, with_rows) for record in list(found.values())[:MOST]]


def version(model: type[models.Model], history_id: str) -> Deleted | None:
    """Find one by the version that was last; None where it is not deleted any more."""
    record = model.history.filter(history_type="-", pk=history_id).first() if history_id.isdecimal() else None
    if record is None or model._default_manager.filter(pk=record.instance.pk).exists():
        return None
    return _deleted(record, ())


def _deleted(record, with_rows):
    entry = record.instance
    who = str(record.history_user or "–")
    return Deleted(record.pk, entry, record.history_date, who, len(_rows(entry, record.history_date, with_rows)))


def _rows(entry, when, models_with_rows):
    """The versions of the rows that were deleted with an entry."""
    found = []
    for model in models_with_rows:
        link = next(field for field in model._meta.fields if field.related_model is type(entry))
        lately = {"history_date__gt": when - TOGETHER, "history_date__lt": when + TOGETHER}
        records = model.history.filter(history_type="-", **{link.attname: entry.pk}, **lately).order_by("history_id")
        present = set(model._default_manager.filter(**{link.attname: entry.pk}).values_list("pk", flat=True))
        found += [record.instance for record in records if record.instance.pk not in present]
    return found


def restore(deleted: Deleted, with_rows: tuple = ()) -> models.Model:
    """Put an entry back into its table as it last was, with the rows that were deleted with it.

    Raises: CannotRestore.
    """
    with transaction.atomic():
        rows = (deleted.entry, *_rows(deleted.entry, deleted.when, with_rows))
        for row in rows:
            _put_back(row)
        for row in rows:
            _link_again(row)
    return deleted.entry


def _put_back(row):
    row._state.adding = True
    row._change_reason = _("restored after its deletion")
    for field in row._meta.fields:
        if field.many_to_one and getattr(row, field.attname) is not None and not _is_there(field, row):
            _let_go(field, row)
    try:
        row.full_clean()
    except ValidationError as error:
        raise CannotRestore(" ".join(error.messages)) from error
    row.save(force_insert=True)


def _link_again(row):
    """Let others refer to a row again that did so until it was deleted, as their newest versions still say.

    The database emptied their references at the deletion, without a version of its own.
    """
    for relation in row._meta.related_objects:
        model, field = relation.related_model, relation.field
        if relation.on_delete is not models.SET_NULL or not hasattr(model, "history"):
            continue
        once = model.history.filter(**{field.attname: row.pk}).values(model._meta.pk.name)
        for other in model._default_manager.filter(pk__in=once, **{field.attname: None}):
            edited = other.history.exclude(history_change_reason=AGAIN).first()
            if getattr(edited, field.attname) == row.pk:
                setattr(other, field.attname, row.pk)
                other._change_reason = AGAIN
                other.save()


def _is_there(field, row):
    return field.related_model._base_manager.filter(pk=getattr(row, field.attname)).exists()


def _let_go(field, row):
    """Leave a reference out that leads nowhere any more, where the row can be without it."""
    if field.null:
        setattr(row, field.attname, None)
        return
    words = {"what": field.verbose_name, "key": getattr(row, field.attname)}
    raise CannotRestore(_("the %(what)s it belongs to (%(key)s) is gone. Restore that first.") % words)
