"""Mails about uploads: to those who may publish when one is ready, to whoever uploaded or planned what became of it.

Nobody is told of what they did themselves. The worker sends them.
"""

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from tables import mails
from trade import number_text
from trade.models import Upload
from trade.publishing.waiting import publish_drafts

READY, REFUSED, ASKING, FAILED = "ready", "refused", "asking", "failed"
PUBLISHED, PLANNED, CALLED_OFF, NOT_PUBLISHED = "published", "planned", "called-off", "not-published"


def send(upload: Upload, event: str, by=None) -> int:
    """Send the mails of an event; `by` is who brought it about. Returns how many were sent."""
    subject, text = _words(upload, event, by)
    page = reverse("admin:trade_upload_change", args=[upload.pk])
    return mails.send(subject, text, page, _recipients(upload, event, by))


def _recipients(upload, event, by):
    """Who is told, and why: [(user, "You get this email because …"), …]."""
    users = mails.accounts().exclude(pk=by and by.pk)
    if event == READY:
        why = _("You get this email because you may publish.")
        publishers = get_user_model().objects.with_perm("trade.publish_upload").values("pk")
        return [(user, why) for user in users.filter(pk__in=publishers).exclude(pk=upload.user_id)]
    mine = _("You get this email because you uploaded this.")
    planned = _("You get this email because you wanted to publish this.")
    found = {user.pk: (user, mine) for user in users.filter(pk=upload.user_id)}
    if event in (PUBLISHED, CALLED_OFF, NOT_PUBLISHED):
        publisher = publish_drafts.chosen(upload).get("user")
        found = {user.pk: (user, planned) for user in users.filter(pk=publisher)} | found
    return list(found.values())


def _words(upload, event, by):
    """The subject and the text: ("China by province, upload 17: ready to publish", "kim wants to publish: …")."""
    files = ", ".join(upload.files.values_list("name", flat=True)) or upload.form
    words = {"upload": upload, "files": files, "user": upload.user or _("A command"), "by": by or _("The worker")}
    words |= {kind: number_text.exact(upload.counts.get(kind, 0)) for kind in ("new", "changed", "removed")}
    words |= {"count": number_text.exact(len(upload.faults)), "warnings": len(upload.warnings)}
    words["why"] = upload.interruption or upload.progress
    subject, text = {
        READY: (
            _("%(upload)s: ready to publish"),
            _(
                "%(user)s wants to publish: %(files)s. New values: %(new)s, changed: %(changed)s, removed: "
                "%(removed)s. Warnings to confirm: %(warnings)d."
            ),
        ),
        REFUSED: (_("%(upload)s: refused"), _("%(files)s: errors were found (%(count)s), and nothing was changed.")),
        ASKING: (_("%(upload)s: a question"), _("%(files)s: there is a question to answer before it is compared.")),
        FAILED: (_("%(upload)s: failed"), _("%(files)s: %(why)s")),
        PUBLISHED: (_("%(upload)s: published"), _("%(by)s published %(files)s.")),
        PLANNED: (_("%(upload)s: scheduled"), _("%(by)s scheduled the publication of %(files)s.")),
        CALLED_OFF: (_("%(upload)s: publication called off"), _("%(by)s called off the publication of %(files)s.")),
        NOT_PUBLISHED: (_("%(upload)s: not published"), _("%(files)s was not published. %(why)s")),
    }[event]
    return " ".join((subject % words).split()), (text % words).strip()
