"""The admin of datasets: what readers are told of them, whether readers see them, and in which order.

What readers are told belongs to a release: once there is one, to change it takes a note and makes another, which the
worker publishes. The rest shows at once.
"""

from django import forms
from django.contrib import admin
from django.db import models, transaction
from django.db.models import Max
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trade import tasks
from trade.admin.reference_tables import Named
from trade.bundles import storage
from trade.bundles.facts import FIELDS, described, facts
from trade.models import Dataset, Release
from trade.publishing import descriptions

State = Dataset.State
BASIS = gettext_lazy(
    "FOB (without freight and insurance, usual for a partner’s exports) or CIF (with both, usual for its imports)."
)


class DatasetForm(forms.ModelForm):
    """A dataset, and the note for readers that a change of what they are told needs."""

    note = forms.CharField(
        label=gettext_lazy("Note for readers"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Needed if you change the title, the description, the partner, the source, the licence or the method. "
            "Saving then publishes a new release with this note, in which no figure changes."
        ),
    )

    class Meta:
        help_texts = {
            "basis_to_dprk": BASIS,
            "basis_from_dprk": BASIS,
            "partner": gettext_lazy("Whose trade with the DPRK it is, as within a sentence: “China”, “the world”."),
        }

    def clean(self):
        cleaned = super().clean()
        if self.told_differently() and not cleaned.get("note", "").strip():
            self.add_error("note", _("Write a note that tells readers what changed and why."))
        if "is_default" in self.changed_data:
            self._check_default(cleaned)
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        first = descriptions.waiting(self.instance) if self.told_differently() else None
        if first and first.asked["facts"] != facts(self.instance):  # else it is a second click
            self.add_error(None, _said_of_waiting(first))

    def told_differently(self) -> bool:
        """Whether readers of a released dataset would be told something else."""
        is_released = not self.instance._state.adding and self.instance.releases.exists()
        return is_released and bool({*FIELDS} & {*self.changed_data})

    def _check_default(self, cleaned):
        if not cleaned["is_default"]:
            self.add_error(
                "is_default", _("To show another dataset first, open that dataset and tick “shown first” there.")
            )
        elif cleaned.get("is_demonstration"):
            self.add_error("is_default", _("Demonstration data cannot be shown first."))
        elif cleaned.get("state") not in State.open_to_readers():
            self.add_error("is_default", _("A draft or hidden dataset cannot be shown first. Publish it, too."))


def _said_of_waiting(upload):
    """Say what somebody else has just asked to be told, which the row of the dataset does not hold yet."""
    words = {"name": upload.user or _("A command")}
    words["changes"] = "; ".join(
        f"{capfirst(row['label'])}: “{row['old']}” → “{row['new']}”" for row in descriptions.differences(upload)
    )
    said = _(
        "%(name)s has just changed this description, and it is being published: %(changes)s. Yours was not saved. "
        "Save it again in a moment: both are then shown side by side."
    )
    return said % words


@admin.register(Dataset)
class DatasetAdmin(Named):
    form = DatasetForm
    key_fields = ("slug", "kind")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["title", "short_state", "kind", "partner", "newest", "next_release", "first", "slug"]
    ordering = ["position", "slug"]  # said again: the count of releases drops the model's own
    list_filter = ["state", "kind", "is_demonstration"]
    search_fields = ["title", "slug", "source", "description"]
    fieldsets = [
        (
            gettext_lazy("What readers see"),
            {
                "fields": ["state", "next_release_on", "is_default", "position", "needs_second_person"],
                "description": gettext_lazy("Changes made in this part show at once and need no release."),
            },
        ),
        (
            gettext_lazy("Description"),
            {
                "fields": ["title", "slug", "kind", "description", "is_demonstration"],
                "description": gettext_lazy(
                    "The identifier is part of every page address; it and the kind cannot be changed later. The "
                    "description, the countries, the source, the licence and the method belong to a release: changing "
                    "them needs a note and makes a new release."
                ),
            },
        ),
        (gettext_lazy("Reporter and partner"), {"fields": ["partner", "reporter", "basis_to_dprk", "basis_from_dprk"]}),
        (gettext_lazy("Source and licence"), {"fields": ["source", "source_url", "licence", "licence_url"]}),
        (gettext_lazy("Method"), {"fields": ["hs_edition", "estimate_kind", "estimate_method"]}),
        (gettext_lazy("New release"), {"fields": ["note"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(newest=Max("releases__number"))

    def get_view_on_site_url(self, obj=None):
        """No way to a page that answers "not found"."""
        return super().get_view_on_site_url(obj) if obj is None or obj.is_open_to_readers else None

    def get_fieldsets(self, request, obj=None):
        """A new dataset comes last, is never first at once, and has nothing released that a note could be about."""
        left_out = set() if obj else {"is_default", "position", "note"}
        shown = []
        for title, options in super().get_fieldsets(request, obj):
            fields = [name for name in options["fields"] if name not in left_out]
            if fields and not (fields == ["note"] and not self._may_describe(request, obj)):
                shown.append((title, options | {"fields": fields}))
        return shown

    def get_readonly_fields(self, request, obj=None):
        """What a release says can be changed by whoever may publish one."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *FIELDS) if obj and not self._may_describe(request, obj) else fields

    def _may_describe(self, request, obj):
        return request.user.has_perm("trade.publish_upload") or not obj.releases.exists()

    def get_changeform_initial_data(self, request):
        return {"state": State.DRAFT} | super().get_changeform_initial_data(request)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def short_state(self, dataset):
        return dataset.get_state_display().partition(":")[0]

    @admin.display(description=gettext_lazy("next release"), ordering="next_release_on")
    def next_release(self, dataset):
        return date_format(dataset.next_release_on) if dataset.next_release_on else "–"

    @admin.display(description=gettext_lazy("shown first"), ordering="is_default")
    def first(self, dataset):
        return _("yes") if dataset.is_default else ""

    @admin.display(description=gettext_lazy("latest release"), ordering="newest", empty_value="–")
    def newest(self, dataset):
        return dataset.newest

    def in_use(self, obj):
        return obj.uploads.exists() or obj.releases.exists()

    def save_model(self, request, obj, form, change):
        """Save what shows at once; what readers are told waits for the release that tells them."""
        Dataset.objects.settle_default(obj.kind)
        if not change:
            obj.position = Dataset.objects.last_position()
        elif form.told_differently():
            stored = Dataset.objects.get(pk=obj.pk)
            request.described = descriptions.ask(stored, facts(obj), request.user)
            kept = described(obj, facts(stored))
            obj.__dict__ |= {name: getattr(kept, name) for name in FIELDS}
            note = form.cleaned_data["note"].strip()
            args = (request.described.pk, note, Release.Kind.DESCRIPTION, request.user.pk)
            transaction.on_commit(lambda: tasks.publish_upload.enqueue(*args))
        if obj.is_default:
            Dataset.objects.filter(kind=obj.kind, is_default=True).exclude(pk=obj.pk).update(is_default=False)
        if not obj.is_open_to_readers:
            storage.mark_hidden(obj.pk, True)
        super().save_model(request, obj, form, change)
        if obj.is_open_to_readers:
            transaction.on_commit(lambda: storage.mark_hidden(obj.pk, False))

    def response_change(self, request, obj):
        if upload := getattr(request, "described", None):
            return redirect("admin:trade_upload_change", upload.pk)
        return super().response_change(request, obj)

    def construct_change_message(self, request, form, formsets, add=False):
        """Record what a field said before and says now."""
        if add:
            return super().construct_change_message(request, form, formsets, add)
        words = [
            f"{form.fields[name].label}: “{form.initial.get(name)}” → “{form.cleaned_data[name]}”"
            for name in form.changed_data
            if name != "note"
        ]
        return [{"changed": {"fields": words}}] if words else []
