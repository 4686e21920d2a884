"""What an editor does with a question beside its form: picks a live figure, moves it in the list, reviews it."""

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faq import reviewing
from faq.desk import ordering
from faq.models import Question
from faq.provided import figures

# What static/js/admin/order.js and static/js/admin/picker.js write, as data attributes of the fields.
ORDER_WORDS = {
    "data-hint": gettext_lazy("Alt+Up and Alt+Down in the box of a position move its question."),
    "data-handle": gettext_lazy("Drag to move"),
    "data-moved": gettext_lazy("“%s” is number %s of the %s shown."),
    "data-not-moved": gettext_lazy("The order was not saved. Reload the page and try again."),
}
PICKER_WORDS = {
    "data-pick": gettext_lazy("Insert a live figure"),
    "data-insert": gettext_lazy("Insert this figure"),
    "data-close": gettext_lazy("Close"),
    "data-not-found": gettext_lazy("The figures could not be fetched. Try again."),
    "data-inserted": gettext_lazy("Inserted: %s"),
}


def picker(model_admin, request: HttpRequest) -> HttpResponse:
    """Show what can be picked, and what the picked figure says now: a page of its own, or within the form's."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    request.current_app = model_admin.admin_site.name
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Live figures"),
        "opts": model_admin.opts,
        "found": figures().choices(request.GET),
    }
    return TemplateResponse(request, "admin/faq/figures.html", context)


def moved(model_admin, request: HttpRequest) -> HttpResponse:
    """Move a question behind another, or before it: {"positions": {"7": 25}}."""
    if not model_admin.may_publish(request.user):
        raise PermissionDenied
    sent = {name: request.POST.get(name, "") for name in ("moved", "before", "after")}
    keys = {name: int(text) for name, text in sent.items() if text.isascii() and text.isdigit() and len(text) < 10}
    beside = keys.get("after") or keys.get("before")
    if not keys.get("moved") or not beside:
        return JsonResponse({"fault": _("Send “moved” and “after” or “before”: the keys of questions.")}, status=400)
    try:
        positions = ordering.move(keys["moved"], beside, is_after="after" in keys)
    except Question.DoesNotExist:
        return JsonResponse({"fault": _("One of the questions is not there any more. Reload the page.")}, status=409)
    model_admin.log_change(request, Question.objects.get(pk=keys["moved"]), _("Moved."))
    return JsonResponse({"positions": positions})


def reviewed(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Record that an editor has read an answer and that it still holds."""
    question = get_object_or_404(Question, pk=pk)
    if not model_admin.has_change_permission(request, question):
        raise PermissionDenied
    reviewing.record(question, request.user)
    model_admin.log_change(request, question, _("Reviewed: still right."))
    messages.success(request, _("Recorded: you reviewed this answer today, and it is still right."))
    return HttpResponseRedirect(reverse("admin:faq_question_change", args=[quote(pk)]))


def review_of(question: Question) -> dict:
    """What the form says of reviews: {"outdated": [Outdated(…)], "holds_for": ["China …, release 3"], "url": …}."""
    return {
        "question": Question.objects.select_related("reviewed_by").get(pk=question.pk),
        "outdated": reviewing.outdated().get(question.pk, []),
        "holds_for": reviewing.holds_for(question),
        "url": reverse("admin:faq_question_reviewed", args=[quote(question.pk)]),
    }
