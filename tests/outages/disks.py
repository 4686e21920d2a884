"""A small disk of a test's own: a tmpfs in a mount namespace that any user may make, where the kernel lets users."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNSHARE = ["unshare", "--user", "--map-root-user", "--mount", "--propagation", "private", "--kill-child"]
TRIED = [*UNSHARE, "mount", "-t", "tmpfs", "tmpfs", "/tmp"]
HOLD = 'mount -t tmpfs -o size={size} tmpfs "{folder}" && echo mounted && exec sleep infinity'


@dataclass
class Disk:
    """A disk at `folder`, which processes see that are started with the words `within` before their command."""

    folder: Path
    within: list[str]

    def run(self, *command: str) -> str:
        """Run a command that sees the disk, and return what it printed."""
        done = subprocess.run([*self.within, *command], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def free(self) -> int:
        """Bytes that are free."""
        return int(self.run("df", "--output=avail", "--block-size=1", str(self.folder)).splitlines()[-1])

    def fill(self, leave: int) -> None:
        """Fill the disk up to some bytes; leave nothing, if it is 0."""
        filler = f'head -c {max(self.free() - leave, 0)} /dev/zero >> "{self.folder}/filler"'
        subprocess.run([*self.within, "sh", "-c", filler], stderr=subprocess.DEVNULL)

    def make_room(self) -> None:
        self.run("rm", "-f", f"{self.folder}/filler")

    def make_read_only(self, path: Path) -> None:
        """Let nobody write below a path any more."""
        self.run("mount", "--bind", str(path), str(path))
        self.run("mount", "-o", "remount,bind,ro", str(path))

    def make_writable(self, path: Path) -> None:
        self.run("umount", "--lazy", str(path))


def can_be_mounted() -> bool:
    """Whether this machine lets the user mount a disk in a namespace."""
    return bool(shutil.which("unshare")) and subprocess.run(TRIED, capture_output=True).returncode == 0


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Disk]:
    """Mount a disk of "200m" for as long as the block lasts."""
    command = [*UNSHARE, "sh", "-c", HOLD.format(size=size, folder=folder)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "mounted\n"
        enter = ["nsenter", "--target", _child_of(holder.pid), "--user", "--preserve-credentials", "--mount"]
        yield Disk(folder, [*enter, f"--wdns={ROOT}", "--"])
    finally:
        holder.kill()  # and so its child
        holder.communicate()


def _child_of(pid):
    """With --kill-child, unshare stays, and its child is the one that lives in the namespace."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0]
