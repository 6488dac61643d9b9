"""Every test of the storage that names ``database_url`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Postgres, migrated

DATABASES = ("sqlite", "postgresql")


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
