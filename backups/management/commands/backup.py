"""manage.py backup [FOLDER] [--keep N]: the database, the bundles and the uploads in one file, while the site runs."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backups import making
from backups.manifest import BackupError


class Command(BaseCommand):
    help = (
        "Write the whole site into one file of a folder (VAR_DIR/backups), encrypted where BACKUP_GPG_RECIPIENT is set."
        " Exits with 1 where a file of a release is missing, which the backup then lacks."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=settings.VAR_DIR / "backups")
        parser.add_argument("--keep", type=int, metavar="N", help="remove all backups in the folder but the newest N")

    def handle(self, *args, **options):
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep: keep one backup at the least.")
        try:
            made = making.make(options["folder"], options["keep"], settings.BACKUP_GPG_RECIPIENT)
        except BackupError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"The backup could not be written, and nothing of it was left: {error}.") from None
        self._say(made)
        if not made.is_whole:
            raise SystemExit(1)

    def _say(self, made):
        size, files = made.path.stat().st_size / 1e6, len(made.manifest.files)
        self.stdout.write(f"{made.path}: {size:.1f} MB, {files} files, in {made.seconds:.1f} s")
        for name in made.manifest.missing:
            self.stderr.write(f"missing: {name}")
        for path in made.removed:
            self.stdout.write(f"removed: {path}")
