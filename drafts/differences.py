"""Says in what a filled-in form differs from what is published: field by field, with the changed words marked."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from django import forms
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from drafts.filled_form import FilledForm

ALIKE = 0.4  # the part of the words that two texts share, below which they are shown one after the other


class Difference(NamedTuple):
    """One field before and after: Difference("Answer", "It fell.", "It rose.")."""

    label: str
    before: str
    after: str

    @property
    def marked(self) -> SafeString:
        """The text after, with what was left out and what was added."""
        return marked(self.before, self.after)


def of_form(filled: FilledForm) -> list[Difference]:
    """All differences of an entry's form and of its rows."""
    found = list(_of_one(filled.form, ""))
    for formset in filled.formsets:
        deleted = formset.deleted_forms if formset.is_bound and formset.is_valid() else []
        for form in formset.forms:
            found += _of_row(form, form in deleted)
    return found


def of_versions(before: models.Model, after: models.Model, fields: Iterable[str]) -> list[Difference]:
    """The differences of two versions of an entry in these fields."""
    found = []
    for name in fields:
        old, new = (_of_instance(one, name) for one in (before, after))
        if old != new:
            found.append(Difference(_label(before, name), old, new))
    return found


def _of_row(form, is_deleted):
    kind = str(form._meta.model._meta.verbose_name)
    if is_deleted:
        return [Difference(capfirst(kind), str(form.instance), "")] if form.instance.pk else []
    if not form.has_changed():
        return []
    name = str(form.instance) if form.instance.pk else _("new %(kind)s") % {"kind": kind}
    return list(_of_one(form, f"{capfirst(name)} · "))


def _of_one(form, prefix) -> Iterator[Difference]:
    for name in form.changed_data:
        bound, field = form[name], form.fields[name]
        if bound.is_hidden or name == "DELETE":
            continue
        before = _shown(field, form.get_initial_for_field(field, name)) if form.instance.pk else ""
        after = _shown(field, form.cleaned_data[name] if name in getattr(form, "cleaned_data", {}) else bound.value())
        if before != after:
            yield Difference(f"{prefix}{field.label}", before, after)


def _shown(field, value) -> str:
    """A value as the form shows it: the name of a choice, yes or no, "" for nothing."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        found = value if isinstance(value, models.Model) else field.queryset.filter(pk=value).first()
        return str(found or value)
    choices = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    return choices.get(str(value), str(value)).replace("\r\n", "\n")


def _label(entry, name):
    return capfirst(str(entry._meta.get_field(name).verbose_name))


def _of_instance(entry, name):
    field, value = entry._meta.get_field(name), getattr(entry, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(dict(field.flatchoices).get(value, value))


def marked(before: str, after: str) -> SafeString:
    """Mark words: marked("It fell.", "It rose.") -> "It <del>fell.</del><ins>rose.</ins>". Lines are compared first."""
    blocks = _blocks(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return format_html_join("", "{}", ((new if old == new else _words(old, new),) for old, new in blocks))


def _blocks(old, new):
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[a:b]), ("".join(old[a:b]) if kind == "equal" else "".join(new[c:d]))


def _words(before, after):
    old, new = (re.findall(r"\s+|\S+\s*", text) for text in (before, after))
    matcher = SequenceMatcher(None, old, new)
    if matcher.ratio() < ALIKE:
        return _pieces([("del", before), ("ins", after)])
    pieces = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(("", "".join(old[a:b])))
        else:
            pieces += [("del", "".join(old[a:b])), ("ins", "".join(new[c:d]))]
    return _pieces(pieces)


def _pieces(pieces):
    words = ((format_html("<{0}>{1}</{0}>", tag, text) if tag else text,) for tag, text in pieces if text)
    return format_html_join("", "{}", words)
