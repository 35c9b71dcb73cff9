"""A PostgreSQL server of our own with PostGIS, for as long as the tests run.

Owns finding Debian's programs, the start on a socket in a folder of its own, and the stop.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "petugas", "rahasia-sekali"


@dataclass(frozen=True)
class Server:
    """A running server.

    Parameters
    ----------
    folder : Path
        Folder of its socket.
    """

    folder: Path

    def uri(self, table: str, password: str = PASSWORD) -> str:
        """Return the connection string of a table, the password in it."""
        return f"postgresql://{USER}:{password}@/postgres?host={self.folder}&tabel={table}"

    def pairs(self, table: str) -> str:
        """Return the same in the words of GDAL."""
        return (f"PG:host={self.folder} user={USER} password={PASSWORD} dbname=postgres "
                f"tables={table}")  # fmt: skip


def missing() -> str | None:
    """Return why no server can be started here, or None."""
    if _programs() is None:
        return "needs PostgreSQL (Debian: postgresql)"
    if not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        return "needs PostGIS (Debian: postgresql-15-postgis-3)"
    if os.geteuid() == 0 and _other_user() is None:
        return "needs the system's user postgres: PostgreSQL refuses to run as root"
    return None


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _other_user() -> str | None:
    import pwd  # Windows has none, nor this server

    return next((user.pw_name for user in pwd.getpwall() if user.pw_name == "postgres"), None)


@contextmanager
def running() -> Iterator[Server]:
    """Run a server that asks for a password, with the extension PostGIS."""
    programs = _programs()
    assert programs is not None
    user = _other_user() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="fsva-pg-"))

    def run(program: str, *arguments: str, **environment: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            capture_output=True,
            cwd=folder,
            user=user,
            env={**os.environ, **environment},
            timeout=60,
        )

    secret = folder / "sandi"
    secret.write_text(PASSWORD, encoding="ascii")
    if user:
        for path in (folder, secret):
            shutil.chown(path, user)
    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", USER, "-E", "UTF8", "--no-sync",
            "--auth=scram-sha-256", f"--pwfile={secret}")  # fmt: skip
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            run("psql", "-h", str(folder), "-U", USER, "-d", "postgres",
                "-c", "CREATE EXTENSION postgis", PGPASSWORD=PASSWORD)  # fmt: skip
            yield Server(folder)
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
