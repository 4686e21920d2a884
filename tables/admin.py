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
from django.conf import settings
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import Format
from import_export.forms import ExportForm

from spreadsheets.sheet import Fault, Stop
from tables import reader, writer
from tables.reader import Table

logger = logging.getLogger(__name__)

SALT = "tables.resources"
PREVIEW_SECONDS = 3600
PREVIEW_BYTES = 1_900_000  # of the signed rows; Django's DATA_UPLOAD_MAX_MEMORY_SIZE is 2 MiB
SHOWN = 200


class TableFormat(Format):
    """A kind of file as django-import-export offers it for an export."""

    kind = content_type = ""

    def export_data(self, dataset, **kwargs):
        return writer.write(self.kind, dataset.headers, list(dataset), dataset.title or "")

    def can_export(self):
        return True

    def get_title(self):
        return self.kind.upper()

    def get_extension(self):
        return self.kind

    def get_content_type(self):
        return self.content_type


CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
}
FORMATS = [
    type(kind.upper(), (TableFormat,), {"kind": kind, "content_type": content_type})
    for kind, content_type in CONTENT_TYPES.items()
]


class FileForm(forms.Form):
    import_file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Excel (.xlsx), OpenDocument (.ods) or CSV. The type is detected from the content, not the file name."
        ),
    )

    def clean_import_file(self):
        """Read the table, so that what is wrong with the file is said beside it."""
        file = self.cleaned_data["import_file"]
        self.name = file.name[:200]
        try:
            self.table = reader.read(self.name, file.chunks(), settings.UPLOAD_LIMITS)
        except Stop as stop:
            fault = stop.faults[0]
            raise ValidationError(in_words(fault, self.name), code=fault.code) from stop
        return file


def in_words(fault: Fault, file: str) -> str:
    """Say a fault in one line: "a.xlsx, sheet “Provinces”, C7: found #REF!; expected a value. Open the workbook …"."""
    sheet = fault.sheet and _("sheet “%(name)s”") % {"name": fault.sheet}
    where = ", ".join(part for part in (fault.file or file, sheet, fault.cell) if part)
    expected = fault.expected and _("; expected %(expected)s") % {"expected": fault.expected}
    return _("%(where)s: found %(found)s") % {"where": where, "found": fault.found} + f"{expected}. {fault.message}"


def dataset(table: Table) -> tablib.Dataset:
    return tablib.Dataset(*map(tuple, table.rows), headers=table.names)


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
        result = self._run(request, form.table, form.name, dry_run=True)
        if faults(result):
            return self._import_page(request, form, result=result)
        token = self._sign(request, name=form.name, table=form.table, plan=plan(result))
        if len(token) > PREVIEW_BYTES:
            form.add_error(
                "import_file",
                _("The table is too large to import at once. Split the file and import the parts separately."),
            )
            return self._import_page(request, form)
        return self._import_page(request, FileForm(), result=result, token=token, name=form.name)

    def process_import(self, request, **kwargs):
        """Store what was previewed, all of it or nothing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_import_permission(request):
            raise PermissionDenied
        try:
            staged = self._unsign(request)
        except signing.BadSignature:
            refused = _("The preview has expired. Choose the file again.")
            return self._import_page(request, FileForm(), refused=refused, status=400)
        with transaction.atomic():
            result = self._run(request, staged["table"], staged["name"], dry_run=False)
            stored = not faults(result) and plan(result) == staged["plan"]
            transaction.set_rollback(not stored)
        if stored:
            return self.process_result(result, request)
        return self._changed_since(request, staged)

    def _changed_since(self, request, staged):
        """The table has moved since the preview: say so, and show what the file would change now."""
        result = self._run(request, staged["table"], staged["name"], dry_run=True)
        refused = _("Nothing was imported: the table has changed since the preview. Review the updated preview.")
        token = "" if faults(result) else self._sign(request, **(staged | {"plan": plan(result)}))
        context = {"refused": refused, "result": result, "token": token, "name": staged["name"]}
        return self._import_page(request, FileForm(), status=409, **context)

    def _run(self, request, table, name, dry_run):
        resource = self.get_import_resource_classes(request)[0]()
        return resource.import_data(
            dataset(table),
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
        return staged | {"table": Table(*staged["table"])}

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
        {
            "name": field.column_name,
            "label": about.verbose_name,
            "help": about.help_text,
            "choices": about.flatchoices,
            "key": field is key,
        }
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
            text = _("This row could not be saved because of an unexpected error. Ask the operator to check the log.")
            found.append({"row": row.number + 1, "column": "", "found": "", "text": text})
    return sorted(found, key=lambda fault: fault["row"])


def _messages(error):
    if isinstance(error, ValidationError):
        return error.messages
    logger.warning("import: %r", error)
    return [_("This file could not be imported because of an unexpected error. Ask the operator to check the log.")]


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
