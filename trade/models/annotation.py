"""Notes by editors on a dataset."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from trade.models.dataset import Dataset
from trade.models.places_and_goods import Province

EARLIEST = 1948  # for a dataset without data: the year in which the DPRK was founded


class Annotation(models.Model):
    """A dated note by an editor on a province, code or year: "Guangdong 2017"."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="annotations", verbose_name=_("dataset"))
    province = models.ForeignKey(Province, models.CASCADE, null=True, blank=True, verbose_name=_("province"))
    code = models.CharField(
        _("HS code"), max_length=6, blank=True, validators=[RegexValidator(r"^(\d{2}){1,3}$", _("2, 4 or 6 digits."))]
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    text = models.CharField(_("text"), max_length=500)
    created = models.DateField(_("written at"), auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["dataset", "year", "pk"]
        verbose_name = _("annotation")
        permissions = [("publish_annotation", _("Can publish annotations"))]

    def __str__(self):
        return self.text[:60]

    def clean(self):
        """Refuse a year of which the dataset can hold no value: it has none before its first, and one to come."""
        if self.year is None or self.dataset_id is None:
            return
        first, last = self._years()
        if not first <= self.year <= last:
            message = gettext("%(found)s is not a year of this dataset. Enter a year from %(first)s to %(last)s.")
            raise ValidationError({"year": message % {"found": self.year, "first": first, "last": last}})

    def _years(self):
        held = self.dataset.observations.aggregate(first=Min("year"), last=Max("year"))
        this = timezone.now().year
        return held["first"] or EARLIEST, (held["last"] or this) + 1
