"""The admin of the questions, each with its history, and a preview of an answer's Markdown."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import Script
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from drafts.drafted_admin import DraftedAdmin
from faq.models import LONGEST_ANSWER, Question
from faq.resources import QuestionResource
from site_texts import markdown
from tables.admin import TableAdmin
from tables.editing import EditedByMany
from tables.history import WithHistory
from tables.word_fields import AtMost, WithWordFields


class QuestionRow(forms.ModelForm):
    """A line of the list: its boxes have no visible label, so each says what it is and of which question."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"


class EditedBefore(admin.SimpleListFilter):
    """The answers whose figures may have changed since."""

    title = _("last edit")
    parameter_name = "edited"

    def lookups(self, request, model_admin):
        return [("before", _("before the newest release"))]

    def queryset(self, request, queryset):
        return queryset.older_than_the_figures() if self.value() == "before" else queryset


@admin.register(Question)
class QuestionAdmin(EditedByMany, WithWordFields, DraftedAdmin, TableAdmin, WithHistory):
    resource_classes = [QuestionResource]
    list_display = ["question", "page", "position", "published", "seen"]
    list_editable = ["position", "published"]
    list_filter = ["page", "published", EditedBefore]
    search_fields = ["question", "answer", "slug"]
    prepopulated_fields = {"slug": ["question"]}
    history_list_display = ["published"]
    kept_when_restored = ("published",)
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["question", "answer"]}),
        (_("Placement"), {"fields": ["page", "position", "published", "slug"]}),
    ]

    class Media:
        css = {"all": ["css/admin.css"]}
        js = [Script("js/admin/preview.js", type="module")]

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=QuestionRow, **kwargs)

    @admin.display(description=_("public page"))
    def seen(self, question):
        if not question.published:
            return "–"
        return format_html('<a href="{}">{}</a>', question.get_absolute_url(), _("View"))

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", view, name="faq_question_preview"), *super().get_urls()]

    @method_decorator(require_POST)
    def preview_view(self, request):
        """Answer with the HTML that readers would get for the posted Markdown."""
        if not self.has_view_or_change_permission(request):
            return HttpResponse(_("You do not have permission to view questions."), status=403)
        answer = request.POST.get("answer", "")
        try:
            AtMost(LONGEST_ANSWER)(answer)
        except ValidationError as error:
            return HttpResponse(format_html('<p class="errornote">{}</p>', error.messages[0]))
        return HttpResponse(markdown.render(answer, 3))

    def as_published(self, question):
        """Show a question in a preview also where its own box keeps it from readers."""
        if not question.published:
            question.published = True
            question.save()
        return question

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "answer":
            field.widget.attrs |= {"rows": 22, "data-preview": reverse("admin:faq_question_preview")}
        return field
