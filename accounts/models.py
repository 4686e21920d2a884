"""The log of who did what: rows are added, and never changed or deleted. Who wants no mails."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class AppendOnly(Exception):
    """The log was asked to change or delete an entry."""


def refuse(*args, **kwargs):
    raise AppendOnly(_("The log is append-only: entries cannot be changed or deleted."))


class LogQuerySet(models.QuerySet):
    update = delete = bulk_update = update_or_create = refuse
    refuse.alters_data = refuse.queryset_only = True


class LogEntry(models.Model):
    """One thing that somebody did, or was refused.

    It names accounts and objects by text, so that it stays whole when they are deleted.
    """

    class Action(models.TextChoices):
        LOGGED_IN = "logged-in", gettext_lazy("logged in")
        LOGGED_OUT = "logged-out", gettext_lazy("logged out")
        PASSWORD_REFUSED = "password-refused", gettext_lazy("password rejected")  # noqa: S105
        CODE_REFUSED = "code-refused", gettext_lazy("second factor rejected")
        THROTTLED = "throttled", gettext_lazy("blocked: too many attempts")
        ADDED = "added", gettext_lazy("added")
        CHANGED = "changed", gettext_lazy("changed")
        DELETED = "deleted", gettext_lazy("deleted")
        RELEASED = "released", gettext_lazy("released")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")

    at = models.DateTimeField(gettext_lazy("time"), default=timezone.now, db_index=True)
    account = models.CharField(
        gettext_lazy("account"),
        max_length=150,
        blank=True,
        help_text=gettext_lazy("Blank for actions by a command or background task."),
    )
    action = models.CharField(gettext_lazy("action"), max_length=20, choices=Action)
    kind = models.CharField(gettext_lazy("kind"), max_length=80, blank=True, help_text="faq.question")
    key = models.CharField(gettext_lazy("object ID"), max_length=80, blank=True)
    subject = models.CharField(gettext_lazy("what"), max_length=300, blank=True)
    details = models.TextField(gettext_lazy("details"), blank=True)
    address = models.GenericIPAddressField(gettext_lazy("IP address"), null=True)
    network = models.CharField(max_length=45, blank=True, help_text="The address, or the /64 of one of IPv6.")

    objects = LogQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = gettext_lazy("log entry")
        verbose_name_plural = gettext_lazy("log entries")
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["account", "-at"], name="log_by_account"),
            models.Index(fields=["network", "-at"], name="log_by_network"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.account or '–'} {self.get_action_display()} {self.subject}".rstrip()

    def save(self, *args, **kwargs):
        if not self._state.adding:
            refuse()
        super().save(*args, **kwargs)

    delete = refuse


class WithoutMails(models.Model):
    """An account that has switched off the mails about uploads and drafts (tables.mails)."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="without_mails",
        verbose_name=gettext_lazy("account"),
    )

    class Meta:
        verbose_name = gettext_lazy("account without mails")
        verbose_name_plural = gettext_lazy("accounts without mails")
        default_permissions = ()

    def __str__(self):
        return str(self.account)
