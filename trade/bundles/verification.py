"""Verifies bundles: that their files are those that were published, hold what the database holds, and are signed.

Names, source and licence are as they were when the release was published and may read otherwise today; the values,
statuses, notes and quantities may not.
"""

import hashlib
import io

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from spreadsheets import formula_injection
from trade.bundles import data_dictionary, data_files, file_types, signatures, storage
from trade.models import Release
from web import compression

NOT_COMPARED = ("name", "source", "demonstration", "release")
SHOWN = 5


def findings(release: Release) -> tuple[list[str], list[str]]:
    """List what is wrong with the bundle of a release, and what should be known of it: (faults, remarks), in words."""
    if not release.bundle:  # nothing was left to show
        return _faults_of_withdrawal(release), []
    faults, remarks = faults_of_content(release), []
    if release.withdrawn and _was_emptied(release):
        return faults, [_("its files were removed by a redaction")]
    sums, signature = (_kept(release, name) for name in (signatures.SUMS, signatures.SIGNATURE))
    if sums is None:
        return faults, [_("the previous release and the signature cannot be checked without SHA256SUMS")]
    text = sums.decode(errors="replace")
    for found in (
        (list(_faults_of_sums(release, text)), []),
        signatures.chain_findings(release, text),
        signatures.signature_findings(release, sums, signature),
    ):
        faults, remarks = faults + found[0], remarks + found[1]
    return faults, remarks


def _kept(release, name):
    try:
        with storage.open_kept(release, name) as file:
            return file.read()
    except FileNotFoundError:
        return None


def _faults_of_sums(release, text):
    """Compare the checksums that readers are given with those that the release lists."""
    given = {line[66:]: line[:64] for line in text.splitlines() if not line.startswith("#")}
    unlisted = (signatures.SUMS, signatures.SIGNATURE, file_types.archive_name(release))
    listed = {file["name"]: file["sha256"] for file in release.files if file["name"] not in unlisted}
    for name in sorted(given.keys() | listed.keys()):
        if given.get(name) != listed.get(name):
            yield f"{signatures.SUMS}: {_('its checksum for %s does not match that of the release') % name}"


def faults_of_content(release: Release) -> list[str]:
    """List what is wrong with the files of a release and with the values in them, in words; [] if nothing is."""
    listed = list(_faults_of_files(release))
    if release.withdrawn and _was_emptied(release):
        return _faults_of_withdrawal(release)
    if release.withdrawn:  # its files are as they were published, and its rows belong to no state any more
        return listed + _faults_of_withdrawal(release)
    broken = {fault.partition(":")[0] for fault in listed}
    frame = release.dataset.observations.as_of(release).frame()
    expected = _compared(data_files.of_data(release, frame, {}))
    for name, read in (("data.csv", _read_csv), ("data.parquet", _read_parquet)):
        if name in broken or name not in {file["name"] for file in release.files}:
            continue
        listed += [f"{name}: {fault}" for fault in _faults_of_table(release, name, read, expected)]
    return listed


def _was_emptied(release):
    """Whether nothing but the marker is kept of a withdrawn release: a redaction removes its files."""
    try:
        return storages["bundles"].listdir(release.bundle)[1] == [storage.WITHDRAWN]
    except FileNotFoundError:
        return True


def _faults_of_withdrawal(release):
    rows = release.dataset.observations.offered().filter(since=release)
    if not rows.exists():
        return []
    words = {"count": rows.count(), "number": release.number}
    return [_("%(count)d values of this withdrawn release are still shown: withdraw release %(number)d again") % words]


def _faults_of_table(release, name, read, expected):
    try:
        return _differences(read(release, name), expected)
    except (pa.ArrowException, KeyError) as error:
        return [f"{_('cannot be read')}: {error}"]


def _faults_of_files(release):
    """Compare what lies in the folder with what the release says of it."""
    named = {file["name"] for file in release.files}
    try:
        present = set(storages["bundles"].listdir(release.bundle)[1])
    except FileNotFoundError:
        present = set()
    compressed = {file + ending: (file, how) for file in named for how, ending in compression.ENDINGS.items()}
    for name in sorted(present - named - {storage.WITHDRAWN}):
        if name not in compressed:
            yield f"{name}: {_('is not a file of this release')}"
        elif not _unpacks(release, name, *compressed[name]):
            yield f"{name}: {_('does not match the uncompressed file when unpacked')}"
    if release.withdrawn and storage.WITHDRAWN not in present and present:
        yield f"{storage.WITHDRAWN}: {_('is missing, so servers may still send the files of this withdrawn release')}"
    for name in sorted({"data.csv", "data.parquet"} - named):
        yield f"{name}: {_('is not listed by the release')}"
    for file in release.files:
        if file["name"] not in present:
            yield f"{file['name']}: {_('is missing')}"
        elif (digest := _digest(release, file["name"])) != file["sha256"]:
            words = {"expected": file["sha256"], "found": digest}
            yield f"{file['name']}: {_('its SHA-256 is %(found)s, not %(expected)s') % words}"


def _digest(release, name):
    with storages["bundles"].open(f"{release.bundle}/{name}") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpacks(release, packed, name, how):
    """Tell whether a compressed copy holds the file that the release lists."""
    [expected] = [file["sha256"] for file in release.files if file["name"] == name]
    with storages["bundles"].open(f"{release.bundle}/{packed}") as file:
        return compression.digest(file, how) == expected


def _content(release, name):
    with storages["bundles"].open(f"{release.bundle}/{name}") as file:
        return file.read()


# Read in this thread: one of pyarrow's own that is still at work when the process ends aborts it, now and then.
IN_THIS_THREAD = pyarrow.csv.ReadOptions(use_threads=False)


def _read_parquet(release, name):
    table = pq.ParquetFile(io.BytesIO(_content(release, name)), pre_buffer=False).read(use_threads=False)
    return _compared(table).replace_schema_metadata(None)


def _compared(table):
    """Leave out what may read otherwise today; totals, for one, have no names."""
    return table.drop_columns([name for name in NOT_COMPARED if name in table.column_names])


def _read_csv(release, name):
    columns = [column for column in data_dictionary.of_data(release.dataset) if column.name not in NOT_COMPARED]
    options = pyarrow.csv.ConvertOptions(
        column_types={column.name: column.type for column in columns},
        include_columns=[column.name for column in columns],
        null_values=[""],
        strings_can_be_null=True,
    )
    parsing = pyarrow.csv.ParseOptions(newlines_in_values=True)
    table = pyarrow.csv.read_csv(io.BytesIO(_content(release, name)), IN_THIS_THREAD, parsing, options)
    return pa.table([_active(table[column.name]) for column in columns], names=[column.name for column in columns])


def _active(column):
    if not pa.types.is_string(column.type):
        return column
    return pa.array([text and formula_injection.active(text) for text in column.to_pylist()], pa.string())


def _differences(found, expected):
    """Say how the table of a file differs from that of the database, by the first few cells."""
    expected = pa.table(expected.columns, names=expected.column_names)
    if pa.table(found.columns, names=found.column_names).equals(expected):
        return []
    key = data_dictionary.primary_key(expected.column_names)
    file, database = (_by_key(table, key) for table in (found, expected))
    differences = [f"{_cell(at)} {_('is not in the database')}" for at in file if at not in database]
    differences += [f"{_cell(at)} {_('is not in the file')}" for at in database if at not in file]
    for at in [at for at in database if at in file and file[at] != database[at]]:
        differences += [
            f"{_cell(at)} {name}: {_('%(file)s in the file, %(database)s in the database')}"
            % {"file": _in_words(file[at].get(name)), "database": _in_words(value)}
            for name, value in database[at].items()
            if file[at].get(name) != value
        ]
    more = [_("and %d more differences") % (len(differences) - SHOWN)] if len(differences) > SHOWN else []
    return differences[:SHOWN] + more or [_("the rows are in a different order or duplicated")]


def _by_key(table, key):
    return {tuple(row[name] for name in key): row for row in table.to_pylist()}


def _cell(at):
    return " ".join(at)


def _in_words(value):
    return _("missing") if value is None else str(value)
