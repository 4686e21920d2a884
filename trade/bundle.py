"""A release → the files that readers fetch, built once, before the release is.

Output only: publish and revert never read a bundle back. Its files lie under a folder with a name of its own in
STORAGES["bundles"]; a release names its folder, so a folder that no release names can be swept.
"""

import hashlib
import json
import secrets
from datetime import datetime
from functools import lru_cache

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from trade import charts, records, sheets
from trade.models import Chapter, Commodity, Dataset, Province, Release, Section


def build(release: Release, frame, changes) -> tuple[str, list[dict]]:
    """Build and store the files of a release that is about to be: (folder, [{"name", "size", "sha256"}]).

    `frame` holds the rows that will stand (diff.HEAD_COLUMNS), `changes` what led to them (diff.CHANGE_COLUMNS).
    """
    folder = f"{release.dataset_id}/{release.number}-{secrets.token_hex(8)}"
    files = []
    try:
        for name, content in contents(release, frame, changes):
            storages["bundles"].save(f"{folder}/{name}", ContentFile(content))
            files.append({"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    except BaseException:
        _remove_folder(folder)
        raise
    return folder, files


def contents(release: Release, frame, changes):
    """Yield (name, bytes) of every file of a release; the same input gives the same bytes."""
    names = labels(release.dataset, frame)
    rows = records.from_frame(frame, _names_by_code(release.dataset, names))
    cube = charts.cube(frame, facts(release.dataset), release_facts(release), names)
    yield "chart.json", json.dumps(cube, ensure_ascii=False, separators=(",", ":")).encode()
    yield "data.csv", records.as_csv(release, rows)
    yield "workbook.xlsx", sheets.workbook(release, rows)


def remove(release: Release) -> None:
    """Take the files of a release away that did not come to be."""
    _remove_folder(release.bundle)


def sweep(named: set[str], before: datetime) -> list[str]:
    """Remove the folders that are not in `named` and are older than `before`: what a publish that died left behind."""
    storage, swept = storages["bundles"], []
    for dataset in _folders(""):
        for folder in (f"{dataset}/{name}" for name in _folders(dataset)):
            _subfolders, files = storage.listdir(folder)
            young = any(storage.get_modified_time(f"{folder}/{name}") > before for name in files)
            if folder not in named and not young:
                _remove_folder(folder)
                swept.append(folder)
    return swept


def _folders(path):
    try:
        return storages["bundles"].listdir(path)[0]
    except FileNotFoundError:
        return []


def open_file(release: Release, name: str):
    """Open one file of a release. Raises FileNotFoundError when the release has no such file."""
    if name not in {file["name"] for file in release.files}:
        raise FileNotFoundError(name)
    return storages["bundles"].open(f"{release.bundle}/{name}")


def cube(release: Release) -> dict:
    """Return the numbers of a release as charts.cube made them, parsed once per process."""
    return _cube(release.bundle)


@lru_cache(maxsize=16)
def _cube(folder):
    with storages["bundles"].open(f"{folder}/chart.json") as file:
        return json.load(file)


def _remove_folder(folder):
    storage = storages["bundles"]
    try:
        _folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        storage.delete(f"{folder}/{name}")
    storage.delete(folder)


# --- what the files say of themselves --------------------------------------------------------------------------


def facts(dataset: Dataset) -> dict:
    """Describe a dataset as every file and page does: {"slug": "china-provinces", "partner": "China", …}."""
    plain = ("slug", "kind", "title", "description", "partner", "reporter", "source", "source_url", "licence")
    return {name: getattr(dataset, name) for name in plain} | {
        "licence_url": dataset.licence_url,
        "basis": {"to_dprk": dataset.basis_to_dprk, "from_dprk": dataset.basis_from_dprk},
        "estimate_method": dataset.estimate_method,
        "is_demonstration": dataset.is_demonstration,
    }


def release_facts(release: Release) -> dict:
    """Describe a release: {"number": 2, "date": "2026-11-21", "kind": "scheduled", "note": "…"}."""
    return {
        "number": release.number,
        "date": release.created.date().isoformat(),
        "kind": release.kind,
        "note": release.note,
    }


def labels(dataset: Dataset, frame):
    """Name what the frame holds: a list of provinces, or sections, chapters and the commodities that occur."""
    if dataset.kind == Dataset.Kind.PROVINCE:
        return [
            {"code": p.code, "slug": p.slug, "name": p.name_en, "name_zh": p.name_zh, "name_ko": p.name_ko}
            for p in Province.objects.all()
        ]
    used = [code for code in frame["key"].unique() if len(code) > 2]
    return {
        "sections": [
            {"number": s.number, "slug": s.slug, "title": s.title, "short_title": s.short_title}
            for s in Section.objects.all()
        ],
        "chapters": [
            {"code": c.code, "section": c.section_id, "title": c.title, "short_title": c.short_title}
            for c in Chapter.objects.all()
        ],
        "commodities": dict(Commodity.objects.filter(code__in=_with_headings(used)).values_list("code", "title")),
    }


def _with_headings(codes):
    return sorted(set(codes) | {code[:4] for code in codes})


def _names_by_code(dataset, names):
    if dataset.kind == Dataset.Kind.PROVINCE:
        return {province["code"]: province["name"] for province in names}
    return {chapter["code"]: chapter["title"] for chapter in names["chapters"]} | names["commodities"]
