"""The second factor: who must have one, who has one, and whether it was used in this session."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext_lazy as _

KINDS = {
    Authenticator.Type.TOTP: _("authenticator app"),
    Authenticator.Type.WEBAUTHN: _("passkey or security key"),
    Authenticator.Type.RECOVERY_CODES: _("recovery codes"),
}
TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none
SET_UP = "second_factor_set_up"  # in the session in which it was


def name_of(authenticator: Authenticator) -> str:
    """Name one in the words of this site: "authenticator app", or "passkey or security key “My key”"."""
    kind = str(KINDS[authenticator.type])
    return f"{kind} “{authenticator.wrap().name}”" if authenticator.type == Authenticator.Type.WEBAUTHN else kind


def is_required(user) -> bool:
    """Tell whether an account must have one: SECOND_FACTOR is True, False, or the names of groups that must.

    Whoever is no staff has nothing to protect; a superuser must wherever any group must.
    """
    wanted = settings.SECOND_FACTOR
    if isinstance(wanted, bool) or not user.is_staff:
        return bool(wanted) and user.is_staff
    return user.is_superuser or user.groups.filter(name__in=wanted).exists()


def is_set_up(account: str) -> bool:
    """Tell by one query whether an account has one; for an unknown account the same query says no."""
    return Authenticator.objects.filter(user__username__iexact=account, type__in=TYPES).exists()


def is_proven(request) -> bool:
    """Tell whether it was used in this session, or set up in it.

    A session that began with the password alone does not become a better one when a second factor is added elsewhere.
    """
    return bool(request.session.get(SET_UP)) or bool(used(request, request.user))


def used(request, user) -> str:
    """Name what was used beside the password: "totp", "webauthn", "recovery_codes", or ""."""
    session = getattr(request, "session", None)
    records = get_authentication_records(request, user) if session is not None else []
    return next((record["type"] for record in reversed(records) if record["method"] == "mfa"), "")


def remember_setting_up(sender, request, **kwargs):
    """Let the session go on as one with a second factor, under a new key: who has stolen the old one has it not."""
    request.session[SET_UP] = True
    request.session.cycle_key()
