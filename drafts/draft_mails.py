"""Tells those who may publish that a draft waits for them. The worker sends the mails."""

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from drafts.models import Draft
from tables import mails


@task()
def send_notices(pk: int) -> None:
    """Send the mails about a draft, unless it was published or discarded meanwhile."""
    draft = Draft.objects.select_related("author", "content_type").filter(pk=pk).first()
    if draft is None:
        return
    model_admin = admin.site._registry[draft.content_type.model_class()]
    opts = model_admin.opts
    words = {"kind": opts.verbose_name, "title": draft, "user": draft.author or _("Somebody")}
    why = _("You get this email because you may publish.")
    mails.send(
        _("%(title)s: a draft to publish") % words,
        _("%(user)s wrote a draft and may not publish it. It is of this %(kind)s: %(title)s") % words,
        reverse(f"admin:{opts.app_label}_{opts.model_name}_draft", args=[draft.pk]),
        [(user, why) for user in mails.accounts().exclude(pk=draft.author_id) if model_admin.may_publish(user)],
    )


def tell(draft: Draft) -> None:
    """Have mails sent about a draft once it is stored; without a mail server there are none."""
    if settings.EMAIL_URL:
        transaction.on_commit(lambda: send_notices.enqueue(draft.pk))
