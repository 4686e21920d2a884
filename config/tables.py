"""Import and export of the small tables: django-import-export, hardened.

Stock, tried at 4.4.3: anyone on the staff may import and export, validators do not run, what cannot be read is
swallowed ("yes" is False, 1.7 is 1), success is told after a rollback, the name of the staged file can be changed in
the confirm form, and inline styles break our Content-Security-Policy. Here: an import needs the permissions to add and
to change, an export that to view; every row is validated; all rows are stored or none; what was previewed is what is
stored, because the rows travel signed in the form itself and nothing is staged on the server.

A column that the file does not have leaves its field as it is. A blank cell empties its field, and where the field
cannot be empty the row is refused. Nothing is ever deleted. A row whose key is new is added.
"""

import datetime as dt
import hashlib
import json
import logging
from difflib import get_close_matches

import tablib
from django import forms
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.fields import NOT_PROVIDED
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import widgets
from import_export.admin import ImportExportMixin
from import_export.fields import Field
from import_export.formats import base_formats
from import_export.forms import ExportForm
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff, ModelResource

from config import table_files
from config.table_files import TableError

logger = logging.getLogger(__name__)

SALT = "config.tables"
PREVIEW_SECONDS = 3600
PREVIEW_BYTES = 1_900_000  # of the signed rows; Django's DATA_UPLOAD_MAX_MEMORY_SIZE is 2 MiB
SHOWN = 200

SENTENCES = {
    "too_big": gettext_lazy("The file has %(size)s bytes; %(most)s are the most."),
    "too_many": gettext_lazy(
        "The table has %(rows)s rows and %(columns)s columns; %(most_rows)s and %(most_columns)s are the most."
    ),
    "unpacked": gettext_lazy("The workbook unpacks to %(size)s bytes; %(most)s are the most."),
    "too_long": gettext_lazy("A cell is longer than %(most)s characters, or all cells together are too long."),
    "too_large_to_confirm": gettext_lazy("The table is too large for one go. Split the file and import the parts."),
    "unreadable": gettext_lazy("The file could not be read within the limits of time and memory. Is it damaged?"),
    "damaged": gettext_lazy("The file could not be read: it is damaged, or of a kind that is not understood here."),
    "encrypted": gettext_lazy("The workbook is locked with a password. Save it without one and try again."),
    "empty": gettext_lazy("The file has no rows: a header and at least one row below it are expected."),
    "sheets": gettext_lazy("The workbook has several sheets with content: %(names)s. Keep the one to import."),
    "encoding": gettext_lazy(
        "Line %(line)s is not UTF-8. In Excel, save as “CSV UTF-8”, or import the workbook itself."
    ),
    "quotes": gettext_lazy("The quotation marks of the file do not match: %(why)s."),
    "json": gettext_lazy("Line %(line)s is not JSON: %(why)s."),
    "json_form": gettext_lazy("The JSON is not a list of flat records, each with different names."),
    "number": gettext_lazy("%(found)s is not a number that can be stored."),
    "tables": gettext_lazy("The page has %(count)s tables; one is expected."),
}


class TableFormat:
    """A form of django-import-export, read and written by `table_files`."""

    form = ""

    def create_dataset(self, in_stream):
        rows = table_files.read(in_stream)
        return dataset(rows[0], rows[1:])

    def export_data(self, dataset, **kwargs):
        return table_files.write(self.form, dataset.headers, list(dataset), dataset.title or "")

    def is_binary(self):
        return True

    def get_title(self):
        return self.form.upper()

    def get_extension(self):
        return self.form


def dataset(headers, rows) -> tablib.Dataset:
    return tablib.Dataset(*[tuple(row) for row in rows], headers=[str(name or "").strip() for name in headers])


FORMATS = [
    type(form.upper(), (TableFormat, getattr(base_formats, form.upper())), {"form": form})
    for form in ("xlsx", "csv", "ods", "tsv", "json", "html", "xls")
]


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
            raise ValueError(_("“%(found)s” is neither true nor false.") % {"found": found[:40]})
        return self.WORDS[found]

    def render(self, value, **kwargs):
        return value


class DayWidget(widgets.DateWidget):
    def clean(self, value, row=None, **kwargs):
        if value in (None, ""):
            return None
        try:
            return dt.date.fromisoformat(str(value).strip())
        except ValueError as error:
            expected = _("“%(found)s” is not a date. Write it as year-month-day: 2017-08-05.")
            raise ValueError(expected % {"found": str(value)[:40]}) from error

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
            yield _("The column “%(name)s” comes more than once.") % {"name": name}
        if "" in headers:
            yield _("A column has values but no name: column %(place)s.") % {"place": headers.index("") + 1}
        for name in headers:
            if name and name not in known:
                near = get_close_matches(name, known, 1)
                hint = _("Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
                sentence = _("There is no column “%(name)s” in this table, which has: %(known)s.")
                yield f"{sentence % {'name': name[:60], 'known': ', '.join(known)}} {hint}".strip()
        key = self.key_field().column_name
        if key not in headers and self.has_given_keys():
            yield _("The column “%(name)s” is missing: it says which row is meant.") % {"name": key}

    def _key_faults(self, dataset):
        key = self.key_field().column_name
        if key not in dataset.headers:
            return
        place, first = dataset.headers.index(key), {}
        for number, row in enumerate(dataset, start=2):
            found = str(row[place] if row[place] is not None else "")
            if found and found in first:
                words = {"found": found[:60], "name": key, "rows": f"{first[found]}, {number}"}
                yield _("“%(found)s” stands twice in the column “%(name)s”: rows %(rows)s.") % words
            first.setdefault(found, number)


class FileForm(forms.Form):
    import_file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Excel (.xlsx, .xls), OpenDocument (.ods), CSV, TSV, JSON or HTML; the content decides."
        ),
    )

    def clean_import_file(self):
        """Read the table, so that whatever is wrong with the file is said beside it."""
        file = self.cleaned_data["import_file"]
        try:
            if file.size > table_files.MAX_BYTES:
                raise TableError("too_big", size=file.size, most=table_files.MAX_BYTES)
            self.rows = table_files.read(file.read())
        except TableError as error:
            raise ValidationError(SENTENCES[error.code] % error.found, code=error.code) from error
        return file


class TableAdmin(ImportExportMixin):
    """The import and export of a model's admin; set `resource_classes`."""

    formats = FORMATS
    export_form_class = ExportForm

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_export_data(self, file_format, request, queryset, **kwargs):
        """Write the file with numbers as numbers, whatever the form."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        table = self.get_data_for_export(request, queryset, force_native_type=True, **kwargs)
        table.title = str(self.opts.verbose_name_plural)
        return file_format.export_data(table)

    def import_action(self, request, **kwargs):
        """Ask for the file, then show what it would change or what is wrong with it. Stores nothing."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            return self._import_page(request, form)
        name = form.cleaned_data["import_file"].name[:200]
        headers, rows = form.rows[0], form.rows[1:]
        result = self._run(request, headers, rows, name, dry_run=True)
        if faults(result):
            return self._import_page(request, form, result=result)
        token = self._sign(request, name=name, headers=headers, rows=rows, plan=plan(result))
        if len(token) > PREVIEW_BYTES:
            form.add_error("import_file", SENTENCES["too_large_to_confirm"])
            return self._import_page(request, form)
        return self._import_page(request, FileForm(), result=result, token=token, name=name)

    def process_import(self, request, **kwargs):
        """Store what was previewed, all of it or nothing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_import_permission(request):
            raise PermissionDenied
        try:
            staged = self._unsign(request)
        except signing.BadSignature:
            refused = _("The preview is not valid any more. Choose the file again.")
            return self._import_page(request, FileForm(), refused=refused, status=400)
        with transaction.atomic():
            result = self._run(request, staged["headers"], staged["rows"], staged["name"], dry_run=False)
            stored = not faults(result) and plan(result) == staged["plan"]
            transaction.set_rollback(not stored)
        if stored:
            return self.process_result(result, request)
        return self._changed_since(request, staged)

    def _changed_since(self, request, staged):
        """The table has moved since the preview: say so, and show what the file would change now."""
        result = self._run(request, staged["headers"], staged["rows"], staged["name"], dry_run=True)
        refused = _("Nothing was stored: the table was changed since the preview. Look again at what would change now.")
        token = "" if faults(result) else self._sign(request, **(staged | {"plan": plan(result)}))
        context = {"refused": refused, "result": result, "token": token, "name": staged["name"]}
        return self._import_page(request, FileForm(), status=409, **context)

    def _run(self, request, headers, rows, name, dry_run):
        resource = self.get_import_resource_classes(request)[0]()
        return resource.import_data(
            dataset(headers, rows),
            dry_run=dry_run,
            rollback_on_validation_errors=True,
            retain_instance_in_row_result=True,
            file_name=name,
            user=request.user,
        )

    def _sign(self, request, **staged):
        bound = {"model": self.opts.label, "user": request.user.pk}
        return signing.dumps(staged | bound, salt=SALT, compress=True)

    def _unsign(self, request):
        staged = signing.loads(request.POST.get("staged", ""), salt=SALT, max_age=PREVIEW_SECONDS)
        if (staged.pop("model"), staged.pop("user")) != (self.opts.label, request.user.pk):
            raise signing.BadSignature
        return staged

    def _import_page(self, request, form, result=None, status=200, **context):
        resource = self.get_import_resource_classes(request)[0]()
        found = faults(result) if result else []
        changed = result.valid_rows() if result and not found else []
        context |= {
            **self.admin_site.each_context(request),
            "title": _("Import"),
            "opts": self.opts,
            "form": form,
            "columns": columns(resource),
            "result": result,
            "faults": found[:SHOWN],
            "faults_left": max(0, len(found) - SHOWN),
            "headers": result.diff_headers if result else [],
            "changed": changed[:SHOWN],
            "changed_left": max(0, len(changed) - SHOWN),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.import_template_name, context, status=status)


def columns(resource) -> list[dict]:
    """What each column holds, for the editor: [{"name": "code", "help": "ISO 3166-2 code", "key": True}, …]."""
    key = resource.key_field()
    fields = [(field, resource._meta.model._meta.get_field(name)) for name, field in resource.fields.items()]
    return [
        {"name": field.column_name, "label": about.verbose_name, "help": about.help_text, "key": field is key}
        for field, about in fields
    ]


def faults(result) -> list[dict]:
    """All that is wrong, in the order of the rows: [{"row": 7, "column": "gb_code", "found": "", "text": "…"}, …]."""
    if result.base_errors:
        return [
            {"row": "", "column": "", "found": "", "text": message}
            for error in result.base_errors
            for message in _messages(error.error)
        ]
    found = [fault for row in result.invalid_rows for fault in _row_faults(row, result.diff_headers)]
    for row in result.error_rows:
        for error in row.errors:
            logger.warning("import: row %s: %r", row.number, error.error)
            text = _("This row could not be stored, and the reason has no words yet. The operator finds it in the log.")
            found.append({"row": row.number + 1, "column": "", "found": "", "text": text})
    return sorted(found, key=lambda fault: fault["row"])


def _messages(error):
    return error.messages if isinstance(error, ValidationError) else [str(error)]


def _row_faults(row, headers):
    values = dict(zip(headers, row.values, strict=True))
    for name, messages in row.error_dict.items():
        column = "" if name == NON_FIELD_ERRORS else name.removesuffix("_id")
        for message in messages:
            found = values.get(column)
            yield {"row": row.number + 1, "column": column, "found": "" if found == "---" else found, "text": message}


def plan(result) -> str:
    """A mark of everything that an import would do: the same rows over the same table give the same mark."""
    rows = [(row.import_type, [str(cell) for cell in row.diff]) for row in result.valid_rows()]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
