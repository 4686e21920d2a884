"""manage.py sweep: take away what nobody needs: bundles without a release, and unpublished uploads that are old."""

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from trade.bundles import storage
from trade.models import Release, Upload
from trade.publishing import uploads


class Command(BaseCommand):
    help = "Remove bundle folders that no release names and the bytes of old unpublished uploads. Run it daily."

    def handle(self, *args, **options):
        # A publish under way has a folder and no release yet; an hour is more than any takes.
        before = timezone.now() - timedelta(hours=1)
        swept = storage.sweep(set(Release.objects.values_list("bundle", flat=True)), before)
        old = Upload.objects.exclude(state__in=[Upload.State.PUBLISHED, Upload.State.DISCARDED]).filter(
            created__lt=timezone.now() - timedelta(days=settings.UPLOAD_KEEP_DAYS)
        )
        expired = [uploads.discard(upload) for upload in old]
        self.stdout.write(f"{len(swept)} folders without a release, {len(expired)} expired uploads")
