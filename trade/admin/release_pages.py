"""The admin's pages of releases.

What a release says is changed by another one only; that may return to an earlier one. A release can be withdrawn for a
reason that readers see.
"""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tables import kept_forms
from tables.read_only import ReadOnly
from trade.admin.corrections.requests import have_compared
from trade.admin.desk.first_page import name_of
from trade.admin.forms import RevertForm
from trade.admin.withdrawal_pages import withdraw_view
from trade.models import Release
from trade.publishing import by_hand, releases


def row_or_404(rows, key: str):
    """Find the row that the last part of an address names."""
    if not (key.isascii() and key.isdigit()):
        raise Http404
    return get_object_or_404(rows, pk=key)


@admin.register(Release)
class ReleaseAdmin(ReadOnly):
    list_display = ["__str__", "kind", "short_note", "when", "who", "is_withdrawn", "public_page"]
    list_filter = ["dataset", "kind"]
    list_select_related = ["dataset", "user"]
    search_fields = ["note"]
    date_hierarchy = "created"
    readonly_fields = ["when", "is_withdrawn", "public_page", "revert", "withdraw"]

    def get_fields(self, request, release=None):
        """Offer what the account may do: no return to the newest or to a withdrawn one, which is withdrawn once."""
        fields = ["dataset", "number", "kind", "note", "when", "user", "upload", "reverts_to", "public_page"]
        if request.user.has_perm("trade.publish_upload") and release and _may_be_returned_to(release):
            fields.append("revert")
        if release and release.withdrawn:
            return [*fields, "is_withdrawn", "withdrawal_reason"]
        return [*fields, "withdraw"] if request.user.has_perm("trade.delete_release") else fields

    def get_view_on_site_url(self, obj=None):
        """No way to a page that answers "not found": that of a draft or a hidden dataset."""
        return super().get_view_on_site_url(obj) if obj is None or obj.dataset.is_open_to_readers else None

    def get_urls(self):
        def at(action, view):
            return path(f"<int:pk>/{action}/", self.admin_site.admin_view(view), name=f"trade_release_{action}")

        return [at("revert", self.revert_view), at("withdraw", partial(withdraw_view, self)), *super().get_urls()]

    @admin.display(description=_("released"), ordering="created")
    def when(self, release):
        return date_format(timezone.localtime(release.created), "DATETIME_FORMAT")

    @admin.display(description=_("published by"), ordering="user")
    def who(self, release):
        return name_of(release.user)

    @admin.display(description=_("withdrawn"), ordering="withdrawn")
    def is_withdrawn(self, release):
        return date_format(timezone.localtime(release.withdrawn)) if release.withdrawn else ""

    @admin.display(description=_("note"))
    def short_note(self, release):
        return release.note[:80]

    @admin.display(description=_("public page"))
    def public_page(self, release):
        if not release.dataset.is_open_to_readers:
            return ""
        return format_html('<a href="{}">{}</a>', release.get_absolute_url(), _("changes and files"))

    @admin.display(description=_("revert"))
    def revert(self, release):
        url = reverse("admin:trade_release_revert", args=[release.pk])
        return format_html('<a href="{}">{}</a>', url, _("Revert to this release (creates a new release)"))

    @admin.display(description=_("withdraw"))
    def withdraw(self, release):
        url = reverse("admin:trade_release_withdraw", args=[release.pk])
        return format_html('<a href="{}">{}</a>', url, _("Withdraw this release (readers will see the reason)"))

    def _ask(self, request, title, form, explanation, button):
        """Show a form of one text, which says why."""
        context = self.admin_site.each_context(request) | {
            "title": title,
            "form": form,
            "opts": self.opts,
            "explanation": explanation,
            "button": button,
        }
        return TemplateResponse(request, "admin/trade/release/ask.html", context)

    def revert_view(self, request, pk):
        """Have the return to an earlier release compared; the page of the upload shows it, and publishes it."""
        if not request.user.has_perm("trade.publish_upload"):
            raise PermissionDenied
        earlier = get_object_or_404(Release.objects.select_related("dataset"), pk=pk)
        newest = earlier.dataset.latest_release()
        form = RevertForm(kept_forms.sent(request), initial={"seen": newest.pk})
        try:
            by_hand.earlier_release(earlier.dataset, earlier.number)
        except releases.Refused as refused:
            messages.error(request, str(refused))
            return redirect("admin:trade_release_change", pk)
        if request.method == "POST" and form.is_valid():
            return have_compared(self, request, by_hand.to_revert(earlier, seen=form.cleaned_data["seen"]))
        explanation = _(
            "Nothing is changed at this step. The next page lists every value that would change, and publishes a new "
            "release with the values of %s. The releases in between, and their files, stay as they are."
        )
        return self._ask(request, _("Revert to %s") % earlier, form, explanation % earlier, _("Compare"))


def _may_be_returned_to(release):
    try:
        return bool(by_hand.earlier_release(release.dataset, release.number))
    except releases.Refused:
        return False
