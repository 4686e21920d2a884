"""The admin of the texts of the site: each can be drafted and changed, none added or deleted.

An empty one is as the site came."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.drafted_admin import DraftedAdmin
from site_texts.catalogue import PROSE, TEXTS
from site_texts.models import SiteText
from tables.editing import EditedByMany
from tables.history import WithHistory


class SiteTextForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "text" not in self.fields:  # of an account that may only look
            return
        field, described = self.fields["text"], self.instance.described
        field.widget = forms.Textarea(attrs={"rows": 8 if described.kind == PROSE else 2, "cols": 80})
        field.widget.attrs["placeholder"] = str(described.default)
        form = _("Markdown: **bold**, [text](https://…), a blank line between paragraphs.")
        field.help_text = " ".join(
            [form] * (described.kind == PROSE)
            + [_("At most %d characters. Leave it empty to show the words that the site came with.") % described.most]
        )

    class Meta:
        model = SiteText
        fields = ["text"]


@admin.register(SiteText)
class SiteTextAdmin(EditedByMany, DraftedAdmin, WithHistory):
    form = SiteTextForm
    lists_deleted = False
    list_display = ["place", "words", "is_own"]
    search_fields = ["text"]
    list_per_page = 100
    fields = ["text", "default"]
    readonly_fields = ["default"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        """Every text of the catalogue can be written, whether or not anybody wrote it before."""
        found = super().get_object(request, object_id, from_field)
        return found or (SiteText(key=object_id) if object_id in TEXTS else None)

    def may_publish(self, user):
        """Whoever may change these texts writes their drafts and publishes them."""
        return user.has_perm("site_texts.change_sitetext")

    def public_address(self, text):
        return reverse(text.described.page)

    @admin.display(description=gettext_lazy("text"), ordering="key")
    def place(self, text):
        return str(text)

    @admin.display(description=gettext_lazy("words"))
    def words(self, text):
        return Truncator(text.shown).chars(120)

    @admin.display(description=gettext_lazy("changed by editors"))
    def is_own(self, text):
        return _("changed") if text.text else ""

    @admin.display(description=gettext_lazy("words that the site came with"))
    def default(self, text):
        return str(text.described.default) or "–"
