"""Returns to an earlier release and corrections of one cell: asked for in the admin, done by the worker.

Each is an upload without a file, of which `asked` says what to do: {"release": 12, "seen": 14}, or {"cell": 812,
"seen": 14, "values": {"reported": 5, "status": "A", "estimate": None, "remark": ""}}. `seen` is the newest release that
the page showed; what has changed since is not overwritten unseen.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trade.models import Dataset, Observation, Release, Upload
from trade.publishing import releases
from trade.publishing.uploads import Refused, State


def to_revert(earlier: Release, *, seen: int) -> Upload:
    """Lay out a return to an earlier release, which is not asked for yet."""
    form = _("Revert to release %d") % earlier.number
    return Upload(dataset=earlier.dataset, form=form, asked={"release": earlier.pk, "seen": seen})


def to_correct(row: Observation, *, seen: int, **values) -> Upload:
    """Lay out the correction of a cell, which is not asked for yet; `values` are those of releases.correct."""
    return Upload(
        dataset=row.dataset, form=_("Correction of one cell"), asked={"cell": row.pk, "seen": seen, "values": values}
    )


def same(upload: Upload) -> Upload | None:
    """Find what was asked for with the same words from the same page: a second click."""
    given_up = [State.FAILED, State.DISCARDED]
    return Upload.objects.filter(dataset=upload.dataset, asked=upload.asked).exclude(state__in=given_up).first()


def ask(upload: Upload, user) -> tuple[Upload, bool]:
    """Have it done by the next worker, unless that was asked for before: (upload, whether it is new)."""
    with transaction.atomic():
        Dataset.objects.select_for_update(no_key=True).get(pk=upload.dataset_id)
        if earlier := same(upload):
            return earlier, False
        upload.user, upload.state, upload.heartbeat = user, State.PUBLISHING, timezone.now()
        upload.save()
    return upload, True


def publish(upload: Upload, *, note: str, user=None) -> Release:
    """Make the release that was asked for.

    Raises: Refused when nothing would change, or something has changed since the page was looked at.
    """
    if upload.state == State.PUBLISHED:
        return upload.release
    dataset, asked = upload.dataset, upload.asked
    if "cell" in asked:
        row = dataset.observations.get(pk=asked["cell"])
        if newest_release_of_cell(dataset.observations.model.objects.of_cell(row)) != asked["seen"]:
            raise Refused(
                _(
                    "This cell was changed after you opened the page. Your change was not saved. Check the cell and "
                    "try again."
                )
            )
        return releases.correct(row, **asked["values"], note=note, user=user, upload=upload)
    newest = dataset.latest_release()
    if newest.pk != asked["seen"]:
        raise Refused(
            _("%s was published after you opened the page. No change was made. Review it and try again.") % newest
        )
    earlier = dataset.releases.get(pk=asked["release"])
    return releases.revert(dataset, earlier.number, note=note, user=user, upload=upload)


def newest_release_of_cell(history) -> int:
    """Tell which release last began or ended a row of a cell."""
    return max(release_id for row in history for release_id in (row.since_id, row.until_id or 0))
