"""The admin's pages of releases and of observations with their history.

Both change by another release only: a return to an earlier one, or the correction of one cell. A release can be
withdrawn for a reason that readers see.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tables.read_only import ReadOnly
from trade import tasks, time_period
from trade.admin.forms import CorrectForm, RevertForm, WithdrawForm
from trade.models import CommodityObservation, ProvinceObservation, Release, TotalObservation, Upload, names_of
from trade.publishing import by_hand, releases, withdrawal


def row_or_404(rows, key: str):
    """Find the row that the last part of an address names."""
    if not (key.isascii() and key.isdigit()):
        raise Http404
    return get_object_or_404(rows, pk=key)


def have_done(request, upload: Upload, note: str):
    """Have the worker do what is asked for by hand, once however often it is clicked, and lead to where it is seen."""
    with transaction.atomic():
        upload, is_new = by_hand.ask(upload, request.user)
        if is_new:
            kind = Release.Kind.CORRECTION if "cell" in upload.asked else Release.Kind.REVERT
            tasks.publish_upload.enqueue(upload.pk, note, kind, request.user.pk)
    return redirect("admin:trade_upload_change", upload.pk)


@admin.register(Release)
class ReleaseAdmin(ReadOnly):
    list_display = ["__str__", "kind", "short_note", "created", "user", "withdrawn", "public_page"]
    list_filter = ["dataset", "kind"]
    list_select_related = ["dataset", "user"]
    search_fields = ["note"]
    date_hierarchy = "created"
    readonly_fields = ["public_page", "revert", "withdraw"]

    def get_fields(self, request, release=None):
        """Offer what the account may do: no return to the newest, no withdrawal of what is withdrawn."""
        fields = ["dataset", "number", "kind", "note", "created", "user", "upload", "reverts_to", "public_page"]
        if request.user.has_perm("trade.publish_upload") and release and release != release.dataset.latest_release():
            fields.append("revert")
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
        return format_html('<a href="{}">{}</a>', release.get_absolute_url(), _("changes and files"))

    @admin.display(description=_("revert"))
    def revert(self, release):
        url = reverse("admin:trade_release_revert", args=[release.pk])
        return format_html('<a href="{}">{}</a>', url, _("Revert to this release (creates a new release)"))

    @admin.display(description=_("withdraw"))
    def withdraw(self, release):
        url = reverse("admin:trade_release_withdraw", args=[release.pk])
        return format_html('<a href="{}">{}</a>', url, _("Withdraw this release (readers will see the reason)"))

    def withdraw_view(self, request, pk):
        """Ask for the reason, then let readers have the release no more; it needs a permission of its own."""
        if not request.user.has_perm("trade.delete_release"):
            raise PermissionDenied
        release = get_object_or_404(Release.objects.select_related("dataset"), pk=pk)
        form = WithdrawForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                withdrawal.withdraw(release, form.cleaned_data["reason"], request.user)
                now = withdrawal.aftermath(release)
                messages.success(
                    request, _("%(release)s has been withdrawn. %(now)s") % {"release": release, "now": now}
                )
                return redirect("admin:trade_release_change", pk)
            except releases.Refused as refused:
                form.add_error(None, str(refused))
        explanation = _(
            "Readers will see the reason instead of %s and its files. The release remains in the list of releases."
        )
        return self._ask(request, _("Withdraw %s") % release, form, explanation % release, _("Withdraw"))

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
        """Ask for the note, then have a release made whose values are those of an earlier one."""
        if not request.user.has_perm("trade.publish_upload"):
            raise PermissionDenied
        earlier = get_object_or_404(Release.objects.select_related("dataset"), pk=pk)
        newest = earlier.dataset.latest_release()
        form = RevertForm(request.POST or None, initial={"seen": newest.pk})
        if request.method == "POST" and form.is_valid():
            asked = by_hand.to_revert(earlier, seen=form.cleaned_data["seen"])
            return have_done(request, asked, form.cleaned_data["note"])
        explanation = _(
            "A new release will be created with the values of %s. The releases in between, and their files, will not "
            "change."
        )
        return self._ask(request, _("Revert to %s") % earlier, form, explanation % earlier, _("Revert"))


class StandingFilter(admin.SimpleListFilter):
    title = _("validity")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("all", _("including superseded values"))]

    def choices(self, changelist):
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("current values"),
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
        row = row_or_404(self.get_queryset(request).select_related("dataset"), object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        may = request.user.has_perm("trade.publish_upload")
        history = list(self.model.objects.of_cell(row))
        seen = by_hand.newest_release_of_cell(history)
        form = CorrectForm(request.POST or None, initial=_standing_values(history)) if may else None
        if form and request.method == "POST" and (answer := self._correct(request, row, form, seen)):
            return answer
        context = self.admin_site.each_context(request) | {
            "title": _("Cell history"),
            "opts": self.opts,
            "row": row,
            "name": names_of(row.dataset.kind, [getattr(row, row.KEY)]).get(getattr(row, row.KEY), ""),
            "key": getattr(row, row.KEY),
            "history": history,
            "seen": seen,
            "form": form,
        }
        return TemplateResponse(request, "admin/trade/observation.html", context)

    def _correct(self, request, row, form, seen):
        """Have a cell corrected of which the page showed all that there is; None where the form needs a look."""
        shown = request.POST.get("seen", "")
        asked = form.is_valid() and by_hand.to_correct(
            row,
            seen=int(shown) if shown.isdecimal() else 0,
            **{name: value for name, value in form.cleaned_data.items() if name != "note"},
        )
        if shown != str(seen) and not (asked and by_hand.same(asked)):
            messages.warning(request, _("This cell has changed since you opened the page. Review it and try again."))
            return redirect(request.path)
        return have_done(request, asked, form.cleaned_data["note"]) if asked else None

    @admin.display(description=_("value, US$"), ordering="value_usd")
    def dollars(self, row):
        return "–" if row.value_usd is None else f"{row.value_usd:,}".replace(",", "\u202f")

    @admin.display(description=_("period"), ordering="year")
    def period(self, row):
        return time_period.written(row.year, row.month)


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


@admin.register(TotalObservation)
class TotalObservationAdmin(ObservationAdmin):
    list_display = ["period", "flow", "component", "dollars", "status", "publisher", "source", "note", "since"]
    list_select_related = ["since"]
    search_fields = ["publisher", "source", "=year"]
