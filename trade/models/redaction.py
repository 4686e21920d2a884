"""Parts of notes and names of files that were taken out of what is published, for good."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MARK = "[redacted]"


class Redaction(models.Model):
    """A text that was taken out of notes and names, wherever it stood; the text itself is kept nowhere.

    `places` are [{"model": "trade.release", "pk": 5, "field": "note", "text": "Corrected by [redacted]."}, …], so that
    it can be done again after a restore.
    """

    created = models.DateTimeField(_("redacted"), auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("redacted by")
    )
    reason = models.TextField(_("reason"), help_text=_("Shown to readers where the text stood."))
    applied = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often something was written by it: pages learn of it by that."
    )
    places = models.JSONField(_("places"), default=list, editable=False)

    class Meta:
        ordering = ["-created"]
        verbose_name = _("redaction")

    def __str__(self):
        return _("redaction of %s") % f"{self.created:%Y-%m-%d %H:%M}"
