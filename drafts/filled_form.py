"""The form of an entry in the admin, with its rows, filled with what a draft holds: checked, compared, stored.

The form, its checks and the way in which it is stored are those of the entry's ModelAdmin. So no draft is published
that the admin's own page would refuse.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.core import context
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.forms.formsets import all_valid
from django.http import HttpRequest, QueryDict
from simple_history.models import HistoricalRecords


class AnyEditor:
    """Whoever looks at a draft sees all its fields. What an account may do with it is asked elsewhere."""

    is_active = is_staff = True
    pk = None

    def has_perm(self, name, obj=None):
        return True

    def has_perms(self, names, obj=None):
        return True


class FilledForm:
    """A form, its instance and its formsets, as the page of the admin would make them of what was sent."""

    def __init__(self, model_admin: ModelAdmin, data: QueryDict, entry: models.Model | None = None):
        self.model_admin, self.entry = model_admin, entry
        request = request_of(AnyEditor(), data)
        fields = flatten_fieldsets(model_admin.get_fieldsets(request, entry))
        form_class = model_admin.get_form(request, entry, change=entry is not None, fields=fields)
        self.form = form_class(data, instance=entry)
        formsets, _inlines = model_admin._create_formsets(request, self.form.instance, change=entry is not None)
        # Rows that the form did not show, to this account or in an earlier version of the site, stay as they are.
        self.formsets = [formset for formset in formsets if f"{formset.prefix}-TOTAL_FORMS" in data]
        self.is_valid = all([self.form.is_valid(), all_valid(self.formsets)])

    @property
    def title(self) -> str:
        """What the entry would be called; "" where too little is filled in to say."""
        try:
            return str(self.form.instance)[:200]
        except (AttributeError, TypeError, ValueError):
            return ""

    def faults(self) -> list[str]:
        """What stands in the way of publishing: ["Answer: This field is required.", …]."""
        found = _faults(self.form)
        for formset in self.formsets:
            found += list(formset.non_form_errors())
            for form in formset.forms:
                found += [f"{form.instance}: {fault}" if form.instance.pk else fault for fault in _faults(form)]
        return found

    def deletes(self) -> list[type[models.Model]]:
        """The kinds of rows of which the form deletes any."""
        return [formset.model for formset in self.formsets if formset.deleted_forms]

    def save(self, user) -> models.Model:
        """Store the entry as the page of the admin does, in this account's name, with a line in the admin's log."""
        request, change = request_of(user, self.form.data), self.entry is not None
        with in_the_name_of(request):
            saved = self.model_admin.save_form(request, self.form, change=change)
            self.model_admin.save_model(request, saved, self.form, change)
            self.model_admin.save_related(request, self.form, self.formsets, change)
            message = self.model_admin.construct_change_message(request, self.form, self.formsets, not change)
            (self.model_admin.log_change if change else self.model_admin.log_addition)(request, saved, message)
        return saved


def _faults(form):
    fields = ((form.fields[name].label if name in form.fields else "", errors) for name, errors in form.errors.items())
    return [f"{label}: {error}" if label else str(error) for label, errors in fields for error in errors]


def request_of(user, data: QueryDict) -> HttpRequest:
    """Make the request that would have sent a form, for the methods of a ModelAdmin."""
    request = HttpRequest()
    request.method, request.POST, request.user = "POST", data.copy(), user
    return request


@contextmanager
def in_the_name_of(request: HttpRequest) -> Iterator[None]:
    """Let histories and the log name the account of this request, where no other is at work."""
    if context.request is not None:
        yield
        return
    HistoricalRecords.context.request = request
    try:
        with context.request_context(request):
            yield
    finally:
        del HistoricalRecords.context.request


def mark_of(model_admin: ModelAdmin, entry: models.Model | None) -> str:
    """A mark of an entry and its rows as they are published: another as soon as anything of them changes."""
    if entry is None or entry.pk is None:
        return ""
    rows = list(type(entry)._base_manager.filter(pk=entry.pk))  # a form that was filled in has changed `entry`
    for inline in model_admin.inlines:
        rows += inline.model._base_manager.filter(**{_link(inline.model, entry): entry.pk}).order_by("pk")
    values = [[str(getattr(row, field.attname)) for field in row._meta.concrete_fields] for row in rows]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def _link(model, entry):
    """The field by which rows belong to an entry."""
    return next(field.name for field in model._meta.fields if field.related_model is type(entry))
