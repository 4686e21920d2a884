"""Receives files, reads, checks and compares them: an editor's files become an upload that says what it would change.

Files become a table (importing.read_upload, in a child process), the table is checked (importing.checks) and compared
with head (publishing.diff); what would change waits on the Upload until publishing.releases publishes it. No
observation is written here.
"""

import hashlib
import io
import shutil
import tempfile
from pathlib import Path

import pandas as pd
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from spreadsheets.sheet import Fault, Question
from trade import frames, providers
from trade.importing import checks, read_upload
from trade.importing.annotate import annotate
from trade.models import Chapter, Dataset, Province, Upload, UploadFile
from trade.publishing import diff
from trade.reference.vocabulary import known_spellings

State = Upload.State
ROW_GROUP = 10_000
ENDS = (State.PUBLISHED, State.DISCARDED)
PATIENCE = {State.WAITING: 180, State.READING: 180, State.PUBLISHING: 900}  # seconds without a sign of life


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


class _Overtaken(Exception):
    """The upload was published or discarded while it was being read."""


def is_alive(upload: Upload) -> bool:
    """Tell whether a task works on an upload or will; one that gave no sign of life for too long has died."""
    last = upload.heartbeat or upload.created
    return (timezone.now() - last).total_seconds() < PATIENCE.get(upload.state, 0)


def stage(upload: Upload) -> Upload:
    """Read, check and compare an upload; its state says how it ended: refused, asking or staged.

    An upload that was published or discarded stays so, also where that happened meanwhile.
    """
    try:
        return _stage(upload)
    except _Overtaken:
        return Upload.objects.select_related("dataset").get(pk=upload.pk)


def _stage(upload):
    _set_state(upload, State.READING, _("Reading the files"))
    upload.faults, upload.warnings, upload.questions, upload.counts = [], [], [], {}
    base = upload.dataset.latest_release()
    reading = _read(upload)
    upload.form, upload.remarks = reading.form, list(reading.remarks)
    if reading.faults:
        sound = {layout: table.dropna(subset=["flow", "year", "month"]) for layout, table in reading.tables.items()}
        return _refuse(upload, reading.faults + _resolve(sound, upload.dataset.kind)[1])
    if reading.questions:
        return _ask(upload, reading.questions)
    if not any(len(table) for table in reading.tables.values()):
        return _refuse(upload, [_no_values(upload)])
    return _compare(upload, base, reading)


def _read(upload):
    limits = settings.UPLOAD_LIMITS
    with tempfile.TemporaryDirectory(prefix="yalu-") as folder:
        files = [(file.name, _copy(file, Path(folder) / str(n))) for n, file in enumerate(upload.files.all())]
        return read_upload.read(
            files,
            kind=upload.dataset.kind,
            flow=upload.flow,
            answers=upload.answers,
            vocabulary=known_spellings(upload.dataset.kind),
            limits=limits,
        )


def _copy(file, path):
    """Copy the staged bytes of a file to where the child may read them."""
    with file.content.open("rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
    return path


def annotated(upload: Upload, name: str) -> bytes | None:
    """Return a copy of one file of a refused upload with its cells marked; None where it is no .xlsx."""
    file = upload.files.filter(name=name).first()
    if file is None or not file.content:
        return None
    faults = [fault for fault in upload.faults if fault["file"] == name]
    with tempfile.TemporaryDirectory(prefix="yalu-") as folder:
        return annotate(_copy(file, Path(folder) / "0.xlsx"), faults, settings.UPLOAD_LIMITS)


def _compare(upload, base, reading):
    """Resolve the names, check the table and lay what would change beside head."""
    _set_state(upload, State.READING, _("Comparing with what is published"))
    dataset, kind = upload.dataset, upload.dataset.kind
    if fault := _of_another_dataset(dataset, reading.signature):
        return _refuse(upload, [fault])
    tables, faults = _resolve(reading.tables, kind)
    if faults:
        return _refuse(upload, faults)
    head = dataset.observations.standing().frame()
    layout, question = _choose(upload, tables, reading)
    if question:
        return _ask(upload, [question])
    table = _only_edited_cells(upload, tables[layout], layout, reading, base)
    ours = bool(reading.signature)
    clashing, question = _clashes(upload, head, diff.without_unknown_blanks(head, table) if ours else table)
    if question:
        return _ask(upload, [question])
    changes, unchanged = diff.compare(
        head,
        table,
        speaks=reading.speaks if layout == "long" else frozenset(),
        mode=upload.mode,
        ignore_unknown_blanks=ours,
        clashing=clashing,
    )
    upload.counts = diff.counts(changes, unchanged)
    upload.summary = {"years": diff.counts_by_year(changes), "totals": diff.totals(head, changes)}
    doubts = [*reading.doubts, *_warn_of_unused_answers(upload, table, reading)]
    upload.warnings = [{"key": key, "text": text, "rows": len(table)} for key, text in doubts] + checks.warnings(
        table, head, totals=reading.totals, kind=kind, names=_names(kind), banned=_banned(), changes=changes
    )
    upload.base = base
    _save_diff(upload, changes)
    return _set_state(upload, State.STAGED, "")


def _warn_of_unused_answers(upload, table, reading):
    """Warn of answers or a flow given at upload that the files did not need: (key, text) of each.

    They may show that the editor took the file for another one (docs/decisions.md, 57).
    """
    asked = reading.asked | {"layout", "period", "depth"}  # these are asked in staging, and harmless where not needed
    for key, value in upload.answers.items():
        if key not in asked:
            yield "answer", _("The answer %s was not used: nothing in the files asks for it.") % f"{key}={value}"
    flows_of_files = sorted(table["flow"].unique())
    if upload.flow and flows_of_files != [upload.flow]:
        flows = {"chosen": upload.flow, "said": " and ".join(flows_of_files)}
        yield "flow", _("%(chosen)s was chosen at upload. The files say %(said)s themselves, and this counts.") % flows


def _names(kind):
    """Name the codes that warnings speak of: {"CN-LN": "Liaoning"} or {"27": "Mineral fuels"}."""
    if kind == Dataset.Kind.PROVINCE:
        return dict(Province.objects.values_list("code", "name_en"))
    return dict(Chapter.objects.values_list("code", "short_title"))


def _banned():
    """List the chapters under a full ban and the first whole year of it: [("from_dprk", "03", 2018), …]."""
    bans = providers.sanctions().full_bans()
    return [(ban["flow"], ban["code"], ban["since"].year + 1) for ban in bans if len(ban["code"]) == 2]


def _resolve(tables, kind):
    """Replace the names in each table by codes, and check it: (tables, faults)."""
    vocabulary, names, faults, resolved = known_spellings(kind), _names(kind), [], {}
    for layout, table in tables.items():
        resolved[layout], unknown = checks.resolve(table, vocabulary, kind, names)
        faults += unknown or checks.faults(resolved[layout], kind)
    return resolved, faults


def _no_values(upload):
    return Fault(
        code="no-values",
        message=_("Upload a file that holds at least one value below its header."),
        file=", ".join(file.name for file in upload.files.all()),
        found=_("a header, and no row below it"),
        expected=_("rows of values"),
    )


def _of_another_dataset(dataset, signature):
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


def _choose(upload, tables, reading):
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
        text=_("The sheet “data” and the wide sheets of this workbook were both edited and disagree. Which counts?"),
        choices=[["long", _("The sheet “data”")], ["wide", _("The wide sheets")]],
    )


def _agree(long, wide):
    """Tell whether the reported values that the wide sheets change are changed alike in the long one."""
    columns = [*frames.KEY, "new_value_usd"]
    both = wide[columns].merge(long[columns], on=columns)
    return len(both) == len(wide)


def _only_edited_cells(upload, table, layout, reading, base):
    """From a workbook of an older release take only the cells edited since, so that it undoes nothing newer."""
    origin = _release_of_workbook(upload, reading.signature)
    if origin is None or base is None or origin.pk == base.pk or upload.mode == Upload.Mode.REPLACE:
        return table
    past = upload.dataset.observations.as_of(origin).frame()
    speaks = reading.speaks if layout == "long" else frozenset()
    edited, _unchanged = diff.compare(past, table, speaks=speaks, ignore_unknown_blanks=True)
    cell = frames.KEY[:-1]
    upload.remarks.append(
        _("This workbook was made from release %(old)d; the newest is %(new)d. Only cells edited since are taken.")
        % {"old": origin.number, "new": base.number}
    )
    return table.merge(edited[cell].drop_duplicates(), on=cell)


def _clashes(upload, head, table):
    """Find what is stored at another level; end it only if the editor said so: (rows of head, question)."""
    clashing, key = diff.period_clashes(head, table), "period"
    text = _(
        "%d stored values give the same year at another level (a year over its months, or months over a year). "
        "Shall the ones in this file replace them?"
    )
    if clashing.empty and upload.dataset.kind == Dataset.Kind.COMMODITY:
        clashing, key = diff.depth_clashes(head, table), "depth"
        text = _(
            "%d stored values give the same chapter and year at another depth of HS codes. "
            "Shall the ones in this file replace them?"
        )
    if clashing.empty or upload.answers.get(key) == "replace":
        return clashing, None
    return None, Question(key=key, text=text % len(clashing), choices=[["replace", _("Replace them")]])


def _refuse(upload, faults):
    upload.faults = [fault.as_dict() for fault in faults]
    return _set_state(upload, State.REFUSED, "")


def _ask(upload, questions):
    upload.questions = [question.as_dict() for question in questions]
    return _set_state(upload, State.ASKING, "")


def _set_state(upload, state, progress):
    """Write the state, with a sign of life that the upload's page shows."""
    with transaction.atomic():
        if Upload.objects.select_for_update().filter(pk=upload.pk, state__in=ENDS).exists():
            raise _Overtaken
        upload.state, upload.progress, upload.heartbeat = state, progress, timezone.now()
        upload.save()
    return upload


def _save_diff(upload, changes):
    """Keep the changes in groups of rows, so that a page of them is read without the others."""
    buffer = io.BytesIO()
    changes.to_parquet(buffer, row_group_size=ROW_GROUP, index=False)
    if upload.diff:
        upload.diff.delete(save=False)
    upload.diff.save("diff", ContentFile(buffer.getvalue()), save=False)


def changes_of(upload: Upload) -> pd.DataFrame:
    """Load all that a staged upload would change: a frame of frames.CHANGE_COLUMNS."""
    with upload.diff.open("rb") as file:
        return frames.typed(pd.read_parquet(io.BytesIO(file.read())))


def discard(upload: Upload) -> Upload:
    """Put an upload away unpublished; its bytes are removed, the record of it stays."""
    if upload.state in (State.PUBLISHED, State.PUBLISHING):
        raise Refused(_("This upload is published. To undo a release, revert it."))
    if is_alive(upload):
        raise Refused(_("This upload is being read. Wait until that has ended."))
    if not Upload.objects.filter(pk=upload.pk, state=upload.state).update(state=State.DISCARDED, progress=""):
        raise Refused(_("Something else happened to this upload at the same moment. Look at it once more."))
    for file in upload.files.all():
        file.content.delete(save=True)
    if upload.diff:
        upload.diff.delete(save=False)
    upload.state, upload.progress = State.DISCARDED, ""
    upload.save(update_fields=["diff"])
    return upload
