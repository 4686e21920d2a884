"""Keeps what people type into the form that publishes an upload, until it is published: a draft of each.

Upload.draft holds the drafts by account, and under "chosen" what was asked to be published, by whom:
{"5": {"note": "…", "kind": "correction", "ticks": ["9f86d081884c7d65"], "publish_at": "",
"name": "kim", "at": "2026-11-28T10:00:00+00:00"}, "chosen": {…}}.


A warning is known by a mark of its text, so that a tick stays only where the same words stand.
"""

import hashlib

from django.db import transaction
from django.utils import timezone

from trade.models import Upload

CHOSEN = "chosen"
LONGEST = 20_000  # characters of a note: more than may be published, so that one that is too long is not cut
MOST_TICKS = 200
TYPED = {"note": "", "kind": "", "publish_at": "", "ticks": []}


def keep(upload: Upload, user, *, note: str = "", kind: str = "", ticks=(), publish_at: str = "") -> None:
    """Keep what somebody has typed so far, in place of what they typed before; `ticks` are marks of warnings."""
    ticks = sorted(ticks)[:MOST_TICKS]
    typed = {"note": note[:LONGEST], "kind": kind[:20], "publish_at": publish_at[:40], "ticks": ticks}
    _put(upload, str(user.pk), typed if any(typed.values()) else None, user)


def choose(upload: Upload, user, *, note: str, kind: str, publish_at: str = "") -> None:
    """Record what is asked to be published, and by whom."""
    _put(upload, CHOSEN, {"note": note, "kind": kind, "publish_at": publish_at, "user": user.pk}, user)


def call_off(upload: Upload) -> None:
    """Forget what was asked to be published; the drafts stay."""
    _put(upload, CHOSEN, None, None)


def done(upload: Upload) -> None:
    """Forget what was typed by whoever published it: the release has the note. What others typed stays for them."""
    publisher = chosen(upload)
    with transaction.atomic():
        drafts = Upload.objects.select_for_update().values_list("draft", flat=True).get(pk=upload.pk)
        drafts = {name: draft for name, draft in drafts.items() if name != str(publisher.get("user"))}
        if CHOSEN in drafts:
            drafts[CHOSEN] = drafts[CHOSEN] | {"note": ""}
        Upload.objects.filter(pk=upload.pk).update(draft=drafts)


def _put(upload, key, typed, user):
    """Put one draft beside the others: two people may type at once."""
    with transaction.atomic():
        drafts = Upload.objects.select_for_update().values_list("draft", flat=True).get(pk=upload.pk)
        drafts = {name: draft for name, draft in drafts.items() if name != key}
        if typed:
            drafts[key] = typed | {"name": user.get_username(), "at": timezone.now().isoformat()}
        Upload.objects.filter(pk=upload.pk).update(draft=drafts)
    upload.draft = drafts


def of(upload: Upload, user) -> dict:
    """What somebody has typed so far, else the note and kind that the uploader has: {"note": "…", "name": "kim", …}."""
    if own := upload.draft.get(str(user.pk)):
        return TYPED | own
    by_uploader = upload.draft.get(str(upload.user_id), {})
    return TYPED | {name: by_uploader[name] for name in ("note", "kind", "name", "at") if name in by_uploader}


def chosen(upload: Upload) -> dict:
    """What was asked to be published last: {"note": "…", "kind": "correction", "user": 5, "name": "kim", "at": "…"}."""
    return upload.draft.get(CHOSEN, {})


def mark(text: str) -> str:
    """Name a warning by its words: "9f86d081884c7d65"."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
