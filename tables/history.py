"""The admin of a model that keeps its history: who may see an earlier version, and who may restore it."""

from django.core.exceptions import PermissionDenied
from simple_history.admin import SimpleHistoryAdmin


class WithHistory(SimpleHistoryAdmin):
    """Words with their history; its list without the stock one's inline style, which our policy forbids."""

    object_history_list_template = "admin/history.html"

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
