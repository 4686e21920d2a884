"""The admin of a model that keeps its history: who may see an earlier version, and restore it or what was deleted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from tables import deleted_rows


class WithHistory(SimpleHistoryAdmin):
    """Words with their history; its list without the stock one's inline style, which our policy forbids.

    `kept_when_restored` names the fields that an earlier version does not bring back unless the editor asks for it:
    whether a question is published is no part of its words. `restored_with` names the models whose rows were deleted
    together with an entry and come back with it. `lists_deleted` is False where nothing can be deleted.
    """

    object_history_list_template = "admin/history.html"
    object_history_form_template = "admin/history_form.html"
    kept_when_restored: tuple = ()
    restored_with: tuple = ()
    lists_deleted = True

    # --- earlier versions ---------------------------------------------------------------------------------------------

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Show an earlier version; restore it only for somebody who may change the entry, or add it if it is gone.

        django-simple-history asks for the permission to view or change, of POST as of GET.
        """
        if request.method == "POST" and not self.may_restore(request, self.get_object(request, object_id)):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)

    def may_restore(self, request, entry) -> bool:
        """Whether an account may bring back an earlier version of an entry, or one that is gone (None)."""
        return self.has_change_permission(request, entry) if entry else self.has_add_permission(request)

    def revert_disabled(self, request, obj=None):
        return super().revert_disabled(request, obj) or not self.may_restore(request, obj)

    def render_history_view(self, request, template, context, **kwargs):
        """Leave in the form of an earlier version what it does not bring back, and say what the two states are."""
        if template == self.object_history_form_template:
            self._keep_state(context)
        return super().render_history_view(request, template, context, **kwargs)

    def _keep_state(self, context):
        form, version = context["adminform"].form, context["original"]
        now = self.model._default_manager.filter(pk=version.pk).first()
        context["is_gone"] = now is None
        context["kept"] = []
        if now is None or form.is_bound:
            return
        for name in self.kept_when_restored:
            if name in form.fields and getattr(now, name) != getattr(version, name):
                form.initial[name] = getattr(now, name)
                label = form.fields[name].label
                context["kept"].append({"label": label, "then": _said(version, name), "now": _said(now, name)})

    # --- what was deleted ---------------------------------------------------------------------------------------------

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_deleted"
        return [path("deleted/", self.admin_site.admin_view(self.deleted_view), name=name), *super().get_urls()]

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """List the entries that were deleted, each as it last was; restore the one whose button was pressed."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        may_restore = self.may_restore(request, None)
        if request.method == "POST":
            if not may_restore:
                raise PermissionDenied
            return self._restore(request)
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted entries: %(kind)s") % {"kind": self.opts.verbose_name_plural},
            "opts": self.opts,
            "found": deleted_rows.of(self.model, self.restored_with),
            "may_restore": may_restore,
        }
        return TemplateResponse(request, "admin/deleted.html", context)

    def _restore(self, request):
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_deleted")
        version = deleted_rows.version(self.model, request.POST.get("version", ""))
        if version is None:
            messages.error(request, _("Nothing was restored: the entry is there again, or its history is gone."))
            return HttpResponseRedirect(back)
        try:
            entry = deleted_rows.restore(version, self.restored_with)
        except deleted_rows.CannotRestore as error:
            messages.error(request, _("“%(entry)s” was not restored: %(why)s") % {"entry": version.entry, "why": error})
            return HttpResponseRedirect(back)
        self.log_addition(request, entry, _("Restored."))
        messages.success(request, _("“%(entry)s” was restored as it last was.") % {"entry": entry})
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[entry.pk])
        )

    def changelist_view(self, request, extra_context=None):
        places = [*(extra_context or {}).get("places", [])]
        if self.lists_deleted:
            url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_deleted")
            places.append({"url": url, "label": _("Deleted entries")})
        return super().changelist_view(request, (extra_context or {}) | {"places": places})


def _said(entry, name):
    """A choice by its name, a box by yes or no."""
    value = getattr(entry, name)
    choices = dict(entry._meta.get_field(name).flatchoices)
    return choices.get(value) or (_("yes") if value else _("no"))
