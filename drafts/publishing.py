"""Publishes a draft: puts it through its form and stores it, then the draft is gone."""

from django.contrib.admin import ModelAdmin
from django.db import models, transaction
from django.utils.translation import gettext as _

from drafts.filled_form import FilledForm, mark_of
from drafts.models import Draft


class Refused(Exception):
    """Why a draft was not published, for the editor."""


def filled(model_admin: ModelAdmin, draft: Draft) -> FilledForm:
    """The form of a draft over what is published now.

    Raises: Refused where the entry has been deleted since.
    """
    return FilledForm(model_admin, draft.form_data, entry_of(model_admin, draft))


def entry_of(model_admin: ModelAdmin, draft: Draft) -> models.Model | None:
    """The published entry of a draft; None where it is of a new one.

    Raises: Refused where the entry has been deleted since.
    """
    if not draft.object_pk:
        return None
    entry = model_admin.model._default_manager.filter(pk=draft.object_pk).first()
    if entry is None:
        raise Refused(_("The entry has been deleted. Restore it under “Deleted entries”, or discard the draft."))
    return entry


def publish(model_admin: ModelAdmin, draft: Draft, user, mark: str | None = None) -> models.Model:
    """Publish a draft in the name of an account, and take the draft away.

    `mark` is that of what the editor compared the draft with (mark_of).
    Raises: Refused.
    """
    with transaction.atomic():
        if not Draft.objects.select_for_update().filter(pk=draft.pk, saved=draft.saved).exists():
            raise Refused(_("The draft has been changed or published by somebody else. Look at it again."))
        entry = entry_of(model_admin, draft)
        if mark is not None and mark != mark_of(model_admin, entry):
            raise Refused(_("What is published has changed since. Compare the draft with it, then publish again."))
        form = FilledForm(model_admin, draft.form_data, entry)
        if not form.is_valid:
            raise Refused(_("The draft cannot be published yet. %(faults)s") % {"faults": " ".join(form.faults())})
        if forbidden := [kind._meta for kind in form.deletes() if not user.has_perm(_deletion(kind._meta))]:
            message = _(
                "The draft deletes %(kind)s, which this account may not do. Ask somebody who may, to publish it."
            )
            raise Refused(message % {"kind": forbidden[0].verbose_name_plural})
        saved = form.save(user)
        Draft.objects.filter(pk=draft.pk).delete()
    return saved


def _deletion(opts):
    return f"{opts.app_label}.delete_{opts.model_name}"
