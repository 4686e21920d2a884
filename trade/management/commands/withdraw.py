"""manage.py withdraw DATASET N --reason TEXT: let readers have a release no more, and tell them why."""

from django.core.management.base import BaseCommand, CommandError

from trade.models import Release
from trade.publishing import releases, withdrawal


class Command(BaseCommand):
    help = "Withdraw a release for cause. Its addresses give the reason; its entry, its values and its files stay."

    def add_arguments(self, parser):
        parser.add_argument("dataset")
        parser.add_argument("number", type=int, metavar="N")
        parser.add_argument("--reason", required=True, help="why, for readers")

    def handle(self, *args, **options):
        found = Release.objects.select_related("dataset").filter(dataset=options["dataset"], number=options["number"])
        if (release := found.first()) is None:
            raise CommandError(f"There is no release {options['number']} of “{options['dataset']}”.")
        try:
            withdrawal.withdraw(release, options["reason"])
        except releases.Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{release} is withdrawn. {withdrawal.aftermath(release)}")
