"""Work longer than a request: reading and publishing an upload, done by the database worker (`manage.py db_worker`)."""

import logging

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from trade.models import Upload
from trade.publishing import releases, staging

log = logging.getLogger(__name__)


@task()
def stage_upload(pk: int) -> None:
    """Read and compare an upload; a fault of ours leaves it "failed", never "being read" for ever."""
    upload = Upload.objects.select_related("dataset").filter(pk=pk, state=Upload.State.WAITING).first()
    if upload is None:  # it was asked for twice
        return
    try:
        staging.stage(upload)
    except Exception:
        log.exception("upload %s could not be staged", pk)
        _fail(pk, _("Reading stopped on a fault of this site, not of your file. Nothing was changed. Try again."))


@task()
def publish_upload(pk: int, note: str, kind: str, user_pk: int | None) -> None:
    """Publish an upload whose warnings are ticked; what stands in the way is shown on the upload's page."""
    upload = Upload.objects.select_related("dataset", "base").get(pk=pk)
    user = get_user_model().objects.filter(pk=user_pk).first()
    try:
        releases.publish(upload, note=note, kind=kind, user=user, accepted="all")
    except releases.HeadMoved as moved:
        Upload.objects.filter(pk=pk).update(progress=str(moved)[:500])
    except releases.Refused as refused:
        Upload.objects.filter(pk=pk).update(state=Upload.State.STAGED, progress=str(refused)[:500])
    except Exception:
        log.exception("upload %s could not be published", pk)
        _fail(pk, _("Publishing stopped on a fault of this site. Nothing was changed. Try again."))


def _fail(pk, why):
    Upload.objects.filter(pk=pk).update(state=Upload.State.FAILED, progress=why, heartbeat=timezone.now())
