"""manage.py restore FILE [--overwrite]: bring the site back from a backup, and verify every release."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from backups import restoring
from backups.manifest import BackupError


class Command(BaseCommand):
    help = (
        "Check a backup and put it into the configured database and storages, which must be empty; then migrate and"
        " verify every release. Stop the site first. Exits with 1 where something is not as it was backed up."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--overwrite", action="store_true", help="put it in the place of what is there")

    def handle(self, *args, **options):
        try:
            restored = restoring.restore(options["file"], options["overwrite"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"The backup could not be put in place whole: {error}. Restore it again.") from None
        self._say(restored)
        if restored.faults:
            raise SystemExit(1)

    def _say(self, restored):
        manifest = restored.manifest
        self.stdout.write(
            f"Restored the backup of {manifest.made}: {len(manifest.files)} files,"
            f" {sum(manifest.counts.values())} rows, {restored.releases} releases verified, in {restored.seconds:.1f} s"
        )
        if restored.redacted:
            self.stdout.write(f"{restored.redacted} redactions that are younger than the backup were done again.")
        if restored.withdrawn:
            self.stdout.write(f"{restored.withdrawn} withdrawals that are younger than the backup were done again.")
        if restored.left:
            self.stdout.write(f"{restored.left} files that were there and are not of this backup were left.")
        for name in manifest.missing:
            self.stderr.write(f"missing since the backup: {name}")
        for fault in restored.faults:
            self.stderr.write(fault)
