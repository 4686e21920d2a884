"""A file that is no sound backup of this site is refused in a sentence, before anything is written."""

import gzip
import hashlib
import io
import json
import tarfile
from dataclasses import asdict

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backups import contents, manifest
from backups.manifest import Manifest
from trade.models import Province

FILE = "uploads/0a/bytes"
HELD = {manifest.DUMP: b"a dump", FILE: b"the bytes of an editor"}
OTHER_ENGINE = {"sqlite": "postgresql", "postgresql": "sqlite"}


def described(held, **changes):
    """The manifest of these files, with some of it changed."""
    files = {name: {"size": len(b), "sha256": hashlib.sha256(b).hexdigest()} for name, b in held.items()}
    sound = Manifest("2026-11-27T10:30:05+00:00", connection.vendor, {"trade": ["0001_first"]}, {}, files)
    return json.dumps(asdict(sound) | changes).encode()


def archive(members):
    """A backup of these members: (name, bytes), or a TarInfo."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                tar.addfile(member)
                continue
            info = tarfile.TarInfo(member[0])
            info.size = len(member[1])
            tar.addfile(info, io.BytesIO(member[1]))
    return packed.getvalue()


def sound(held=HELD, **changes):
    return archive([*held.items(), (manifest.NAME, described(held, **changes))])


def link(name):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return info


def holding(name):
    return sound(HELD | {name: b"x"})


CASES = {
    "holds 'uploads/../../x', which no backup does": lambda: holding("uploads/../../x"),
    "holds '/etc/cron.d/x', which no": lambda: holding("/etc/cron.d/x"),
    "holds 'bundles/..', which no": lambda: holding("bundles/.."),
    "holds 'uploads//x', which no": lambda: holding("uploads//x"),
    "holds 'static/x.js', which no": lambda: holding("static/x.js"),
    "holds 'uploads/0a', which no": lambda: archive([link("uploads/0a")]),
    f"holds '{FILE}' twice": lambda: archive([*HELD.items(), (FILE, b"x")]),
    f"{FILE} is not as manifest.json describes it": lambda: archive(
        [(manifest.DUMP, b"a dump"), (FILE, b"other bytes"), (manifest.NAME, described(HELD))]
    ),
    "uploads/1b is not as manifest.json describes it": lambda: archive(
        [*HELD.items(), ("uploads/1b", b"x"), (manifest.NAME, described(HELD))]
    ),
    f"{FILE} is not as": lambda: archive([(manifest.DUMP, b"a dump"), (manifest.NAME, described(HELD))]),
    "database/dump is not as manifest.json describes it": lambda: sound({FILE: b"x"}),
    "has no manifest.json: it is incomplete": lambda: archive(HELD.items()),
    "is damaged or incomplete": lambda: sound()[:-40],
    "incomplete (Not a gzipped file": lambda: b"PK no backup at all",
    "damaged or incomplete (": lambda: gzip.compress(b"no tar" * 200),
    "is of format 2; this version reads format 1 alone": lambda: sound(format=2),
    "manifest.json in this file cannot be read": lambda: archive([*HELD.items(), (manifest.NAME, b"[1]")]),
    "in this file cannot be read, so": lambda: sound(migrations={"trade": 1}),
    "by a newer version: trade.9999_later is not known here": lambda: sound(migrations={"trade": ["9999_later"]}),
    "database in this backup": lambda: sound(),
    "and DATABASE_URL names a": lambda: sound(engine=OTHER_ENGINE[connection.vendor]),
}


def state():
    return {place: list(contents.stored_files(place)) for place in contents.STORAGES}


@pytest.mark.django_db
@pytest.mark.parametrize("words", CASES)
def test_a_file_that_is_no_sound_backup_is_refused_and_nothing_is_written(words, tmp_path):
    path, before = tmp_path / "backup.tar.gz", state()
    path.write_bytes(CASES[words]())
    with pytest.raises(CommandError) as refused:
        call_command("restore", str(path), "--overwrite")
    assert words in str(refused.value) and "\n" not in str(refused.value)
    assert state() == before


@pytest.mark.django_db
def test_every_cut_of_a_backup_is_refused(tmp_path):
    whole, path = sound(), tmp_path / "backup.tar.gz"
    for length in range(0, len(whole) - 1, 7):
        path.write_bytes(whole[:length])
        with pytest.raises(CommandError, match="incomplete"):
            call_command("restore", str(path), "--overwrite")


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_said_not_to_be():
    with pytest.raises(CommandError, match="There is no file /nowhere"):
        call_command("restore", "/nowhere")


@pytest.mark.django_db
def test_a_sound_backup_is_not_put_over_what_is_there(tmp_path):
    path, before = tmp_path / "backup.tar.gz", state()
    path.write_bytes(sound())
    Province.objects.create(code="CN-LN", gb_code="1", gacc_code="1", name_en="a", name_zh="b", name_ko="c", kind="d")
    with pytest.raises(CommandError, match="This site is not empty: it has 1 × trade.Province.*--overwrite"):
        call_command("restore", str(path))
    assert Province.objects.count() == 1 and state() == before
