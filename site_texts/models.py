"""What editors wrote in place of the words that the site comes with, with its history."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from site_texts.catalogue import CHOICES, CONTACT, LINE, PROSE, TEXTS


class SiteText(models.Model):
    """One text of the site; where it is empty, the words of the catalogue stand."""

    key = models.CharField(gettext_lazy("text"), max_length=40, primary_key=True, choices=CHOICES)
    text = models.TextField(gettext_lazy("words"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = gettext_lazy("site text")
        ordering = ["key"]

    def __str__(self):
        return str(self.get_key_display())

    @property
    def described(self):
        """What the catalogue says of it (catalogue.Text)."""
        return TEXTS[self.key]

    @property
    def shown(self) -> str:
        """The words that stand on the site."""
        return self.text or str(self.described.default)

    def clean(self):
        """Keep each text to its kind and its length."""
        self.text = self.text.replace("\r\n", "\n").strip()
        if self.text == str(self.described.default):
            self.text = ""
        if len(self.text) > self.described.most:
            words = {"found": len(self.text), "most": self.described.most}
            raise ValidationError({"text": _("%(found)d characters; at most %(most)d fit in this place.") % words})
        if self.described.kind != PROSE and "\n" in self.text:
            raise ValidationError({"text": _("Write this text in one line.")})
        if self.described.kind == CONTACT and self.text:
            _check_contact(self.text)

    @property
    def is_line(self) -> bool:
        return self.described.kind in (LINE, CONTACT)


def _check_contact(text):
    check = URLValidator(["https", "http"]) if ":" in text else validate_email
    try:
        check(text)
    except ValidationError:
        wanted = _("“%s” is neither an email address (editors@example.org) nor the address of a page (https://…).")
        raise ValidationError({"text": wanted % text[:60]}) from None
