"""Where a dataset needs a second person, whoever uploaded figures for it does not publish them.

It holds for files, corrections and reverts, at once or at an hour, and for superusers too. It does not hold for a
withdrawal, which must not wait, and for a change of description, which changes no figure. A command has no user: who
may run commands on the server could change the database as well.
"""

from django.utils.translation import gettext as _

from trade.models import Dataset, Upload
from trade.publishing.uploads import Refused


def refusal(upload: Upload, user) -> str:
    """Say why somebody may not publish an upload of their own; "" where they may."""
    if user is None or upload.user_id != user.pk or {"facts", "withdraw"} & set(upload.asked):
        return ""
    if not Dataset.objects.filter(pk=upload.dataset_id, needs_second_person=True).exists():
        return ""
    return _(
        "%(dataset)s needs a second person: you uploaded these figures, so somebody else must publish them. Ask a "
        "colleague who may publish to open this page."
    ) % {"dataset": upload.dataset}


def check(upload: Upload, user) -> None:
    """Raises: Refused, where somebody may not publish an upload of their own."""
    if why := refusal(upload, user):
        raise Refused(why)
