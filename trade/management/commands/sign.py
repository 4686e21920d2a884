"""manage.py sign DATASET N [--signature FILE]: sign a release after it was published, here or elsewhere."""

import getpass
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trade.bundles import signatures, storage
from trade.models import Release


class Command(BaseCommand):
    help = (
        "Sign the SHA256SUMS of a release with a secret key of minisign, or keep a signature that was made elsewhere."
        " Either is checked against SIGNING_PUBLIC_KEY first. No other file of the release changes."
    )

    def add_arguments(self, parser):
        parser.add_argument("dataset")
        parser.add_argument("number", type=int, metavar="N")
        source = parser.add_mutually_exclusive_group()
        source.add_argument(
            "--signature", type=Path, metavar="FILE", help="a SHA256SUMS.minisig that was made elsewhere"
        )
        source.add_argument("--key", type=Path, metavar="FILE", help="the secret key, if it is not that of SIGNING_KEY")

    def handle(self, *args, **options):
        found = Release.objects.select_related("dataset").filter(dataset=options["dataset"], number=options["number"])
        if (release := found.first()) is None:
            raise CommandError(f"There is no release {options['number']} of “{options['dataset']}”.")
        try:
            signatures.attach(release, _signature(release, options))
        except signatures.SigningError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{release} is signed: {signatures.SIGNATURE} was checked and is kept.")


def _signature(release, options):
    if path := options["signature"]:
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
    key = options["key"] or settings.SIGNING_KEY
    if not key:
        raise CommandError("Give --signature FILE, or --key FILE, or set SIGNING_KEY.")
    password = settings.SIGNING_KEY_PASSWORD
    if not password and sys.stdin.isatty():
        password = getpass.getpass("Password of the key (empty if it has none): ")
    with storage.open_kept(release, signatures.SUMS) as sums:
        return signatures.sign(sums.read(), release, key, password)
