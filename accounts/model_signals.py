"""What the log learns from the models themselves: releases, words, datasets, accounts, groups, second factors.

The models' own signals are the one place that every way leads through: the admin's pages, imports and actions, commands
and tasks. The admin's log would miss commands, tasks, and (because it writes them at once) deletions of many.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save

from accounts import log
from accounts.models import LogEntry

# By name, for this app imports none of theirs.
WATCHED = (
    *("trade.Release", "trade.Dataset", "trade.Annotation", "trade.Alias"),
    *("faq.Question", "sanctions.Resolution", "sanctions.Measure", "sanctions.Event"),
    *("sanctions.Cap", "sanctions.Announcement"),
    *("auth.User", "auth.Group", "mfa.Authenticator"),
)
RELEASE, SECOND_FACTOR = "trade.Release", "mfa.Authenticator"
NOT_TOLD = {"last_login", "last_used_at"}  # that somebody logged in is an entry of its own
REDACTABLE = {(RELEASE, "note"), (RELEASE, "rebuilt")}
SECRET = {"password", "data"}  # named, never shown
LONGEST = 200  # characters of a value
Action = LogEntry.Action


def connect():
    for label in WATCHED:
        pre_save.connect(remember, sender=label, dispatch_uid=f"log:{label}")
        post_save.connect(note_save, sender=label, dispatch_uid=f"log:{label}")
        pre_delete.connect(note_deletion, sender=label, dispatch_uid=f"log:{label}")
    for relation in (get_user_model().groups, get_user_model().user_permissions, Group.permissions):
        m2m_changed.connect(note_relation, sender=relation.through, dispatch_uid=f"log:{relation.through}")


def remember(sender, instance, raw=False, **kwargs):
    """Keep what is stored of a row that is about to be saved again."""
    stored = None if raw or instance._state.adding else sender._base_manager.filter(pk=instance.pk).values().first()
    instance._stored = stored


def note_save(sender, instance, created, raw=False, **kwargs):
    """Note that a row was added or changed, and which fields; a fixture that is loaded is no such thing."""
    if raw:
        return
    is_release = sender._meta.label == RELEASE
    if created:
        add(Action.RELEASED if is_release else Action.ADDED, instance, _released(instance) if is_release else "")
    elif changes := _changes(instance):
        withdrawn = is_release and "withdrawn" in changes
        add(Action.WITHDRAWN if withdrawn else Action.CHANGED, instance, "; ".join(changes.values()))


def note_deletion(sender, instance, **kwargs):
    """Note that a row goes, while what it belongs to can still be named; where it stays, so does no entry."""
    add(Action.DELETED, instance, "")


def note_relation(sender, instance, action, model, pk_set, **kwargs):
    """Note what an account or a group gained or lost: "groups: + Publisher"."""
    sign = {"post_add": "+", "post_remove": "−", "pre_clear": "−"}.get(action)
    if sign is None or (action != "pre_clear" and not pk_set):
        return
    name = model._meta.verbose_name_plural
    others = model._base_manager.filter(pk__in=pk_set) if pk_set is not None else _all_related(sender, instance, model)
    if names := ", ".join(sorted(map(str, others.select_related()))):  # a permission is named with its content type
        add(Action.CHANGED, instance, f"{name}: {sign} {names}")


def _all_related(through, instance, model):
    """What a relation holds before it is emptied, by its own table."""
    ours, theirs = (
        next(f.name for f in through._meta.fields if f.related_model is side) for side in (type(instance), model)
    )
    return model._base_manager.filter(pk__in=through._base_manager.filter(**{ours: instance}).values(theirs))


def add(action, instance, details):
    """Add an entry about a row; of a release, whoever made it is known also where there is no request."""
    meta = instance._meta
    what = f"({instance}) of {instance.user}" if meta.label == SECOND_FACTOR else instance
    account = log.name_of(instance.user) if meta.label == RELEASE and action == Action.RELEASED else None
    log.add(
        action,
        account=account or None,
        kind=meta.label_lower,
        key=instance.pk,
        subject=f"{meta.verbose_name} {what}",
        details=details,
    )


def _released(release):
    """The kind of a release; its note stands in the release, from where it can be redacted."""
    return str(release.get_kind_display())


def _changes(instance):
    """The fields that differ from what was stored: {"licence": "licence: “CC BY” → “CC0”"}."""
    stored = getattr(instance, "_stored", None) or {}
    fields = [f for f in instance._meta.concrete_fields if f.attname in stored and f.name not in NOT_TOLD]
    now = {field: getattr(instance, field.attname) for field in fields}
    changed = {field: new for field, new in now.items() if field.to_python(new) != stored[field.attname]}
    return {field.name: _change(field, stored[field.attname], new) for field, new in changed.items()}


def _change(field, old, new):
    name = str(field.verbose_name)
    is_named_only = field.name in SECRET or (field.model._meta.label, field.name) in REDACTABLE
    return name if is_named_only else f"{name}: {_shown(old)} → {_shown(new)}"


def _shown(value):
    text = "–" if value in (None, "") else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
