"""A private PostgreSQL for the tests: started from the installed binaries on a free loopback port, gone with the session."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine

from storage.database import migrate
from storage.store import Store

_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=40")
_NUMBERS = count(1)
_TEMPLATE: dict[int, str] = {}


def binaries() -> Path | None:
    """Folder of ``initdb`` and ``pg_ctl``; None where PostgreSQL is not installed."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/pgsql/bin")]
    named = shutil.which("initdb")
    folders = found + ([Path(named).parent] if named else [])
    return next((one for one in folders if (one / "initdb").exists() and (one / "pg_ctl").exists()), None)


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    port: int

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://rolecall@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template0") -> str:
        """Make a database and give its name."""
        name = f"test_{os.getpid()}_{next(_NUMBERS)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _execute(self, sql: str) -> None:
        with psycopg.connect(f"host=127.0.0.1 port={self.port} user=rolecall dbname=postgres", autocommit=True) as connection:
            connection.execute(sql.encode())


@contextmanager
def running(folder_of_binaries: Path) -> Iterator[Postgres]:
    """A server; PostgreSQL refuses to run as root, so that root starts it as ``nobody``."""
    folder = Path(tempfile.mkdtemp(prefix="rolecall-pg-"))
    user = None
    if os.geteuid() == 0:
        user = "nobody"
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    data, port = folder / "data", _free_port()

    def run(*words: str) -> None:
        _run([str(folder_of_binaries / words[0]), *words[1:]], user, folder)

    try:
        run("initdb", "-D", str(data), "-U", "rolecall", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        options = " ".join(f"-c {one}" for one in (*_SETTINGS, "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"))
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", f"-p {port} {options}", "start")
        yield Postgres(port)
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: Sequence[str], user: str | None, folder: Path) -> None:
    done = subprocess.run(command, user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server a session; without the binaries the tests that need it are skipped and say so."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: no initdb and pg_ctl were found")
    with running(folder) as server:
        yield server


def migrated(server: Postgres) -> str:
    """A database with every table; the first one is made by migration, the others are copies of it."""
    if server.port not in _TEMPLATE:
        name = server.new_database()
        engine = create_engine(server.url(name))
        migrate(engine)
        engine.dispose()
        _TEMPLATE[server.port] = name
    return server.new_database(_TEMPLATE[server.port])


@contextmanager
def opened_there(server: Postgres, folder: Path) -> Iterator[Store]:
    """A new store on the server, gone afterwards; its data set lies in a folder."""
    name = migrated(server)
    with Store.open(server.url(name), folder, create=True) as store:
        yield store
    server.drop(name)
