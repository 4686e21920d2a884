"""The table of docs/permissions.md: what each kind of account may do at each address of the admin."""

import re
from pathlib import Path

from django.contrib import admin
from django.urls import URLPattern

PAGE = Path(__file__).resolve().parent.parent.parent / "docs/permissions.md"
UNNAMED = {None}  # an object's address without an action leads to its page; what is no address leads nowhere


def rows() -> dict[str, list[str]]:
    """{"faq_question_change": ["–", "–", "r", "–", "–", "w", "w", "w"], …}, in the order of `columns()`."""
    lines = re.findall(r"^\| `(\w+)`([^|]*)\|(.+)\|$", PAGE.read_text(), re.MULTILINE)
    return {f"{name}{more.rstrip()}": [cell.strip() for cell in cells.split("|")] for name, more, cells in lines}


def columns() -> list[str]:
    [heads] = set(re.findall(r"^\| address \|(.+)\|$", PAGE.read_text(), re.MULTILINE))
    return [head.strip() for head in heads.split("|")]


def addresses() -> set[str]:
    """The names of all addresses that the admin has."""
    return _names(admin.site.get_urls()) - UNNAMED


def _names(patterns):
    names = set()
    for pattern in patterns:
        names |= {pattern.name} if isinstance(pattern, URLPattern) else _names(pattern.url_patterns)
    return names
