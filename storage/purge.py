"""Removing postings for good: from SQL, history and full text, from the data set, from feeds and what crawls have left on disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ForeignKey, delete, func, insert, select, text, update

from pipeline.errors import UsageError, did_you_mean
from pipeline.identity import company_key
from storage import full_text, run, schema, statuses
from storage.dataset.purging import purge as purge_dataset
from storage.looking import batched_ids
from storage.removals import PurgeKind
from storage.store import Store
from storage.texts import searched

_POSTINGS = schema.postings
_OWN = (
    schema.events, schema.posting_versions, schema.text_versions, schema.posting_statuses, schema.job_keys, schema.raw_spool,
    schema.overrides,
)  # fmt: skip
"""Tables that name a posting without being tied to it: history outlives nothing but a purge."""
_PACKED = (".xlsx", ".parquet")
"""Files in which a name cannot be looked for."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be removed."""

    kind: PurgeKind
    name: str
    """Company key, source id (``greenhouse:acme``) or posting id."""
    posting_ids: tuple[str, ...]
    titles: tuple[str, ...]
    """Some of their titles, for a person to be sure."""


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """What was removed."""

    target: str
    postings: int
    rows: int
    """Rows of SQL tables, history and events included."""
    dataset_rows: int
    dataset_files: int
    """Parquet files that were written again or removed."""
    feeds: tuple[str, ...]
    """Feeds and exports that named one of the postings, or may have; the next night writes them anew."""
    is_kept_out: bool


def find_target(store: Store, kind: PurgeKind, word: str) -> Target:
    """What a person means.

    Raises:
        UsageError: nothing stored is called so, with the nearest name.
    """
    columns = _POSTINGS.c
    with store.engine.connect() as connection:
        if kind is PurgeKind.COMPANY:
            name = company_key(word)
            condition, known = columns.company_key == name, select(columns.company).distinct()
        elif kind is PurgeKind.SOURCE:
            platform, _, board = word.partition(":")
            name = word
            condition = (columns.platform == platform) & (columns.board == (board or platform))
            known = select(columns.platform + ":" + columns.board).distinct()
        else:
            name, condition, known = (
                word.strip().lower(),
                columns.posting_id == word.strip().lower(),
                select(columns.posting_id).limit(0),
            )
        found = connection.execute(select(columns.posting_id, columns.title).where(condition).order_by(columns.posting_id)).all()
        if not found:
            names = [one for one in connection.execute(known).scalars() if one]
            hint = did_you_mean(word, names) or "; `rolecall jobs list --state all --postings --json` shows what is stored"
            raise UsageError(f"--{kind}: nothing stored is of '{word}'{hint}")
    return Target(kind, name, tuple(row.posting_id for row in found), tuple(row.title for row in found[:3]))


def purge(store: Store, target: Target, now: datetime, keep_out: bool) -> PurgeReport:
    """Remove a target's postings everywhere; the caller holds the run lock. Killed on the way, the same call ends the work.

    Args:
        store: opened for writing.
        target: of ``find_target``.
        now: clock, UTC.
        keep_out: what the target names is not stored again.
    """
    run_id = store.begin_run(now.date(), now, run.PURGE)
    addresses = _addresses(store.engine, target.posting_ids)
    dataset = purge_dataset(store.place, target.posting_ids)
    names = (*target.posting_ids, *_job_ids(store.engine, target.posting_ids), *addresses, *map(escape, addresses))
    feeds = _remove_files((store.data_dir / "feeds", store.data_dir / "exports"), names)
    _remove_crawl_files(store.data_dir / "runs")
    with store.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")  # what is deleted is overwritten
        rows = _remove_rows(connection, run.load(connection, run_id), target)
        values = {"kind": target.kind.value, "target": target.name, "removed_at": now, "is_kept_out": keep_out}
        connection.execute(insert(schema.removals).values(**values, postings=len(target.posting_ids)))
    _settle(store.engine)
    store.finish_run(run_id, {})
    name = f"{target.kind} {target.name}"
    return PurgeReport(
        name, len(target.posting_ids), rows, dataset.rows, dataset.rewritten + dataset.removed, tuple(feeds), keep_out
    )


def _addresses(engine: Engine, ids: Sequence[str]) -> list[str]:
    found: list[str] = []
    with engine.connect() as connection:
        for part in batched_ids(ids):
            found += connection.execute(select(_POSTINGS.c.url).where(_POSTINGS.c.posting_id.in_(part))).scalars()
    return found


def _remove_rows(connection: Connection, purging: run.Run, target: Target) -> int:
    removed = 0
    jobs = statuses.jobs_of(connection, target.posting_ids)
    for part in batched_ids(target.posting_ids):
        full_text.remove(connection, searched(_searchable(connection, part)))
        for table in (*_OWN, *_tied(), _POSTINGS):
            removed += connection.execute(delete(table).where(table.c.posting_id.in_(part))).rowcount
    if target.kind is PurgeKind.SOURCE:
        platform, _, board = target.name.partition(":")
        for table in (schema.boards, schema.board_results):
            condition = (table.c.platform == platform) & (table.c.board == (board or platform))
            removed += connection.execute(delete(table).where(condition)).rowcount
    statuses.choose_primaries(connection, purging, jobs)
    _set_cursors_back(connection)
    return removed


def _set_cursors_back(connection: Connection) -> None:
    """Where the newest events are gone, SQLite gives their numbers out again: a cursor beyond them would pass over what comes."""
    events, feeds = schema.events.c, schema.feed_cursors
    newest = int(connection.execute(select(func.coalesce(func.max(events.event_id), 0))).scalar_one())
    connection.execute(update(feeds).where(feeds.c.event_id > newest).values(event_id=newest))


def _tied() -> list[Any]:
    """Tables beside ``postings``, whose rows would go with them uncounted."""
    tables = schema.metadata.sorted_tables
    return [table for table in tables if "posting_id" in table.c and any(_is_tie(key) for key in table.c.posting_id.foreign_keys)]


def _is_tie(key: ForeignKey) -> bool:
    return key.target_fullname == "postings.posting_id"


def _searchable(connection: Connection, ids: Sequence[str]) -> Iterable[dict[str, Any]]:
    texts, then = schema.posting_texts, schema.text_versions.c
    now = select(_POSTINGS.c.text_id, _POSTINGS.c.title, _POSTINGS.c.company, texts.c.description_text)
    joined = now.join(texts, texts.c.posting_id == _POSTINGS.c.posting_id).where(_POSTINGS.c.posting_id.in_(ids))
    replaced = select(then.text_id, then.title, then.company, then.description_text).where(then.posting_id.in_(ids))
    return [dict(row) for query in (joined, replaced) for row in connection.execute(query).mappings()]


def _settle(engine: Engine) -> None:
    """Let the database write over what was deleted: deleted words stand in an index and in a log until then."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("INSERT INTO postings_text (postings_text) VALUES ('optimize')")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.execute(text("VACUUM"))


def _remove_files(folders: Sequence[Path], names: Sequence[str]) -> list[str]:
    """Feeds and exports of saved searches are made anew every night: what names a removed posting goes, and what is packed."""
    wanted = [name.encode() for name in names]
    removed = []
    for path in (path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*")) if path.is_file()):
        if path.suffix in _PACKED or any(name in content for content in [_unfolded(path)] for name in wanted):
            path.unlink()
            removed.append(path.name)
    return removed


def _unfolded(path: Path) -> bytes:
    """Contents of a file; a calendar breaks its long lines anywhere."""
    return path.read_bytes().replace(b"\r\n ", b"")


def _job_ids(engine: Engine, ids: Sequence[str]) -> list[str]:
    with engine.connect() as connection:
        return sorted(statuses.jobs_of(connection, ids))


def _remove_crawl_files(folder: Path) -> None:
    """What a killed night's crawl has left."""
    for path in folder.glob("*/boards/*.jsonl"):
        path.unlink()
