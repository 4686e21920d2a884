"""The admin of resolutions, measures and other events, each with its history."""

from django.contrib import admin
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from drafts.drafted_admin import DraftedAdmin
from sanctions.models import Event, Measure, Resolution
from sanctions.resources import EventResource, MeasureResource, ResolutionResource
from tables.admin import TableAdmin
from tables.editing import EditedByMany
from tables.history import WithHistory
from tables.word_fields import WithWordFields


class MeasureInline(WithWordFields, admin.StackedInline):
    model = Measure
    fk_name = "resolution"
    extra = 0
    show_change_link = True
    fields = [
        ("paragraph", "position"),
        ("direction", "category", "kind"),
        "goods",
        "measure",
        ("codes_text", "codes_stated"),
        ("effective_from", "until"),
        ("replaced_by", "ended_by"),
        "wind_down_or_cap",
        "exemptions",
        "basis",
    ]


@admin.register(Resolution)
class ResolutionAdmin(EditedByMany, WithWordFields, DraftedAdmin, TableAdmin, WithHistory):
    resource_classes = [ResolutionResource]
    list_display = ["number", "title", "adopted", "measure_count", "unchecked_count", "summary"]
    search_fields = ["=number", "title", "summary", "measures__goods"]
    search_help_text = _("Search by resolution number, words in the title or summary, or goods.")
    date_hierarchy = "adopted"
    inlines = [MeasureInline]
    fields = ["number", "adopted", "title", "url", "summary"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    restored_with = (Measure,)

    def may_publish(self, user):
        """Its measures stand in the same form."""
        return super().may_publish(user) and user.has_perms(["sanctions.change_measure", "sanctions.publish_measure"])

    def get_queryset(self, request):
        unchecked = ~Q(measures__checked=Measure.Checked.READ) & Q(measures__isnull=False)
        counts = {"measure_count": Count("measures"), "unchecked_count": Count("measures", filter=unchecked)}
        return super().get_queryset(request).annotate(**counts)

    def get_readonly_fields(self, request, obj=None):
        return ["number"] if obj else []

    @admin.display(description=_("measures"), ordering="measure_count")
    def measure_count(self, resolution):
        return resolution.measure_count

    @admin.display(description=_("not yet checked"), ordering="unchecked_count")
    def unchecked_count(self, resolution):
        return resolution.unchecked_count or "–"


@admin.register(Measure)
class MeasureAdmin(EditedByMany, WithWordFields, DraftedAdmin, TableAdmin, WithHistory):
    resource_classes = [MeasureResource]
    list_display = ["title", "place", "direction", "kind", "meant", "until", "known"]
    list_filter = ["checked", "direction", "category", "kind"]
    list_select_related = ["resolution"]
    search_fields = ["goods", "measure", "exemptions", "basis", "^codes__digits", "=resolution__number"]
    search_help_text = _("Search by goods, first digits of an HS code, resolution number or words in the entry.")
    readonly_fields = ["meant", "known"]
    save_on_top = True
    fieldsets = [
        (None, {"fields": [("resolution", "paragraph", "position"), ("direction", "category", "kind")]}),
        (_("Content"), {"fields": ["goods", "measure", "effective_from", "wind_down_or_cap", "exemptions"]}),
        (_("End"), {"fields": ["until", "replaced_by", "ended_by"]}),
        (_("HS codes"), {"fields": ["codes_text", "meant", "codes_stated"]}),
        (_("Verification"), {"fields": ["basis", "known"]}),
    ]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("codes")

    @admin.display(description=_("goods"), ordering="goods")
    def title(self, measure):
        return Truncator(measure.goods).chars(80)

    @admin.display(description=_("paragraph"), ordering="resolution")
    def place(self, measure):
        return f"{measure.resolution_id} §{measure.paragraph}" if measure.paragraph else measure.resolution_id

    @admin.display(description=_("codes as interpreted"))
    def meant(self, measure):
        return ", ".join(str(code) for code in measure.codes.all()) or "–"

    @admin.display(description=_("checked"), ordering="checked")
    def known(self, measure):
        if not measure.checked:
            return "–"
        if measure.checked == Measure.Checked.READ:
            return measure.get_checked_display()
        return format_html('<strong class="unchecked">{}</strong>', measure.get_checked_display())


@admin.register(Event)
class EventAdmin(EditedByMany, WithWordFields, DraftedAdmin, TableAdmin, WithHistory):
    resource_classes = [EventResource]
    list_display = ["date", "until", "title", "direction", "codes_text", "provinces", "weight", "basis"]
    list_display_links = ["title"]
    list_filter = ["direction", "weight", "basis"]
    search_fields = ["title", "text", "source", "codes_text", "provinces", "^date"]
    search_help_text = _("Search by words in the entry, HS code, province code or start of a date (e.g. 2017-09).")
    save_on_top = True
    fieldsets = [
        (None, {"fields": [("date", "until"), "title", "text"]}),
        (_("Scope"), {"fields": [("direction", "weight"), "codes_text", "provinces"]}),
        (_("Verification"), {"fields": ["source", "basis"]}),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("date", "until"):
            kwargs["max_length"] = 30  # as people write them: "5 September 2017"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def public_address(self, event):
        """Charts mark events: those of one province its own, those of goods the chart of their chapter."""
        if len(event.province_codes) == 1:
            return reverse("province", args=[event.province_codes[0].lower()])
        return reverse("commodity", args=[event.codes[0][:2]]) if event.codes else reverse("provinces")
