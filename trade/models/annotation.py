"""Notes by editors on a dataset."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from trade.models.dataset import Dataset
from trade.models.places_and_goods import Province


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

    class Meta:
        ordering = ["dataset", "year", "pk"]
        verbose_name = _("annotation")

    def __str__(self):
        return self.text[:60]
