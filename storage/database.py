"""Opening the database: engine, write-ahead log, migrations."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError

from pipeline.errors import RolecallError

REVISION = "0005"
OLDER = ("0001", "0002", "0003", "0004")
"""Revisions that are brought to ``REVISION`` when a database is next opened for writing."""
_BUSY_SECONDS = 30
_CACHE_KIB = 65_536
_MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseError(RolecallError):
    """The database cannot be opened or is of another revision."""


def sqlite_path(url: str) -> Path | None:
    """The file behind an SQLite address; None for another database."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def open_engine(url: str, create: bool) -> Engine:
    """An engine on a database of our revision.

    Args:
        url: SQLAlchemy address.
        create: make and migrate the database; else it must exist, and only reading is possible.

    Raises:
        DatabaseError: there is none, or it cannot be read, in one sentence with the remedy.
    """
    path = sqlite_path(url)
    name = str(path or make_url(url).render_as_string(hide_password=True))
    if path is not None:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.exists():
            raise DatabaseError(
                f"there is no database at {path} yet; run `rolecall nightly --practice` first, or name another folder with --data"
            )
    engine = _engine(url, name, read_only=not create)
    try:
        if create and current_revision(engine) in (None, *OLDER):
            migrate(engine)
        else:
            _require_revision(engine, name)
    except DatabaseError:
        engine.dispose()
        raise
    except (SQLAlchemyError, sqlite3.Error) as error:
        engine.dispose()
        remedy = "move it away or restore a copy" if path else "is the server up, and are name and password right?"
        raise DatabaseError(f"the database {name} cannot be opened ({_first_line(error)}); {remedy}") from error
    return engine


def _engine(url: str, name: str, read_only: bool) -> Engine:
    if sqlite_path(url) is not None:
        return _sqlite_engine(url, read_only)
    try:
        engine = create_engine(url)
    except (ImportError, NoSuchModuleError):
        raise DatabaseError(
            f"the database {name} needs a driver that is not installed; use sqlite:///FILE or postgresql+psycopg://HOST/NAME"
        ) from None
    if engine.dialect.name != "postgresql":
        raise DatabaseError(
            f"the database {name} is neither SQLite nor PostgreSQL; use sqlite:///FILE or postgresql+psycopg://HOST/NAME"
        )
    if read_only:

        @event.listens_for(engine, "connect")
        def _on_connect(connection: Any, _record: Any) -> None:
            connection.read_only = True

    return engine


def _sqlite_engine(url: str, read_only: bool) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        # SQLite's own 2 MB are less than the upper pages of our indexes: ids are digests, so rows land everywhere in them
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.close()

    return engine


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring a database to a revision; a new one gets every table."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        if revision == "head" and current_revision(engine) == REVISION:
            return
        if revision == "base" or revision.startswith("-"):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def current_revision(engine: Engine) -> str | None:
    """The revision that a database stands at; None for an empty one."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def server_clock(engine: Engine) -> datetime | None:
    """The clock of the database's server, UTC; None for SQLite, which has none of its own."""
    if engine.dialect.name == "sqlite":
        return None
    with engine.connect() as connection:
        now: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return now.astimezone(UTC)


def _require_revision(engine: Engine, name: str) -> None:
    revision = current_revision(engine)
    if revision != REVISION:
        if revision is None:
            raise DatabaseError(f"the database {name} holds no rolecall tables; the next `rolecall nightly` makes them")
        if revision in OLDER:
            raise DatabaseError(
                f"the database {name} is of revision {revision}; the next `rolecall nightly` brings it to {REVISION}"
            )
        raise DatabaseError(
            f"the database {name} is of revision {revision}, this version reads {REVISION}; install the version it is of"
        )


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
