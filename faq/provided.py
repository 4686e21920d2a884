"""What the questions ask of the figures, by the module that settings.PROVIDERS names: nothing is imported across."""

from importlib import import_module
from types import ModuleType

from django.conf import settings


def figures() -> ModuleType:
    """The provider of live figures: Figures, changed(), choices(), faults(), newest(), ranges_of(), …"""
    return import_module(settings.PROVIDERS["figures"])
