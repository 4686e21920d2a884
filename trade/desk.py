"""The upload desk in the admin: uploads, releases and observations.

Built on django-import-export's ImportMixin (its button, its permission), with our form, which takes several
files. An import leads to the page of the Upload: faults, questions, warnings, the changes, and publishing.
"""

import io

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportMixin

from trade import releases, review, staging, svg, tasks
from trade.charts.revision import revision
from trade.forms import (
    AnswerForm,
    CorrectForm,
    PublishForm,
    RevertForm,
    SpellingsForm,
    UploadForm,
    WithdrawForm,
)
from trade.models import CommodityObservation, Flow, ProvinceObservation, Release, Upload

FAULTS_SHOWN = 200
SPELLINGS_ASKED = 20


class ReadOnly(admin.ModelAdmin):
    """Rows that change by release only."""

    class Media:
        css = {"all": ["css/desk.css"]}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Upload)
class UploadAdmin(ImportMixin, ReadOnly):
    list_display = ["__str__", "state", "form", "changes", "user", "created"]
    list_filter = ["dataset", "state"]
    list_select_related = ["dataset", "user"]
    search_fields = ["files__name", "release__note"]
    date_hierarchy = "created"
    import_template_name = "admin/trade/upload/import.html"

    def has_import_permission(self, request):
        return request.user.has_perm("trade.add_upload")

    def has_view_permission(self, request, obj=None):
        """Who uploads or publishes sees uploads, also those of others."""
        return any(request.user.has_perm(f"trade.{action}_upload") for action in ("view", "add", "publish"))

    def may_handle(self, user, upload):
        """Who uploaded it answers for it; so does whoever may publish it."""
        mine = user.has_perm("trade.add_upload") and upload.user_id in (user.pk, None)
        return mine or user.has_perm("trade.publish_upload")

    def get_urls(self):
        def at(action, view):
            return path(f"<int:pk>/{action}/", self.admin_site.admin_view(view), name=f"trade_upload_{action}")

        return [
            at("answer", self.answer_view),
            at("publish", self.publish_view),
            at("discard", self.discard_view),
            at("spellings", self.spellings_view),
            path(
                "<int:pk>/annotated/<int:file_pk>/",
                self.admin_site.admin_view(self.annotated_view),
                name="trade_upload_annotated",
            ),
            at("restart", self.restart_view),
            *super().get_urls(),
        ]

    @admin.display(description=_("what would change"))
    def changes(self, upload):
        parts = (f"{upload.counts.get(word, 0)} {word}" for word in ("new", "changed", "removed"))
        return ", ".join(parts) if upload.counts else "–"

    # --- import: in place of the stock confirm step --------------------------------------------------------

    def import_action(self, request, *args, **kwargs):
        """Take the files, and lead to the page of the upload that they become."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None, initial={"dataset": request.GET.get("dataset")})
        if request.method == "POST" and form.is_valid():
            return self._received(request, form.cleaned_data)
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

    def _received(self, request, chosen):
        upload = staging.receive(
            chosen["dataset"],
            [(file.name, file) for file in chosen["files"]],
            mode=chosen["mode"],
            flow=chosen["flow"],
            user=request.user,
        )
        self._enqueue(upload)
        self.log_addition(request, upload, "uploaded")
        return self._page(upload.pk)

    def _enqueue(self, upload):
        transaction.on_commit(lambda: tasks.stage_upload.enqueue(upload.pk))

    def _page(self, pk):
        return redirect("admin:trade_upload_change", pk)

    # --- the page of an upload -----------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None, **forms):
        """Show an upload as it is: being read, refused, asking, ready or done."""
        upload = get_object_or_404(Upload.objects.select_related("dataset", "base", "user"), pk=object_id)
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        page, files = review.page_of(upload, request.GET), list(upload.files.all())
        context = (
            self.admin_site.each_context(request)
            | {
                "title": str(upload),
                "opts": self.opts,
                "upload": upload,
                "release": Release.objects.filter(upload=upload).first(),
                "at_work": upload.state in staging.PATIENCE,
                "stale": upload.state in staging.PATIENCE and not staging.is_alive(upload),
                "may_handle": self.may_handle(request.user, upload),
                "seen": seen(upload),
                "faults": upload.faults[:FAULTS_SHOWN],
                "annotatable": [file for file in files if file.name.lower().endswith(".xlsx") and file.content],
                "files": files,
                "page": page,
                "names": review.names(upload.dataset, {row["key"] for row in page}),
                "by_year": upload.summary.get("years", []),
                "drawings": _drawings(upload),
                "can_publish": request.user.has_perm("trade.publish_upload"),
                "publish_form": PublishForm(warnings=upload.warnings),
                "answer_form": AnswerForm(questions=upload.questions),
                "spellings_form": _spellings_form(upload) if request.user.has_perm("trade.add_alias") else None,
                "query": request.GET,
                "kinds": review.kinds(),
            }
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

    def annotated_view(self, request, pk, file_pk):
        """Hand out a copy of the editor's workbook in which each fault is marked."""
        upload = get_object_or_404(Upload.objects.select_related("dataset"), pk=pk)
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        file = get_object_or_404(upload.files, pk=file_pk)
        content = staging.annotated(upload, file.name)
        if content is None:
            messages.error(request, _("Only a sound .xlsx can be copied with its faults marked."))
            return self._page(pk)
        name = f"{file.name.rpartition('.')[0] or file.name} – faults.xlsx"
        return FileResponse(io.BytesIO(content), as_attachment=True, filename=name)

    def publish_view(self, request, pk):
        """Publish an upload whose warnings are ticked; it needs a permission of its own."""
        upload = self._for_change(request, pk)
        if not request.user.has_perm("trade.publish_upload"):
            raise PermissionDenied
        if request.POST.get("seen") != seen(upload):
            again = _("This upload was compared again since you opened the page. Look at it once more.")
            messages.warning(request, again)
            return self._page(pk)
        form = PublishForm(request.POST, warnings=upload.warnings)
        if not form.is_valid():
            return self.change_view(request, str(pk), publish_form=form)
        # Only the first of two clicks finds it staged.
        mine = Upload.objects.filter(pk=pk, state=Upload.State.STAGED)
        if mine.update(state=Upload.State.PUBLISHING, progress="", heartbeat=timezone.now()):
            chosen = form.cleaned_data
            tasks.publish_upload.enqueue(pk, chosen["note"], chosen["kind"], request.user.pk)
            self.log_change(request, upload, "published")
        return self._page(pk)

    def discard_view(self, request, pk):
        upload = self._for_change(request, pk)
        try:
            staging.discard(upload)
            messages.success(request, _("The upload was discarded. Nothing was changed."))
        except releases.Refused as refused:
            messages.error(request, str(refused))
        return self._page(pk)

    def restart_view(self, request, pk):
        """Read an upload again whose task died, or whose head moved."""
        upload = self._for_change(request, pk)
        ended = upload.state in staging.ENDS or staging.is_alive(upload)
        return self._read_again(request, upload, () if ended else (upload.state,))

    def _read_again(self, request, upload, states, **changes):
        """Have an upload read again that is still in one of some states: an old page may be sent twice."""
        again = {"state": Upload.State.WAITING, "heartbeat": timezone.now(), "progress": ""} | changes
        if Upload.objects.filter(pk=upload.pk, state__in=states).update(**again):
            self._enqueue(upload)
        else:
            messages.error(request, _("This upload is not waiting to be read again."))
        return self._page(upload.pk)

    def _for_change(self, request, pk):
        upload = get_object_or_404(Upload.objects.select_related("dataset"), pk=pk)
        if request.method != "POST" or not self.may_handle(request.user, upload):
            raise PermissionDenied
        return upload


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


def seen(upload: Upload) -> str:
    """Name what the page of an upload shows, so that nothing else is published than what was looked at."""
    return salted_hmac("trade.desk.seen", upload.diff.name).hexdigest()[:16]


@admin.register(Release)
class ReleaseAdmin(ReadOnly):
    list_display = ["__str__", "kind", "short_note", "created", "user", "withdrawn", "public_page"]
    list_filter = ["dataset", "kind"]
    list_select_related = ["dataset", "user"]
    search_fields = ["note"]
    date_hierarchy = "created"
    readonly_fields = ["public_page", "revert", "withdraw"]

    def get_fields(self, request, release=None):
        """Offer what the account may do, and no withdrawal of what is withdrawn."""
        fields = ["dataset", "number", "kind", "note", "created", "user", "upload", "reverts_to", "public_page"]
        fields += ["revert"] if request.user.has_perm("trade.publish_upload") else []
        if release and release.withdrawn:
            return [*fields, "withdrawn", "withdrawal_reason"]
        return [*fields, "withdraw"] if request.user.has_perm("trade.delete_release") else fields

    def get_urls(self):
        def at(action, view):
            return path(f"<int:pk>/{action}/", self.admin_site.admin_view(view), name=f"trade_release_{action}")

        return [at("revert", self.revert_view), at("withdraw", self.withdraw_view), *super().get_urls()]

    @admin.display(description=_("note"))
    def short_note(self, release):
        return release.note[:80]

    @admin.display(description=_("public page"))
    def public_page(self, release):
        return format_html('<a href="{}">{}</a>', release.get_absolute_url(), _("what changed, and its files"))

    @admin.display(description=_("go back to it"))
    def revert(self, release):
        url = reverse("admin:trade_release_revert", args=[release.pk])
        return format_html('<a href="{}">{}</a>', url, _("Revert to this release, as a new one"))

    @admin.display(description=_("take it back"))
    def withdraw(self, release):
        url = reverse("admin:trade_release_withdraw", args=[release.pk])
        return format_html('<a href="{}">{}</a>', url, _("Withdraw this release, for a reason that readers see"))

    def withdraw_view(self, request, pk):
        """Ask for the reason, then let readers have the release no more; it needs a permission of its own."""
        if not request.user.has_perm("trade.delete_release"):
            raise PermissionDenied
        release = get_object_or_404(Release.objects.select_related("dataset"), pk=pk)
        form = WithdrawForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                now = releases.withdraw(release, form.cleaned_data["reason"])
                self.log_change(request, release, "withdrawn")
                messages.success(request, _("%(release)s is withdrawn. %(now)s") % {"release": release, "now": now})
                return redirect("admin:trade_release_change", pk)
            except releases.Refused as refused:
                form.add_error(None, str(refused))
        said = _("Readers will find the reason in place of %s and its files. Its entry in the list of releases stays.")
        return self._ask(request, _("Withdraw %s") % release, form, said % release, _("Withdraw"))

    def _ask(self, request, title, form, explanation, button):
        """Show a form of one text, which says why."""
        context = self.admin_site.each_context(request) | {
            "title": title,
            "form": form,
            "opts": self.opts,
            "explanation": explanation,
            "button": button,
        }
        return TemplateResponse(request, "admin/trade/release/ask.html", context)

    def revert_view(self, request, pk):
        """Ask for the note, then make a release whose values are those of an earlier one."""
        if not request.user.has_perm("trade.publish_upload"):
            raise PermissionDenied
        earlier = get_object_or_404(Release.objects.select_related("dataset"), pk=pk)
        form = RevertForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                made = releases.revert(
                    earlier.dataset, earlier.number, note=form.cleaned_data["note"], user=request.user
                )
                messages.success(request, _("%s was made.") % made)
                return redirect("admin:trade_release_change", made.pk)
            except releases.Refused as refused:
                form.add_error(None, str(refused))
        said = _(
            "A new release will be made whose values are those of %s. The releases in between stay as they are, "
            "with their files."
        )
        return self._ask(request, _("Revert to %s") % earlier, form, said % earlier, _("Revert"))


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("all", _("ended ones too"))]

    def choices(self, changelist):
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("standing now"),
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        return queryset if self.value() == "all" else queryset.standing()


class ObservationAdmin(ReadOnly):
    """Read here; changed by release."""

    list_filter = [StandingFilter, "dataset", "flow", "component", "status"]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["-year", "-month"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the history of one cell, and let it be corrected as a small release."""
        row = get_object_or_404(self.get_queryset(request).select_related("dataset"), pk=object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        may = request.user.has_perm("trade.publish_upload")
        history = list(self.model.objects.of_cell(row))
        form = CorrectForm(request.POST or None, initial=_standing_values(history)) if may else None
        if form and request.method == "POST" and form.is_valid() and self._corrected(request, row, form):
            return redirect(request.path)
        context = self.admin_site.each_context(request) | {
            "title": _("One cell and its history"),
            "opts": self.opts,
            "row": row,
            "name": review.names(row.dataset, [getattr(row, row.KEY)]).get(getattr(row, row.KEY), ""),
            "key": getattr(row, row.KEY),
            "history": history,
            "form": form,
        }
        return TemplateResponse(request, "admin/trade/observation.html", context)

    def _corrected(self, request, row, form):
        try:
            made = releases.correct(row, user=request.user, **form.cleaned_data)
        except releases.Refused as refused:
            form.add_error(None, str(refused))
            return False
        messages.success(request, _("%s was made.") % made)
        return True

    @admin.display(description=_("value, US$"), ordering="value_usd")
    def dollars(self, row):
        return "–" if row.value_usd is None else f"{row.value_usd:,}".replace(",", "\u202f")

    @admin.display(description=_("period"), ordering="year")
    def period(self, row):
        return f"{row.year}-{row.month:02d}" if row.month else str(row.year)


def _standing_values(history):
    """Fill the form for a cell with what stands."""
    standing = {row.component: row for row in history if row.until_id is None}
    reported, estimate = standing.get("reported"), standing.get("estimate")
    return {
        "reported": reported.value_usd if reported else None,
        "status": reported.status if reported else "O",
        "estimate": estimate.value_usd if estimate else None,
        "remark": (estimate or reported).note if standing else "",
    }


@admin.register(ProvinceObservation)
class ProvinceObservationAdmin(ObservationAdmin):
    list_display = ["province", "period", "flow", "component", "dollars", "status", "note", "since"]
    list_select_related = ["province", "since"]
    search_fields = ["province__name_en", "province__code", "=year"]


@admin.register(CommodityObservation)
class CommodityObservationAdmin(ObservationAdmin):
    list_display = ["code", "period", "flow", "component", "dollars", "status", "quantity", "quantity_unit", "since"]
    list_select_related = ["since"]
    search_fields = ["^code", "=year"]
