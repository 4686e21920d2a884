"""Encrypts and decrypts a backup by gpg."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from backups import programs
from backups.manifest import BackupError


@contextmanager
def encrypted(path: Path, recipient: str) -> Iterator[BinaryIO]:
    """Open a file for writing whose content only the holder of the recipient's secret key can read.

    Raises: BackupError where gpg is not installed, or does not know the recipient.
    """
    gpg = programs.find("gpg", "Install gnupg, or unset BACKUP_GPG_RECIPIENT.")
    # The operator names a key of this machine; whether others vouch for it does not matter.
    command = [gpg, "--batch", "--yes", "--no-auto-key-locate", "--trust-model", "always", "--recipient", recipient]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - no shell, and the arguments are the operator's
            [*command, "--output", str(path), "--encrypt"], stdin=subprocess.PIPE, stderr=said, umask=0o077
        )
        try:
            with process.stdin:
                yield process.stdin
        except BrokenPipeError:
            pass  # gpg ended early, and says why
        finally:
            status = process.wait()
        if status:
            said.seek(0)
            raise BackupError(
                f"gpg could not encrypt for “{recipient}”: {said.read().decode(errors='replace').strip()}"
            )


def decrypted(path: Path, plain: Path) -> Path:
    """Decrypt a file; gpg asks for the passphrase of the key if it has to.

    Raises: BackupError where gpg is not installed, or has no key for it.
    """
    gpg = programs.find("gpg", "Install gnupg, or decrypt the file elsewhere.")
    command = [gpg, "--quiet", "--yes", "--output", str(plain), "--decrypt", str(path)]
    programs.run(command, f"{path.name} could not be decrypted")
    return plain
