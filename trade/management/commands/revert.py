"""manage.py revert DATASET N --note TEXT: go back to the values of release N, as a new release."""

import json

from django.core.management.base import BaseCommand, CommandError

from trade import releases
from trade.management.commands.publish import account
from trade.models import Dataset


class Command(BaseCommand):
    help = "Return a dataset to the values of an earlier release; the releases in between stay as they are."

    def add_arguments(self, parser):
        parser.add_argument("dataset")
        parser.add_argument("number", type=int, metavar="N")
        parser.add_argument("--note", required=True, help="why, for readers")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        dataset = Dataset.objects.filter(slug=options["dataset"]).first()
        if dataset is None:
            raise CommandError(f"There is no dataset “{options['dataset']}”.")
        try:
            release = releases.revert(dataset, options["number"], note=options["note"])
        except releases.Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(json.dumps(account(release), ensure_ascii=False) if options["json"] else str(release))
