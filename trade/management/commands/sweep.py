"""manage.py sweep: take away what nobody needs, and say what could not be taken."""

from django.core.management.base import BaseCommand

from trade.publishing import leftovers

SWEPT = {
    "folders without a release": leftovers.bundles,
    "expired uploads": leftovers.expired_uploads,
    "files without an upload": leftovers.files_of_uploads,
    "temporary folders": leftovers.temporary_folders,
    "earlier static files": leftovers.earlier_static_files,
}


class Command(BaseCommand):
    help = "Remove what no release names, old unpublished uploads, and what killed processes left. Run it daily."

    def handle(self, *args, **options):
        accounts = {what: sweep() for what, sweep in SWEPT.items()}
        self.stdout.write(", ".join(f"{account.taken} {what}" for what, account in accounts.items()))
        for account in accounts.values():
            for name, reason in account.passed_over.items():
                self.stdout.write(f"passed over {name}: {reason}")
