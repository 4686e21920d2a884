"""What `manage.py check --deploy` says of this site beside Django's own: hosts, contact, address, static files."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import CheckMessage, Error, Warning

SHOWN = 5  # names of missing files
OWN_ADDRESS = "editors@example.org"  # what .env.example says


def hosts(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuse a site that answers to any name: links in its pages, and in mails about passwords, are made of it."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [Error("ALLOWED_HOSTS has *.", hint="Name the hosts: ALLOWED_HOSTS=trade.example.org", id="web.E001")]


def contact(app_configs, **kwargs) -> list[CheckMessage]:
    """Ask for an address at which readers, and those who find a hole, reach somebody."""
    if settings.SITE_CONTACT != OWN_ADDRESS:
        return []
    hint = "Set it to an address that somebody reads: it stands on every page and in security.txt."
    return [Warning(f"SITE_CONTACT is {OWN_ADDRESS}, the example.", hint=hint, id="web.W002")]


def address(app_configs, **kwargs) -> list[CheckMessage]:
    """Ask for the one address under which the site is cited."""
    if settings.SITE_URL:
        return []
    hint = "SITE_URL=https://trade.example.org: ids of the feed, canonical addresses, citations and mails use it."
    return [Warning("SITE_URL is not set.", hint=hint, id="web.W003")]


def static_files(app_configs, **kwargs) -> list[CheckMessage]:
    """Find the static files that collectstatic has not seen: a page that asks for one of them fails."""
    if not (missing := missing_static_files()):
        return []
    named = ", ".join(missing[:SHOWN]) + (f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else "")
    hint = "Run manage.py collectstatic, then start the server anew."
    return [Error(f"Static files are not in staticfiles.json: {named}.", hint=hint, id="web.E004")]


def missing_static_files() -> list[str]:
    """List the files that pages may ask for and the list of hashed names has not: ["css/site.css"]."""
    try:
        known = json.loads((Path(settings.STATIC_ROOT) / "staticfiles.json").read_text())["paths"]
    except (OSError, ValueError, KeyError):
        known = {}
    found = {name for finder in get_finders() for name, _storage in finder.list([])}
    return sorted(name for name in found if name not in known)


CHECKS = (hosts, contact, address, static_files)
