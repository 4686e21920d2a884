"""The form of an entry that two people may have open: what another saved meanwhile is shown before it is overwritten.

The page carries what its form showed at first, signed. When it is sent, that is compared with what stands now. Where
somebody else has changed it, nothing is saved: the page says field by field what it showed, what stands now and what
was typed, and takes over what only the other one changed. Sent again, it is saved. A form that was sent after its
session had ended (tables.kept_forms) comes back in the same way: filled in, and not saved.
"""

import hashlib
from datetime import timedelta
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from django.contrib.admin.utils import unquote
from django.core import signing
from django.forms import MultiWidget, model_to_dict
from django.forms.models import _get_foreign_key
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from tables import kept_forms
from tables.models import OpenForm

SALT = "tables.editing"
LOADED = "_loaded"  # the field of the page that carries what its form showed at first
OPEN_FOR = timedelta(minutes=30)


class Difference(NamedTuple):
    """A field that somebody else changed: what the page showed, what stands now, what was typed; "" for none."""

    label: str
    shown: str
    theirs: str
    yours: str


class Editing:
    """What a page says about others who edit the same entry; read while the page is rendered, after its form."""

    def __init__(self, admin, request: HttpRequest, entry):
        self.admin, self.request, self.entry = admin, request, entry
        self.is_kept, self.differences, self.others = getattr(request, "is_kept", False), [], []
        self.loaded = self._read(request.POST.get(LOADED, "")) if request.method == "POST" else None
        self.state = self.loaded or (state_of(admin, request, entry) if entry else {})

    def _read(self, token):
        """What the page showed at first; None where it does not say, or was made for another entry."""
        try:
            loaded = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            return None
        return loaded["state"] if loaded["about"] == self._about() else None

    def _about(self):
        return [self.admin.opts.label, str(self.entry and self.entry.pk), self.request.user.pk]

    @property
    def token(self) -> str:
        """The field of the page that says what its form shows."""
        return signing.dumps({"about": self._about(), "state": self.state}, salt=SALT, compress=True)

    def compare(self, form) -> None:
        """Look whether somebody else has changed the entry since the page was opened; let the form fail if so."""
        if self.loaded is None or self.entry is None:
            return
        stored = type(self.entry)._base_manager.select_for_update().filter(pk=self.entry.pk).first()
        if stored is None:
            return
        now, yours = state_of(self.admin, self.request, stored), _fields_of(form.fields, form.instance)
        changed = [name for name in now | self.loaded if now.get(name) != self.loaded.get(name)]
        if not any(now.get(name) != yours.get(name, self.loaded.get(name)) for name in changed):
            return
        self.differences = [self._difference(name, now, yours) for name in changed]
        self.state = now
        _take_over(form, stored, [name for name in changed if name in yours and yours[name] == self.loaded.get(name)])
        form.add_error(
            None,
            _(
                "%(name)s saved this entry after you opened the page, so yours was not saved yet. Compare the versions "
                "above. If you save now, yours replaces theirs."
            )
            % {"name": _author(stored)},
        )

    def _difference(self, name, now, yours):
        shown, theirs, typed = (
            _worded(self.admin.model, name, part.get(name, "")) for part in (self.loaded, now, yours)
        )
        is_typed = name in yours and yours[name] != self.loaded.get(name)
        return Difference(_label(self.admin.model, name), shown, theirs, typed if is_typed else "")

    def close(self) -> None:
        """Forget that the form was open: it was saved."""
        kind, key = self.admin.opts.label_lower, str(self.entry.pk)[:80]
        OpenForm.objects.filter(kind=kind, key=key, user=self.request.user).delete()

    def note(self) -> None:
        """Remember that the form was opened, and by whom else it was."""
        about = {"kind": self.admin.opts.label_lower, "key": str(self.entry.pk)[:80]}
        now, user = timezone.now(), self.request.user
        OpenForm.objects.filter(opened__lt=now - OPEN_FOR).delete()
        others = OpenForm.objects.filter(**about).exclude(user=user).select_related("user")
        self.others = [_opened(other, now) for other in others]
        OpenForm.objects.update_or_create(**about, user=user, defaults={"opened": now})


def _opened(other, now):
    if now - other.opened < timedelta(minutes=1):
        return _("%(name)s has just opened this form and has not saved yet.") % {"name": other.user}
    words = {"name": other.user, "time": timesince(other.opened, now)}
    return _("%(name)s opened this form %(time)s ago and has not saved yet.") % words


class EditedByMany:
    """A ModelAdmin of entries that two people may edit at once."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "GET" and (kept := kept_forms.of(request)):
            self.show_kept(request, kept)
        elif request.method == "POST":
            kept_forms.forget(request)
        entry = self.get_object(request, unquote(object_id)) if object_id else None
        request.editing = editing = Editing(self, request, entry)
        if entry and request.method == "GET" and self.has_change_permission(request, entry):
            editing.note()
        context = {"editing": editing} | (extra_context or {})
        response = super().changeform_view(request, object_id, form_url, context)
        if entry and request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            editing.close()
        return response

    def show_kept(self, request, kept):
        """Have a kept form shown as one that was sent and lacks something: Compared never lets it be saved."""
        request.method, request.POST, request.is_kept = "POST", kept, True

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        editing = getattr(request, "editing", None)
        return type(form.__name__, (Compared, form), {"editing": editing}) if editing else form

    def get_view_on_site_url(self, obj=None):
        """The public page under an address that no browser and no proxy has kept, so that it shows what was saved."""
        if obj is None or not hasattr(obj, "get_absolute_url") or not super().get_view_on_site_url(obj):
            return super().get_view_on_site_url(obj)
        place = urlsplit(obj.get_absolute_url())
        query = "&".join(filter(None, [place.query, f"saved={_version(obj)}"]))
        return urlunsplit(place._replace(query=query))


class Compared:
    """A form that is valid only if nobody has changed its entry since it was shown, and if it was sent by hand."""

    editing: Editing

    def _post_clean(self):
        super()._post_clean()
        if self.editing.is_kept:
            self.add_error(
                None,
                _(
                    "Your session had ended when you sent this form. It is back as you left it, and nothing was saved. "
                    "Review it and save it."
                ),
            )
        self.editing.compare(self)


def state_of(admin, request: HttpRequest, entry) -> dict[str, str]:
    """What the form of an entry shows, as text: {"answer": "…", "#measure 12": "paragraph: 8; goods: coal", …}."""
    form = super(EditedByMany, admin).get_form(request, entry, change=True)
    return _fields_of(form.base_fields, entry) | _rows_of(admin, request, entry)


def _author(entry):
    """Who saved an entry last, as far as its history says."""
    newest = entry.history.first() if hasattr(entry, "history") else None
    return (newest and newest.history_user) or _("Somebody else")


def _version(entry):
    """Number the versions of an entry: its newest history, else a mark of what it holds."""
    if hasattr(entry, "history"):
        return entry.history.values_list("history_id", flat=True).first() or 0
    values = [str(field.value_from_object(entry)) for field in entry._meta.concrete_fields]
    return hashlib.sha256("\n".join(values).encode()).hexdigest()[:8]


def _fields_of(names, entry):
    fields = {field.name: field for field in entry._meta.concrete_fields}
    return {name: _text(fields[name], entry) for name in names if name in fields}


def _text(field, entry):
    return field.value_to_string(entry).replace("\r\n", "\n")


def _rows_of(admin, request, entry):
    """The rows that stand under an entry in its form."""
    rows = {}
    for inline in admin.get_inline_instances(request, entry):
        key = _get_foreign_key(type(entry), inline.model, fk_name=inline.fk_name)
        fields = [field for field in inline.model._meta.concrete_fields if field.editable and field is not key]
        for row in inline.model._default_manager.filter(**{key.name: entry}):
            said = (f"{field.verbose_name}: {_text(field, row)}" for field in fields if _text(field, row))
            rows[f"#{inline.opts.verbose_name} {row.pk}"] = "; ".join(said)
    return rows


def _label(model, name):
    return capfirst(name[1:] if name.startswith("#") else str(model._meta.get_field(name).verbose_name))


def _worded(model, name, text):
    """A value as people read it: the label of a choice."""
    choices = {} if name.startswith("#") else dict(model._meta.get_field(name).flatchoices or ())
    return str(choices.get(text, text))


def _take_over(form, stored, names):
    """Show in the form what stands now where only somebody else has changed it."""
    form.data, values = form.data.copy(), model_to_dict(stored)
    for name in names:
        field, key = form.fields[name], form.add_prefix(name)
        if name not in values or isinstance(field.widget, MultiWidget):
            continue
        value = field.prepare_value(values[name])
        form.data.pop(key, None)
        if value is not False:
            form.data[key] = "on" if value is True else "" if value is None else value
