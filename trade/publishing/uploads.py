"""Keeps uploads: their bytes as they came, their state with its signs of life, and what they would change."""

import hashlib
import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spreadsheets.sheet import Fault, Question
from trade import frames
from trade.models import Dataset, Upload, UploadFile

State = Upload.State
ROW_GROUP = 10_000
ENDS = (State.PUBLISHED, State.DISCARDED)
# Seconds without a sign of life. Who waits for others to be read gives none; who is at work gives one every few.
PATIENCE = {State.WAITING: 180, State.READING: 30, State.PUBLISHING: 30}
AT_WORK = tuple(PATIENCE)
# What people do with an upload that a worker may hold at the same time: its reading and comparing do not write them.
OF_PEOPLE = ("draft", "publish_at", "preview")
LOST = (FileNotFoundError, pa.ArrowInvalid)  # what is raised for changes that are not where they were put, or damaged


class Refused(Exception):
    """What was asked cannot be done now; the message says why and what to do."""


def receive(dataset: Dataset, files, *, mode=Upload.Mode.AMEND, flow="", user=None, answers=None) -> Upload:
    """Keep the bytes of `files` [(name, bytes or file)] for a dataset as an upload that waits to be read."""
    with transaction.atomic():
        upload = Upload.objects.create(dataset=dataset, mode=mode, flow=flow, user=user, answers=answers or {})
        for name, content in files:
            _keep(upload, name, content)
    return upload


def _keep(upload, name, content):
    """Store the bytes of a file piece by piece: the largest never lies in memory whole."""
    file = ContentFile(content) if isinstance(content, bytes) else File(content)
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    UploadFile.objects.create(
        upload=upload,
        name=_printable(name),
        size=file.size,
        sha256=digest.hexdigest(),
        content=File(file.file, name="bytes"),
    )


def _printable(name):
    """Bring the name of a file to what a database and a page can hold."""
    printable = "".join(letter if letter.isprintable() else "\ufffd" for letter in Path(name).name)
    return printable[-255:] or "unnamed"


class Overtaken(Exception):
    """Something else was done with the upload while it was being read: it was published, discarded, read by another."""


def is_alive(upload: Upload) -> bool:
    """Tell whether a task works on an upload or will; one that gave no sign of life for too long has died."""
    last = upload.heartbeat or upload.created
    # A sign from the future was given before the clock was set back, and would never grow old.
    is_silent = abs((timezone.now() - last).total_seconds()) >= PATIENCE.get(upload.state, 0)
    return not is_silent or (upload.state == State.PUBLISHING and _waits_in_the_queue(upload))


def _waits_in_the_queue(upload):
    about_it = {"task_path__startswith": "trade.tasks.", "args_kwargs__args__0": upload.pk}
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY, **about_it).exists()


def refuse(upload: Upload, faults: list[Fault]) -> Upload:
    """End the reading of an upload with the faults of its files."""
    upload.faults = [fault.as_dict() for fault in faults]
    return set_state(upload, State.REFUSED, "")


def ask(upload: Upload, questions: list[Question]) -> Upload:
    """End the reading of an upload with what only the editor can say."""
    upload.questions = [question.as_dict() for question in questions]
    return set_state(upload, State.ASKING, "")


def set_state(upload, state, progress):
    """Write the state, with a sign of life that the upload's page shows."""
    with transaction.atomic():
        if not Upload.objects.select_for_update().filter(pk=upload.pk, state=upload.state).exists():
            raise Overtaken
        upload.state, upload.progress, upload.heartbeat = state, progress, timezone.now()
        fields = [field.name for field in upload._meta.concrete_fields if not field.primary_key]
        upload.save(update_fields=[name for name in fields if name not in OF_PEOPLE])
    return upload


def save_changes(upload, changes):
    """Keep the changes in groups of rows, so that a page of them is read without the others."""
    buffer = io.BytesIO()
    changes.to_parquet(buffer, row_group_size=ROW_GROUP, index=False)
    if upload.diff:
        upload.diff.delete(save=False)
    upload.diff.save("diff", ContentFile(buffer.getvalue()), save=False)


def changes_of(upload: Upload) -> pd.DataFrame:
    """Load all that a staged upload would change: a frame of frames.CHANGE_COLUMNS.

    Raises: Refused, where that is no longer stored.
    """
    try:
        table = _stored_changes(upload)
    except LOST:
        raise Refused(
            _(
                "The list of changes for this upload is no longer stored on this site. Nothing was changed. Discard "
                "this upload and upload the files again."
            )
        ) from None
    return frames.typed(table.to_pandas())


def _stored_changes(upload, columns=None):
    if not upload.diff:  # a redaction removed it
        raise FileNotFoundError
    with upload.diff.open("rb") as file:
        content = pq.ParquetFile(io.BytesIO(file.read()), pre_buffer=False)
    return content.read(columns=columns, use_threads=False)


def notes_in_changes(upload: Upload) -> set[str]:
    """The notes, old and new, in the list of what an upload would change; none where that is no longer stored."""
    try:
        table = _stored_changes(upload, columns=["old_note", "new_note"])
    except LOST:
        return set()
    return {note for column in table.columns for note in column.to_pylist()}


def end_published(upload: Upload | None) -> None:
    """Let an upload be done, in the transaction in which that which it asked for was."""
    if upload:
        upload.state, upload.progress = State.PUBLISHED, ""
        upload.save(update_fields=["state", "progress"])


def discard(upload: Upload) -> Upload:
    """Put an upload away unpublished; its bytes are removed, the record of it stays."""
    if upload.state == State.PUBLISHED:
        raise Refused(_("This upload has already been published. To undo it, revert the release."))
    if upload.state == State.PUBLISHING:
        raise Refused(_("This upload is being published."))
    if upload.state == State.SCHEDULED:
        raise Refused(_("This upload is scheduled. Call that off first."))
    if is_alive(upload):
        raise Refused(_("This upload is being read. Wait until it has finished."))
    if not Upload.objects.filter(pk=upload.pk, state=upload.state).update(state=State.DISCARDED, progress=""):
        raise Refused(_("Another action changed this upload at the same time. Reload the page and review it again."))
    for file in upload.files.all():
        file.content.delete(save=True)
    if upload.diff:
        upload.diff.delete(save=False)
    upload.state, upload.progress = State.DISCARDED, ""
    upload.save(update_fields=["diff"])
    return upload
