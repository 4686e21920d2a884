"""Ties each release to the one before it and signs it, so that a history that was rewritten shows.

The SHA256SUMS of a release names the checksum of the SHA256SUMS of the release before, in a comment, which
`sha256sum -c` passes over. SHA256SUMS.minisig is its signature in minisign's form, by a key that may lie elsewhere: it
is in no list of the other files, so it can be added later without a change to any of them.
"""

import base64
import re
from pathlib import Path

import minisign
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from trade.bundles import storage
from trade.models import Release

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.minisig"
PREVIOUS = "# Previous release: {slug}/{number}/SHA256SUMS sha256:{checksum}\n"
NAMED = re.compile(r"^# Previous release: \S+/SHA256SUMS sha256:([0-9a-f]{64})$", re.MULTILINE)


class SigningError(Exception):
    """A signature cannot be made, or is none of this release; the message says why and what to do."""


# --- the chain -----------------------------------------------------------------------------------------------------


def previous_checksum(release: Release) -> str:
    """Find the checksum that the SHA256SUMS of a new release must name; "" for a first release."""
    previous = _previous(release)
    return previous.sums_checksum if previous else ""


def line_of_previous(release: Release) -> str:
    """Write the line of SHA256SUMS that names the release before; "" where there is none, or it names none."""
    if not release.previous_sums:
        return ""
    number = _previous(release).number
    return PREVIOUS.format(slug=release.dataset_id, number=number, checksum=release.previous_sums)


def chain_findings(release: Release, sums: str) -> tuple[list[str], list[str]]:
    """Compare what SHA256SUMS says of the release before with that release: (faults, remarks), both in words."""
    named = (NAMED.findall(sums) or [""])[0]
    if named != release.previous_sums:
        words = {"found": named or _("none"), "expected": release.previous_sums or _("none")}
        fault = _("gives %(found)s as the checksum of the previous release, but the database has %(expected)s") % words
        return [f"{SUMS}: {fault}"], []
    if release.number == 1:
        return [], []
    previous = _previous(release)
    if previous is None:
        return _first_with_files(release)
    if not named:
        return _unchained(release)
    if named != previous.sums_checksum:
        if rebuilt := [again for again in previous.rebuilt if again["old"] == named]:
            words = {"number": previous.number, "day": rebuilt[-1]["on"][:10]}
            return [], [_("names release %(number)d as it was before its files were rebuilt on %(day)s") % words]
        words = {"number": previous.number, "named": named, "found": previous.sums_checksum}
        fault = _(
            "names release %(number)d with the checksum %(named)s as the previous release, but release %(number)d "
            "has the checksum %(found)s"
        )
        return [f"{SUMS}: {fault % words}"], []
    return [], []


def _unchained(release):
    """A release may name none before it if it is older than this rule: then no earlier one does either."""
    if release.dataset.releases.filter(number__lt=release.number).exclude(previous_sums="").exists():
        return [f"{SUMS}: {_('names no previous release, although an earlier release does')}"], []
    return [], [_("names no previous release: it was made before releases named their predecessors")]


def _first_with_files(release):
    """A release may have none before it with files only where those before it never had any."""
    if release.dataset.releases.filter(number=release.number - 1).exists():
        return [], []
    return [f"{SUMS}: {_('the previous release, %d, is not in the database') % (release.number - 1)}"], []


def _previous(release):
    """The release before; one that left nothing to show has no files, and is passed over."""
    before = release.dataset.releases.filter(number=release.number - 1).first()
    return _previous(before) if before and not before.bundle else before


# --- the signature -------------------------------------------------------------------------------------------------


def sign(sums: bytes, release: Release, key: Path, password: str = "") -> bytes:
    """Sign a SHA256SUMS with the secret key of a file, and make sure that readers can check it.

    Raises: SigningError for a key that cannot be read or that is not the published one, and for a wrong password.
    """
    comment = f"{release.dataset_id}/{release.number} {release.created.date().isoformat()}"
    try:
        with minisign.SecretKey.from_file(key) as secret:
            if secret.is_encrypted():
                secret.decrypt(password)
            signature = bytes(secret.sign(sums, trusted_comment=comment)) + b"\n"
    except (OSError, minisign.Error) as error:
        words = {"key": key, "error": getattr(error, "strerror", None) or error}
        raise SigningError(_("The key %(key)s cannot sign: %(error)s.") % words) from None
    check(sums, signature)
    return signature


def check(sums: bytes, signature: bytes) -> None:
    """Make sure that a signature is one of this SHA256SUMS by a published key.

    Raises: SigningError with what is wrong.
    """
    keys = public_keys()
    if not keys:
        raise SigningError(_("There is no public key to check it against: set SIGNING_PUBLIC_KEY."))
    try:
        read = minisign.Signature.from_bytes(signature)
    except minisign.ParseError as error:
        raise SigningError(_("This is not a valid minisign signature: %s.") % error) from None
    signer = _identifier(bytes(read).splitlines()[1])
    if signer not in keys:
        words = {"signer": signer, "known": ", ".join(keys)}
        raise SigningError(_("It was made with the key %(signer)s; the published key is %(known)s.") % words)
    try:
        keys[signer].verify(sums, read)
    except minisign.VerifyError:
        raise SigningError(_("It is not a signature of this SHA256SUMS.")) from None


def public_keys() -> dict[str, minisign.PublicKey]:
    """Read the published keys by their identifiers as minisign prints them: {"E7620F1842B4E81F": …}.

    Raises: SigningError for a setting that is no key.
    """
    try:
        keys = [minisign.PublicKey.from_base64(key) for key in settings.SIGNING_PUBLIC_KEYS]
    except minisign.ParseError as error:
        words = _("SIGNING_PUBLIC_KEY is not a minisign public key (the line that begins with “RW”): %s.")
        raise SigningError(words % error) from None
    return {_identifier(key.to_base64()): key for key in keys}


def _identifier(encoded):
    """Read which key it is from a key or a signature: two bytes of its kind, then eight of a little-endian number."""
    return base64.b64decode(encoded)[2:10][::-1].hex().upper()


def attach(release: Release, signature: bytes) -> None:
    """Keep a signature that was made after the release, once it has been checked; no other file changes.

    Raises: SigningError for a signature of something else, and where there is one already.
    """
    if release.file(SIGNATURE):
        raise SigningError(_("%s is already signed.") % release)
    with storage.open_kept(release, SUMS) as file:
        check(file.read(), signature)
    place = f"{release.bundle}/{SIGNATURE}"
    storages["bundles"].delete(place)  # what an attempt left that was cut off
    storages["bundles"].save(place, ContentFile(signature))
    release.files = [*release.files, storage.described(SIGNATURE, signature)]
    release.save(update_fields=["files"])


def signature_findings(release: Release, sums: bytes, signature: bytes | None) -> tuple[list[str], list[str]]:
    """Say what is wrong with the signature of a release, or cannot be checked: (faults, remarks), both in words."""
    since = settings.SIGNED_SINCE
    if signature is None:
        if since is not None and release.created.date() >= since:
            return [f"{SIGNATURE}: {_('is missing: releases since %s must be signed') % since}"], []
        return [], [_("not signed")] if settings.SIGNING_PUBLIC_KEYS else []
    if not settings.SIGNING_PUBLIC_KEYS:
        return [], [_("signed, but the signature cannot be checked: SIGNING_PUBLIC_KEY is not set")]
    try:
        check(sums, signature)
    except SigningError as error:
        return [f"{SIGNATURE}: {error}"], []
    return [], []
