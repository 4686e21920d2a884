"""Finds and runs the programs that backups need: gpg, and those of PostgreSQL."""

import os
import shutil
import subprocess

from backups.manifest import BackupError


def find(name: str, advice: str) -> str:
    """Find a program on PATH: "/usr/bin/gpg".

    Raises: BackupError with the advice where it is not there.
    """
    if path := shutil.which(name):
        return path
    raise BackupError(f"{name} is not on PATH. {advice}")


def run(command: list[str], failure: str, **environment: str) -> None:
    """Run a program without a shell.

    Raises: BackupError with the failure and what the program said.
    """
    done = subprocess.run(command, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{failure}: {done.stdout.decode(errors='replace').strip()[-2000:]}")
