"""The admin's pages of redactions: where a text stands is shown before it is taken out, which cannot be undone."""

from collections import Counter

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tables.read_only import ReadOnly
from trade import tasks
from trade.models import Redaction
from trade.publishing import uploads
from trade.publishing.removing import redacted_texts

NAMES = {
    "trade.release": _("notes of releases"),
    "trade.uploadfile": _("names of files"),
    "trade.upload": _("messages and drafts of uploads"),
    "trade.redaction": _("earlier redactions"),
    "trade.annotation": _("notes on charts"),
    "trade.historicalannotation": _("earlier versions of notes on charts"),
    "admin.logentry": _("entries of the log of the admin"),
    "django_tasks_database.dbtaskresult": _("tasks that were done"),
} | dict.fromkeys(redacted_texts.OBSERVATIONS, _("notes of values"))


class RedactForm(forms.Form):
    text = forms.CharField(
        label=_("Text to take out"),
        max_length=500,
        strip=False,
        help_text=_("Exactly as it stands: capitals and spaces count. It is searched in notes and in names of files."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 60}),
    )
    reason = forms.CharField(
        label=_("Reason for readers"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown on the pages of the releases whose files are rebuilt. Do not repeat the text."),
    )
    confirmed = forms.BooleanField(
        label=_("Take it out everywhere. This cannot be undone."), required=False
    )  # fmt: skip


@admin.register(Redaction)
class RedactionAdmin(ReadOnly):
    list_display = ["when", "user", "reason"]
    fields = ["when", "user", "reason", "where"]
    readonly_fields = ["when", "where"]

    def has_add_permission(self, request):
        return request.user.has_perm("trade.add_redaction")

    @admin.display(description=_("redacted"), ordering="created")
    def when(self, made):
        return date_format(timezone.localtime(made.created), "DATETIME_FORMAT")

    @admin.display(description=_("taken out of"))
    def where(self, made):
        return ", ".join(f"{name}: {count}" for name, count in _counted(made.places).items())

    def add_view(self, request, form_url="", extra_context=None):
        """Show where the text stands; taken out it is once that was confirmed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form, found = RedactForm(request.POST or None), None
        if request.method == "POST" and form.is_valid():
            chosen = form.cleaned_data
            try:
                if chosen["confirmed"]:
                    return self._redact(request, chosen)
                found = _counted([place._asdict() for place in redacted_texts.places(chosen["text"])])
            except uploads.Refused as refused:
                form.add_error(None, str(refused))
        context = self.admin_site.each_context(request) | {
            "title": _("Redact a text"),
            "opts": self.opts,
            "form": form,
            "found": found,
        }
        return TemplateResponse(request, "admin/trade/redaction/add.html", context)

    def _redact(self, request, chosen):
        with transaction.atomic():
            made = redacted_texts.record(chosen["text"], chosen["reason"], request.user)
            asked = redacted_texts.ask(made, request.user)
            for upload in asked:
                tasks.publish_upload.enqueue(upload.pk, chosen["reason"], "", request.user.pk)
            self.log_addition(request, made, "redacted")
        said = ngettext(
            "The text is being taken out of the files of one dataset. This page will say so when it is done.",
            "The text is being taken out of the files of %d datasets. Their pages say when it is done.",
            len(asked),
        )
        messages.success(request, said % len(asked) if len(asked) > 1 else said)
        if len(asked) == 1:
            return redirect("admin:trade_upload_change", asked[0].pk)
        return redirect("admin:trade_redaction_change", made.pk)


def _counted(places):
    """Count the places by what they are: {"notes of releases": 2, …}."""
    return dict(Counter(str(NAMES[place["model"]]) for place in places))
