"""Files staged for a dataset, and what came of reading them."""

import secrets

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from trade.models.code_lists import Flow
from trade.models.dataset import Dataset


def random_name(instance, filename):
    """A name under which staged bytes lie in storage: nothing of the editor's file name, nothing to guess."""
    return f"{secrets.token_hex(2)}/{secrets.token_urlsafe(24)}"


def uploads_storage():
    return storages["uploads"]


class Upload(models.Model):
    """A file, or several, staged for a dataset: what was read, what is wrong, what would change.

    A return to an earlier release and the correction of a cell are uploads without a file, which say what was `asked`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        ASKING = "asking", _("waiting for an answer")
        REFUSED = "refused", _("refused")
        STAGED = "staged", _("ready to publish")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHING = "publishing", _("being published")
        PUBLISHED = "published", _("published")
        DISCARDED = "discarded", _("discarded")
        FAILED = "failed", _("failed")

    class Mode(models.TextChoices):
        AMEND = "amend", _("amend: values not in the file are kept")
        REPLACE = "replace", _("replace: values not in the file are removed in the directions and periods it covers")

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="uploads", verbose_name=_("dataset"))
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.AMEND)
    flow = models.CharField(
        _("direction"),
        max_length=10,
        choices=Flow,
        blank=True,
        help_text=_("Fill in only if the file does not state it."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    heartbeat = models.DateTimeField(_("last heartbeat"), null=True, editable=False)
    progress = models.CharField(_("progress"), max_length=500, blank=True, editable=False)
    interruption = models.CharField(
        max_length=500, blank=True, editable=False, help_text="What became of a worker that was lost at it."
    )
    base = models.ForeignKey(
        "Release", models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("compared with")
    )
    form = models.CharField(_("detected format"), max_length=200, blank=True, editable=False)
    asked = models.JSONField(default=dict, editable=False, help_text="What is asked for by hand, without a file.")
    answers = models.JSONField(default=dict, editable=False)
    faults = models.JSONField(default=list, editable=False)
    warnings = models.JSONField(default=list, editable=False)
    questions = models.JSONField(default=list, editable=False)
    remarks = models.JSONField(default=list, editable=False)
    description = models.JSONField(default=list, editable=False)  # what the tables are about: trade.importing.describe
    counts = models.JSONField(default=dict, editable=False)
    summary = models.JSONField(default=dict, editable=False, help_text="Counts by year, totals before and after.")
    draft = models.JSONField(default=dict, editable=False, help_text="Note, kind and ticks typed so far.")
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True, editable=False)
    preview = models.JSONField(default=dict, editable=False, help_text="The files of its preview, and their folder.")
    diff = models.FileField(storage=uploads_storage, upload_to=random_name, blank=True, editable=False)

    class Meta:
        ordering = ["-created"]
        verbose_name = _("upload")
        permissions = [("publish_upload", _("Can publish an upload"))]
        indexes = [models.Index(fields=["dataset", "-created"], name="upload_by_dataset")]

    @property
    def is_done_at_once(self) -> bool:
        """Whether it is done as it was asked, without being compared and looked at."""
        return bool({"facts", "withdraw", "redaction"} & self.asked.keys())

    @property
    def state_in_words(self):
        """The state as an editor is told it: what would change nothing is not ready to be published."""
        is_empty = self.counts and not any(self.counts.get(word) for word in ("new", "changed", "removed"))
        return _("nothing would change") if self.state == self.State.STAGED and is_empty else self.get_state_display()

    def __str__(self):
        if self.asked:
            return _("%(what)s, %(dataset)s") % {"what": self.form, "dataset": self.dataset}
        return _("%(dataset)s, upload %(id)s") % {"id": self.pk, "dataset": self.dataset}


class UploadFile(models.Model):
    """One file of an upload: its bytes as they came, under a random name, with their hash."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.FileField(storage=uploads_storage, upload_to=random_name)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name
