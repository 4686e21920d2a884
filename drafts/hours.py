"""Publishes drafts at their hour. The worker asks every second whether one is due, in a thread of its own.

What cannot be published then stays a draft, its hour is called off, and its page says why.
"""

import logging
from contextlib import AbstractContextManager
from datetime import datetime

from django.contrib import admin
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from drafts import publishing
from drafts.models import Draft
from web.worker.repeated import repeated

log = logging.getLogger(__name__)

EVERY = 1  # seconds between two looks


def publish_due(now: datetime | None = None) -> int:
    """Publish the drafts whose hour has come; tell how many became public."""
    due = Draft.objects.due(now or timezone.now()).values_list("pk", flat=True)
    return sum(_publish(pk) for pk in list(due))


def _publish(pk):
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(pk=pk, publish_at__isnull=False).first()
        if draft is None:  # another worker was quicker
            return False
        why = _tried(draft)
        if why:
            log.error("draft %s was not published at its hour: %s", pk, why)
            Draft.objects.filter(pk=pk).update(publish_at=None, publisher=None, fault=why)
    return not why


def _tried(draft):
    """Publish a draft; return why it could not be, or ""."""
    model_admin = admin.site._registry.get(draft.content_type.model_class())
    user = draft.publisher
    if model_admin is None or user is None or not user.is_active or not model_admin.may_publish(user):
        return _("The account that scheduled this may no longer publish it.")
    try:
        publishing.publish(model_admin, draft, user, draft.mark)
    except publishing.Refused as refused:
        return str(refused)
    return ""


def kept() -> AbstractContextManager:
    """Keep the hours of drafts until the block ends."""
    return repeated(publish_due, "hours of drafts", EVERY)
