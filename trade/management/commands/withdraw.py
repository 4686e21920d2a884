"""manage.py withdraw DATASET N --reason TEXT: take a release from readers, put back what stands without it, say why."""

from django.core.management.base import BaseCommand, CommandError

from trade.models import Release
from trade.publishing import uploads
from trade.publishing.removing import withdrawal


class Command(BaseCommand):
    help = (
        "Withdraw a release for cause. Its addresses give the reason. A new release puts back what stands without it, "
        "and later releases that hold its values are rebuilt without them."
    )

    def add_arguments(self, parser):
        parser.add_argument("dataset")
        parser.add_argument("number", type=int, metavar="N")
        parser.add_argument("--reason", required=True, help="why, for readers")
        parser.add_argument("--keep-values", action="store_true", help="publish its values again: they are right")

    def handle(self, *args, **options):
        found = Release.objects.select_related("dataset").filter(dataset=options["dataset"], number=options["number"])
        if (release := found.first()) is None:
            raise CommandError(f"There is no release {options['number']} of “{options['dataset']}”.")
        try:
            new = withdrawal.withdraw(release, options["reason"], keep=options["keep_values"])
        except uploads.Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{release} is withdrawn. {withdrawal.aftermath(release, new)}")
