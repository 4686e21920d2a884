"""Writes in the admin's log who made or withdrew a release, in the transaction in which that is done."""

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry

from trade.models import Release


def made(release: Release) -> None:
    """Record a new release under the name of its user; what a command made has none, and no entry."""
    _write(release, release.user, ADDITION, f"{release.kind}, release {release.number}: {release.note}")


def withdrawn(release: Release, user) -> None:
    """Record that a user took a release from readers."""
    _write(release, user, CHANGE, f"withdrawn, release {release.number}: {release.withdrawal_reason}")


def _write(release, user, action, message):
    if user:
        LogEntry.objects.log_actions(user.pk, [release], action, message, single_object=True)
