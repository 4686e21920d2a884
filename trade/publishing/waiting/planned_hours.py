"""Publishes uploads at an hour: chosen in the form, begun by a worker, called off by a button.

A worker looks every few seconds which hours have come (`begin`). What brings an upload from "to be published at an
hour" to "being published" also puts its task into the queue, in one transaction, so that it is begun once, whichever
worker looks and whenever one is killed. Where another release came first it is compared again, not published.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trade.models import Upload
from trade.publishing.uploads import State
from trade.publishing.waiting import publish_drafts

LATE = timedelta(minutes=5)
LONGEST = timedelta(days=366)


def plan(upload: Upload, user, *, note: str, kind: str, at: datetime) -> bool:
    """Have a staged upload published at an hour; False where it is no longer staged."""
    planned = {"state": State.SCHEDULED, "publish_at": at, "progress": "", "interruption": ""}
    with transaction.atomic():
        if not _go(upload, State.STAGED, **planned):
            return False
        publish_drafts.choose(upload, user, note=note, kind=kind, publish_at=at.isoformat())
    return True


def call_off(upload: Upload, user) -> bool:
    """Bring an upload back to "ready to publish"; False where it is too late, or somebody else was first."""
    words = {"name": user, "time": in_words(upload.publish_at) if upload.publish_at else ""}
    said = _("%(name)s called off the publication on %(time)s.") % words
    with transaction.atomic():
        if not _go(upload, State.SCHEDULED, state=State.STAGED, publish_at=None, interruption=said):
            return False
        publish_drafts.call_off(upload)
    return True


def begin(publish: Callable, compare: Callable, tell: Callable, now: datetime | None = None) -> int:
    """Begin what is due, by publish(pk, note, kind, user_pk), or where it was overtaken by compare(pk); count them.

    `tell(pk)` is called of each that will not be published.
    """
    now, begun = now or timezone.now(), 0
    for upload in Upload.objects.filter(state=State.SCHEDULED).select_related("dataset"):
        newest = upload.dataset.latest_release()
        if (newest and newest.pk) != upload.base_id:
            begun += _compare_again(upload, newest, compare, tell)
        elif upload.publish_at <= now:
            begun += _publish(upload, publish, tell, now)
    return begun


def _publish(upload, publish, tell, now):
    chosen = publish_drafts.chosen(upload)
    user = get_user_model().objects.filter(pk=chosen["user"], is_active=True).first()
    if user is None or not user.has_perm("trade.publish_upload"):
        words = {"name": chosen["name"], "time": in_words(upload.publish_at)}
        said = _("This upload was not published on %(time)s, because %(name)s may no longer publish.") % words
        ended = _go(upload, State.SCHEDULED, state=State.STAGED, publish_at=None, interruption=said)
        if ended:
            tell(upload.pk)
        return ended
    words = {"planned": in_words(upload.publish_at), "begun": in_words(now)}
    late = _("This upload was to be published on %(planned)s. No worker was running then; it began on %(begun)s.")
    said = late % words if now - upload.publish_at > LATE else ""
    change = {"state": State.PUBLISHING, "publish_at": None, "heartbeat": timezone.now(), "interruption": said}
    with transaction.atomic():
        if begun := _go(upload, State.SCHEDULED, **change):
            publish(upload.pk, chosen["note"], chosen["kind"], user.pk)
    return begun


def _compare_again(upload, newest, compare, tell):
    words = {"release": newest, "time": in_words(upload.publish_at)}
    said = _(
        "%(release)s came first. This upload will not be published on %(time)s: it was compared again. Review the "
        "changes; the note is kept."
    )
    change = {"state": State.WAITING, "publish_at": None, "heartbeat": timezone.now(), "interruption": said % words}
    with transaction.atomic():
        if begun := _go(upload, State.SCHEDULED, **change):
            compare(upload.pk)
            tell(upload.pk)
    return begun


def _go(upload, was, **change):
    """Change an upload that is still in a state and planned for the same time: 1, or 0 where it is not."""
    is_same = Upload.objects.filter(pk=upload.pk, state=was, publish_at=upload.publish_at)
    return is_same.update(**change)


def in_words(at: datetime) -> str:
    """Write a time with its zone: "28 November 2026, 10:00 UTC"."""
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
