"""Builds, stores, opens, withdraws and sweeps the bundle of a release: the files that readers fetch.

A bundle is built once, before its release is made; publish and revert never read it back. Its files lie under a folder
with a name of its own in STORAGES["bundles"]; a release names its folder, so a folder that no release names can be
swept. The same release gives the same bytes: dates are the release's, and nothing is taken from the clock.
"""

import hashlib
import json
import secrets
import shutil
import tempfile
import zipfile
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from trade import charts
from trade.bundles import data_files, metadata, release_workbook
from trade.charts import svg, view_state
from trade.models import Chapter, Commodity, Dataset, Province, Release, Section
from web import compression

PACKED = (".xlsx", ".parquet", ".zip")  # compressed already
WITHDRAWN = "WITHDRAWN"  # the marker in the folder of a release that was withdrawn
CHARTS = {
    Dataset.Kind.PROVINCE: ("provinces", charts.provinces),
    Dataset.Kind.COMMODITY: ("commodities", charts.commodities),
}


class Withdrawn(Exception):
    """The release was withdrawn for cause; the message is the reason that readers are given."""


def build(release: Release, frame, changes) -> tuple[str, list[dict]]:
    """Build and store the files of a release that is about to be: (folder, [{"name", "size", "sha256"}]).

    `frame` holds the rows that will stand (frames.HEAD_COLUMNS), `changes` what led to them (frames.CHANGE_COLUMNS).
    """
    folder = f"{release.dataset_id}/{release.number}-{secrets.token_hex(8)}"
    with tempfile.TemporaryDirectory(prefix="yalu-") as temporary:
        files = write(Path(temporary), release, frame, changes)
        try:
            for path in [Path(temporary) / file["name"] for file in files] + _compress(Path(temporary), files):
                with path.open("rb") as content:
                    storages["bundles"].save(f"{folder}/{path.name}", File(content))
        except BaseException:
            _remove_folder(folder)
            raise
    return folder, files


def _compress(folder, files):
    """Compress the texts for the server that sends them; what is made of the files is in no list and no checksum."""
    if _place("") is None:
        return []
    texts = [folder / file["name"] for file in files if is_packed(file["name"])]
    return [packed for path in texts for packed in compression.pack_file(path)]


def write(folder: Path, release: Release, frame, changes) -> list[dict]:
    """Write every file of a release into a folder: [{"name": "data.csv", "size": 51234, "sha256": "…"}, …]."""
    with translation.override(settings.LANGUAGE_CODE):
        cube = _write_data(folder, release, frame, changes)
        _write_charts(folder, release, cube)
        return _describe(folder, release, [str(year) for year in cube["years"]])


def _write_data(folder, release, frame, changes):
    names = labels(release.dataset, frame)
    known = _names_by_code(release.dataset, names)
    data, changed = data_files.of_data(release, frame, known), data_files.of_changes(release, changes, known)
    about = {"dataset": facts(release.dataset), "release": release_facts(release)}
    cube = charts.cube(frame, **about, labels=names)
    (folder / "chart.json").write_text(json.dumps(cube, ensure_ascii=False, separators=(",", ":")), "utf-8")
    data_files.write_csv(data, folder / "data.csv")
    data_files.write_parquet(data, folder / "data.parquet", _parquet_metadata(release))
    data_files.write_json(data, folder / "data.json", about)
    data_files.write_csv(changed, folder / "changes.csv")
    release_workbook.write(folder / "workbook.xlsx", release, data, changed, cube)
    return cube


def _parquet_metadata(release):
    dataset = release.dataset
    return {
        "title": dataset.title,
        "description": metadata.summary(dataset),
        "release": f"{dataset.slug}/{release.number}",
        "source": dataset.source,
        "licence": dataset.licence,
    }


def _write_charts(folder, release, cube):
    """Draw each flow as its page draws it first."""
    page, make = CHARTS[release.dataset.kind]
    for flow in data_files.FLOWS:
        chosen = view_state.read(page, "", {"dataset": [release.dataset_id], "flow": [flow]}, cube)
        payload = make(cube, chosen)
        if payload["figures"]:
            drawing = svg.compose(payload, payload["figures"][0])
            (folder / f"chart-{flow}.svg").write_text(drawing.markup, "utf-8")


def _describe(folder, release, years):
    """Write what describes the other files, then their checksums, then all of them as one archive."""
    files = [_file_entry(path) for path in sorted(folder.iterdir())]
    readme = ["README.md", "SHA256SUMS", "datapackage.json", "metadata.json", metadata.archive_name(release)]
    text = metadata.readme(release, [file["name"] for file in files] + readme)
    (folder / "README.md").write_text(text, "utf-8", newline="\n")
    files.append(_file_entry(folder / "README.md"))
    _write_json(folder / "datapackage.json", metadata.data_package(release, files))
    _write_json(folder / "metadata.json", metadata.schema_org(release, files, years))
    files += [_file_entry(folder / name) for name in ("datapackage.json", "metadata.json")]
    sums = "".join(f"{file['sha256']}  {file['name']}\n" for file in files)
    (folder / "SHA256SUMS").write_text(sums, "utf-8", newline="\n")
    files.append(_file_entry(folder / "SHA256SUMS"))
    archive = folder / metadata.archive_name(release)
    _pack(archive, [folder / file["name"] for file in files], release.created)
    return [*files, _file_entry(archive)]


def _write_json(path, content):
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")


def _file_entry(path):
    """Describe a file as the release lists it: {"name": "data.csv", "size": 51234, "sha256": "…"}."""
    with path.open("rb") as file:
        return {
            "name": path.name,
            "size": path.stat().st_size,
            "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
        }


def _pack(archive, paths, created):
    """Put files into one archive, under one folder, all of the release's date."""
    with zipfile.ZipFile(archive, "w") as target:
        for path in paths:
            info = zipfile.ZipInfo(f"{archive.stem}/{path.name}", created.astimezone(UTC).timetuple()[:6])
            info.create_system, info.external_attr, info.file_size = 3, 0o644 << 16, path.stat().st_size
            info.compress_type = zipfile.ZIP_STORED if path.suffix in PACKED else zipfile.ZIP_DEFLATED
            with path.open("rb") as content, target.open(info, "w") as part:
                shutil.copyfileobj(content, part)


# --- what is done with a bundle ------------------------------------------------------------------------------------


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
    """Open one file of a release.

    Raises: Withdrawn when the release was withdrawn, FileNotFoundError when it has no such file.
    """
    _refuse_withdrawn(release)
    if name not in {file["name"] for file in release.files}:
        raise FileNotFoundError(name)
    return storages["bundles"].open(f"{release.bundle}/{name}")


def is_packed(name: str) -> bool:
    """Tell whether compressed copies of a file lie beside it: of texts, not of what is compressed already."""
    return not name.endswith(PACKED)


def places(release: Release, name: str) -> tuple[str, str] | None:
    """Tell where a file lies on this machine, and where the marker of a withdrawal would; None in another storage."""
    path = _place(f"{release.bundle}/{name}")
    return path and (path, _place(f"{release.bundle}/{WITHDRAWN}"))


def _place(name):
    try:
        return storages["bundles"].path(name)
    except RuntimeError:  # as Django says that a storage has no paths
        return None


def cube(release: Release, newest: Release | None = None) -> dict:
    """Return the numbers of a release as charts.cube made them, parsed once per process and kept while in use.

    Raises: Withdrawn.
    """
    _refuse_withdrawn(release)
    superseded = newest is not None and newest.number != release.number
    return (_superseded_cube if superseded else _cube)(release.bundle)


def _parsed(folder):
    with storages["bundles"].open(f"{folder}/chart.json") as file:
        return json.load(file)


# Those of superseded releases have a place of their own: who walks through the archive drives no newest one out.
_cube = lru_cache(maxsize=16)(_parsed)
_superseded_cube = lru_cache(maxsize=4)(_parsed)


def withdraw(release: Release, reason: str) -> Release:
    """Let readers have a release no more, for a cause that they are told; its entry stays, and so do its files.

    The marker comes first: servers that find it ask the database, so at no time do they say less than it does.
    Raises: ValueError without a reason, or when it is withdrawn already.
    """
    if not reason.strip():
        raise ValueError(_("Give the reason: readers see it in place of the files."))
    if release.withdrawn:
        raise ValueError(_("%s is withdrawn already.") % release)
    marker = f"{release.bundle}/{WITHDRAWN}"
    if not storages["bundles"].exists(marker):
        storages["bundles"].save(marker, ContentFile(f"{reason.strip()}\n".encode()))
    release.withdrawn, release.withdrawal_reason = timezone.now(), reason.strip()
    release.save(update_fields=["withdrawn", "withdrawal_reason"])
    return release


def _refuse_withdrawn(release):
    if release.withdrawn:
        raise Withdrawn(release.withdrawal_reason)


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
