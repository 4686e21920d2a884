"""Tells what a backup must hold by what the database of one moment names, and what lies in the storages now."""

from collections import defaultdict
from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import storages
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from trade.bundles.storage import RECORDS, WITHDRAWN
from trade.models import Release, Upload, UploadFile
from web import compression

STORAGES = ("bundles", "uploads")
BESIDE = ("", *compression.ENDINGS.values())  # of a file of a release: itself and its compressed forms


def models() -> list:
    """Every model that has a table of its own, those that Django makes for relations included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    ]


def counts(alias: str) -> dict[str, int]:
    """Count the rows of each table that is there, migrated or not: {"trade.Release": 4, …}."""
    found, tables = {}, set(connections[alias].introspection.table_names())
    with connections[alias].cursor() as cursor:
        for model in models():
            if (table := model._meta.db_table) in tables:
                cursor.execute(f"SELECT COUNT(*) FROM {connections[alias].ops.quote_name(table)}")  # noqa: S608
                [found[model._meta.label]] = cursor.fetchone()
    return found


def migrations(alias: str) -> dict[str, list[str]]:
    """List the migrations that a database has had: {"trade": ["0001_first", …], …}."""
    found = defaultdict(list)
    for app, name in sorted(MigrationRecorder(connections[alias]).applied_migrations()):
        found[app].append(name)
    return dict(found)


def named_files(alias: str) -> list[tuple[str, str]]:
    """List the files that a database names, by their storage: [("bundles", "china-provinces/1-0a1b/data.csv"), …]."""
    named = []
    # These columns alone: a database that waits for a migration may lack others.
    releases = Release.objects.using(alias).order_by("pk")
    for folder, files, withdrawn in releases.values_list("bundle", "files", "withdrawn"):
        kept = files if withdrawn is None else _still_kept(folder, files)
        named += [("bundles", f"{folder}/{file['name']}") for file in kept]
    contents = UploadFile.objects.using(alias).values_list("content", flat=True)
    differences = Upload.objects.using(alias).values_list("diff", flat=True)
    return named + [("uploads", name) for name in sorted({*contents, *differences} - {""})]


def _still_kept(folder, files):
    """The files of a withdrawn release; a redaction may have removed them."""
    there = set(_files(storages["bundles"], folder))
    return [file for file in files if file["name"] in there]


def accompanying_files(named: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """List what lies beside named files: compressed forms, marks of withdrawals, records of what was taken out.

    A file that came after the database was dumped, such as a signature, belongs to the next backup.
    """
    folders = defaultdict(set)
    for place, name in named:
        if place == "bundles":
            folder, _slash, file = name.rpartition("/")
            folders[folder].add(file)
    for folder, files in folders.items():
        wanted = {file + ending for file in files for ending in BESIDE[1:]} | {WITHDRAWN}
        for file in sorted(wanted & set(_files(storages["bundles"], folder))):
            yield "bundles", f"{folder}/{file}"
    for folder in RECORDS:
        yield from (("bundles", f"{folder}/{file}") for file in _files(storages["bundles"], folder))


def _files(storage, folder):
    try:
        return storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def stored_files(place: str, folder: str = "") -> Iterator[str]:
    """Walk through all that lies in a storage: "china-provinces/1-0a1b/data.csv", …"""
    try:
        folders, files = storages[place].listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}".lstrip("/") for name in sorted(files))
    for name in sorted(folders):
        yield from stored_files(place, f"{folder}/{name}".lstrip("/"))
