"""The rows of a small table as django-import-export imports and exports them, hardened.

Every row is validated, and all rows are stored or none. A column that the file does not have leaves its field as it is.
A blank cell empties its field, and where the field cannot be empty the row is refused. Nothing is ever deleted. A row
whose key is new is added.
"""

from difflib import get_close_matches

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff, ModelResource

from tables.widgets import DayWidget, KeyWidget, TableField, TextWidget, WholeNumberWidget, YesNoWidget


class TableLoader(BaseInstanceLoader):
    """The stored rows by their key, read in one query: the tables are small."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        self.key = resource.key_field()
        self.rows = {str(self.key.get_value(row)): row for row in resource.get_queryset()}

    def get_instance(self, row):
        return self.rows.get(str(row[self.key.column_name] if row[self.key.column_name] is not None else ""))


class Changes(Diff):
    """The cells of a row before and after, for the preview."""

    def compare_with(self, resource, instance):
        super().compare_with(resource, instance)
        if self.new and not resource.has_given_keys():  # the database numbers it, and not before it is stored
            self.right[resource.get_import_fields().index(resource.key_field())] = ""

    def as_html(self):
        before = ["" for _ in self.left] if self.new else self.left
        after = self.right or ["" for _ in self.left]
        return [_change(old, new) for old, new in zip(before, after, strict=True)]


def _change(old, new):
    old, new = ("" if value is None else str(value) for value in (old, new))
    if old == new:
        return format_html("{}", new)
    words = [("del", old)] * bool(old) + [("ins", new)] * bool(new)
    return format_html_join(" ", "<{0}>{1}</{0}>", words)


class TableResource(ModelResource):
    """A small table. Its `Meta` names the model, the fields in the order of their columns, and the key."""

    DEFAULT_RESOURCE_FIELD = TableField
    WIDGETS_MAP = {
        **ModelResource.WIDGETS_MAP,
        "CharField": TextWidget,
        "SlugField": TextWidget,
        "URLField": TextWidget,
        "TextField": TextWidget,
        "DateField": DayWidget,
        "BooleanField": YesNoWidget,
        "BigAutoField": WholeNumberWidget,
        "PositiveSmallIntegerField": WholeNumberWidget,
    }

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = False
        use_transactions = True
        use_bulk = True  # no savepoint a row; save_instance sets one where a row is stored
        instance_loader_class = TableLoader
        chunk_size = 1000

    @classmethod
    def get_fk_widget(cls, field):
        return lambda **kwargs: KeyWidget(model=field.related_model)

    @classmethod
    def get_diff_class(cls):
        return Changes

    def key_field(self):
        return self.fields[self._meta.import_id_fields[0]]

    def has_given_keys(self) -> bool:
        """True where the file gives the key of a new row; False where the database numbers it."""
        return self._meta.model._meta.get_field(self._meta.import_id_fields[0]).get_internal_type() != "BigAutoField"

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Validate a row as its model does; say which values there are where another was found."""
        try:
            super().validate_instance(instance, import_validation_errors, validate_unique)
        except ValidationError as error:
            found = {
                name: [_in_words(self._meta.model, name, one) for one in errors]
                for name, errors in error.error_dict.items()
            }
            raise ValidationError(found) from error

    def before_import(self, dataset, **kwargs):
        """Refuse what no row could mend: columns that are unknown, doubled or missing, keys that come twice."""
        if faults := [*self._column_faults(dataset.headers)] or [*self._key_faults(dataset)]:
            raise ValidationError(faults)

    def import_row(self, row, instance_loader, **kwargs):
        if any(value not in (None, "") for value in row.values()):
            return super().import_row(row, instance_loader, **kwargs)
        blank = self.get_row_result_class()()
        blank.import_type = blank.IMPORT_TYPE_SKIP
        return blank

    def after_init_instance(self, instance, new, row, **kwargs):
        key = self.key_field()
        if new and not self.has_given_keys() and row.get(key.column_name) not in (None, ""):
            message = _("There is no row with this key. Leave the cell blank to add a new row.")
            raise ValidationError({key.attribute: message})

    def save_instance(self, instance, is_create, row, **kwargs):
        """Store a row by its model's own save: it keeps the history and understands the codes."""
        self.before_save_instance(instance, row, **kwargs)
        with transaction.atomic():
            self.do_instance_save(instance, is_create)

    def before_save_instance(self, instance, row, **kwargs):
        instance._change_reason = _("import of %(file)s") % {"file": str(kwargs.get("file_name", ""))[:60]}

    def _column_faults(self, headers):
        known = [field.column_name for field in self.get_import_fields()]
        for name in sorted({name for name in headers if headers.count(name) > 1 and name}):
            yield _("The column “%(name)s” appears more than once. Rename or delete the duplicate.") % {"name": name}
        if "" in headers:
            yield _("Column %(place)s has values but no heading. Add a heading or delete the column.") % {
                "place": headers.index("") + 1
            }
        for name in headers:
            if name and name not in known:
                near = get_close_matches(name, known, 1)
                hint = _("Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
                sentence = _("This table has no column “%(name)s”; its columns are: %(known)s.")
                yield f"{sentence % {'name': name[:60], 'known': ', '.join(known)}} {hint}".strip()
        key = self.key_field().column_name
        if key not in headers and self.has_given_keys():
            yield _("The column “%(name)s” is missing. Add it: it identifies the rows.") % {"name": key}

    def _key_faults(self, dataset):
        key = self.key_field().column_name
        if key not in dataset.headers:
            return
        place, first = dataset.headers.index(key), {}
        for number, row in enumerate(dataset, start=2):
            found = str(row[place] if row[place] is not None else "")
            if found and found in first:
                words = {"found": found[:60], "name": key, "rows": f"{first[found]}, {number}"}
                yield (
                    _(
                        "“%(found)s” appears more than once in the column “%(name)s”: rows %(rows)s. Make each value "
                        "unique."
                    )
                    % words
                )
            first.setdefault(found, number)


def _in_words(model, name, error):
    """Say what Django's own messages leave out: the choices, and which row of which table there is not."""
    if name == NON_FIELD_ERRORS or not error.params:
        return error
    field = next((field for field in model._meta.fields if field.name == name), None)
    found = {"found": str(error.params.get("value", ""))[:60]}
    if error.code == "invalid_choice" and field is not None and field.choices:
        choices = ", ".join(f"{value} ({label})" for value, label in field.flatchoices)
        return ValidationError(
            _("“%(found)s” is not one of the choices. Write one of: %(choices)s.") % (found | {"choices": choices})
        )
    if error.code == "invalid" and field is not None and field.many_to_one:
        return ValidationError(
            _("There is no %(kind)s %(found)s.") % (found | {"kind": field.related_model._meta.verbose_name})
        )
    return error
