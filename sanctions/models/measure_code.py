"""The HS codes of measures, one row a code, so that a chapter can be asked for its measures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sanctions.ledger.code_places import Place


class MeasureCode(models.Model):
    """One HS code of a measure, of 2 to 10 digits, in whole or in part. Written by Measure.save."""

    measure = models.ForeignKey("Measure", models.CASCADE, related_name="codes", verbose_name=_("measure"))
    digits = models.CharField(_("HS code"), max_length=10)
    partial = models.BooleanField(_("in part"), default=False)
    named_in = models.CharField(_("named in"), max_length=12, choices=Place, default=Place.ASSIGNED)
    chapter = models.ForeignKey(
        "trade.Chapter", models.PROTECT, related_name="measure_codes", verbose_name=_("chapter")
    )

    class Meta:
        db_table = "faq_measurecode"
        ordering = ["pk"]
        verbose_name = _("HS code of a measure")
        verbose_name_plural = _("HS codes of measures")
        constraints = [
            models.UniqueConstraint(fields=["measure", "digits"], name="measure_code_once"),
            models.CheckConstraint(
                condition=Q(digits__startswith=models.F("chapter_id")), name="measure_code_in_its_chapter"
            ),
        ]

    def __str__(self):
        return f"{self.digits} (part)" if self.partial else self.digits
