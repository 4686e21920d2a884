"""The manifest of a backup: of which database it is, and every file in it with its checksum."""

import json
import re
from dataclasses import asdict, dataclass, field

FORMAT = 1
NAME = "manifest.json"
DUMP = "database/dump"
LARGEST = 256 << 20  # bytes: a million files have a manifest of some 200 MB
PLACE = re.compile(r"(?:bundles|uploads)(?:/(?!\.{1,2}(?:/|$))[^/\\\0]+)+")


class BackupError(Exception):
    """A backup cannot be made, or not be restored; the message says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: Manifest("2026-11-27T10:30:05+00:00", "sqlite", {"trade": ["0001_first"]}, …)."""

    made: str
    engine: str
    migrations: dict[str, list[str]]
    counts: dict[str, int]  # rows by model: {"trade.Release": 4}
    files: dict[str, dict]  # {"bundles/china-provinces/1-0a1b/data.csv": {"size": 51234, "sha256": "…"}}
    missing: list[str] = field(default_factory=list)  # files that the database names and that were not there
    format: int = FORMAT

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()


def read(content: bytes) -> Manifest:
    """Read a manifest.

    Raises: BackupError for one of another format, or that is none.
    """
    try:
        said = json.loads(content)
        if said["format"] != FORMAT:
            raise BackupError(f"This backup is of format {said['format']}; this version reads format {FORMAT} alone.")
        manifest = Manifest(**said)
        complete = all({"size", "sha256"} <= set(facts) for facts in manifest.files.values())
        complete = complete and all(isinstance(names, list) for names in manifest.migrations.values())
    except (ValueError, TypeError, KeyError, AttributeError):
        complete = False
    if not complete:
        raise BackupError(f"{NAME} in this file cannot be read, so it is no backup of this site.")
    return manifest


def is_a_place(name: str) -> bool:
    """Tell whether a backup may hold a file of this name: True for "uploads/0a/x", False for "uploads/../x"."""
    return name == DUMP or PLACE.fullmatch(name) is not None
