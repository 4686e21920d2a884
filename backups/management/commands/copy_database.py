"""manage.py copy_database FILE: copy a SQLite database into the PostgreSQL database that DATABASE_URL names."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from backups import copying
from backups.manifest import BackupError


class Command(BaseCommand):
    help = (
        "Copy every table of a SQLite file into the configured PostgreSQL database, which must be migrated and empty,"
        " and compare them. Stop the site first. All is copied, or nothing; the SQLite file stays as it is."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="var/yalu.sqlite3")

    def handle(self, *args, **options):
        try:
            copied = copying.copy(options["file"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"Copied {sum(copied.values())} rows of {len(copied)} tables; each has the same checksum there."
        )
