"""The numbered releases of a dataset."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trade.models.dataset import Dataset
from trade.models.upload import Upload


class ReleaseQuerySet(models.QuerySet):
    def open_to_readers(self):
        """The releases, withdrawn ones among them, of datasets that are neither drafts nor hidden."""
        return self.filter(dataset__state__in=Dataset.State.open_to_readers()).select_related("dataset")

    def newest_by_dataset(self):
        """The newest release of each dataset that readers are offered, its dataset fetched: one query for a page."""
        offered = Release.objects.filter(dataset=models.OuterRef("dataset"), withdrawn=None)
        newest = offered.order_by("-number").values("pk")[:1]
        newest_ones = self.open_to_readers().filter(pk=models.Subquery(newest))
        return newest_ones.order_by("dataset__position", "dataset")

    def put_right(self):
        """Those that put something right, or that were withdrawn themselves."""
        return self.exclude(kind=Release.Kind.SCHEDULED, withdrawn=None)

    def default_first(self):
        """In the order in which a page of charts offers datasets: it opens with the first."""
        return self.order_by("-dataset__is_default", "dataset__position", "dataset")


class Release(models.Model):
    """Release n of a dataset: changes applied at once, with a note, and the bundle of files built from it."""

    class Kind(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled revision")
        CORRECTION = "correction", _("correction")
        REVERT = "revert", _("reversion")
        WITHDRAWAL = "withdrawal", _("withdrawal")
        DESCRIPTION = "description", _("change of description")

        @classmethod
        def of_uploads(cls):
            """The kinds that an editor chooses between; the others follow from what is done."""
            return [cls.SCHEDULED, cls.CORRECTION]

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="releases", verbose_name=_("dataset"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    note = models.TextField(_("note"), help_text=_("What changed and why, for readers."))
    created = models.DateTimeField(_("released"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    upload = models.OneToOneField(Upload, models.PROTECT, null=True, related_name="release", verbose_name=_("upload"))
    reverts_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("reverts to"))
    withdraws = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="withdrawn_by", verbose_name=_("withdraws")
    )
    counts = models.JSONField(_("change counts"), default=dict)
    facts = models.JSONField(default=dict, editable=False, help_text="The dataset's title, source, … at that time.")
    files = models.JSONField(default=list, editable=False, help_text='[{"name", "size", "sha256"}] of its bundle.')
    previous_sums = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of the release before, as its own SHA256SUMS names it."
    )
    bundle = models.CharField(max_length=120, editable=False, help_text="Folder of its files in STORAGES['bundles'].")
    rebuilt = models.JSONField(
        default=list, editable=False, help_text='When its files were made anew: [{"on", "reason", "old", "new"}].'
    )
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawal_reason = models.TextField(
        _("reason for withdrawal"), blank=True, editable=False, help_text=_("Shown to readers in place of the files.")
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["dataset", "-number"]
        verbose_name = _("release")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="release_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="release_number_from_1"),
            models.CheckConstraint(condition=~Q(note=""), name="release_has_a_note"),
            models.CheckConstraint(
                condition=Q(withdrawn=None, withdrawal_reason="")
                | Q(withdrawn__isnull=False) & ~Q(withdrawal_reason=""),
                name="release_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self):
        return _("%(dataset)s, release %(number)s") % {"dataset": self.dataset, "number": self.number}

    def file(self, name):
        """What it says of one of its files, {"name", "size", "sha256"}; None of a file that it has not."""
        return next((file for file in self.files if file["name"] == name), None)

    @property
    def sums_checksum(self):
        """The checksum of its SHA256SUMS, which stands for all its files; it stays known when it is withdrawn."""
        sums = self.file("SHA256SUMS")
        return sums["sha256"] if sums else ""

    def get_absolute_url(self):
        return reverse("release", args=[self.dataset_id, self.number])
