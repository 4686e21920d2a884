"""The kinds of columns that a small table may have, in a file and out of it: text, whole number, yes or no, day, key.

Stock django-import-export swallows what it cannot read ("yes" is False, 1.7 is 1); here it is said.
"""

from django.core.exceptions import ValidationError
from django.db.models.fields import NOT_PROVIDED
from django.utils.translation import gettext as _
from import_export import widgets
from import_export.fields import Field

from tables import day_text


class TextWidget(widgets.CharWidget):
    """Text as it stands; a number that a spreadsheet made of "15" becomes "15" again."""

    def render(self, value, **kwargs):
        return "" if value is None else str(value).replace("\r\n", "\n")


class WholeNumberWidget(widgets.IntegerWidget):
    def clean(self, value, row=None, **kwargs):
        if self.is_empty(value):
            return None
        text = str(value).strip()
        if isinstance(value, bool) or not text.removeprefix("-").isdecimal() or len(text) > 18:
            raise ValueError(_("“%(found)s” is not a whole number.") % {"found": text[:40]})
        return int(text)

    def render(self, value, **kwargs):
        return value


class YesNoWidget(widgets.BooleanWidget):
    WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

    def clean(self, value, row=None, **kwargs):
        if value in (None, ""):
            return None
        found = str(value).strip().lower()
        if found not in self.WORDS:
            raise ValueError(
                _("“%(found)s” is not a valid true/false value. Enter true or false.") % {"found": found[:40]}
            )
        return self.WORDS[found]

    def render(self, value, **kwargs):
        return value


class DayWidget(widgets.DateWidget):
    def clean(self, value, row=None, **kwargs):
        if value in (None, ""):
            return None
        try:
            return day_text.day(value)
        except ValidationError as error:
            raise ValueError(error.messages[0]) from error

    def render(self, value, **kwargs):
        return value


class KeyWidget(widgets.ForeignKeyWidget):
    """The key of a row in another table; whether that row exists is for the model's validation to say."""

    def clean(self, value, row=None, **kwargs):
        if value in (None, ""):
            return None
        try:
            return self.model._meta.pk.to_python(str(value).strip())
        except ValidationError as error:
            raise ValueError(error.messages[0]) from error

    def render(self, value, **kwargs):
        return value


class TableField(Field):
    """A column; a blank cell of a new row takes the field's default, in a stored row it never does so unasked."""

    def clean(self, row, **kwargs):
        return self.widget.clean(row[self.column_name], row=row, **kwargs)

    def save(self, instance, row, is_m2m=False, **kwargs):
        value = self.clean(row, **kwargs)
        if value in self.empty_values and instance._state.adding and self.default is not NOT_PROVIDED:
            value = self.default() if callable(self.default) else self.default
        setattr(instance, self.attribute, value)
