"""Whose form is open in the admin, so that the next one who opens it is told."""

from django.conf import settings
from django.db import models


class OpenForm(models.Model):
    """The form of one entry, as somebody opened it; the row goes when they save, and counts for half an hour."""

    kind = models.CharField(max_length=80, help_text="faq.question")
    key = models.CharField(max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    opened = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "key", "user"], name="open_form_once")]

    def __str__(self):
        return f"{self.kind} {self.key}"
