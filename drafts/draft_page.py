"""The pages of drafts: their list, and one draft beside what is published, with what may be done with it."""

from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts import differences, previewing, publishing, shared_preview
from drafts.filled_form import mark_of
from drafts.models import Draft
from web import site_address


class HourForm(forms.Form):
    """When a draft is to become public."""

    publish_at = forms.DateTimeField(
        label=gettext_lazy("Publish on"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Date and time in UTC, such as 2026-12-01 09:00."),
        error_messages={
            "required": gettext_lazy("Enter a date and a time, such as 2026-12-01 09:00."),
            "invalid": gettext_lazy("This is not a date with a time. Write it as 2026-12-01 09:00, in UTC."),
        },
    )

    def clean_publish_at(self):
        hour, now = self.cleaned_data["publish_at"], timezone.now()
        if hour <= now:
            words = {"found": date_format(hour, "DATETIME_FORMAT"), "now": date_format(now, "DATETIME_FORMAT")}
            raise forms.ValidationError(
                _("%(found)s has passed: it is now %(now)s. Choose a later time, or publish now.") % words
            )
        return hour


def listed(model_admin, request: HttpRequest) -> HttpResponse:
    """List the drafts of a kind of entry, the newest first."""
    found = Draft.objects.of(model_admin.model).select_related("author")
    drafts = [{"draft": draft, "url": model_admin.draft_url("draft", draft.pk)} for draft in found]
    title = _("Drafts of %(kind)s") % {"kind": model_admin.opts.verbose_name_plural}
    return _page(model_admin, request, "drafts", title, drafts=drafts)


def shown(model_admin, request: HttpRequest, draft: Draft, form: HourForm | None = None, status=200) -> HttpResponse:
    """Show a draft beside what is published."""
    told, anchor = {"faults": [], "differences": [], "is_stale": False, "mark": ""}, ""
    try:
        entry = publishing.entry_of(model_admin, draft)
        told["mark"] = mark_of(model_admin, entry)
        filled = publishing.filled(model_admin, draft)
        told |= {"faults": filled.faults(), "differences": differences.of_form(filled)}
        anchor = anchor_of(model_admin, filled.form.instance)
        told["is_stale"] = told["mark"] != draft.mark
    except publishing.Refused as refused:
        told["faults"] = [str(refused)]
    urls = {
        "edit_url": model_admin.entry_url(draft),
        "preview_url": model_admin.draft_url("draft_preview", draft.pk) + anchor,
        "drafts_url": model_admin.draft_url("drafts"),
    }
    shared = reverse("draft_preview", args=[shared_preview.token_of(draft, request.user)])
    urls |= {"shared_url": site_address.whole(request, shared) + anchor, "until": shared_preview.expires()}
    may = {
        "may_publish": model_admin.may_publish(request.user),
        "may_write": model_admin.has_change_permission(request),
    }
    form = form or HourForm(initial={"publish_at": draft.publish_at})
    title = _("Draft: %(title)s") % {"title": draft}
    return _page(model_admin, request, "draft", title, status, draft=draft, form=form, **told, **urls, **may)


def anchor_of(model_admin, entry) -> str:
    """Where on its public page an entry stands: "#question-crude-oil"; "" where it is not known yet."""
    try:
        fragment = urlsplit(model_admin.public_address(entry)).fragment
    except (ObjectDoesNotExist, NoReverseMatch, KeyError, ValueError):  # too little is filled in
        return ""
    return f"#{fragment}" if fragment else ""


def done(model_admin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """Do what a button of a draft's page asks."""
    act = ACTS.get(request.POST.get("act"))
    if act is None or not model_admin.has_change_permission(request):
        raise PermissionDenied
    if act is not _discard and not model_admin.may_publish(request.user):
        raise PermissionDenied
    if request.POST.get("held") != draft.version:
        messages.error(request, _("Nothing was done: the draft has been changed meanwhile. Look at it again."))
        return HttpResponseRedirect(request.path)
    return act(model_admin, request, draft)


def _publish(model_admin, request, draft):
    try:
        entry = publishing.publish(model_admin, draft, request.user, request.POST.get("mark", ""))
    except publishing.Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(request.path)
    messages.success(request, _("“%(entry)s” was published.") % {"entry": entry})
    return HttpResponseRedirect(model_admin.draft_url("change", entry.pk))


def _schedule(model_admin, request, draft):
    form = HourForm(request.POST)
    if not form.is_valid():
        return shown(model_admin, request, draft, form)
    faults = _stand_in_the_way(model_admin, draft)
    if faults:
        messages.error(request, _("The draft cannot be published yet, so it was not scheduled. The reasons are below."))
        return HttpResponseRedirect(request.path)
    hour = form.cleaned_data["publish_at"]
    changed = {"publish_at": hour, "publisher": request.user, "mark": request.POST.get("mark", ""), "fault": ""}
    Draft.objects.filter(pk=draft.pk).update(**changed)
    told = _("The draft will be published on %(hour)s.")
    messages.success(request, told % {"hour": date_format(hour, "DATETIME_FORMAT")})
    return HttpResponseRedirect(request.path)


def _stand_in_the_way(model_admin, draft):
    try:
        return publishing.filled(model_admin, draft).faults()
    except publishing.Refused as refused:
        return [str(refused)]


def _call_off(model_admin, request, draft):
    Draft.objects.filter(pk=draft.pk).update(publish_at=None, publisher=None)
    messages.success(request, _("The scheduled time was cancelled. The draft stays a draft."))
    return HttpResponseRedirect(request.path)


def _discard(model_admin, request, draft):
    draft.delete()
    messages.success(request, _("The draft was discarded. What is published stays as it is."))
    return HttpResponseRedirect(model_admin.draft_url("drafts"))


ACTS = {"publish": _publish, "schedule": _schedule, "call_off": _call_off, "discard": _discard}


def previewed(model_admin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the public page with a draft in place, or say why there is none yet."""
    try:
        filled = publishing.filled(model_admin, draft)
    except publishing.Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(model_admin.draft_url("draft", draft.pk))
    if not filled.is_valid:
        messages.error(request, _("There is no preview yet: the draft has errors, which are listed below."))
        return HttpResponseRedirect(model_admin.draft_url("draft", draft.pk))
    return previewing.shown(request, filled)


def _page(model_admin, request, name, title, status=200, **context):
    request.current_app = model_admin.admin_site.name
    context |= {**model_admin.admin_site.each_context(request), "title": title, "opts": model_admin.opts}
    return TemplateResponse(request, f"admin/drafts/{name}.html", context, status=status)
