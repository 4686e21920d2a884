"""manage.py revert DATASET N --note TEXT: go back to the values of release N, as a new release."""

from django.core.management.base import BaseCommand

from trade.management.commands.publish import tell
from trade.models import Dataset
from trade.publishing import releases


class Command(BaseCommand):
    help = "Return a dataset to the values of an earlier release; the releases in between stay as they are."

    def add_arguments(self, parser):
        parser.add_argument("dataset")
        parser.add_argument("number", type=int, metavar="N")
        parser.add_argument("--note", required=True, help="why, for readers")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        tell(self, options, lambda: _revert(options))


def _revert(options):
    dataset = Dataset.objects.filter(slug=options["dataset"]).first()
    if dataset is None:
        raise releases.Refused(f"There is no dataset “{options['dataset']}”.")
    return releases.revert(dataset, options["number"], note=options["note"])
