"""What the apps beside this one provide, by the modules that settings.PROVIDERS names: nothing is imported across."""

from importlib import import_module
from types import ModuleType

from django.conf import settings


def sanctions() -> ModuleType:
    """The provider of measures: chart_events(), full_bans(), rulebook(), applies(…), caps(), named(), measures() …"""
    return import_module(settings.PROVIDERS["sanctions"])


def questions() -> ModuleType:
    """The provider of questions: questions(page), beside(page, keys, dataset), published(), terms(), settle()."""
    return import_module(settings.PROVIDERS["questions"])


def search() -> ModuleType:
    """The provider of the search: find(query, limit), refresh(), kept_fresh()."""
    return import_module(settings.PROVIDERS["search"])


def to_review(user) -> list[dict]:
    """What waits for an editor of words, of each provider that has such: [{"label", "url", "about"}]."""
    found = [getattr(import_module(name), "to_review", None) for name in settings.PROVIDERS.values()]
    return [item for listed in found if listed for item in listed(user)]
