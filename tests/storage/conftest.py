"""Every test of the storage that names ``database_url`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from storage.database import migrate
from tests.postgres import Postgres, binaries, running

DATABASES = ("sqlite", "postgresql")
_TEMPLATE: dict[int, str] = {}


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


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of an empty database of our revision."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'r.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = migrated(server)
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=DATABASES, scope="module")
def module_database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same for tests that share one store."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('db') / 'r.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = migrated(server)
    yield server.url(name)
    server.drop(name)
