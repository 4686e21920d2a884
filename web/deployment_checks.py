"""What `manage.py check --deploy` says beside Django's own: hosts, examples, address, .env, static files."""

import json
import re
import stat
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import CheckMessage, Error, Warning

SHOWN = 5  # names of missing files
SAFE = 20  # characters of a token
EXAMPLE = re.compile(r"(^|[.@/])(example\.(com|net|org)|[\w-]+\.(example|test|invalid))(:\d+)?/?$", re.IGNORECASE)


def hosts(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuse a site that answers to any name: links in its pages, and in mails about passwords, are made of it."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [Error("ALLOWED_HOSTS has *.", hint="Name the hosts: ALLOWED_HOSTS=trade.example.org", id="web.E001")]


def examples(app_configs, **kwargs) -> list[CheckMessage]:
    """Find the settings that still have what .env.example, or a guide, writes in place of names of one's own."""
    hint = "Put your own in its place: names below example.org and the like belong to nobody (RFC 2606)."
    return [
        Warning(f"{name} has {text}, an example.", hint=hint, id="web.W002")
        for name, texts in _named_in_settings().items()
        for text in texts
        if EXAMPLE.search(text)
    ]


def _named_in_settings():
    return {
        "ALLOWED_HOSTS": settings.ALLOWED_HOSTS,
        "CSRF_TRUSTED_ORIGINS": settings.CSRF_TRUSTED_ORIGINS,
        "SITE_URL": [settings.SITE_URL],
        "SITE_CONTACT": [settings.SITE_CONTACT],
        "EMAIL_FROM": [settings.DEFAULT_FROM_EMAIL] if settings.DEFAULT_FROM_EMAIL != settings.SITE_CONTACT else [],
        "EMAIL_URL": [settings.EMAIL_HOST] if settings.EMAIL_URL else [],
    }


def open_to_others(app_configs, **kwargs) -> list[CheckMessage]:
    """Warn where any account of the machine can read the secrets in .env; the server's own group may."""
    file = settings.BASE_DIR / ".env"
    mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else 0
    if not mode & (stat.S_IRWXO | stat.S_IWGRP):
        return []
    message = f".env has the mode {mode:04o}: others on this machine can read the secrets in it, or change them."
    return [Warning(message, hint="chmod 600 .env", id="web.W006")]


def address(app_configs, **kwargs) -> list[CheckMessage]:
    """Ask for the one address under which the site is cited."""
    if settings.SITE_URL:
        return []
    hint = "SITE_URL=https://trade.example.org: ids of the feed, canonical addresses, citations and mails use it."
    return [Warning("SITE_URL is not set.", hint=hint, id="web.W003")]


def metrics_token(app_configs, **kwargs) -> list[CheckMessage]:
    """Warn of a token that can be guessed: with it anybody reads what the site is asked for, and what fails."""
    if not settings.METRICS_TOKEN or len(settings.METRICS_TOKEN) >= SAFE:
        return []
    message = f"METRICS_TOKEN has {len(settings.METRICS_TOKEN)} characters: it can be guessed."
    hint = "METRICS_TOKEN=$(python -c 'import secrets; print(secrets.token_urlsafe())')"
    return [Warning(message, hint=hint, id="web.W007")]


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


CHECKS = (hosts, examples, address, open_to_others, metrics_token, static_files)
