"""Reads, checks and compares the files of an upload, which then says what it would change.

Files become a table (importing.read_upload, in a child process), and so does what is asked for by hand
(publishing.by_hand); the table is checked (importing.checks) and compared with head (publishing.diff); what would
change waits on the Upload until publishing.releases publishes it. No observation is written here.
"""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreadsheets import order_of_faults
from spreadsheets.sheet import Fault, Question, Stop
from trade import frames, number_text, providers, time_period
from trade.importing import checks, read_upload
from trade.importing.annotate import annotate
from trade.importing.arrow_table import ALL
from trade.importing.checks import withdrawn_values
from trade.importing.reading import Reading
from trade.models import Dataset, Flow, Upload, names_of
from trade.publishing import by_hand, diff, rounding, signs_of_life
from trade.publishing.uploads import Overtaken, Refused, State, ask, refuse, save_changes, set_state
from trade.publishing.workbook_edits import ONE_CELL, fault_of_another_dataset, merge, only_edited_cells
from trade.reference.vocabulary import known_spellings

# Questions that are asked in staging: an answer is harmless where it is not needed.
ASKED_HERE = {"layout", "period", "depth", "total"}
ABOUT_FILES = {"fewer", "disappeared"}  # warnings that make no sense of values typed by hand
OVERTAKEN_NAMED = 10


def stage(upload: Upload) -> Upload:
    """Read, check and compare an upload; its state says how it ended: refused, asking or staged.

    An upload that was published or discarded stays so, also where that happened meanwhile.
    """
    try:
        with signs_of_life.of_upload(upload.pk):
            return _stage(upload)
    except Overtaken:
        return Upload.objects.select_related("dataset").get(pk=upload.pk)


def _stage(upload):
    set_state(upload, State.READING, _("Reading the files"))
    upload.faults, upload.warnings, upload.questions, upload.counts, upload.summary = [], [], [], {}, {}
    base = upload.dataset.latest_release()
    if upload.asked:
        return _compare_what_was_asked(upload, base)
    vocabulary = _vocabulary(upload.dataset)
    reading = _read(upload, vocabulary)
    upload.form, upload.remarks = reading.form, list(reading.remarks)
    upload.description = _described(upload, reading)
    if reading.faults:
        sound = {layout: table.dropna(subset=["flow", "year", "month"]) for layout, table in reading.tables.items()}
        faults = reading.faults + _resolve(sound, upload.dataset.kind, vocabulary)[1]
        return _refuse(upload, faults, reading)
    if reading.questions:
        return ask(upload, reading.questions)
    if not any(len(table) for table in reading.tables.values()):
        return refuse(upload, [_no_values(upload)])
    with frames.for_rows(sum(map(len, reading.tables.values())) + upload.dataset.observations.standing().count()):
        return _compare(upload, base, reading, vocabulary)


def _refuse(upload, faults, reading):
    """End the reading with the faults in the order of the files, in which the editor corrects them."""
    names = [file.name for file in upload.files.all()]
    return refuse(upload, order_of_faults.in_order(faults, names, reading.places))


def _described(upload, reading):
    """What the upload is about: what the form said, then what the readers understood."""
    chosen = {"what": "Dataset", "value": upload.dataset.title, "said": "", "place": "chosen at upload", "where": ""}
    return [chosen, *reading.description] if reading.description else []


def _read(upload, vocabulary):
    limits = settings.UPLOAD_LIMITS
    with tempfile.TemporaryDirectory(prefix="yalu-") as folder:
        try:
            files = [(file.name, _copy(file, Path(folder) / str(n))) for n, file in enumerate(upload.files.all())]
        except Stop as stop:
            return Reading(faults=stop.faults)
        return read_upload.read(
            files,
            kind=upload.dataset.kind,
            flow=upload.flow,
            partner=upload.dataset.partner,
            answers=upload.answers,
            vocabulary=vocabulary,
            limits=limits,
        )


def _vocabulary(dataset):
    """The spellings that files may use; what a dataset of totals lists is itself, and no file names it."""
    return {ALL: dataset.slug} if dataset.kind == Dataset.Kind.TOTAL else known_spellings(dataset.kind)


def _copy(file, path):
    """Copy the staged bytes of a file to where the child may read them.

    Raises: Stop, where they are no longer stored.
    """
    try:
        with file.content.open("rb") as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
    except (FileNotFoundError, ValueError):  # the latter where they were discarded with their upload
        advice, found = _("Upload the file again."), _("nothing: the file is no longer stored on this site")
        raise Stop(Fault("not-stored", advice, file.name, found=found, expected=_("the file as uploaded"))) from None
    return path


def annotated(upload: Upload, name: str) -> bytes | None:
    """Return a copy of one file of a refused upload with its cells marked; None where it is no .xlsx.

    Raises: Stop, where its bytes are no longer stored.
    """
    file = upload.files.filter(name=name).first()
    faults = [fault for fault in upload.faults if fault["file"] == name]
    with tempfile.TemporaryDirectory(prefix="yalu-") as folder:
        return annotate(_copy(file, Path(folder) / "0.xlsx"), faults, settings.UPLOAD_LIMITS)


def _compare(upload, base, reading, vocabulary):
    """Resolve the names, check the table and lay what would change beside head."""
    set_state(upload, State.READING, _("Comparing with the published data"))
    dataset, kind = upload.dataset, upload.dataset.kind
    if fault := fault_of_another_dataset(dataset, reading.signature):
        return refuse(upload, [fault])
    tables, faults = _resolve(reading.tables, kind, vocabulary)
    if faults:
        return _refuse(upload, faults, reading)
    head = dataset.observations.standing().frame()
    table, layout, questions = merge(upload, tables, reading)
    if questions:
        return ask(upload, questions)
    table = only_edited_cells(upload, table, layout, reading, base)
    ours, unit = bool(reading.signature), None
    if not ours and kind != Dataset.Kind.TOTAL:  # there each row says how finely it is known
        table, rounded, unit = rounding.kept(head, table)
        upload.remarks += _rounded(rounded, unit)
    clashing, question = _clashes(upload, head, diff.without_unknown_blanks(head, table) if ours else table)
    if question:
        return ask(upload, [question])
    changes, unchanged = diff.compare(
        head,
        table,
        speaks=reading.speaks if layout == "long" else frozenset(),
        mode=upload.mode,
        ignore_unknown_blanks=ours,
        clashing=clashing,
    )
    doubts = [*reading.doubts, *_warn_of_unused_answers(upload, table, reading)]
    _warn(upload, head, table, changes, doubts, reading.totals, unit)
    return _laid_out(upload, base, head, changes, unchanged)


def _warn(upload, head, table, changes, doubts=(), totals=None, unit=None):
    """Keep what is doubtful, and what the checks find unusual, for the editor to tick."""
    kind = upload.dataset.kind
    names = names_of(kind, {*head["key"], *table["key"]})
    summary = checks.largest(changes, head, names)
    upload.warnings = [summary] if summary else []
    upload.warnings += [{"key": key, "text": text, "rows": len(table)} for key, text in doubts]
    upload.warnings += checks.warnings(
        table,
        head,
        totals=totals,
        kind=kind,
        names=names,
        banned=_banned(),
        changes=changes,
        unit=unit,
        mode=upload.mode,
    )
    upload.summary = {"largest": "" if summary else checks.largest_new(changes, names)}
    withdrawn = upload.dataset.observations.filter(withdrawn=True)
    upload.warnings += withdrawn_values.warnings(changes, withdrawn.frame(), names)


def _laid_out(upload, base, head, changes, unchanged):
    """Keep what would change, counted and summed, until it is published."""
    upload.counts = diff.counts(changes, unchanged)
    upload.summary |= {"years": diff.counts_by_year(changes), "totals": diff.totals(head, changes)}
    upload.summary["without_values"] = diff.counts_without_values(changes)
    upload.base = base
    save_changes(upload, changes)
    return set_state(upload, State.STAGED, "")


def _compare_what_was_asked(upload, base):
    """Compare a correction by hand, or a return to an earlier release, with head."""
    head = upload.dataset.observations.standing().frame()
    if cells := upload.asked.get("cells"):
        return _compare_cells(upload, base, head, cells)
    try:
        earlier = by_hand.reverts_to(upload)
    except Refused as refused:
        return set_state(upload, State.FAILED, str(refused))
    past = upload.dataset.observations.as_of(earlier).frame()
    changes = diff.between(head, past)
    _warn(upload, head, diff.as_table(past), changes)
    _keep_warnings_about_values(upload)
    return _laid_out(upload, base, head, changes, len(head) - int((changes["kind"] != "new").sum()))


def _compare_cells(upload, base, head, cells):
    table = by_hand.table(cells)
    if faults := checks.faults(table, upload.dataset.kind):
        return refuse(upload, faults)
    clashing, question = _clashes(upload, head, table)
    if question:
        return ask(upload, [question])
    changes, unchanged = diff.compare(head, table, speaks=by_hand.speaks(cells), clashing=clashing)
    _warn(upload, head, table, changes, _warn_of_overtaken_cells(upload, base, head, cells))
    _keep_warnings_about_values(upload)
    return _laid_out(upload, base, head, changes, unchanged)


def _keep_warnings_about_values(upload):
    """Leave out what is to be said of files alone: whether they hold all that they should."""
    upload.warnings = [warning for warning in upload.warnings if warning["key"] not in ABOUT_FILES]


def _warn_of_overtaken_cells(upload, base, head, cells):
    """Warn of values that another release changed after the page was opened on which they were typed."""
    names = names_of(upload.dataset.kind, {cell["key"] for cell in cells})
    for cell, now in by_hand.overtaken(cells, head)[:OVERTAKEN_NAMED]:
        words = {
            "name": names.get(cell["key"], cell["key"]),
            "period": time_period.written(cell["year"], cell["month"]),
            "was": number_text.exact(cell["was"]),
            "now": number_text.exact(now),
            "release": base.number,
        }
        yield (
            f"overtaken {cell['key']} {cell['flow']} {words['period']}",
            _(
                "%(name)s, %(period)s was changed after you opened the page: it was %(was)s, and in release "
                "%(release)s it is %(now)s."
            )
            % words,
        )


def _rounded(count, unit):
    """Say that the file rounds values that are published in full."""
    if not count:
        return []
    words = {"count": number_text.exact(count), "unit": number_text.usd(unit)}
    text = ngettext(
        "%(count)s value equals the published one, rounded to %(unit)s; the published value is kept.",
        "%(count)s values equal the published ones, rounded to %(unit)s; the published values are kept.",
        count,
    )
    return [text % words]


def _warn_of_unused_answers(upload, table, reading):
    """Warn of answers or a flow given at upload that the files did not need: (key, text) of each.

    They may show that the editor took the file for another one (docs/decisions.md, 57).
    """
    asked = reading.asked | ASKED_HERE
    for key, value in upload.answers.items():
        if key not in asked and not key.startswith(ONE_CELL):
            yield "answer", _("The answer %s was not used because the files raise no such question.") % f"{key}={value}"
    flows_of_files = sorted(table["flow"].unique())
    if upload.flow and flows_of_files != [upload.flow]:
        flows = {"chosen": _named(upload.flow), "said": _(" and ").join(_named(flow) for flow in flows_of_files)}
        yield (
            "flow",
            _("%(chosen)s was chosen at upload, but the files themselves name %(said)s, which is used instead.")
            % flows,
        )


def _named(flow):
    return f"“{Flow(flow).label}”"


def _banned():
    """List the chapters under a full ban, its first whole year, and the last of one that ended.

    [("from_dprk", "03", 2018), ("from_dprk", "72", 2018, 2024), …]
    """
    bans = [ban for ban in providers.sanctions().full_bans() if len(ban["code"]) == 2]
    return [(ban["flow"], ban["code"], ban["since"].year + 1, *_last_whole_year(ban["until"])) for ban in bans]


def _last_whole_year(until):
    """The last year through which a ban held that ended on a day: (2024,) of 31 December 2024 and of 30 June 2025."""
    return ((until + timedelta(days=1)).year - 1,) if until else ()


def _resolve(tables, kind, vocabulary):
    """Replace the names in each table by codes, and check it: (tables, faults)."""
    names, faults, resolved = names_of(kind), [], {}
    for layout, table in tables.items():
        resolved[layout], unknown = checks.resolve(table, vocabulary, kind, names)
        faults += unknown or checks.faults(resolved[layout], kind)
    return resolved, faults


def _no_values(upload):
    return Fault(
        code="no-values",
        message=_("Upload a file with at least one row of values below the header."),
        file=", ".join(file.name for file in upload.files.all()),
        found=_("a header row with no data below it"),
        expected=_("rows of values"),
    )


def _clashes(upload, head, table):
    """Find what is stored at another level; end it only if the editor said so: (rows of head, question)."""
    if head.empty:
        return head, None
    clashing, key = diff.period_clashes(head, table), "period"
    text = _(
        "The dataset already holds this year at another frequency (annual values where the file has monthly ones, or "
        "the reverse)."
    )
    if clashing.empty and upload.dataset.kind == Dataset.Kind.TOTAL:
        clashing, key = diff.total_clashes(head, table), "total"
        text = _("The dataset holds total trade where this file gives exports and imports separately, or the reverse.")
    if clashing.empty and upload.dataset.kind == Dataset.Kind.COMMODITY:
        clashing, key = diff.depth_clashes(head, table), "depth"
        text = _("The dataset already holds this chapter and year at another HS level.")
    if clashing.empty or upload.answers.get(key) == "replace":
        return clashing, None
    asked = _("%(clash)s Conflicting values: %(count)s. Replace them with the values in this file?")
    text = asked % {"clash": text, "count": number_text.exact(len(clashing))}
    return None, Question(key=key, text=text, choices=[["replace", _("Replace them")]])
