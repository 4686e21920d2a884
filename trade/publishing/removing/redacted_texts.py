"""Takes a text out of notes and names of files, wherever it stands, and rebuilds the files of releases that hold it.

Three steps: `places` finds where the text stands, and what stands there without it; `record` keeps that, without the
text; `apply` writes it, one dataset after another. The record can be applied again after a restore.
"""

import json
from typing import NamedTuple

from django.apps import apps
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from trade.bundles import rebuild, storage
from trade.models import Dataset, Redaction, Release, Upload, UploadFile
from trade.models.redaction import MARK
from trade.publishing import bulk_rows, uploads
from trade.publishing.removing import kept_records, row_history
from trade.publishing.uploads import AT_WORK, Refused, State, end_published

SHORTEST = 3  # characters
OBSERVATIONS = ("trade.provinceobservation", "trade.commodityobservation", "trade.totalobservation")
# What is searched besides the notes of values; what is JSON is searched as its text.
FIELDS = {
    "trade.release": ("note", "withdrawal_reason", "rebuilt"),
    "trade.uploadfile": ("name",),
    "trade.upload": ("form", "progress", "interruption", "asked", "answers", "faults", "warnings", "questions",
                     "remarks", "description", "draft", "preview"),
    "trade.redaction": ("reason", "places"),
    "trade.annotation": ("text",),
    "trade.historicalannotation": ("text",),
    "admin.logentry": ("object_repr", "change_message"),
    "django_tasks_database.dbtaskresult": ("args_kwargs",),
}  # fmt: skip

# How a row leads to the dataset whose files may hold its text; others are written at once.
OF_DATASET = dict.fromkeys((*OBSERVATIONS, "trade.release", "trade.upload"), "dataset_id")
OF_DATASET |= {"trade.uploadfile": "upload__dataset_id"}


class Place(NamedTuple):
    """A field of a row that holds the text, and what it says without it."""

    model: str
    pk: object
    field: str
    text: object


def places(text: str) -> list[Place]:
    """Find every note, name of a file and message that holds a text.

    Raises: Refused for a text so short that it would be found by chance.
    """
    if len(text.strip()) < SHORTEST:
        raise Refused(_("Give at least %d characters: a shorter text is found by chance in others.") % SHORTEST)
    found = [place for model in OBSERVATIONS for place in _in_field(model, "note", text)]
    return found + [
        place for model, fields in FIELDS.items() for field in fields for place in _in_field(model, field, text)
    ]


def _in_field(label, name, text):
    """Search one field; JSON is compared as it is written, for databases store it in different ways."""
    model = apps.get_model(label)
    rows = model.objects.all()
    if model._meta.get_field(name).get_internal_type() == "JSONField":
        for pk, value in rows.exclude(**{name: {}}).exclude(**{name: []}).values_list("pk", name).iterator(500):
            if text in json.dumps(value, ensure_ascii=False):
                yield Place(label, _as_json(pk), name, kept_records.without(value, text))
        return
    for pk, value in rows.filter(**{f"{name}__contains": text}).values_list("pk", name).iterator(500):
        if text in value:  # some databases find it whatever the case
            yield Place(label, _as_json(pk), name, value.replace(text, MARK))


def _as_json(pk):
    """Tasks have a UUID as their key, which the record keeps as its text."""
    return pk if isinstance(pk, int) else str(pk)


def record(text: str, reason: str, user=None) -> Redaction:
    """Keep where a text stands, and why it is taken out; it is written to the storage of bundles too.

    Raises: Refused without a reason, for a reason that repeats the text, and where the text stands nowhere.
    """
    reason, found = reason.strip(), places(text)
    if not reason:
        raise Refused(_("Give the reason: readers see it where files were rebuilt."))
    if text.casefold() in reason.casefold():
        raise Refused(_("The reason repeats the text. Readers see the reason, so say it in other words."))
    if not found:
        raise Refused(
            _("No note and no name of a file holds this text. Check its spelling: capitals and spaces count.")
        )
    made = Redaction.objects.create(user=user, reason=reason, places=[place._asdict() for place in found])
    kept_records.take_out(text)
    kept_records.keep(storage.REDACTIONS, made.created, {"reason": made.reason, "places": made.places})
    return made


def datasets_of(made: Redaction) -> list[Dataset]:
    """The datasets in which a redaction has places; their files may have to be rebuilt."""
    return list(Dataset.objects.filter(pk__in=_by_dataset(made)).order_by("pk"))


def ask(made: Redaction, user=None) -> list[Upload]:
    """Have a redaction applied by the worker, dataset by dataset; what is of no dataset is written at once."""
    write_outside_of_datasets(made)
    at_work = {"state": State.PUBLISHING, "heartbeat": timezone.now(), "form": _("Redaction")}
    return [
        Upload.objects.create(dataset=dataset, asked={"redaction": made.pk}, user=user, **at_work)
        for dataset in datasets_of(made)
    ]


def publish(upload: Upload) -> None:
    """Apply the redaction of which an upload says so to its dataset."""
    apply(Redaction.objects.get(pk=upload.asked["redaction"]), upload.dataset, upload)


def apply(made: Redaction, dataset: Dataset, upload: Upload | None = None) -> None:
    """Write what a redaction says in one dataset, and rebuild the files that hold what is taken out.

    It may be done twice: the second time nothing is left to do.
    Raises: Refused, when something else was published meanwhile.
    """
    places = _by_dataset(made).get(dataset.pk, [])
    seen = bulk_rows.releases_of(dataset)
    before = dataset.observations.order_by("pk").history()
    after = _with_notes(before, places)
    texts = {place.pk: place for place in places if place.model == "trade.release" and place.field == "note"}
    rebuilt, gone = [], []
    try:
        for release in dataset.releases.select_related("dataset", "withdraws").order_by("number"):
            is_named = release.pk in texts and release.note != texts[release.pk].text
            if not release.bundle or not (is_named or _held(before, after, release)):
                continue
            gone.append(release.bundle)
            if release.withdrawn is None:
                _rebuild(release, after, texts.get(release.pk), made)
            else:
                release.bundle = storage.empty_folder(release, made.reason)
            rebuilt.append(release)
        for folder in gone:
            storage.mark_withdrawn(folder, made.reason)
        with transaction.atomic():
            _apply(dataset, seen, before, after, places, rebuilt, upload)
            _count(made)
    except BaseException:
        for folder in {one.bundle for one in rebuilt}.difference(gone):
            storage.remove_folder(folder)
        raise
    # Not before: the new files must stay even where the old ones cannot be removed, which `sweep` does later.
    transaction.on_commit(lambda: _remove(gone, made.reason), robust=True)


def _held(before, after, release):
    """Whether the files of a release hold a note that changes; those of a withdrawn one hold rows of no state, too."""
    if release.withdrawn is None:
        return row_history.differs_at(before, after, release.pk)
    changed = before[(before["note"] != after["note"]).to_numpy()]
    until = changed["until_id"].fillna(row_history.STANDS)
    return bool(((changed["since_id"] <= release.pk) & (until >= release.pk)).any())


def _with_notes(rows, places):
    notes = {int(place.pk): place.text for place in places if place.model in OBSERVATIONS}
    if not notes:  # pandas would take the new ones for numbers
        return rows
    return rows.assign(note=rows["id"].map(notes).fillna(rows["note"]).astype("str"))


def _rebuild(release, after, named, made):
    if named:
        release.note = named.text
    frame, is_back = row_history.standing_at(after, release.pk), release.kind == Release.Kind.WITHDRAWAL
    changes = row_history.changed_by(after, release.pk, "withdrawn" if is_back else None)
    rebuild.rebuild(release, frame, changes, reason=made.reason, on=timezone.now())


def _apply(dataset, seen, before, after, places, rebuilt, upload):
    bulk_rows.lock(dataset, seen)
    changed = after[(before["note"] != after["note"]).to_numpy()]
    if len(changed):
        bulk_rows.rewrite(dataset.observations.model, changed, after.iloc[:0], dataset.pk)
    for one in rebuilt:
        Release.objects.filter(pk=one.pk).update(bundle=one.bundle, files=one.files, rebuilt=one.rebuilt)
    for place in places:
        if place.model not in OBSERVATIONS:
            _write(place)
    _forget_files(dataset, changed, places)
    _forget_lists_of_changes(dataset, set(before["note"][changed.index]))
    end_published(upload)


def _write(place):
    """Write past the signals of models, which would log what was there before."""
    model = apps.get_model(place.model)
    text = place.text
    if place.field == "rebuilt":  # it has grown since
        stored = model.objects.filter(pk=place.pk).values_list("rebuilt", flat=True).first() or []
        text = [*place.text, *stored[len(place.text) :]]
    model.objects.filter(pk=place.pk).update(**{place.field: text})


def write_outside_of_datasets(made: Redaction) -> None:
    """Write what a redaction says of rows that belong to no dataset."""
    owned = {tuple(place) for group in _by_dataset(made).values() for place in map(_key, group)}
    for place in map(_place, made.places):
        if tuple(_key(place)) not in owned:
            _write(place)
    _count(made)


def _count(made):
    """Let the pages that are kept be rendered again."""
    Redaction.objects.filter(pk=made.pk).update(applied=F("applied") + 1)


def _forget_files(dataset, changed, places):
    """Remove the bytes of uploads that hold what is taken out: it may stand in their cells and on other sheets."""
    begun = {int(pk) for pk in changed["since_id"]}
    touched = {place.pk for place in places if place.model == "trade.upload"}
    files = {place.pk for place in places if place.model == "trade.uploadfile"}
    found = dataset.uploads.exclude(state__in=AT_WORK).filter(
        Q(release__in=begun) | Q(pk__in=touched) | Q(files__in=files)
    )
    for upload in found.distinct():
        for file in upload.files.all():
            _delete_later(file.content)
            UploadFile.objects.filter(pk=file.pk).update(content="")
        if upload.diff:
            _delete_later(upload.diff)
            Upload.objects.filter(pk=upload.pk).update(diff="")
    dataset.uploads.exclude(preview={}).update(preview={})  # their folders are swept


def _forget_lists_of_changes(dataset, notes):
    """Remove the lists that say what a note was: of the upload that ended the value, and of those not yet published."""
    for upload in dataset.uploads.exclude(state__in=AT_WORK).exclude(diff=""):
        if notes & uploads.notes_in_changes(upload):
            _delete_later(upload.diff)
            Upload.objects.filter(pk=upload.pk).update(diff="")


def _delete_later(file):
    """Delete what is stored once no row names it; where that fails, `sweep` does it."""
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name), robust=True)


def _remove(folders, reason):
    """Remove the files of some folders; the marker stays, by which servers that have them open ask the database."""
    for folder in folders:
        storage.remove_folder(folder)
        storage.mark_withdrawn(folder, reason)


# --- by dataset ----------------------------------------------------------------------------------------------------


def _by_dataset(made):
    """Sort the places of a redaction by the dataset that they are of: {"china-provinces": [Place, …]}."""
    groups = {}
    for place in map(_place, made.places):
        if slug := _dataset_of(place):
            groups.setdefault(slug, []).append(place)
    return groups


def _place(stored):
    return Place(**stored)


def _key(place):
    return (place.model, str(place.pk), place.field)


def _dataset_of(place):
    path = OF_DATASET.get(place.model)
    if path is None:
        return None
    return apps.get_model(place.model).objects.filter(pk=place.pk).values_list(path, flat=True).first()


# --- after a restore -----------------------------------------------------------------------------------------------


def replay(since: str) -> int:
    """Apply again what was redacted after a time, by the records beside the bundles; tell how many there were."""
    again = 0
    for kept in kept_records.since(storage.REDACTIONS, since):
        if Redaction.objects.filter(created=kept["created"]).exists():
            continue
        made = Redaction.objects.create(reason=kept["reason"], places=kept["places"])
        Redaction.objects.filter(pk=made.pk).update(created=kept["created"])
        write_outside_of_datasets(made)
        for dataset in datasets_of(made):
            apply(made, dataset)
        again += 1
    return again
