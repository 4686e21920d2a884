"""The pages that import and export a small table: django-import-export, hardened.

Stock, tried at 4.4.3: anyone on the staff may import and export, validators do not run, what cannot be read is
swallowed ("yes" is False, 1.7 is 1), success is told after a rollback, the name of the staged file can be changed in
the confirm form, and inline styles break our Content-Security-Policy. Here: an import needs the permissions to add and
to change, an export that to view; every row is validated; all rows are stored or none; what was previewed is what is
stored, because the rows travel signed in the form itself and nothing is staged on the server.
"""

import hashlib
import json
import logging

import tablib
from django import forms
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ImportExportMixin
from import_export.formats import base_formats
from import_export.forms import ExportForm

from tables import files
from tables.files import TableError

logger = logging.getLogger(__name__)

SALT = "tables.resources"
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
    "json_form": gettext_lazy("The JSON is not a list of flat records that all have the same names, each once."),
    "number": gettext_lazy("%(found)s is not a number that can be stored."),
    "tables": gettext_lazy("The page has %(count)s tables; one is expected."),
    "ragged": gettext_lazy(
        "Line %(line)s has %(found)s cells, the header %(expected)s. Is the file cut off, or a quotation mark missing?"
    ),
    "merged": gettext_lazy("The table has merged cells. Split them, and write into each what it holds."),
    "formula": gettext_lazy(
        "A formula has no stored value. Open the workbook in its program, let it calculate, and save it."
    ),
    "error_value": gettext_lazy("A cell holds an error value (#REF!, #N/A …). Mend the formula, or write its value."),
    "control": gettext_lazy("Row %(row)s holds a character that is no text. Retype the cell that shows it as a box."),
}


class TableFormat:
    """A form of django-import-export, read and written by `table_files`."""

    form = ""

    def create_dataset(self, in_stream):
        rows = files.read(in_stream)
        return dataset(rows[0], rows[1:])

    def export_data(self, dataset, **kwargs):
        return files.write(self.form, dataset.headers, list(dataset), dataset.title or "")

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
            if file.size > files.MAX_BYTES:
                raise TableError("too_big", size=file.size, most=files.MAX_BYTES)
            self.rows = files.read(file.read())
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
