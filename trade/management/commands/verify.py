"""manage.py verify [DATASET [N]]: hold every bundle against its checksums, its signature and the database."""

import json

from django.core.management.base import BaseCommand, CommandError

from trade.bundles import verification
from trade.models import Release


class Command(BaseCommand):
    help = (
        "Check that no file of a release has changed, that each release follows the one before it, that signatures are"
        " those of the published key, and that data are those of the database. Exits with 1 if not."
    )

    def add_arguments(self, parser):
        parser.add_argument("dataset", nargs="?")
        parser.add_argument("number", nargs="?", type=int, metavar="N")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        accounts = [account(release) for release in _chosen(options["dataset"], options["number"])]
        faults = [fault for one in accounts for fault in one["faults"]]
        if options["json"]:
            self.stdout.write(json.dumps({"releases": accounts, "faults": len(faults)}, ensure_ascii=False))
        else:
            self.stdout.write(in_words(accounts))
        if faults:
            raise SystemExit(1)


def account(release: Release) -> dict:
    """Say what was found: {"dataset": "china-provinces", "release": 2, "files": 13, "faults": ["data.csv: …"], …}."""
    faults, remarks = verification.findings(release)
    return {
        "dataset": release.dataset_id,
        "release": release.number,
        "withdrawn": release.withdrawn is not None,
        "files": len(release.files),
        "faults": faults,
        "remarks": remarks,
    }


def in_words(accounts: list[dict]) -> str:
    """Say the same for a person at a terminal, a line a release and below it each fault and each remark."""
    lines = []
    for one in accounts:
        found = f"{len(one['faults'])} faults" if one["faults"] else "as published"
        lines.append(f"{one['dataset']} release {one['release']}: {one['files']} files, {found}")
        lines += [f"  {fault}" for fault in one["faults"]]
        lines += [f"  remark: {remark}" for remark in one["remarks"]]
    return "\n".join(lines) or "There are no releases."


def _chosen(dataset, number):
    releases = Release.objects.select_related("dataset").order_by("dataset", "number")
    if dataset:
        releases = releases.filter(dataset=dataset)
    if number is not None:
        releases = releases.filter(number=number)
    if dataset and not releases:
        raise CommandError(f"There is no release {'' if number is None else number} of “{dataset}”.".replace("  ", " "))
    return releases
