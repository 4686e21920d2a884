"""The preview of a draft under a link that needs no account: signed, marked as a preview, kept nowhere, soon over.

A link names the draft as it was saved, and whose it is. It ends after PREVIEW_HOURS, and when the draft is saved again,
published or discarded, or its maker may no longer see drafts.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from drafts import previewing, publishing
from drafts.models import Draft
from web import throttling, unavailable

SALT = "drafts.shared_preview"


class Link(NamedTuple):
    """A draft and in whose name it is shown, or why it is not."""

    draft: Draft | None = None
    maker: object = None
    ended: str = ""


def token_of(draft: Draft, maker) -> str:
    """Write the part of an address by which the preview of a draft is found."""
    about = [draft.pk, draft.saved.isoformat(), maker.pk, int(timezone.now().timestamp())]
    return signing.dumps(about, salt=SALT, compress=True)


def expires() -> datetime:
    """When a link ends that is made now."""
    return timezone.now() + timedelta(hours=settings.PREVIEW_HOURS)


def follow(token: str) -> Link | None:
    """Find what a link leads to; None for one that we did not make."""
    try:
        pk, saved, maker_pk, made = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if timezone.now().timestamp() >= made + settings.PREVIEW_HOURS * 3600:
        return Link(ended=_("This link has expired. Ask whoever gave you the link for a new one."))
    draft = Draft.objects.select_related("content_type").filter(pk=pk).first()
    if draft is None:
        return Link(ended=_("The draft was published or discarded."))
    maker = get_user_model().objects.filter(pk=maker_pk, is_active=True).first()
    if draft.saved.isoformat() != saved:
        return Link(ended=_("The draft was changed after this link was made. Ask for a new link."))
    kind = draft.content_type
    if maker is None or not maker.has_perm(f"{kind.app_label}.change_{kind.model}"):
        return Link(ended=_("Whoever made this link may no longer show the draft."))
    return Link(draft, maker)


@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the public page with the draft; 410 with the reason where the link has ended, 404 for one not made here."""
    link = follow(token)
    if link is None:
        raise Http404
    if link.ended:
        return _ended(request, link.ended)
    with throttling.COMPUTED.turn(request) as refused:
        if refused:
            return unavailable.too_busy(request, refused)
        return _shown(request, link)


def _shown(request, link):
    model_admin = admin.site._registry[link.draft.content_type.model_class()]
    try:
        filled = publishing.filled(model_admin, link.draft)
    except publishing.Refused as refused:
        return _ended(request, str(refused))
    if not filled.is_valid:
        return _ended(request, _("The draft has errors, so there is no preview of it."))
    return previewing.shown(request, filled, link.maker)


def _ended(request, why):
    answer = render(request, "drafts/ended.html", {"why": why}, status=410)
    patch_cache_control(answer, no_store=True, private=True)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
