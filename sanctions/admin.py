"""The admin of resolutions, measures with their caps, China's announcements and other events, each with its history."""

from django.contrib import admin
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from drafts.drafted_admin import DraftedAdmin
from sanctions.models import Announcement, Cap, Event, Measure, Resolution
from sanctions.resources import (
    AnnouncementResource,
    CapResource,
    EventResource,
    MeasureResource,
    ResolutionResource,
)
from tables.admin import TableAdmin
from tables.editing import EditedByMany
from tables.history import WithHistory
from tables.word_fields import WithWordFields

TIME = ["effective_from", "grace_until", "wind_down_or_cap"]


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
        ("codes_text", "edition"),
        ("codes_stated", "codes_announced"),
        ("effective_from", "grace_until", "until"),
        ("replaced_by", "ended_by"),
        "wind_down_or_cap",
        "exemptions",
        "basis",
        ("checked_on", "checked_by"),
    ]


class AnnouncementInline(WithWordFields, admin.StackedInline):
    model = Announcement
    extra = 0
    show_change_link = True
    fields = [
        ("authority", "number", "is_number_confirmed"),
        ("issued", "paragraph"),
        "in_force",
        "what",
        "codes_text",
        "grace",
        "source",
        "note",
    ]


class CapInline(WithWordFields, admin.TabularInline):
    model = Cap
    extra = 0


@admin.register(Resolution)
class ResolutionAdmin(EditedByMany, WithWordFields, DraftedAdmin, TableAdmin, WithHistory):
    resource_classes = [ResolutionResource]
    list_display = ["number", "title", "adopted", "measure_count", "unchecked_count", "summary"]
    search_fields = ["=number", "title", "summary", "measures__goods"]
    search_help_text = _("Search by resolution number, words in the title or summary, or goods.")
    date_hierarchy = "adopted"
    inlines = [MeasureInline, AnnouncementInline]
    fields = ["number", "adopted", "title", "url", "summary"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    restored_with = (Measure, Announcement)

    def may_publish(self, user):
        """Its measures and announcements stand in the same form."""
        rights = [
            f"sanctions.{action}_{row}" for action in ("change", "publish") for row in ("measure", "announcement")
        ]
        return super().may_publish(user) and user.has_perms(rights)

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
    inlines = [CapInline]
    restored_with = (Cap,)
    save_on_top = True
    fieldsets = [
        (None, {"fields": [("resolution", "paragraph", "position"), ("direction", "category", "kind")]}),
        (_("Content"), {"fields": ["goods", "measure", *TIME, "exemptions"]}),
        (_("End"), {"fields": ["until", "replaced_by", "ended_by"]}),
        (_("HS codes"), {"fields": [("codes_text", "edition"), "codes_stated", "codes_announced", "meant"]}),
        (_("Verification"), {"fields": ["basis", "known", ("checked_on", "checked_by")]}),
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
        places = (f"{', '.join(map(str, codes))}: {place.label}" for place, codes in measure.codes_by_place)
        return "; ".join(places) or "–"

    @admin.display(description=_("checked"), ordering="checked")
    def known(self, measure):
        if not measure.checked:
            return "–"
        if measure.checked == Measure.Checked.READ:
            return measure.get_checked_display()
        return format_html('<strong class="unchecked">{}</strong>', measure.get_checked_display())


@admin.register(Cap)
class CapAdmin(EditedByMany, WithWordFields, DraftedAdmin, TableAdmin, WithHistory):
    """All caps in one list, to be exported and imported; they are edited with their measures as well."""

    resource_classes = [CapResource]
    list_display = ["amount", "unit", "tonnes", "period", "since", "until", "measure", "basis"]
    list_filter = ["basis", "unit", "period"]
    list_select_related = ["measure"]
    search_fields = ["=measure__resolution__number", "measure__goods", "=amount"]
    search_help_text = _("Search by resolution number, goods or amount.")
    fields = ["measure", ("amount", "unit", "tonnes"), ("period", "since", "until"), "basis"]

    def may_publish(self, user):
        """A cap is a part of its measure."""
        return user.has_perms(["sanctions.change_cap", "sanctions.change_measure", "sanctions.publish_measure"])

    def public_address(self, cap):
        return cap.measure.get_absolute_url()


@admin.register(Announcement)
class AnnouncementAdmin(EditedByMany, WithWordFields, DraftedAdmin, TableAdmin, WithHistory):
    resource_classes = [AnnouncementResource]
    list_display = ["issued", "authority", "number", "resolution", "what"]
    list_display_links = ["number"]
    list_select_related = ["resolution"]
    search_fields = ["number", "authority", "what", "codes_text", "=resolution__number"]
    search_help_text = _("Search by number, authority, words in the entry, HS code or resolution number.")
    fieldsets = [
        (None, {"fields": [("resolution", "paragraph"), ("authority", "number", "is_number_confirmed"), "issued"]}),
        (_("Content"), {"fields": ["in_force", "what", "codes_text", "grace"]}),
        (_("Verification"), {"fields": ["source", "note"]}),
    ]


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
