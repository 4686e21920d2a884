"""Links to what is not published yet: whose figures they show, until when, and why one shows them no more.

Upload.preview holds what was built for it: {"state": "ready", "key": "x7…", "diff": "ab/…", "at": "2026-11-28T10:00…",
"name": "kim", "note": "…", "kind": "correction", "facts": {…}, "bundle": "china-provinces/7-…", "files": […]}. A link
carries the upload's number and that key, signed; who is given it needs no account. It shows the figures until they are
published, compared again or given up, at the longest for PREVIEW_HOURS.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from trade.models.release import Release
from trade.models.upload import Upload

State = Upload.State
SIGNER = signing.Signer(salt="trade.models.preview_link", sep="~")


class Link(NamedTuple):
    """What a link leads to: a release that may come, or why there is none any more; with what was published instead."""

    upload: Upload
    release: Release | None
    ended: str
    published: Release | None = None


def token_of(upload: Upload) -> str:
    """Write the part of an address by which a preview is found: "17-x7…~signature"."""
    return SIGNER.sign(f"{upload.pk}-{upload.preview['key']}")


def expires(upload: Upload) -> datetime:
    return parse_datetime(upload.preview["at"]) + timedelta(hours=settings.PREVIEW_HOURS)


def follow(token: str) -> Link | None:
    """Find what a link leads to; None for one that we did not make."""
    try:
        number, _dash, key = SIGNER.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    upload = Upload.objects.select_related("dataset", "base").filter(pk=number).first()
    if upload is None:
        return None
    ended = why_ended(upload, key)
    published = Release.objects.filter(upload=upload, withdrawn=None).first() if ended else None
    return Link(upload, None if ended else release_of(upload), ended, published)


def why_ended(upload: Upload, key: str) -> str:
    """Say why a link shows nothing any more; "" where it does."""
    if upload.state in (State.PUBLISHED, State.PUBLISHING):
        return _("These figures have been published.")
    if upload.state not in (State.STAGED, State.SCHEDULED):
        return _("These figures will not be published as they were.")
    if upload.preview.get("key") != key or not is_current(upload):
        return _(
            "The figures were changed or compared again after this link was made. Ask whoever gave you the link for a "
            "new one."
        )
    if expires(upload) <= timezone.now():
        return _("This link has expired. Ask whoever gave you the link for a new one.")
    return ""


def is_current(upload: Upload) -> bool:
    """Tell whether what was built for an upload shows what would be published now."""
    newest = upload.dataset.latest_release()
    is_built = upload.preview.get("state") == "ready" and upload.preview["diff"] == upload.diff.name
    return is_built and (newest and newest.pk) == upload.base_id


def release_of(upload: Upload) -> Release:
    """The release that an upload would become, which is in no table."""
    preview = upload.preview
    return Release(
        dataset=upload.dataset,
        number=upload.base.number + 1 if upload.base else 1,
        kind=preview["kind"],
        note=preview["note"],
        created=parse_datetime(preview["at"]),
        upload=upload,
        counts=upload.counts,
        facts=preview["facts"],
        files=preview.get("files", []),
        bundle=preview.get("bundle", ""),
    )


def folders() -> set[str]:
    """The folders of the previews that may still be looked at."""
    alive = Upload.objects.filter(state__in=[State.STAGED, State.SCHEDULED]).exclude(preview={})
    return {upload.preview.get("bundle", "") for upload in alive if upload.preview.get("diff") == upload.diff.name}
