"""The admin of accounts: users that cannot raise themselves to superuser, second factors to take away, the log."""

import csv

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.urls import path
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts import second_factor
from accounts.model_signals import WATCHED
from accounts.models import LogEntry
from spreadsheets.formula_injection import inert
from tables.read_only import ReadOnly

User = get_user_model()
SHOWN = 160  # characters of an entry in the list
for replaced in (User, EmailAddress, Authenticator):
    admin.site.unregister(replaced)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Django's, but only a superuser makes superusers, changes them, or gives single permissions beside groups."""

    def get_readonly_fields(self, request, obj=None):
        only_superusers = () if request.user.is_superuser else ("is_superuser", "user_permissions")
        return (*super().get_readonly_fields(request, obj), *only_superusers)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_in_reach(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._is_in_reach(request, obj)

    def get_actions(self, request):
        """Offer no deletion of many at once to whoever may not delete each of them."""
        actions = super().get_actions(request)
        if not request.user.is_superuser:
            actions.pop("delete_selected", None)
        return actions

    def _is_in_reach(self, request, account):
        return account is None or not account.is_superuser or request.user.is_superuser


class SecondFactorFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "type"

    def lookups(self, request, model_admin):
        return [(kind.value, words) for kind, words in second_factor.KINDS.items()]

    def queryset(self, request, queryset):
        return queryset.filter(type=self.value()) if self.value() else queryset


@admin.register(Authenticator)
class SecondFactorAdmin(ReadOnly):
    """Who has which second factor. One that was lost is deleted here; its secret is shown to nobody."""

    list_display = ["user", "name", "created_at", "last_used_at"]
    list_filter = [SecondFactorFilter]
    list_select_related = ["user"]
    search_fields = ["user__username"]
    fields = readonly_fields = ["user", "name", "created_at", "last_used_at"]

    @admin.display(description=_("kind"), ordering="type")
    def name(self, authenticator):
        return str(authenticator)

    def has_delete_permission(self, request, obj=None):
        is_in_reach = obj is None or not obj.user.is_superuser or request.user.is_superuser
        return request.user.has_perm("mfa.delete_authenticator") and is_in_reach

    def get_actions(self, request):
        return {}


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [(label.lower(), apps.get_model(label)._meta.verbose_name_plural) for label in WATCHED]

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text


@admin.register(LogEntry)
class LogAdmin(ReadOnly):
    """The log, to read, to search and to take away."""

    COLUMNS = ["at", "account", "action", "kind", "key", "subject", "details", "address"]
    list_display = ["at", "account", "action", "what", "address"]
    list_filter = ["action", KindFilter]
    search_fields = ["account", "subject", "details", "=address"]
    search_help_text = _("Search by account, change details or IP address.")
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False
    change_list_template = "admin/accounts/logentry/change_list.html"

    @admin.display(description=_("object"))
    def what(self, entry):
        """What it was about and the beginning of the details: the page of the entry has the whole."""
        return Truncator(": ".join(filter(None, (entry.subject, entry.details)))).chars(SHOWN)

    def get_actions(self, request):
        return {}

    def get_urls(self):
        export = self.admin_site.admin_view(self.export_view)
        return [path("export/", export, name="accounts_logentry_export"), *super().get_urls()]

    def export_view(self, request):
        """Send the entries that the search and the filters leave as a CSV, row by row."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entries = self.get_changelist_instance(request).get_queryset(request).values_list(*self.COLUMNS)
        headers = {"Content-Disposition": 'attachment; filename="log.csv"'}
        return StreamingHttpResponse(_csv(self.COLUMNS, entries), content_type="text/csv", headers=headers)


def _csv(columns, entries):
    write = csv.writer(Echo()).writerow
    yield write(columns)
    for entry in entries.iterator(chunk_size=2000):
        yield write([inert(str("" if cell is None else cell)) for cell in entry])
