"""manage.py publish UPLOAD --note TEXT --kind scheduled|correction: publish what `stage` staged."""

import json

from django.core.management.base import BaseCommand, CommandError

from trade.models import Release, Upload
from trade.publishing import releases


class Command(BaseCommand):
    help = "Publish a staged upload as the next release of its dataset."

    def add_arguments(self, parser):
        parser.add_argument("upload", type=int)
        parser.add_argument("--note", required=True, help="what changed and why, for readers")
        parser.add_argument("--kind", required=True, choices=[Release.Kind.SCHEDULED, Release.Kind.CORRECTION])
        parser.add_argument("--accept-warnings", action="store_true", help="says that every warning is known")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        tell(self, options, lambda: _publish(options))


def _publish(options):
    upload = Upload.objects.select_related("dataset", "base").filter(pk=options["upload"]).first()
    if upload is None:
        raise releases.Refused(f"There is no upload {options['upload']}.")
    accepted = "all" if options["accept_warnings"] else ()
    return releases.publish(upload, note=options["note"], kind=options["kind"], accepted=accepted)


def tell(command: BaseCommand, options: dict, make) -> None:
    """Write the account of the release that is made, or why there is none: {"error": "There is no upload 9."}."""
    try:
        release = make()
    except releases.Refused as refused:
        if options["json"]:
            command.stdout.write(json.dumps({"error": str(refused)}))
        raise CommandError(str(refused)) from None
    command.stdout.write(json.dumps(account(release)) if options["json"] else str(release))


def account(release: Release) -> dict:
    """Say what was made: {"dataset": "china-provinces", "release": 2, "counts": {"new": 513, …}, "files": [...]}."""
    return {
        "dataset": release.dataset_id,
        "release": release.number,
        "kind": release.kind,
        "counts": release.counts,
        "files": release.files,
    }
