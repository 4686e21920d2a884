"""manage.py withdraw DATASET N --reason TEXT: let readers have a release no more, and tell them why."""

from django.core.management.base import BaseCommand, CommandError

from trade import bundle
from trade.models import Release


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
            bundle.withdraw(release, options["reason"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{release} is withdrawn. {_what_now(release)}")


def _what_now(release):
    """Say what readers get now, and what an editor still has to do."""
    if release != release.dataset.latest_release():
        return "Later releases are not touched by it."
    standing = Release.objects.newest_by_dataset().filter(dataset=release.dataset).first()
    shown = f"Readers are shown release {standing.number} again." if standing else "Readers are shown no release."
    return f"{shown} Its values still stand where the next upload is compared: revert them, or publish a correction."
