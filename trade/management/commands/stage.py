"""manage.py stage DATASET FILE…: stage files from a script, by the code, checks and limits of the admin."""

import json
from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trade.models import Dataset, Flow, Upload
from trade.publishing import staging, uploads

EXIT = {Upload.State.STAGED: 0, Upload.State.ASKING: 3}


class Command(BaseCommand):
    help = "Stage files for a dataset. Exits with 0 when staged, 1 when refused, 3 when there is a question to answer."

    def add_arguments(self, parser):
        parser.add_argument("dataset")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--flow", choices=Flow.directions(), default="", help="where the file does not say it")
        parser.add_argument("--mode", choices=Upload.Mode.values, default=Upload.Mode.AMEND)
        parser.add_argument("--answer", action="append", default=[], metavar="KEY=VALUE", help="answers a question")
        parser.add_argument("--json", action="store_true", help="write the whole account as JSON")

    def handle(self, *args, **options):
        try:
            upload = staging.stage(_received(options))
        except CommandError as error:
            if options["json"]:
                self.stdout.write(json.dumps(account(_refused(error))))
            raise
        self.stdout.write(json.dumps(account(upload)) if options["json"] else in_words(upload))
        if code := EXIT.get(upload.state, 1):
            raise SystemExit(code)


def _received(options):
    """Keep the files as an upload.

    Raises: CommandError for an unknown dataset, a file that cannot be read, an answer that is not KEY=VALUE.
    """
    dataset = Dataset.objects.filter(slug=options["dataset"]).first()
    if dataset is None:
        known = ", ".join(Dataset.objects.values_list("slug", flat=True))
        raise CommandError(f"There is no dataset “{options['dataset']}”. There are: {known}.")
    answers = dict(_pair(answer) for answer in options["answer"])
    with ExitStack() as opened:
        files = [(path.name, opened.enter_context(_open(path))) for path in options["files"]]
        return uploads.receive(dataset, files, mode=options["mode"], flow=options["flow"], answers=answers)


def _refused(error):
    """Say what is wrong with the command itself as a fault of an upload that was never made."""
    nowhere = dict.fromkeys(("file", "sheet", "cell", "found", "expected"), "")
    return Upload(state=Upload.State.REFUSED, faults=[{"code": "command", "message": str(error)} | nowhere])


def account(upload: Upload) -> dict:
    """Say how staging ended: {"upload": 7, "state": "staged", "faults": [], "warnings": [], "counts": {"new": 3 …}}."""
    return {
        "upload": upload.pk,
        "state": upload.state,
        "form": upload.form,
        "faults": upload.faults,
        "warnings": upload.warnings,
        "questions": upload.questions,
        "remarks": upload.remarks,
        "counts": upload.counts,
    }


def in_words(upload: Upload) -> str:
    """Say the same for a person at a terminal."""
    lines = [f"Upload {upload.pk}: {upload.get_state_display()}"]
    for fault in upload.faults[:200]:
        where = " ".join(fault[part] for part in ("file", "sheet", "cell") if fault[part])
        lines.append(f"  fault: {where}:{_found(fault)} {fault['message']}")
    for question in upload.questions:
        choices = ", ".join(f"--answer {question['key']}={value}" for value, _label in question["choices"])
        lines.append(f"  question: {question['text']} ({choices})")
    lines += [f"  warning: {warning['text']}" for warning in upload.warnings]
    lines += [f"  remark: {remark}" for remark in upload.remarks]
    if upload.counts:
        lines.append("  " + ", ".join(f"{upload.counts[word]} {word}" for word in upload.counts))
    return "\n".join(lines)


def _found(fault):
    """Say what was found and, where it is known, what was expected: " Found 'abc', expected a whole number."."""
    words = ", ".join(
        said
        for name, said in (("found", f"found {fault['found']!r}"), ("expected", f"expected {fault['expected']}"))
        if fault[name]
    )
    return f" {words[0].upper()}{words[1:]}{'' if words.endswith('?') else '.'}" if words else ""


def _open(path):
    try:
        return path.open("rb")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None


def _pair(answer):
    key, separator, value = answer.partition("=")
    if not separator:
        raise CommandError(f"--answer {answer}: write it as KEY=VALUE.")
    return key, value
