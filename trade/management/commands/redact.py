"""manage.py redact --reason TEXT: take a text, read from standard input, out of notes and names of files."""

import sys

from django.core.management.base import BaseCommand, CommandError

from trade.publishing import uploads
from trade.publishing.removing import redacted_texts


class Command(BaseCommand):
    help = (
        "Take a text out of notes and names of files, and rebuild the files of releases that hold it. The text is "
        "read from standard input, so that no history of commands keeps it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--reason", required=True, help="why, for readers; it must not repeat the text")

    def handle(self, *args, **options):
        text = sys.stdin.readline().rstrip("\r\n")
        try:
            made = redacted_texts.record(text, options["reason"])
            redacted_texts.write_outside_of_datasets(made)
            for dataset in redacted_texts.datasets_of(made):
                redacted_texts.apply(made, dataset)
        except uploads.Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Taken out of {len(made.places)} places.")
