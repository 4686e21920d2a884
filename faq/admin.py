"""The admin of the questions: their list with its order and reviews, their form with live figures and a preview."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Case, Value, When
from django.forms import Script
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from drafts.drafted_admin import DraftedAdmin, ListForPublishers
from faq import answers_shown, reviewing
from faq.desk import question_pages
from faq.desk.checked_words import check_about, check_answer
from faq.models import LONGEST_ANSWER, Question
from faq.provided import figures
from faq.resources import QuestionResource
from tables.admin import TableAdmin
from tables.editing import EditedByMany
from tables.history import WithHistory
from tables.word_fields import AtMost, WithWordFields


class QuestionForm(forms.ModelForm):
    """The form of a question: what it says of the data is held against the releases."""

    def clean_answer(self):
        check_answer(self.cleaned_data["answer"], stored=self.instance.answer)
        return self.cleaned_data["answer"]

    def clean_about(self):
        check_about(self.cleaned_data["about"], stored=self.instance.about)
        return self.cleaned_data["about"]


class QuestionRow(forms.ModelForm):
    """A line of the list: its boxes have no visible label, so each says what it is and of which question."""

    order_at = ""  # the address to which static/js/admin/order.js sends a new order

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"
        if self.order_at:
            self.fields["position"].widget.attrs |= {"data-order-at": self.order_at} | question_pages.ORDER_WORDS


class Review(admin.SimpleListFilter):
    """The answers of which a newer release changed a figure, and those that nobody has reviewed."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("needed", _("figures changed since")), ("never", _("never reviewed"))]

    def queryset(self, request, queryset):
        if self.value() == "needed":
            return queryset.filter(pk__in=_outdated(request))
        return queryset.filter(reviewed_on=None) if self.value() == "never" else queryset


class QuestionList(ListForPublishers):
    """The list, each question marked whose figures a newer release changed."""

    def get_queryset(self, request, *args, **kwargs):
        marked = When(pk__in=list(_outdated(request)), then=Value(True))
        mark = Case(marked, default=Value(False), output_field=BooleanField())
        return super().get_queryset(request, *args, **kwargs).annotate(is_outdated=mark)


def _outdated(request):
    """The questions to review, asked for once a request."""
    if not hasattr(request, "outdated_questions"):
        request.outdated_questions = reviewing.outdated()
    return request.outdated_questions


@admin.register(Question)
class QuestionAdmin(EditedByMany, WithWordFields, DraftedAdmin, TableAdmin, WithHistory):
    form = QuestionForm
    change_form_template = "admin/faq/change_form.html"
    resource_classes = [QuestionResource]
    list_display = ["question", "page", "about", "position", "state", "review", "seen"]
    list_editable = ["position", "state"]
    list_filter = ["state", "page", Review]
    search_fields = ["question", "answer", "slug", "about"]
    prepopulated_fields = {"slug": ["question"]}
    history_list_display = ["state"]
    kept_when_restored = ("state",)
    save_on_top = True
    fieldsets = [
        (_("Words"), {"fields": ["question", "answer"]}),
        (_("Placement"), {"fields": ["page", "about", "position", "state", "slug"]}),
    ]

    class Media:
        css = {"all": ["css/admin.css"]}
        js = [Script(f"js/admin/{name}.js", type="module") for name in ("preview", "order", "picker")]

    # --- the list -----------------------------------------------------------------------------------------------------

    def get_changelist(self, request, **kwargs):
        return QuestionList

    def get_changelist_form(self, request, **kwargs):
        """Rows that can be moved where the list is in its own order."""
        order_at = "" if "o" in request.GET else reverse("admin:faq_question_order")
        return super().get_changelist_form(request, form=type("Row", (QuestionRow,), {"order_at": order_at}), **kwargs)

    @admin.display(description=_("review"))
    def review(self, question):
        if question.is_outdated:
            return format_html('<strong class="unchecked">{}</strong>', _("figures changed"))
        return date_format(question.reviewed_on, "DATE_FORMAT") if question.reviewed_on else "–"

    @admin.display(description=_("public page"))
    def seen(self, question):
        if not question.is_published:
            return "–"
        return format_html('<a href="{}">{}</a>', question.get_absolute_url(), _("View"))

    # --- the form -----------------------------------------------------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Say what was reviewed, and what has changed since."""
        if obj and obj.pk:
            context["reviews"] = question_pages.review_of(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def as_published(self, question):
        """Show a question in a preview also where its own state keeps it from readers."""
        if not question.is_published:
            question.state = Question.State.PUBLISHED
            question.save()
        return question

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "answer":
            field.widget.attrs |= {"rows": 22, "data-preview": reverse("admin:faq_question_preview")}
            picker = reverse("admin:faq_question_figures")
            field.widget.attrs |= {"data-figures": picker} | question_pages.PICKER_WORDS
            link = '{} <a href="{}" target="_blank">{}</a>'
            field.help_text = format_html(link, field.help_text, picker, _("Find a live figure (opens a new tab)"))
        return field

    # --- pages --------------------------------------------------------------------------------------------------------

    def get_urls(self):
        pages = [
            ("preview/", self.preview_view, "preview"),
            ("figures/", self.figures_view, "figures"),
            ("order/", self.order_view, "order"),
            ("<int:pk>/reviewed/", self.reviewed_view, "reviewed"),
        ]
        named = [
            path(route, self.admin_site.admin_view(view), name=f"faq_question_{name}") for route, view, name in pages
        ]
        return [*named, *super().get_urls()]

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
        return HttpResponse(answers_shown.as_html(figures().Figures().resolved(answer), 3))

    @method_decorator(require_safe)
    def figures_view(self, request):
        """Show what a live figure says now, to be put into an answer."""
        return question_pages.picker(self, request)

    @method_decorator(require_POST)
    def order_view(self, request):
        """Move a question to another place among the others."""
        return question_pages.moved(self, request)

    @method_decorator(require_POST)
    def reviewed_view(self, request, pk):
        """Record that an answer still holds."""
        return question_pages.reviewed(self, request, pk)
