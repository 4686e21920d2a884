"""The admin's pages of uploads: files become uploads, and uploads releases.

Built on django-import-export's ImportMixin (its button, its permission), with our form, which takes several
files. An import leads to the page of the Upload: faults, questions, warnings, the changes, and publishing.
"""

import io
from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportMixin

from spreadsheets.sheet import Stop
from tables import kept_forms
from tables.read_only import ReadOnly
from trade import tasks
from trade.admin import upload_changes
from trade.admin.corrections import drawings as corrected_values
from trade.admin.corrections.grid import Cell
from trade.admin.corrections.pages import address_of, correct_view
from trade.admin.desk.first_page import name_of, names_of_files
from trade.admin.forms import AnswerForm, SpellingsForm, UploadForm
from trade.admin.publish_pages import PublishPages
from trade.admin.release_pages import row_or_404
from trade.admin.withdrawal_pages import lead_to_release
from trade.charts import svg
from trade.charts.figures.before_after import revision
from trade.models import Flow, Release, Upload, Worker
from trade.number_text import exact
from trade.publishing import descriptions, releases, staging, uploads

FAULTS_SHOWN = 200
SPELLINGS_ASKED = 20


@admin.register(Upload)
class UploadAdmin(PublishPages, ImportMixin, ReadOnly):
    list_display = ["what", "dataset", "status", "changes", "who", "when"]
    list_filter = ["dataset", "state"]
    list_select_related = ["dataset", "user"]
    import_export_change_list_template = "admin/trade/upload/change_list.html"
    search_fields = ["files__name", "release__note"]
    date_hierarchy = "created"
    import_template_name = "admin/trade/upload/import.html"

    @admin.display(description=_("state"), ordering="state")
    def status(self, upload):
        return upload.state_in_words

    def has_import_permission(self, request):
        return request.user.has_perm("trade.add_upload")

    def has_view_permission(self, request, obj=None):
        """Who uploads or publishes sees uploads, also those of others."""
        return any(request.user.has_perm(f"trade.{action}_upload") for action in ("view", "add", "publish"))

    def may_handle(self, user, upload):
        """Who uploaded it answers for it; so does whoever may publish it. A new description goes its way by itself."""
        if upload.is_done_at_once:
            return False
        is_own = user.has_perm("trade.add_upload") and upload.user_id in (user.pk, None)
        return is_own or user.has_perm("trade.publish_upload")

    def get_urls(self):
        def at(action, view):
            view = self.admin_site.admin_view(self.form_of(action, view))
            return path(f"<int:pk>/{action}/", view, name=f"trade_upload_{action}")

        return [
            path("correct/", self.admin_site.admin_view(partial(correct_view, self)), name="trade_upload_correct"),
            at("answer", self.answer_view),
            at("publish", self.publish_view),
            at("draft", self.draft_view),
            at("call_off", self.call_off_view),
            at("preview", self.preview_view),
            path(
                "<int:pk>/previewed/",
                self.admin_site.admin_view(self.previewed_view),
                name="trade_upload_previewed",
            ),
            at("discard", self.discard_view),
            at("spellings", self.spellings_view),
            path(
                "<int:pk>/annotated/<int:file_pk>/",
                self.admin_site.admin_view(self.annotated_view),
                name="trade_upload_annotated",
            ),
            at("restart", self.restart_view),
            path("<int:pk>/changes.xlsx", self.admin_site.admin_view(self.changes_view), name="trade_upload_changes"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("files")

    @admin.display(description=_("upload"))
    def what(self, upload):
        return names_of_files(upload) or upload.form or upload

    @admin.display(description=_("changes"))
    def changes(self, upload):
        words = {"new": _("new"), "changed": _("changed"), "removed": _("removed")}
        counts = [f"{exact(count)} {word}" for key, word in words.items() if (count := upload.counts.get(key))]
        return ", ".join(counts) or (_("none") if upload.counts else "–")

    @admin.display(description=_("uploaded by"), ordering="user")
    def who(self, upload):
        return name_of(upload.user)

    @admin.display(description=_("uploaded"), ordering="created")
    def when(self, upload):
        return date_format(timezone.localtime(upload.created), "DATETIME_FORMAT")

    # --- import: in place of the stock confirm step --------------------------------------------------------

    def import_action(self, request, *args, **kwargs):
        """Take the files, and lead to the page of the upload that they become."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = UploadForm(
            kept_forms.sent(request), request.FILES or None, initial={"dataset": request.GET.get("dataset")}
        )
        if request.method == "POST" and form.is_valid():
            return self._receive(request, form.cleaned_data)
        context = self.admin_site.each_context(request) | {
            "title": _("Upload files"),
            "form": form,
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, self.import_template_name, context)

    def process_import(self, request, *args, **kwargs):
        """The stock confirm step is not ours: its address leads to the form."""
        return redirect("admin:trade_upload_import")

    def _receive(self, request, chosen):
        upload = uploads.receive(
            chosen["dataset"],
            [(file.name, file) for file in chosen["files"]],
            mode=chosen["mode"],
            flow=chosen["flow"],
            user=request.user,
        )
        self._enqueue(upload)
        self.log_addition(request, upload, "uploaded")
        return self._redirect_to_page(upload.pk)

    def _enqueue(self, upload):
        transaction.on_commit(lambda: tasks.stage_upload.enqueue(upload.pk))

    def _redirect_to_page(self, pk):
        return redirect("admin:trade_upload_change", pk)

    # --- the page of an upload -----------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None, **forms):
        """Show an upload as it is: being read, refused, asking, ready or done."""
        upload = row_or_404(Upload.objects.select_related("dataset", "base", "user"), object_id)
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        is_published = upload.state == Upload.State.PUBLISHED
        if upload.is_done_at_once and is_published and request.user.has_perm("trade.view_release"):
            return lead_to_release(request, upload)
        page, files = _page_of_changes(upload, request.GET), list(upload.files.all())
        context = (
            self.admin_site.each_context(request)
            | {
                "title": str(upload),
                "opts": self.opts,
                "upload": upload,
                "release": Release.objects.filter(upload=upload).first(),
                "may_handle": self.may_handle(request.user, upload),
                "asked_at": _address_of_form(upload),
                "described": descriptions.differences(upload),
                "may_upload": self.has_import_permission(request),
                "faults": upload.faults[:FAULTS_SHOWN],
                "annotatable": [file for file in files if _can_be_marked(file, upload)],
                "files": files,
                "page": page,
                "by_year": upload.summary.get("years", []),
                "drawings": _drawings(upload),
                "corrected": corrected_values.drawings(upload),
                "answer_form": AnswerForm(questions=upload.questions),
                "spellings_form": _spellings_form(upload) if request.user.has_perm("trade.add_alias") else None,
                "query": request.GET,
                "kinds": upload_changes.kinds(),
                "flows": upload_changes.flows(upload),
                "orders": upload_changes.orders(),
            }
            | _work_on(upload)
            | self.publish_context(request, upload)
            | forms
        )
        return TemplateResponse(request, "admin/trade/upload/page.html", context)

    def answer_view(self, request, pk):
        """Take the answers to an upload's questions, and read it again with them."""
        upload = self._for_change(request, pk)
        form = AnswerForm(request.POST, questions=upload.questions)
        if not form.is_valid():
            return self.change_view(request, str(pk), answer_form=form)
        return self._read_again(request, upload, (Upload.State.ASKING,), answers=upload.answers | form.cleaned_data)

    def spellings_view(self, request, pk):
        """Keep spellings that a file uses as aliases, and read it again with them."""
        upload = self._for_change(request, pk)
        if not request.user.has_perm("trade.add_alias"):
            raise PermissionDenied
        form = _spellings_form(upload, request.POST)
        if form is None or not form.is_valid():
            return self.change_view(request, str(pk), spellings_form=form)
        for alias in form.aliases:
            alias.save()
            self.log_addition(request, alias, "from an upload")
        return self._read_again(request, upload, (Upload.State.REFUSED,))

    def form_again(self, upload, action, kept):
        """The answers or spellings that somebody has chosen, for the page to show them again."""
        if action == "answer":
            return {"answer_form": AnswerForm(kept, questions=upload.questions)}
        return {"spellings_form": _spellings_form(upload, kept)}

    def changes_view(self, request, pk):
        """Hand out the changes that the filters find as a workbook."""
        upload = get_object_or_404(Upload.objects.select_related("dataset"), pk=pk)
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        try:
            content = upload_changes.workbook_of(upload, request.GET)
        except uploads.LOST:
            messages.error(request, _("The list of changes is no longer stored on this site."))
            return self._redirect_to_page(pk)
        name = f"changes of upload {upload.pk}.xlsx"
        return FileResponse(io.BytesIO(content), as_attachment=True, filename=name)

    def annotated_view(self, request, pk, file_pk):
        """Hand out a copy of the editor's workbook in which each fault is marked."""
        upload = get_object_or_404(Upload.objects.select_related("dataset"), pk=pk)
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        file = get_object_or_404(upload.files, pk=file_pk)
        try:
            content = staging.annotated(upload, file.name)
        except Stop:
            messages.error(request, _("The file %s is no longer stored on this site. Upload it again.") % file.name)
            gone = self.change_view(request, str(pk))
            gone.status_code = 410
            return gone
        if content is None:
            messages.error(request, _("A copy with errors marked is available only for undamaged .xlsx files."))
            return self._redirect_to_page(pk)
        name = f"{file.name.rpartition('.')[0] or file.name} – faults.xlsx"
        return FileResponse(io.BytesIO(content), as_attachment=True, filename=name)

    def discard_view(self, request, pk):
        upload = self._for_change(request, pk)
        try:
            uploads.discard(upload)
            messages.success(request, _("The upload was discarded. Nothing was changed."))
        except releases.Refused as refused:
            messages.error(request, str(refused))
        return self._redirect_to_page(pk)

    def restart_view(self, request, pk):
        """Read an upload again whose task died, or whose head moved."""
        upload = self._for_change(request, pk)
        ended = upload.state in (*uploads.ENDS, Upload.State.SCHEDULED) or upload.is_done_at_once
        ended = ended or uploads.is_alive(upload)
        return self._read_again(request, upload, () if ended else (upload.state,))

    def _read_again(self, request, upload, states, **changes):
        """Have an upload read again that is still in one of some states: an old page may be sent twice."""
        changes |= {"state": Upload.State.WAITING, "heartbeat": timezone.now(), "progress": "", "interruption": ""}
        if Upload.objects.filter(pk=upload.pk, state__in=states).update(**changes):
            self._enqueue(upload)
        else:
            messages.error(
                request, _("This upload is not waiting to be processed again. Reload the page to see its status.")
            )
        return self._redirect_to_page(upload.pk)

    def _for_change(self, request, pk):
        upload = get_object_or_404(Upload.objects.select_related("dataset"), pk=pk)
        if request.method != "POST" or not self.may_handle(request.user, upload):
            raise PermissionDenied
        return upload


def _work_on(upload):
    """Whether a worker is at work on an upload or will be, has fallen silent, or is missing."""
    at_work = upload.state in uploads.AT_WORK
    is_awaited = at_work or upload.state == Upload.State.SCHEDULED
    return {
        "at_work": at_work,
        "stale": at_work and not uploads.is_alive(upload),
        "no_worker": is_awaited and not Worker.objects.are_alive(),
    }


def _page_of_changes(upload, query):
    """Read a page of what an upload would change; None where that is no longer stored."""
    try:
        return upload_changes.page_of(upload, query)
    except uploads.LOST:
        return None


def _address_of_form(upload):
    """Find the page on which something was asked for by hand; None for an upload of files."""
    if "facts" in upload.asked:
        return reverse("admin:trade_dataset_change", args=[upload.dataset_id])
    if "withdraw" in upload.asked:
        return reverse("admin:trade_release_withdraw", args=[upload.asked["withdraw"]])
    if "release" in upload.asked:
        return reverse("admin:trade_release_revert", args=[upload.asked["release"]])
    if cells := upload.asked.get("cells"):
        return address_of(upload.dataset_id, [Cell(*(cell[name] for name in Cell._fields)) for cell in cells])
    return None


def _can_be_marked(file, upload):
    """Tell whether a fault stands in a cell of a workbook: in one that could not be opened nothing can be marked."""
    is_kept = file.name.lower().endswith(".xlsx") and file.content
    return is_kept and any(fault["cell"] and fault["file"] == file.name for fault in upload.faults)


def _drawings(upload):
    """Draw the totals of each flow that would change, before and after."""
    totals = upload.summary.get("totals", [])
    return [
        {"title": flow.label, "svg": SafeString(svg.draw(revision(totals, flow.value, str(flow.label))))}
        for flow in Flow
        if any(row["before"] != row["after"] for row in totals if row["flow"] == flow.value)
    ]


def _spellings_form(upload, data=None):
    """Ask about the names that a refused file writes and nobody knows; None where there are none."""
    names = list(dict.fromkeys(f["found"] for f in upload.faults if f["code"] == "unknown-name"))[:SPELLINGS_ASKED]
    return SpellingsForm(data, names=names, kind=upload.dataset.kind) if names else None
