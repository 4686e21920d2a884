"""manage.py demo: the reference tables, first words, and the demonstration releases, through the real import."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from trade import providers
from trade.demonstration import ANNOTATIONS, DATASETS, RELEASES
from trade.models import Annotation, Dataset, Release, Upload
from trade.publishing import releases, staging, uploads

LOGIN, GROUP = "editor", "Administrator"


class Command(BaseCommand):
    help = "Load reference data, sanctions, questions and the demonstration releases. A second run changes nothing."

    def handle(self, *args, **options):
        call_command("load_tables", stdout=self.stdout)
        for facts in DATASETS:
            dataset, is_new = Dataset.objects.get_or_create(slug=facts["slug"], defaults=facts)
            notes = ANNOTATIONS.get(dataset.slug, []) if is_new else []
            Annotation.objects.bulk_create(Annotation(dataset=dataset, **note) for note in notes)
        for number, wanted in enumerate(RELEASES):
            earlier = sum(1 for other in RELEASES[:number] if other["dataset"] == wanted["dataset"])
            self.stdout.write(_release(wanted, earlier))
        for kind in Dataset.Kind:
            Dataset.objects.settle_default(kind)
        providers.questions().settle()
        providers.search().refresh()  # of goods, those that have trade now have pages of their own
        if settings.DEBUG:
            self._login()

    def _login(self):
        """Make an administrator to try the desk with, in the group of that name; never in production."""
        password = settings.VAR_DIR / "demonstration-login"
        if not password.exists():
            password.write_text(secrets.token_urlsafe(9))
            password.chmod(0o600)
        user, _new = get_user_model().objects.get_or_create(username=LOGIN)
        user.is_staff, user.is_superuser = True, False
        user.set_password(password.read_text())
        user.save()
        user.groups.add(*Group.objects.filter(name=GROUP))
        self.stdout.write(f"demonstration login (only because DEBUG is on): {LOGIN} / {password.read_text()}")
        if not settings.SECOND_FACTOR:
            self.stdout.write("It needs no second factor here; in production every member of the staff does.")


def _release(wanted, earlier):
    """Bring one release in as an editor would, unless it is there."""
    dataset = Dataset.objects.get(slug=wanted["dataset"])
    if dataset.releases.count() > earlier:
        return f"{dataset.slug} release {earlier + 1}: there already"
    files = [(name, (Path(settings.BASE_DIR) / "data" / name).read_bytes()) for name in wanted["files"]]
    upload = staging.stage(uploads.receive(dataset, files, answers=wanted.get("answers")))
    if upload.state != Upload.State.STAGED:
        raise CommandError(f"{wanted['files']}: {upload.state}: {upload.faults or upload.questions}")
    kind = wanted.get("kind", Release.Kind.SCHEDULED)
    made = releases.publish(upload, note=wanted["note"], kind=kind, accepted="all")
    return f"{dataset.slug} release {made.number}: {_said(made.counts)}, {len(upload.warnings)} warnings"


def _said(counts):
    return ", ".join(f"{number} {word}" for word, number in counts.items())
