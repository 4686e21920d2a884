"""The admin of questions, resolutions and measures, each with its history, and a preview of an answer's Markdown."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, Q
from django.forms import Script
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from simple_history.admin import SimpleHistoryAdmin

from config.table_pages import TableAdmin
from faq import markdown
from faq.models import Measure, Question, Resolution
from faq.resources import MeasureResource, QuestionResource, ResolutionResource

MARKDOWN_MAX = 20_000


class WithHistory(SimpleHistoryAdmin):
    """Words with their history; its list without the stock one's inline style, which our policy forbids."""

    object_history_list_template = "admin/faq/history.html"

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Show an earlier version; restore it only for somebody who may change the entry, or add it if it is gone.

        django-simple-history asks for the permission to view or change, of POST as of GET.
        """
        if request.method == "POST" and not self._may_restore(request, object_id):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _may_restore(self, request, object_id):
        entry = self.get_object(request, object_id)
        return self.has_change_permission(request, entry) if entry else self.has_add_permission(request)


class WideText:
    """Sentences get a box that shows them whole; names and codes keep their line."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if (db_field.max_length or 0) >= 300 and not db_field.choices:
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class QuestionRow(forms.ModelForm):
    """A line of the list: its boxes have no visible label, so each says what it is and of which question."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"


@admin.register(Question)
class QuestionAdmin(TableAdmin, WithHistory):
    resource_classes = [QuestionResource]
    list_display = ["question", "page", "position", "published", "seen"]
    list_editable = ["position", "published"]
    list_filter = ["page", "published"]
    search_fields = ["question", "answer", "slug"]
    prepopulated_fields = {"slug": ["question"]}
    history_list_display = ["published"]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["question", "answer"]}),
        (_("Where it stands"), {"fields": ["page", "position", "published", "slug"]}),
    ]

    class Media:
        css = {"all": ["css/admin.css"]}
        js = [Script("js/admin/preview.js", type="module")]

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=QuestionRow, **kwargs)

    @admin.display(description=_("on the site"))
    def seen(self, question):
        if not question.published:
            return "–"
        return format_html('<a href="{}">{}</a>', question.get_absolute_url(), _("See it"))

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", view, name="faq_question_preview"), *super().get_urls()]

    @method_decorator(require_POST)
    def preview_view(self, request):
        """Answer with the HTML that readers would get for the posted Markdown."""
        if not self.has_view_or_change_permission(request):
            return HttpResponse(_("You may not see questions."), status=403)
        return HttpResponse(markdown.render(request.POST.get("answer", "")[:MARKDOWN_MAX], 3))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "answer":
            field.widget.attrs |= {"rows": 22, "data-preview": reverse("admin:faq_question_preview")}
        return field


class MeasureInline(WideText, admin.StackedInline):
    model = Measure
    extra = 0
    show_change_link = True
    fields = [
        ("paragraph", "position"),
        ("direction", "category", "kind"),
        "goods",
        "measure",
        ("codes_text", "codes_stated"),
        "effective_from",
        "wind_down_or_cap",
        "exemptions",
        "basis",
    ]


@admin.register(Resolution)
class ResolutionAdmin(TableAdmin, WithHistory):
    resource_classes = [ResolutionResource]
    list_display = ["number", "title", "adopted", "measure_count", "unchecked_count", "summary"]
    search_fields = ["=number", "title", "summary", "measures__goods"]
    search_help_text = _("A number, words of the title or summary, or goods.")
    date_hierarchy = "adopted"
    inlines = [MeasureInline]
    fields = ["number", "adopted", "title", "url", "summary"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

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
class MeasureAdmin(WideText, TableAdmin, WithHistory):
    resource_classes = [MeasureResource]
    list_display = ["title", "place", "direction", "kind", "meant", "known"]
    list_filter = ["checked", "direction", "category", "kind"]
    list_select_related = ["resolution"]
    search_fields = ["goods", "measure", "exemptions", "basis", "^codes__digits", "=resolution__number"]
    search_help_text = _("Goods, the beginning of an HS code, a resolution’s number, or words of the entry.")
    readonly_fields = ["meant", "known"]
    save_on_top = True
    fieldsets = [
        (None, {"fields": [("resolution", "paragraph", "position"), ("direction", "category", "kind")]}),
        (_("What it says"), {"fields": ["goods", "measure", "effective_from", "wind_down_or_cap", "exemptions"]}),
        (_("HS codes"), {"fields": ["codes_text", "meant", "codes_stated"]}),
        (_("How it is known"), {"fields": ["basis", "known"]}),
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

    @admin.display(description=_("codes as understood"))
    def meant(self, measure):
        return ", ".join(str(code) for code in measure.codes.all()) or "–"

    @admin.display(description=_("checked"), ordering="checked")
    def known(self, measure):
        if not measure.checked:
            return "–"
        if measure.checked == Measure.Checked.READ:
            return measure.get_checked_display()
        return format_html('<strong class="unchecked">{}</strong>', measure.get_checked_display())
