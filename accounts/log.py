"""Adds entries to the log of who did what."""

import ipaddress

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core.exceptions import PermissionDenied

from accounts.models import LogEntry

LONGEST = 4000  # characters of the details
IPV6_PREFIX = 64  # what a provider gives to one customer


def add(action: LogEntry.Action, *, account: str | None = None, request=None, **facts: str) -> LogEntry:
    """Add an entry: add(Action.CHANGED, kind="faq.question", key="3", subject="Why 2017?", details="published: …").

    Without `account` it is that of the request at work; where there is none, a command or a task did it: "".
    """
    request = request or context.request
    if account is None:
        account = name_of(getattr(request, "user", None))
    address = address_of(request)
    facts = {name: _stored(name, text) for name, text in (facts | {"account": account}).items()}
    return LogEntry.objects.create(action=action, address=address, network=network_of(address), **facts)


def _stored(name, text):
    """Bring a text to what its column and a database can hold."""
    return str(text).replace("\0", "")[: LogEntry._meta.get_field(name).max_length or LONGEST]


def name_of(user) -> str:
    return user.get_username() if user is not None and user.is_authenticated else ""


def address_of(request) -> str | None:
    """Tell from where a request came, behind a proxy by what that proxy saw; None for what is no request."""
    try:
        return get_adapter().get_client_ip(request) if request is not None else None
    except PermissionDenied:
        return None


def network_of(address: str | None) -> str:
    """Name what counts as one address: "2001:db8::7" -> "2001:db8::", "192.0.2.7" -> "192.0.2.7", None -> ""."""
    if address and ipaddress.ip_address(address).version == 6:
        return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False).network_address)
    return address or ""
