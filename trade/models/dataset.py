"""A published series: who reports about whom, and how it is valued."""

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

HS_EDITIONS = ("1988", "1996", "2002", "2007", "2012", "2017", "2022")


class DatasetQuerySet(models.QuerySet):
    def with_releases(self):
        """Datasets of which something was released, drafts and hidden ones among them."""
        return self.filter(releases__isnull=False).distinct()

    def open_to_readers(self):
        """Datasets whose pages and files readers may ask for: neither a draft nor hidden."""
        return self.filter(state__in=Dataset.State.open_to_readers())

    def listed(self):
        """Datasets that lists name: open to readers, and not one all of whose releases were withdrawn."""
        releases = apps.get_model("trade", "Release").objects.filter(dataset=models.OuterRef("pk"))
        offered = models.Exists(releases.filter(withdrawn=None)) | ~models.Exists(releases)
        return self.open_to_readers().filter(offered)

    def settle_default(self, kind: str) -> None:
        """See to it that the dataset with which a page opens keeps its place, whatever is added beside it.

        Where none was chosen yet, it is the one that readers see first.
        """
        of_kind = self.filter(kind=kind)
        if not of_kind.filter(is_default=True).exists():
            released = of_kind.open_to_readers().filter(releases__withdrawn=None, releases__isnull=False)
            first = released.order_by("position", "slug").first()
            self.filter(pk=first and first.pk).update(is_default=True)

    def last_position(self) -> int:
        """The position behind all others, for a new dataset."""
        return (self.aggregate(last=models.Max("position"))["last"] or 0) + 1


class Dataset(models.Model):
    """One published series: who reports about whom, on which valuation basis, under which licence."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("by Chinese province")
        COMMODITY = "commodity", _("by HS code")
        TOTAL = "total", _("totals")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft: editors alone see it")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed: readers see it, and no further release is expected")
        HIDDEN = "hidden", _("hidden: editors alone see it")

        @classmethod
        def open_to_readers(cls):
            return [cls.PUBLISHED, cls.CLOSED]

    class EstimateKind(models.TextChoices):
        UNREPORTED = "unreported", _("unreported trade")
        WORKED_OUT = "worked_out", _("worked out from published figures")

    slug = models.SlugField(_("identifier"), max_length=40, primary_key=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(
        _("description"), help_text=_("A paragraph telling readers what the dataset covers and does not cover.")
    )
    partner = models.CharField(
        _("partner"), max_length=40, help_text=_("As used within a sentence, e.g. “China” or “the world”.")
    )
    reporter = models.CharField(
        _("reporter"), max_length=120, help_text=_("The country whose customs reported the figures.")
    )
    source = models.CharField(_("source"), max_length=300, help_text=_("Source as readers should cite it."))
    source_url = models.URLField(_("source URL"), blank=True)
    licence = models.CharField(_("licence"), max_length=120)
    licence_url = models.URLField(_("licence URL"), blank=True)
    basis_to_dprk = models.CharField(_("valuation of exports to the DPRK"), max_length=10, help_text="FOB / CIF")
    basis_from_dprk = models.CharField(_("valuation of imports from the DPRK"), max_length=10, help_text="FOB / CIF")
    hs_edition = models.CharField(
        _("edition of the HS"),
        max_length=4,
        blank=True,
        choices=[(year, f"HS {year}") for year in HS_EDITIONS],
        help_text=_(
            "Of goods: the edition of the Harmonized System that their codes are from. Leave blank if it is not known, "
            "or changes from year to year."
        ),
    )
    estimate_method = models.TextField(
        _("estimation method"), blank=True, help_text=_("What the “estimate” component adds, and how it is calculated.")
    )
    estimate_kind = models.CharField(
        _("type of estimates"),
        max_length=10,
        choices=EstimateKind,
        default=EstimateKind.UNREPORTED,
        help_text=_(
            "Estimates of trade that the source does not report, or values derived from other published figures."
        ),
    )
    is_demonstration = models.BooleanField(
        _("demonstration data"),
        default=False,
        help_text=_("Invented figures; a notice appears on every page and in every file."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PUBLISHED)
    needs_second_person = models.BooleanField(
        _("needs a second person"),
        default=False,
        help_text=_("If ticked, the person who uploaded figures cannot publish them."),
    )
    next_release_on = models.DateField(_("expected date of next release"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Order in lists of datasets, lowest first.")
    )
    is_default = models.BooleanField(
        _("shown first"),
        default=False,
        help_text=_("The charts page of this kind opens with this dataset. Only one dataset of a kind can be first."),
    )

    objects = DatasetQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("dataset")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(is_default=True), name="dataset_one_default_of_a_kind"
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("dataset", args=[self.slug])

    @property
    def is_open_to_readers(self):
        return self.state in self.State.open_to_readers()

    @property
    def is_closed(self):
        """Whether readers are told that no further release is expected."""
        return self.state == self.State.CLOSED

    @property
    def charts_url(self):
        """The page that draws this dataset."""
        pages = {self.Kind.PROVINCE: "provinces", self.Kind.COMMODITY: "commodities", self.Kind.TOTAL: "totals"}
        return f"{reverse(pages[self.kind])}?dataset={self.slug}"

    @property
    def observations(self):
        """The observations of this dataset, ended ones included: `dataset.observations.standing()`."""
        model = apps.get_model("trade", f"{self.kind}observation")  # by its name: its module imports this one
        return model.objects.filter(dataset=self)

    def latest_release(self):
        """The newest release, or None."""
        return self.releases.order_by("-number").first()
