"""Withdraws a release for cause: its files go out of reach, its entry stays and says why."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trade.bundles import storage
from trade.models import Release
from trade.publishing import admin_log
from trade.publishing.uploads import Refused


def withdraw(release: Release, reason: str, user=None) -> Release:
    """Let readers have a release no more, for a cause that they are told; its entry stays, and so do its files.

    The marker comes first: servers that find it ask the database, so at no time do they say less than it does.
    Raises: Refused without a reason, or when it is withdrawn already.
    """
    if not reason.strip():
        raise Refused(_("Give the reason: readers see it in place of the files."))
    if release.withdrawn:
        raise Refused(_("%s has already been withdrawn.") % release)
    storage.mark_withdrawn(release, reason.strip())
    release.withdrawn, release.withdrawal_reason = timezone.now(), reason.strip()
    with transaction.atomic():
        release.save(update_fields=["withdrawn", "withdrawal_reason"])
        admin_log.withdrawn(release, user)
    return release


def aftermath(release: Release) -> str:
    """Say what readers get now that a release is withdrawn, and what is left to do."""
    if release != release.dataset.latest_release():
        return _("Later releases are not affected.")
    standing = Release.objects.newest_by_dataset().filter(dataset=release.dataset).first()
    shown = (
        _("Readers are shown release %s again.") % standing.number if standing else _("No release is shown to readers.")
    )
    left = _("The next upload will still be compared with its values. Revert the release or publish a correction.")
    return f"{shown} {left}"
