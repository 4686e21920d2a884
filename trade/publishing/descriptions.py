"""Changes what readers are told of a dataset (title, source, licence, …): asked for in the admin, done by the worker.

It is an upload without a file, of which `asked` says {"facts": {"title": …, …}, "was": {…}}: what is to be told, and
what was told when the page was opened. Before its first release a dataset is told by its row alone.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trade.bundles.facts import described, facts
from trade.bundles.facts import differences as told_differently
from trade.models import Dataset, Release, Upload
from trade.publishing import releases
from trade.publishing.uploads import AT_WORK, Refused, State


def ask(dataset: Dataset, told: dict, user) -> Upload:
    """Have a dataset described anew by the next worker, once however often it is clicked."""
    asked = {"facts": told, "was": facts(dataset)}
    with transaction.atomic():
        Dataset.objects.select_for_update(no_key=True).get(pk=dataset.pk)
        waiting = Upload.objects.filter(dataset=dataset, asked=asked, state__in=AT_WORK).first()
        return waiting or Upload.objects.create(
            dataset=dataset,
            form=_("Change of description"),
            asked=asked,
            user=user,
            state=State.PUBLISHING,
            heartbeat=timezone.now(),
        )


def waiting(dataset: Dataset) -> Upload | None:
    """Find the change of description that a worker is about to publish."""
    return Upload.objects.filter(dataset=dataset, asked__has_key="facts", state__in=AT_WORK).first()


def differences(upload: Upload) -> list[dict]:
    """List what an upload has told differently (facts.differences); nothing of one that is about figures."""
    told, was = upload.asked.get("facts"), upload.asked.get("was")
    return told_differently(described(upload.dataset, was), described(upload.dataset, told)) if told else []


def publish(upload: Upload, *, note: str, user=None) -> Release:
    """Make the release that describes a dataset anew.

    Raises: Refused, where somebody else described it meanwhile, or a release came in between.
    """
    if upload.state == State.PUBLISHED:
        return upload.release
    if facts(upload.dataset) != upload.asked["was"]:
        raise Refused(
            _(
                "Somebody else changed the description of this dataset after you opened the page. Your change was "
                "not published. Open the dataset, check what it says now, and try again."
            )
        )
    return releases.describe(upload.dataset, upload.asked["facts"], note=note, user=user, upload=upload)
