"""Work longer than a request: reading and publishing an upload, done by the worker (`manage.py work`).

The first argument of each task is the upload that it is about: publishing/interruptions.py has a task done again whose
worker was lost, with the same arguments.
"""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from trade.models import Upload
from trade.publishing import descriptions, releases, signs_of_life, staging
from trade.publishing.removing import redacted_texts, withdrawal
from trade.publishing.uploads import AT_WORK
from trade.publishing.waiting import notices, planned_hours, preview_files, publish_drafts
from web import disk_faults
from web.unavailable import AWAY
from web.worker.giving_way import giving_way

log = logging.getLogger(__name__)

State = Upload.State


@task()
def stage_upload(pk: int) -> None:
    """Read and compare an upload; a fault of ours leaves it "failed", never "being read" for ever."""
    upload = Upload.objects.select_related("dataset").filter(pk=pk, state=State.WAITING).first()
    if upload is None:  # it was asked for twice
        return
    try:
        with giving_way():
            upload = staging.stage(upload)
        _tell_how_it_was_read(upload)
    except Exception as error:
        log.exception("upload %s could not be staged", pk)
        why = _(
            "The file could not be read because of an error on this site, not in your file. Nothing was changed. Try "
            "again."
        )
        _fail(pk, why, error)


@task()
def publish_upload(pk: int, note: str, kind: str, user_pk: int | None) -> None:
    """Publish an upload whose warnings are ticked; what stands in the way is shown on the upload's page."""
    upload = Upload.objects.select_related("dataset", "base").get(pk=pk)
    if upload.state == State.WAITING:  # a worker was lost at comparing it again, because another release came first
        return stage_upload.func(pk)
    if upload.state != State.PUBLISHING:  # a worker was lost after it had published it
        return None
    user = get_user_model().objects.filter(pk=user_pk).first()
    try:
        with signs_of_life.of_upload(pk):
            _publish(upload, note, kind, user)
        publish_drafts.done(upload)
        preview_files.forget(upload)
        tell(pk, notices.PUBLISHED, user)
    except releases.Refused as refused:
        _stand_in_the_way(upload, refused)
        tell(pk, notices.NOT_PUBLISHED, None if publish_drafts.chosen(upload).get("publish_at") else user)
    except Exception as error:
        log.exception("upload %s could not be published", pk)
        _fail(pk, _("Publishing failed because of an error on this site. Nothing was changed. Try again."), error)
    return None


@task()
def send_notices(pk: int, event: str, by_pk: int | None) -> None:
    """Send the mails about an upload (trade.publishing.waiting.notices)."""
    by = get_user_model().objects.filter(pk=by_pk).first()
    notices.send(Upload.objects.select_related("dataset", "user").get(pk=pk), event, by)


def tell(pk: int, event: str, by=None) -> None:
    """Have mails sent about an upload once what happened is stored; without a mail server there are none."""
    if settings.EMAIL_URL:
        transaction.on_commit(lambda: send_notices.enqueue(pk, event, by and by.pk))


def _tell_how_it_was_read(upload):
    """Tell of what waits for somebody; what was read and changes nothing waits for nobody."""
    changes = any(upload.counts.get(kind) for kind in ("new", "changed", "removed"))
    event = {State.REFUSED: notices.REFUSED, State.ASKING: notices.ASKING}.get(upload.state)
    if event or (upload.state == State.STAGED and changes):
        tell(upload.pk, event or notices.READY)


@task()
def build_preview(pk: int) -> None:
    """Build what readers would get of a staged upload; nothing is published."""
    upload = Upload.objects.select_related("dataset", "base").get(pk=pk)
    try:
        preview_files.make(upload)
    except Exception as error:
        if isinstance(error, AWAY):
            raise
        log.exception("the preview of upload %s could not be built", pk)
        why = _("The preview could not be built because of an error on this site. Try again, or tell the operator.")
        preview_files.failed(upload, disk_faults.in_words(error) or why)


def begin_what_is_due() -> int:
    """Begin the uploads whose hour has come; workers ask for it every few seconds."""
    return planned_hours.begin(publish_upload.enqueue, stage_upload.enqueue, _tell_it_was_overtaken)


def _tell_it_was_overtaken(pk):
    tell(pk, notices.NOT_PUBLISHED)


def _publish(upload, note, kind, user):
    if "redaction" in upload.asked:
        redacted_texts.publish(upload)
    elif "withdraw" in upload.asked:
        withdrawal.publish(upload, reason=note, user=user)
    elif "facts" in upload.asked:
        descriptions.publish(upload, note=note, user=user)
    else:
        releases.publish(upload, note=note, kind=kind, user=user, accepted="all")


def _stand_in_the_way(upload, refused):
    """Say why an upload was not published, so that it can be published later; a description is asked for again."""
    if upload.is_done_at_once:
        _end(upload.pk, State.FAILED, str(refused))
    elif isinstance(refused, releases.HeadMoved):
        Upload.objects.filter(pk=upload.pk).update(progress=str(refused)[:500])
    else:
        _end(upload.pk, State.STAGED, str(refused))


def _fail(pk, why, error):
    """Leave an upload failed; but where the database went away leave it at work, to be taken up again.

    Raises: the error, if it is of the database and not of its disk.
    """
    disk = disk_faults.in_words(error)
    if isinstance(error, AWAY) and not disk:
        raise error
    _end(pk, State.FAILED, disk or why)
    tell(pk, notices.FAILED)


def _end(pk, state, why):
    """Let an upload be at work no more, unless something else ended it meanwhile."""
    at_work = Upload.objects.filter(pk=pk, state__in=AT_WORK)
    at_work.update(state=state, progress=why[:500], heartbeat=timezone.now())
