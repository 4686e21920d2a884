"""The admin's page on which a release is withdrawn: what readers would see is shown before anything is done."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tables import kept_forms
from trade import tasks, time_period
from trade.models import Flow, Release, names_of
from trade.publishing import uploads
from trade.publishing.removing import withdrawal

LISTED = 20  # values of which the page says what they become
LARGEST = 100_000  # rows of a dataset for which the page works out what would happen; the worker does so for any


class WithdrawForm(forms.Form):
    values = forms.ChoiceField(
        label=_("Its values"),
        choices=[
            ("put_back", _("are wrong, or must not be seen: put back what stood without them")),
            ("keep", _("are right: publish them again in a release of their own")),
        ],
        widget=forms.RadioSelect,
        initial="put_back",
    )
    reason = forms.CharField(
        label=_("Reason for readers"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown in place of the release. Do not repeat what must not be seen. This cannot be undone."),
    )

    def __init__(self, *args, may_keep: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_keep:
            del self.fields["values"]


def withdraw_view(model_admin, request, pk):
    """Show what withdrawing a release would do, ask for the reason, and have the worker do it."""
    if not request.user.has_perm("trade.delete_release"):
        raise PermissionDenied
    release = get_object_or_404(Release.objects.select_related("dataset", "withdraws"), pk=pk)
    try:
        withdrawal.refuse_unfit(release)
    except uploads.Refused as refused:
        messages.error(request, str(refused))
        return redirect("admin:trade_release_change", pk)
    form = WithdrawForm(kept_forms.sent(request), may_keep=withdrawal.has_values_to_keep(release))
    if request.method == "POST" and form.is_valid():
        keep = form.cleaned_data.get("values") == "keep"
        with transaction.atomic():
            upload, is_new = withdrawal.ask(release, request.user, keep=keep)
            if is_new:
                tasks.publish_upload.enqueue(
                    upload.pk, form.cleaned_data["reason"], Release.Kind.WITHDRAWAL, request.user.pk
                )
        return redirect("admin:trade_upload_change", upload.pk)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Withdraw %s") % release,
        "opts": model_admin.opts,
        "release": release,
        "form": form,
        "outlook": _outlook(release),
    }
    return TemplateResponse(request, "admin/trade/release/withdraw.html", context)


def _outlook(release):
    """Say what would happen: {"values": [{"name", "flow", "period", …}], "back": 3, "ended": 0, "rebuilt": [5], …}."""
    if release.dataset.observations.count() > LARGEST:
        return None
    plan = withdrawal.plan(release)
    changes = withdrawal.beside_what_stands(plan)
    names, flows = names_of(release.dataset.kind, set(changes["key"])), {flow.value: flow.label for flow in Flow}
    shown = changes.head(LISTED).astype(object)
    values = [
        row
        | {"name": names.get(row["key"], ""), "flow": flows[row["flow"]]}
        | {"period": time_period.written(row["year"], row["month"])}
        for row in shown.where(shown.notna(), None).to_dict("records")
    ]
    back = int(changes["new_status"].notna().sum())
    return {
        "values": values,
        "left": len(changes) - len(values),
        "back": back,
        "ended": len(changes) - back,
        "rebuilt": [one.number for one in plan.rebuilt],
        "emptied": [one.number for one in plan.emptied],
        "hides": plan.leaves_nothing,
    }


def lead_to_release(request, upload):
    """Say what has been done at once, and lead to its release."""
    if "redaction" in upload.asked:
        messages.success(request, _("The text was taken out of %s.") % upload.dataset)
        return redirect("admin:trade_redaction_change", upload.asked["redaction"])
    release, withdrawn = Release.objects.filter(upload=upload).first(), upload.asked.get("withdraw")
    if withdrawn:
        gone = Release.objects.select_related("dataset").get(pk=withdrawn)
        said = {"release": gone, "now": withdrawal.aftermath(gone, release)}
        messages.success(request, _("%(release)s has been withdrawn. %(now)s") % said)
        return redirect("admin:trade_release_change", gone.pk)
    link = format_html('<a href="{}">{}</a>', release.get_absolute_url(), release)
    messages.success(request, format_html(_("{} was published."), link))
    return redirect("admin:trade_release_change", release.pk)
