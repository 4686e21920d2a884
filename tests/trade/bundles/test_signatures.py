"""A release names the one before it and can be signed, so that no byte of its history changes unseen."""

import hashlib
import io
import json
import subprocess
from datetime import timedelta

import minisign
import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from tests.trade import released
from tests.trade.bundles.test_build import written_again
from tests.trade.bundles.test_verification import RECORDS, read, replace
from trade.bundles import signatures
from trade.models import Release
from trade.publishing.removing import withdrawal
from trade.publishing.uploads import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

CELL = ("CN-LN", "to_dprk", 2015, 0)


@pytest.fixture
def key(settings, tmp_path):
    """A key of the site, in a file; releases are signed by hand."""
    return published_key(settings, tmp_path / "signing.key")


def published_key(settings, path, password=""):
    pair = minisign.KeyPair.generate()
    if password:
        pair.secret_key.encrypt(password, opslimit=1, memlimit=1 << 20)
    path.write_bytes(bytes(pair.secret_key) + b"\n")
    settings.SIGNING_PUBLIC_KEYS = [pair.public_key.to_base64().decode()]
    return path


def made(values=(1,)):
    """Publish a release for each value, in one dataset."""
    dataset = released.dataset("province")
    return [released.release(dataset, RECORDS | {CELL: {"reported": value}}) for value in values]


def sign(release, *arguments):
    call_command("sign", release.dataset_id, str(release.number), *arguments, stdout=io.StringIO())
    release.refresh_from_db()


def verified(release):
    """What `verify` says of a release: (exit code, faults, remarks)."""
    said, code = io.StringIO(), 0
    try:
        call_command("verify", release.dataset_id, str(release.number), "--json", stdout=said)
    except SystemExit as stop:
        code = stop.code
    [one] = json.loads(said.getvalue())["releases"]
    return code, one["faults"], one["remarks"]


SOUND, UNSIGNED = (0, [], []), (0, [], ["not signed"])


# --- the chain -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_release_names_the_checksums_of_the_one_before_it_and_the_usual_tool_reads_them(tmp_path):
    first, second = made((1, 2))
    expected = hashlib.sha256(read(first, "SHA256SUMS")).hexdigest()
    line, *rest = read(second, "SHA256SUMS").decode().splitlines()
    assert line == f"# Previous release: {first.dataset_id}/1/SHA256SUMS sha256:{expected}"
    assert not any(line.startswith("#") for line in [*rest, *read(first, "SHA256SUMS").decode().splitlines()])
    for file in second.files:
        (tmp_path / file["name"]).write_bytes(read(second, file["name"]))
    done = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr, done.stdout.count(": OK")) == (0, "", len(second.files) - 2)
    assert verified(second) == SOUND


@pytest.mark.slow
def test_a_release_that_was_rewritten_with_all_its_checksums_is_found_by_the_one_after_it():
    first, second = made((1, 2))
    replace(first, "README.md", read(first, "README.md") + b" ")
    assert verified(first) == SOUND
    code, [fault], _remarks = verified(second)
    assert code == 1
    assert fault.startswith("SHA256SUMS: names release 1 with the checksum ")
    assert fault.endswith(f", but release 1 has the checksum {first.sums_checksum}")


@pytest.mark.slow
def test_a_line_of_the_release_before_that_was_taken_out_is_missed():
    first, second, third = made((1, 2, 3))
    line, _end, rest = read(third, "SHA256SUMS").partition(b"\n")
    replace(third, "SHA256SUMS", rest)
    assert verified(third)[1] == [
        f"SHA256SUMS: gives none as the checksum of the previous release, but the database has {second.sums_checksum}"
    ]
    Release.objects.filter(pk=third.pk).update(previous_sums="")
    assert verified(third)[1] == ["SHA256SUMS: names no previous release, although an earlier release does"]


@pytest.mark.slow
def test_another_checksum_of_a_file_than_the_release_lists_is_found():
    [release] = made()
    sums = read(release, "SHA256SUMS").decode().splitlines(keepends=True)
    replace(release, "SHA256SUMS", "".join(line for line in sums if "data.csv" not in line).encode())
    assert verified(release)[1] == ["SHA256SUMS: its checksum for data.csv does not match that of the release"]


@pytest.mark.slow
def test_a_release_older_than_the_chain_is_told_as_such_and_is_no_fault():
    _first, second = made((1, 2))
    replace(second, "SHA256SUMS", read(second, "SHA256SUMS").partition(b"\n")[2])
    Release.objects.filter(pk=second.pk).update(previous_sums="")
    remark = "names no previous release: it was made before releases named their predecessors"
    assert verified(second) == (0, [], [remark])
    third = released.release(second.dataset, {CELL: {"reported": 9}})
    assert verified(third) == SOUND


@pytest.mark.slow
def test_the_chain_goes_on_over_a_withdrawn_release():
    first, second = made((1, 2))
    third = withdrawal.withdraw(second, "Wrong.")
    fourth = released.release(first.dataset, {CELL: {"reported": 3}})
    assert third.previous_sums == second.sums_checksum and fourth.previous_sums == third.sums_checksum
    assert verified(second) == verified(third) == verified(fourth) == SOUND


@pytest.mark.slow
def test_the_chain_goes_on_over_files_that_were_made_anew():
    first, second = made((1, 2))
    withdrawal.withdraw(first, "Wrong.")
    third = released.release(first.dataset, {CELL: {"reported": 3}})
    before = second.sums_checksum
    second.refresh_from_db()
    assert [(again["old"], again["new"]) for again in second.rebuilt] == [(before, second.sums_checksum)]
    assert verified(first) == verified(second) == verified(third) == SOUND


@pytest.mark.slow
def test_a_release_made_again_names_what_it_named_before_and_one_that_named_nothing_still_does_not(tmp_path):
    _first, second = made((1, 2))
    for folder, expected in (("chained", read(second, "SHA256SUMS")), ("older", None)):
        made_again = (written_again(second, tmp_path / folder) / "SHA256SUMS").read_bytes()
        assert made_again == (expected or read(second, "SHA256SUMS").partition(b"\n")[2])
        second.previous_sums = ""


# --- the signature -------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_release_is_signed_later_and_no_other_byte_of_it_changes(key, client):
    [release] = made()
    address = f"/data/{release.dataset_id}/1/"
    before = {file["name"]: read(release, file["name"]) for file in release.files}
    assert (verified(release), client.get(f"{address}SHA256SUMS.minisig").status_code) == (UNSIGNED, 404)
    sign(release, "--key", str(key))
    assert verified(release) == SOUND
    after = {file["name"]: read(release, file["name"]) for file in release.files}
    signature = after.pop("SHA256SUMS.minisig")
    assert after == before
    response = client.get(f"{address}SHA256SUMS.minisig")
    assert (response.getvalue(), response["Content-Type"]) == (signature, "text/plain; charset=utf-8")
    assert "immutable" in response["Cache-Control"]
    [public] = signatures.public_keys().values()
    read_again = minisign.Signature.from_bytes(signature)
    public.verify(before["SHA256SUMS"], read_again)
    assert read_again.trusted_comment == f"{release.dataset_id}/1 {release.created.date()}"


@pytest.mark.slow
def test_the_page_of_a_signed_release_says_how_a_reader_checks_it(key, settings, client):
    first, second = made((1, 2))
    sign(first, "--key", str(key))
    command = f"minisign -Vm SHA256SUMS -P {settings.SIGNING_PUBLIC_KEYS[0]}"
    said = {address: client.get(address).content.decode() for address in (*map(page, (first, second)), "/data/")}
    assert [command in text for text in said.values()] == [True, False, True]


def page(release):
    return release.get_absolute_url()


@pytest.mark.slow
def test_a_server_with_the_key_signs_when_it_publishes(key, settings):
    settings.SIGNING_KEY, settings.SIGNED_SINCE = str(key), None
    [release] = made()
    assert release.file("SHA256SUMS.minisig") and verified(release) == SOUND


@pytest.mark.slow
def test_a_server_that_cannot_sign_publishes_nothing_and_says_why(key, settings, tmp_path):
    dataset = released.dataset("province")
    for broken, words in ((tmp_path / "none.key", "No such file"), (other_key(tmp_path), "It was made with the key")):
        settings.SIGNING_KEY = str(broken)
        with pytest.raises(Refused, match=f"could not be signed.*{words}"):
            released.release(dataset, RECORDS)
    assert not Release.objects.exists()
    assert not storages["bundles"].exists(dataset.pk) or storages["bundles"].listdir(dataset.pk) == ([], [])


def other_key(folder):
    path = folder / "other.key"
    path.write_bytes(bytes(minisign.KeyPair.generate().secret_key))
    return path


@pytest.mark.slow
def test_a_key_with_a_password_signs_by_the_password_alone(settings, tmp_path):
    path = published_key(settings, tmp_path / "locked.key", "open")
    [release] = made()
    settings.SIGNING_KEY_PASSWORD = "wrong"
    with pytest.raises(CommandError, match="cannot sign: wrong password"):
        sign(release, "--key", str(path))
    settings.SIGNING_KEY_PASSWORD = "open"
    sign(release, "--key", str(path))
    assert verified(release) == SOUND


@pytest.mark.slow
def test_a_signature_made_elsewhere_is_checked_before_it_is_kept(key, tmp_path):
    first, second = made((1, 2))
    file = tmp_path / "SHA256SUMS.minisig"
    secret = minisign.SecretKey.from_file(key)
    stranger = minisign.KeyPair.generate().secret_key
    for content, words in (
        (bytes(secret.sign(read(second, "SHA256SUMS"))), "not a signature of this SHA256SUMS"),
        (bytes(stranger.sign(read(first, "SHA256SUMS"))), "made with the key [0-9A-F]{16}; the published key is"),
        (b"nothing", "not a valid minisign signature"),
    ):
        file.write_bytes(content)
        with pytest.raises(CommandError, match=words):
            sign(first, "--signature", str(file))
    assert not storages["bundles"].exists(f"{first.bundle}/SHA256SUMS.minisig")
    file.write_bytes(bytes(secret.sign(read(first, "SHA256SUMS"), prehash=False)))
    sign(first, "--signature", str(file))
    assert verified(first) == SOUND
    with pytest.raises(CommandError, match="already signed"):
        sign(first, "--signature", str(file))


@pytest.mark.slow
def test_whatever_is_changed_of_a_signed_release_its_signature_no_longer_fits(key):
    [release] = made()
    sign(release, "--key", str(key))
    replace(release, "README.md", read(release, "README.md") + b" ")
    assert verified(release)[1] == ["SHA256SUMS.minisig: It is not a signature of this SHA256SUMS."]


@pytest.mark.slow
def test_a_signature_of_another_release_or_by_another_key_is_found_in_its_place(key, settings, tmp_path):
    first, second = made((1, 2))
    for release in (first, second):
        sign(release, "--key", str(key))
    replace(second, "SHA256SUMS.minisig", read(first, "SHA256SUMS.minisig"))
    assert verified(second)[1] == ["SHA256SUMS.minisig: It is not a signature of this SHA256SUMS."]
    published_key(settings, tmp_path / "new.key")
    [fault] = verified(first)[1]
    assert fault.startswith("SHA256SUMS.minisig: It was made with the key ")


@pytest.mark.slow
def test_an_earlier_key_goes_on_being_believed_while_it_is_listed(key, settings, tmp_path):
    [release] = made()
    sign(release, "--key", str(key))
    [earlier] = settings.SIGNING_PUBLIC_KEYS
    published_key(settings, tmp_path / "new.key")
    settings.SIGNING_PUBLIC_KEYS = [*settings.SIGNING_PUBLIC_KEYS, earlier]
    assert verified(release) == SOUND


@pytest.mark.slow
def test_a_signature_is_missed_from_the_day_on_which_releases_must_have_one(key, settings):
    [release] = made()
    settings.SIGNED_SINCE = release.created.date() + timedelta(days=1)
    assert verified(release) == UNSIGNED
    settings.SIGNED_SINCE = release.created.date()
    missing = f"SHA256SUMS.minisig: is missing: releases since {settings.SIGNED_SINCE} must be signed"
    assert verified(release) == (1, [missing], [])


@pytest.mark.slow
def test_without_a_public_key_a_signature_is_told_as_one_that_cannot_be_checked(key, settings):
    [release] = made()
    sign(release, "--key", str(key))
    settings.SIGNING_PUBLIC_KEYS = []
    assert verified(release) == (0, [], ["signed, but the signature cannot be checked: SIGNING_PUBLIC_KEY is not set"])
    settings.SIGNING_PUBLIC_KEYS = ["RWQ"]
    assert "SIGNING_PUBLIC_KEY is not a minisign public key" in verified(release)[1][0]


@pytest.mark.slow
def test_without_its_checksums_nothing_else_is_said_of_a_release():
    [release] = made()
    storages["bundles"].delete(f"{release.bundle}/{signatures.SUMS}")
    remark = "the previous release and the signature cannot be checked without SHA256SUMS"
    assert verified(release) == (1, ["SHA256SUMS: is missing"], [remark])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["nothing", "1"], "There is no release 1 of “nothing”."), (["china-provinces", "9"], "There is no release 9")],
)
def test_a_release_that_is_not_there_cannot_be_signed(arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("sign", *arguments)


@pytest.mark.slow
def test_signing_needs_a_key_or_a_signature_that_can_be_read():
    [release] = made()
    with pytest.raises(CommandError, match="Give --signature FILE, or --key FILE, or set SIGNING_KEY"):
        sign(release)
    with pytest.raises(CommandError, match="/nowhere cannot be read: No such file"):
        sign(release, "--signature", "/nowhere")
