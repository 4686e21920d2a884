"""Builds, stores, opens, withdraws and sweeps the bundle of a release: the files that readers fetch.

A bundle is built once, before its release is made; publish and revert never read it back. Its files lie under a folder
with a name of its own in STORAGES["bundles"]; a release names its folder, so a folder that no release names can be
swept. The same release gives the same bytes: dates are the release's, and nothing is taken from the clock.
"""

import gc
import hashlib
import json
import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.utils import translation

from spreadsheets.writing import zip_parts
from trade import charts
from trade.bundles import data_files, data_package, file_types, readme, sanction_files, schema_org, signatures
from trade.bundles.compressing import Compressing
from trade.bundles.facts import facts, labels, release_facts
from trade.bundles.storage import has_compressed_forms, is_packed, new_folder, remove_folder
from trade.bundles.workbook import release_workbook
from trade.charts import svg, view_state
from trade.charts.svg.paper import Imprint
from trade.charts.text.citation_forms import PUBLISHER
from trade.models import Dataset, Release, names_of
from web import compression

CHARTS = {
    Dataset.Kind.PROVINCE: ("provinces", charts.provinces),
    Dataset.Kind.COMMODITY: ("commodities", charts.commodities),
    Dataset.Kind.TOTAL: ("totals", charts.totals),
}


class Names(NamedTuple):
    """What codes are called: official names by code, and what a chart calls them (facts.labels); what rules apply."""

    official: dict
    labels: object
    rules: dict | None = None  # of goods, as sanction_files.rules_now writes them


def build(release: Release, frame, changes, *, is_signed: bool = True) -> tuple[str, list[dict]]:
    """Build and store the files of a release that is about to be: (folder, [{"name", "size", "sha256"}]).

    `frame` holds the rows that will stand (frames.HEAD_COLUMNS), `changes` what led to them (frames.CHANGE_COLUMNS).
    Raises: SigningError where SIGNING_KEY is set and cannot sign.
    """
    release.previous_sums = signatures.previous_checksum(release)
    return store(release, frame, changes, names_now(release, frame, changes), is_signed=is_signed)


def names_now(release: Release, frame, changes) -> Names:
    """Name the codes of a release as they are called today, and the rules that apply to them today."""
    official = names_of(release.dataset.kind, {*frame["key"].unique(), *changes["key"].unique()}, official=True)
    return Names(official, labels(release.dataset, frame), sanction_files.rules_now(release.dataset))


def store(release: Release, frame, changes, names: Names, *, is_signed: bool = True) -> tuple[str, list[dict]]:
    """Write the files of a release, and store them under a new folder: (folder, [{"name", "size", "sha256"}]).

    A preview is not signed: it may never be published.
    """
    folder = new_folder(release)
    encodings = list(compression.ENDINGS) if has_compressed_forms() else []
    temporary = tempfile.TemporaryDirectory(prefix="yalu-")
    with _collector_at_rest(), temporary as temporary, Compressing(encodings) as compressing:
        files = _write(Path(temporary), release, frame, changes, names, compressing)
        files += _sign(Path(temporary), release) if is_signed else []
        paths = [Path(temporary) / file["name"] for file in files]
        # What is made of the files is in no list and no checksum.
        forms = [form for path in paths if is_packed(path.name) for form in compressing.forms(path)]
        try:
            for path in paths + forms:
                with path.open("rb") as content:
                    storages["bundles"].save(f"{folder}/{path.name}", File(content))
        except BaseException:
            remove_folder(folder)
            raise
    return folder, files


@contextmanager
def _collector_at_rest():
    """Have Python not look for cycles meanwhile: cubes and rows are millions of objects, and make none."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def _sign(folder, release):
    """Sign the checksums, where the key lies on this machine; else the operator signs later."""
    if not settings.SIGNING_KEY:
        return []
    sums = (folder / signatures.SUMS).read_bytes()
    signature = signatures.sign(sums, release, settings.SIGNING_KEY, settings.SIGNING_KEY_PASSWORD)
    (folder / signatures.SIGNATURE).write_bytes(signature)
    return [_file_entry(folder / signatures.SIGNATURE)]


def write(folder: Path, release: Release, frame, changes, names: Names) -> list[dict]:
    """Write every file of a release into a folder: [{"name": "data.csv", "size": 51234, "sha256": "…"}, …]."""
    with Compressing([]) as compressing:
        return _write(folder, release, frame, changes, names, compressing)


def _write(folder, release, frame, changes, names, compressing):
    with translation.override(settings.LANGUAGE_CODE):
        cube = _write_data(folder, release, frame, changes, names, compressing)
        _write_charts(folder, release, cube)
        return _describe(folder, release, [str(year) for year in cube["years"]], compressing)


def _write_data(folder, release, frame, changes, names, compressing):
    data = data_files.of_data(release, frame, names.official)
    changed = data_files.of_changes(release, changes, names.official)
    about = {"dataset": facts(release.dataset), "release": release_facts(release)}
    cube = charts.cube(frame, **about, labels=names.labels)
    cube |= {} if names.rules is None else {"sanctions": names.rules}
    (folder / "chart.json").write_text(json.dumps(cube, ensure_ascii=False, separators=(",", ":")), "utf-8")
    data_files.write_csv(data, folder / "data.csv")
    data_files.write_json(data, folder / "data.json", about)
    data_files.write_csv(changed, folder / "changes.csv")
    for name in ("chart.json", "data.csv", "data.json", "changes.csv"):  # the large ones, beside all that follows
        compressing.begin(folder / name)
    data_files.write_parquet(data, folder / "data.parquet", _parquet_metadata(release))
    for name, table in sanction_files.tables(release, cube).items():
        data_files.write_csv(table, folder / name)
    release_workbook.write(folder / "workbook.xlsx", release, data, changed, cube)
    return cube


def _parquet_metadata(release):
    dataset = release.dataset
    return {
        "title": dataset.title,
        "description": file_types.summary(dataset),
        "release": f"{dataset.slug}/{release.number}",
        "source": dataset.source,
        "licence": dataset.licence,
    }


def _write_charts(folder, release, cube):
    """Draw each flow as its page draws it first."""
    page, make = CHARTS[release.dataset.kind]
    flows = (*data_files.FLOWS, "both") if release.dataset.kind == Dataset.Kind.TOTAL else data_files.FLOWS
    for flow in flows:
        chosen = view_state.read(page, "", {"dataset": [release.dataset_id], "flow": [flow]}, cube)
        payload = make(cube, chosen)
        if payload["figures"]:
            drawing = svg.compose(payload, payload["figures"][0], imprint=Imprint(PUBLISHER))
            (folder / f"chart-{flow}.svg").write_text(drawing.markup, "utf-8")


def _describe(folder, release, years, compressing):
    """Write what describes the other files, then their checksums, then all of them as one archive."""
    files = [_file_entry(path) for path in sorted(folder.iterdir()) if path.suffix not in compression.ENDINGS.values()]
    later = ["README.md", "SHA256SUMS", "datapackage.json", "metadata.json", file_types.archive_name(release)]
    text = readme.readme(release, [file["name"] for file in files] + later)
    (folder / "README.md").write_text(text, "utf-8", newline="\n")
    files.append(_file_entry(folder / "README.md"))
    _write_json(folder / "datapackage.json", data_package.data_package(release, files))
    _write_json(folder / "metadata.json", schema_org.schema_org(release, files, years))
    files += [_file_entry(folder / name) for name in ("datapackage.json", "metadata.json")]
    sums = "".join(f"{file['sha256']}  {file['name']}\n" for file in files)
    (folder / "SHA256SUMS").write_text(signatures.line_of_previous(release) + sums, "utf-8", newline="\n")
    files.append(_file_entry(folder / "SHA256SUMS"))
    archive = folder / file_types.archive_name(release)
    _pack(archive, [folder / file["name"] for file in files], release.created, compressing)
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


def _pack(archive, paths, created, compressing):
    """Put files into one archive, under one folder, all of the release's date; texts as their .gz has them deflated."""
    with zipfile.ZipFile(archive, "w") as target:
        for path in paths:
            info = zipfile.ZipInfo(f"{archive.stem}/{path.name}", created.astimezone(UTC).timetuple()[:6])
            info.create_system, info.external_attr, info.file_size = 3, 0o644 << 16, path.stat().st_size
            if is_packed(path.name):
                zip_parts.add_gzipped(target, info, compressing.form(path, "gzip"), info.file_size)
                continue
            with path.open("rb") as content, target.open(info, "w") as part:
                shutil.copyfileobj(content, part)
