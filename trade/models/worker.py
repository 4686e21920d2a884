"""The workers that do the tasks, as far as the database knows them: each writes here that it is alive."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LOST = 15  # seconds without a sign of life, after which a worker is taken for dead; it gives one every few


def lately(now: datetime, seconds: float) -> tuple[datetime, datetime]:
    """The time in which a sign of life tells of a life: (now - 15 s, now + 15 s).

    One from further in the future was given before the clock was set back, and would never grow old.
    """
    return now - timedelta(seconds=seconds), now + timedelta(seconds=seconds)


class WorkerQuerySet(models.QuerySet):
    def seconds_since_sign(self) -> float | None:
        """Tell how old the newest sign of life of any worker is: 2.1; None where no worker has given one."""
        now = timezone.now()
        newest = self.filter(seen__lte=lately(now, LOST)[1]).aggregate(newest=models.Max("seen"))["newest"]
        return None if newest is None else (now - newest).total_seconds()

    def are_alive(self) -> bool:
        """Tell whether at least one worker is running."""
        silent = self.seconds_since_sign()
        return silent is not None and silent < LOST

    def silent(self, now: datetime, seconds: float) -> models.QuerySet:
        """Select those that have given no sign of life for some seconds."""
        begin, end = lately(now, seconds)
        return self.exclude(seen__gt=begin, seen__lte=end)


class Worker(models.Model):
    """One run of `manage.py work`; its row goes when it ends in order, or when its tasks are taken up again."""

    id = models.CharField(primary_key=True, max_length=64)
    seen = models.DateTimeField(_("last heartbeat"))

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")

    def __str__(self):
        return self.id
