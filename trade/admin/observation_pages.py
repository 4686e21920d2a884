"""The admin's pages of observations: lists of them, and the history of each cell, from which it can be corrected."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from tables import kept_forms
from tables.read_only import ReadOnly
from trade import number_text, time_period
from trade.admin.corrections.forms import CorrectForm
from trade.admin.corrections.grid import Cell
from trade.admin.corrections.pages import MOST_PICKED, address_around, address_of
from trade.admin.corrections.requests import have_compared, may_correct
from trade.admin.release_pages import row_or_404
from trade.models import CommodityObservation, ProvinceObservation, TotalObservation, names_of
from trade.publishing import by_hand


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


def titled(title):
    """Make a filter by the choices of a field, under another title than the field's name."""

    class Titled(admin.ChoicesFieldListFilter):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.title = title

    return Titled


class ObservationAdmin(ReadOnly):
    """Read here; changed by release."""

    list_filter = [
        StandingFilter,
        "dataset",
        ("flow", titled(_("direction"))),
        ("component", titled(_("reported or estimate"))),
        "status",
    ]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["-year", "-month"]
    actions = ["correct_these"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the history of one cell, and let all that is known of it be corrected."""
        row = row_or_404(self.get_queryset(request).select_related("dataset"), object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        may = may_correct(request.user)
        history = list(self.model.objects.of_cell(row))
        seen = _newest_release(history)
        form = CorrectForm(kept_forms.sent(request), initial=_standing_values(history)) if may else None
        if form and request.method == "POST" and (answer := self._correct(request, row, form, history)):
            return answer
        key = getattr(row, row.KEY)
        context = self.admin_site.each_context(request) | {
            "title": _("History of a value"),
            "opts": self.opts,
            "row": row,
            "name": names_of(row.dataset.kind, [key]).get(key, ""),
            "key": "" if row.KEY == "dataset_id" else key,
            "period": time_period.written(row.year, row.month),
            "direction": row.get_flow_display(),
            "history": history,
            "seen": seen,
            "form": form,
            "neighbours": address_around(row),
        }
        return TemplateResponse(request, "admin/trade/observation.html", context)

    def _correct(self, request, row, form, history):
        """Have a correction compared of a cell that is as the page showed it; None where the form needs a look."""
        shown, seen = request.POST.get("seen", ""), _newest_release(history)
        standing = _standing_values(history)
        cell = {"key": getattr(row, row.KEY), "flow": row.flow, "year": row.year, "month": row.month}
        asked = form.is_valid() and by_hand.to_correct(
            row.dataset,
            [cell | form.cleaned_data | {"was": standing["reported"]}],
            seen=int(shown) if shown.isdecimal() else 0,
        )
        if asked and (earlier := by_hand.same(asked)):
            return redirect("admin:trade_upload_change", earlier.pk)
        if shown != str(seen):
            form.add_error(None, _has_changed(history))
        elif asked and form.cleaned_data == standing:
            form.add_error(None, _("Nothing is different from the published value. Change something first."))
        return have_compared(self, request, asked) if asked and not form.errors else None

    def get_actions(self, request):
        actions = super().get_actions(request)
        return actions if may_correct(request.user) else {}

    @admin.action(description=_("Correct these values"))
    def correct_these(self, request, rows):
        """Lead to a table of the selected values, to be typed over."""
        if (count := rows.count()) > MOST_PICKED:
            words = {"found": number_text.exact(count), "most": MOST_PICKED}
            messages.error(request, _("You selected %(found)s values. Select up to %(most)d.") % words)
            return None
        found = {Cell(getattr(row, row.KEY), row.flow, row.year, row.month): row.dataset_id for row in rows}
        if len(set(found.values())) != 1:
            messages.error(request, _("Select values of one dataset. Filter the list by dataset first."))
            return None
        return redirect(address_of(next(iter(found.values())), found))

    @admin.display(description=_("value, US$"), ordering="value_usd")
    def dollars(self, row):
        return number_text.exact(row.value_usd)

    @admin.display(description=_("since release"), ordering="since")
    def since_release(self, row):
        return row.since.number

    @admin.display(description=_("direction"), ordering="flow")
    def direction(self, row):
        return row.get_flow_display()

    @admin.display(description=_("reported or estimate"), ordering="component")
    def figures(self, row):
        return row.get_component_display()

    @admin.display(description=_("status"), ordering="status")
    def status_in_words(self, row):
        return row.get_status_display()

    @admin.display(description=_("period"), ordering="year")
    def period(self, row):
        return time_period.written(row.year, row.month)


def _newest_release(history) -> int:
    """Tell which release last began or ended a row of a cell."""
    return max(release_id for row in history for release_id in (row.since_id, row.until_id or 0))


def _has_changed(history):
    """Say which release changed a cell while somebody typed, and what it says now."""
    value = _standing_values(history)["reported"]
    number = max(release.number for row in history for release in (row.since, row.until) if release)
    text = _(
        "Release %(release)s has changed this value since you opened the page: it is %(value)s now. What you typed is "
        "kept. Check it, and send it again."
    )
    return text % {"release": number, "value": number_text.exact(value)}


def _standing_values(history):
    """Say what stands in a cell, as its form does."""
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
    list_display = ["province", "period", "direction", "figures", "dollars", "status_in_words", "note", "since_release"]
    list_select_related = ["province", "since"]
    search_fields = ["province__name_en", "province__code", "=year"]


@admin.register(CommodityObservation)
class CommodityObservationAdmin(ObservationAdmin):
    list_display = [
        "goods",
        "period",
        "direction",
        "figures",
        "dollars",
        "status_in_words",
        "quantity",
        "quantity_unit",
        "since_release",
    ]
    list_select_related = ["since", "chapter"]
    search_fields = ["^code", "=year"]

    @admin.display(description=_("goods"), ordering="code")
    def goods(self, row):
        return f"{row.code} {row.chapter.short_title}"


@admin.register(TotalObservation)
class TotalObservationAdmin(ObservationAdmin):
    list_display = [
        "period",
        "direction",
        "figures",
        "dollars",
        "status_in_words",
        "publisher",
        "source",
        "note",
        "since_release",
    ]
    list_select_related = ["since"]
    search_fields = ["publisher", "source", "=year"]
