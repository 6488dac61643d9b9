"""The store: one night's boards go in, each in one transaction; what is known of them comes out.

SQL is the truth. The Parquet data set is written from it when a run ends (``storage.dataset.export``), or when the next one begins
after a crash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from pipeline.crawling import BoardResult, SourceOrder, Validators
from pipeline.records import CompanyFacts, LabelledPosting, RawPosting
from storage import run as runs
from storage import schema
from storage.as_of import look_back, show_after
from storage.changes import NOTHING_SAID, BoardChange, Reading
from storage.database import open_engine
from storage.dataset.export import export_run
from storage.dataset.place import Place, open_place
from storage.dataset.sweep import Swept, sweep

__all__ = ["BoardChange", "Reading", "Store"]
_COMMITS = 0x726F6C65
"""Key of the advisory lock under which workers store boards one after another; the letters "role"."""
_ANALYSED_ROWS = 1_000
"""Of an index; all of them would make a calm night read the whole database."""


@dataclass(frozen=True)
class Store:
    """A database and its data set."""

    engine: Engine
    data_dir: Path
    """Folder of the runs, the locks and the crawl's files."""
    place: Place
    """Where the data set lives."""
    as_of: date | None = None
    """The night whose end it shows; None is now."""

    @classmethod
    @contextmanager
    def open(cls, database_url: str, data_dir: Path, create: bool, dataset: str | None = None) -> Iterator[Store]:
        """Open a store; without ``create`` it must exist and is read only.

        Args:
            database_url: SQLAlchemy address.
            data_dir: folder of the runs.
            create: make the database where there is none.
            dataset: a folder or ``s3://bucket/prefix``; None takes ``data_dir``.

        Raises:
            DatabaseError: no database, or one of another revision.
            DatasetError: the data set is in a bucket, and the environment holds no credentials.
        """
        place = open_place(dataset or data_dir)
        engine = open_engine(database_url, create)
        try:
            yield cls(engine, data_dir, place)
        finally:
            engine.dispose()

    @classmethod
    @contextmanager
    def open_reading(
        cls, database_url: str, data_dir: Path, dataset: str | None = None, as_of: date | None = None
    ) -> Iterator[Store]:
        """Open a store that exists, for reading only: as it is, or as it was after a night's last run.

        Raises:
            DatabaseError: no database, or one of another revision.
            DatasetError: the data set is in a bucket, and the environment holds no credentials.
            UsageError: nothing was stored by ``as_of``.
        """
        with cls.open(database_url, data_dir, create=False, dataset=dataset) as store:
            if as_of is not None:
                look_back(store.engine, as_of)
            yield replace(store, as_of=as_of)

    @contextmanager
    def after_run(self, number: int) -> Iterator[Engine]:
        """The database as it was after a run, for reading, by the run's number; what this store writes meanwhile is not touched."""
        engine = open_engine(self.engine.url.render_as_string(hide_password=False), create=False)
        try:
            show_after(engine, number)
            yield engine
        finally:
            engine.dispose()

    def sweep(self) -> Swept:
        """Remove what is not part of the data set, before a run begins; the caller holds the run lock.

        Raises:
            DatasetError: the data set cannot be reached.
        """
        with self.engine.connect() as connection:
            left = [run.run_id for run in runs.unfinished(connection)]
        return sweep(self.place, left)

    def begin_run(self, night: date, now: datetime, kind: str = runs.NIGHTLY) -> str:
        """Open a run and give its id: the night, and a number from the night's second run on.

        What a killed run left between SQL and the data set is carried over first.
        """
        with self.engine.begin() as connection:
            left = runs.unfinished(connection)
        for run in left:
            self._export(run.run_id)
        with self.engine.begin() as connection:
            return runs.begin(connection, night, now, kind).run_id

    def finish_run(self, run_id: str, summary: Mapping[str, Any]) -> None:
        """Close a run: its summary, then its files."""
        with self.engine.begin() as connection:
            runs.mark(connection, run_id, "ended", summary)
        self._export(run_id)

    def known_hashes(self, platform: str, board: str) -> Mapping[str, str]:
        """Content hash on record of every posting of a board, by posting id; closed ones too."""
        table = schema.postings
        query = select(table.c.posting_id, table.c.content_hash).where(table.c.platform == platform, table.c.board == board)
        with self.engine.connect() as connection:
            return {row.posting_id: row.content_hash for row in connection.execute(query)}

    def validators(self, platform: str, board: str) -> Mapping[str, Validators]:
        """What the board's server gave with its last complete answer, by request address."""
        row = self._board(platform, board)
        return {address: Validators(**fields) for address, fields in ((row and row.validators) or {}).items()}

    def with_validators(self, order: SourceOrder) -> SourceOrder:
        """A board to crawl, with what its server gave last time."""
        return replace(order, validators=self.validators(order.platform, order.board))

    def last_complete(self, platform: str, board: str) -> datetime | None:
        """Clock of the night of the board's last complete answer, UTC."""
        row = self._board(platform, board)
        return row.last_complete_at if row else None

    def commit_board(
        self,
        run_id: str,
        result: BoardResult,
        seen: Mapping[str, str],
        labelled: Sequence[LabelledPosting],
        raws: Sequence[RawPosting],
        company: CompanyFacts,
        *,
        reading: Reading = NOTHING_SAID,
        guard: Callable[[Connection], None] | None = None,
    ) -> BoardChange:
        """Store one board's answer in one transaction; the same answer again on the same night changes nothing.

        Args:
            run_id: from ``begin_run``.
            result: how the crawl ended.
            seen: content hash by posting id, of every posting in the answer; empty where the server said that nothing changed.
            labelled: the new and the changed ones.
            raws: their raw postings, and those that no parser could read.
            company: what the configuration says of the employer.
            reading: what reading the answer said besides.
            guard: raises, inside the transaction, where the caller may not store the board any more.
        """
        # what finds copies needs numpy, which a reading command has no use for
        from storage.boards import BoardCommit, commit

        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # copies of a job are looked for on other boards: two workers storing at once would not see each other's
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_COMMITS})")
            if guard is not None:
                guard(connection)
            run = runs.load(connection, run_id)
            return commit(connection, BoardCommit(run, result, seen, labelled, raws, asdict(company), reading))

    def written(self, run_id: str) -> tuple[str, ...]:
        """Where a run's files stand, for a person: the data set's folders where it changed anything, and its summary."""
        spool = schema.raw_spool
        with self.engine.connect() as connection:
            moved = connection.execute(select(spool.c.posting_id).where(spool.c.run_id == run_id).limit(1)).first()
        folders = ("postings", "raw") if moved else ()
        return (
            *(self.place.within(f"{name}/run_date={run_id[:10]}") for name in folders),
            str(self.data_dir / "runs" / run_id / "summary.json"),
        )

    def run_ids(self) -> list[str]:
        """Every run that the store shows, oldest first."""
        table = schema.runs.c
        with self.engine.connect() as connection:
            return list(connection.execute(select(table.run_id).order_by(table.run_number)).scalars())

    def _board(self, platform: str, board: str) -> Any:
        table = schema.boards
        with self.engine.connect() as connection:
            return connection.execute(select(table).where(table.c.platform == platform, table.c.board == board)).one_or_none()

    def _export(self, run_id: str) -> None:
        export_run(self.engine, self.place, run_id)
        with self.engine.begin() as connection:
            connection.execute(schema.raw_spool.delete().where(schema.raw_spool.c.run_id == run_id))
            runs.mark(connection, run_id, "exported")
            if connection.dialect.name == "sqlite":
                # without statistics a filter by technology walks the name's whole index once a posting
                connection.exec_driver_sql(f"PRAGMA analysis_limit = {_ANALYSED_ROWS}")
                connection.exec_driver_sql("PRAGMA optimize=0x10002")
