"""Builds what readers would get of an upload, before it is published: the files of a release that is in no table.

The folder is one of its own beside those of releases. It is taken away when another preview is built, and swept once
the upload has ended or was compared again (trade.publishing.leftovers).
"""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trade.bundles import build, storage
from trade.bundles.facts import facts
from trade.models import Release, Upload, preview_link
from trade.publishing import by_hand, diff
from trade.publishing.uploads import Refused, State, changes_of
from trade.publishing.waiting import publish_drafts


def ask(upload: Upload, user) -> None:
    """Lay out what a worker shall build, with the note that somebody has typed so far; earlier links end."""
    draft = publish_drafts.of(upload, user)
    preview = {
        "state": "asked",
        "key": secrets.token_urlsafe(12),
        "diff": upload.diff.name,
        "at": timezone.now().isoformat(),
        "name": user.get_username(),
        "note": draft["note"].strip() or _("(The note is not written yet.)"),
        "facts": facts(upload.dataset),
        "kind": by_hand.kind(upload) or draft["kind"] or Release.Kind.SCHEDULED,
    }
    _put(upload, preview)


def make(upload: Upload) -> None:
    """Build what was asked for; what somebody did with the upload meanwhile stays."""
    asked = upload.preview
    if asked.get("state") != "asked":
        return
    newest = upload.dataset.latest_release()
    if asked["diff"] != upload.diff.name or (newest and newest.pk) != upload.base_id:
        _end(upload, asked, state="failed", why=_("The figures were compared again. Ask for a new preview."))
        return
    try:
        changes = changes_of(upload)
    except Refused as refused:
        _end(upload, asked, state="failed", why=str(refused))
        return
    release = preview_link.release_of(upload)
    standing = diff.after(upload.dataset.observations.standing().frame(), changes)
    release.bundle, release.files = build.build(release, standing, changes, is_signed=False)
    if not _end(upload, asked, state="ready", bundle=release.bundle, files=release.files):
        storage.remove(release)


def failed(upload: Upload, why: str) -> None:
    """Say that a preview could not be built."""
    _end(upload, upload.preview, state="failed", why=why)


def forget(upload: Upload) -> None:
    """Take away what was built for an upload that was published."""
    Upload.objects.filter(pk=upload.pk).update(preview={})
    if folder := upload.preview.get("bundle"):
        storage.remove_folder(folder)


def _end(upload, asked, **more):
    """Write how the building ended, unless another preview was asked for meanwhile."""
    with transaction.atomic():
        stored = Upload.objects.select_for_update().values_list("preview", flat=True).get(pk=upload.pk)
        if stored.get("key") != asked.get("key"):
            return False
        Upload.objects.filter(pk=upload.pk).update(preview=asked | more)
    upload.preview = asked | more
    return True


def _put(upload, preview):
    with transaction.atomic():
        old = Upload.objects.select_for_update().values_list("preview", flat=True).get(pk=upload.pk)
        Upload.objects.filter(pk=upload.pk, state__in=[State.STAGED, State.SCHEDULED]).update(preview=preview)
    upload.preview = preview
    if old.get("bundle"):
        storage.remove_folder(old["bundle"])
