"""Keeps a record of each redaction and withdrawal beside the bundles, where the restore of an older backup finds it."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.dateparse import parse_datetime

from trade.bundles import storage
from trade.models.redaction import MARK

ENDING = ".json"  # other files in these folders are none of ours


def keep(folder: str, created: datetime, content: dict) -> str:
    """Store a record, and return its name."""
    name = f"{folder}/{created:%Y-%m-%dT%H%M%S%f}{ENDING}"
    return _save(name, {"created": created.isoformat()} | content)


def forget(name: str) -> None:
    """Remove the record of what was not done in the end."""
    if name:
        storages["bundles"].delete(name)


def since(folder: str, time: str) -> Iterator[dict]:
    """Read the records of what was done since a time, the oldest first; `created` is the time of each."""
    for name in _names(folder):
        record = _read(name)
        record["created"] = parse_datetime(record["created"])
        if record["created"] >= parse_datetime(time):
            yield record


def take_out(text: str) -> None:
    """Take a text out of all records that hold it: of a reason, or of what another redaction left standing."""
    for name in [name for folder in storage.RECORDS for name in _names(folder)]:
        record = _read(name)
        if (cleaned := without(record, text)) != record:
            storages["bundles"].delete(name)
            _save(name, cleaned)


def without(value, text: str):
    """Replace a text in all strings of a JSON value."""
    if isinstance(value, str):
        return value.replace(text, MARK)
    if isinstance(value, list):
        return [without(one, text) for one in value]
    if isinstance(value, dict):
        return {without(key, text): without(one, text) for key, one in value.items()}
    return value


def _names(folder):
    try:
        found = storages["bundles"].listdir(folder)[1]
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in sorted(found) if name.endswith(ENDING)]


def _read(name):
    with storages["bundles"].open(name) as file:
        return json.load(file)


def _save(name, content):
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return storages["bundles"].save(name, ContentFile(text.encode()))
