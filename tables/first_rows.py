"""Creates the rows that a table of words begins with, for the editors to take over.

What was ever there is not created again: an editor's change stays, and so does a deletion. A row that nobody has
touched follows its file: where that was corrected, so is the row. The history tells which rows those are.
"""

from django.db import models

FIRST, CORRECTED = "first words", "first words, corrected"


def load(model: type[models.Model], key: list[str], rows: list[models.Model]) -> dict:
    """Save the rows whose key was never in the table, and those that differ and that nobody has touched.

    Each gets its line of history. Returns the account of it: {"created": 39, "updated": 0, "unchanged": 0} the first
    time, 39 unchanged the second.
    """
    known = set(model.history.values_list(*key)) | set(model.objects.values_list(*key))
    stored = {_key(row, key): row for row in _untouched(model)}
    account = {"created": 0, "updated": 0, "unchanged": 0}
    for row in rows:
        account[_store(row, _key(row, key) in known, stored.get(_key(row, key)))] += 1
    return account


def _key(row, names):
    return tuple(getattr(row, name) for name in names)


def _untouched(model):
    """The rows of whose history every line is ours."""
    touched = model.history.exclude(history_change_reason__in=[FIRST, CORRECTED])
    return model.objects.exclude(pk__in=touched.values_list(model._meta.pk.attname))


def _store(row, is_known, untouched):
    """Save a row of the file where that changes anything, and say what was done."""
    if not is_known:
        _save(row, FIRST, force_insert=True)
        return "created"
    values = _values(row)
    if untouched is None or _values(untouched) == values:
        return "unchanged"
    for name, value in values.items():
        setattr(untouched, name, value)
    _save(untouched, CORRECTED)
    return "updated"


def _values(row):
    """What a file gives of a row, in the types of its fields; not what the database numbers or the model derives."""
    given = [field for field in row._meta.concrete_fields if field.editable and not _is_numbered(field)]
    return {field.attname: field.to_python(getattr(row, field.attname)) for field in given}


def _is_numbered(field):
    return isinstance(field, models.AutoField | models.BigAutoField)


def _save(row, reason, **how):
    row._change_reason = reason
    row.full_clean()
    row.save(**how)
