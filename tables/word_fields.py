"""The boxes in which words and days are typed in the admin: nothing is cut off unseen, and no day is guessed."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _

from tables.day_text import DayField

SENTENCES = 300  # characters from which a field gets a box of several lines


@deconstructible
class AtMost:
    """Refuse a text that is too long, and say by how much."""

    def __init__(self, most: int):
        self.most = most

    def __call__(self, text):
        over = len(text.replace("\r\n", "\n")) - self.most
        if over > 0:
            words = {"found": f"{self.most + over:,}", "most": f"{self.most:,}", "over": f"{over:,}"}
            message = _("%(found)s characters found, at most %(most)s are possible. Shorten the text by %(over)s.")
            raise ValidationError(message % words, code="max_length")

    def __eq__(self, other):
        return isinstance(other, AtMost) and other.most == self.most

    def __hash__(self):
        return hash(self.most)


class WordsField(forms.CharField):
    """A text that the browser does not cut off when it is pasted: what is too long is refused, with its length."""

    def __init__(self, *, max_length=None, **kwargs):
        super().__init__(**kwargs)
        if max_length:
            self.validators.append(AtMost(max_length))

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class WithWordFields:
    """A ModelAdmin whose texts and days are typed into these boxes; names and codes keep their line."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
            kwargs["form_class"] = DayField
        elif (db_field.max_length or 0) >= SENTENCES and not db_field.choices:
            kwargs["form_class"] = WordsField
            kwargs["widget"] = AdminTextareaWidget(attrs={} if isinstance(db_field, models.TextField) else {"rows": 2})
        return super().formfield_for_dbfield(db_field, request, **kwargs)
