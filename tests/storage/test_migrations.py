"""Revisions: what the migrations make is what the tables declare, and rows survive every step up and down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text

from pipeline.crawling import BoardResult
from pipeline.filters import Filters, parse_filters
from pipeline.records import CompanyFacts
from pipeline.vocabulary import BoardStatus
from storage.database import OLDER, REVISION, DatabaseError, current_revision, migrate
from storage.queries.jobs import find, rows
from storage.schema import metadata
from storage.store import Store
from tests.storage.conftest import DATABASES
from tests.storage.factory import NIGHT, NOW, band, eligible, labelled, posting

_SORTED_DOWN = ("ix_postings_newest", "ix_postings_pay")
"""Indexes with a descending column, which cannot be read back for comparison."""


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'r.db'}"
        return
    server = request.getfixturevalue("postgres")
    name = server.new_database()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    made = create_engine(empty_url)
    yield made
    made.dispose()


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_migrations_make_what_the_tables_declare_and_go_down_again(engine: Engine) -> None:
    migrate(engine)
    assert current_revision(engine) == REVISION
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        assert [one for one in differences if not _is_known(one)] == []
        made = {index["name"] for index in inspect(connection).get_indexes("postings")}
    assert made >= set(_SORTED_DOWN)
    migrate(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    migrate(engine)


def _is_known(difference: Any) -> bool:
    """The full-text index, which is no table of SQLAlchemy's, and what cannot be read back."""
    kind, thing = (difference[0], difference[1]) if isinstance(difference, tuple) else ("", None)
    name = str(getattr(thing, "name", ""))
    return (kind in ("remove_table", "remove_index") and name.startswith(("postings_text", "ix_postings_text"))) or (
        kind in ("remove_index", "add_index") and name in _SORTED_DOWN
    )


def _fill(url: str, folder: Path) -> None:
    """Two nights: two postings, one of which changes."""
    item = labelled(posting("a"), bands=(band(90_000, 100_000),), eligibility=eligible(("DE",), languages=("de",)))
    changed = labelled(posting("b", title="Head of Data"))
    with Store.open(url, folder, create=True) as store:
        for number, items in enumerate(((item, labelled(posting("b"))), (item, changed))):
            run_id = store.begin_run(NIGHT + timedelta(days=number), NOW + timedelta(days=number))
            seen = {one.posting.posting_id: one.posting.content_hash for one in items}
            result = BoardResult("greenhouse", "acme", BoardStatus.COMPLETE, postings=2)
            store.commit_board(run_id, result, seen, items, (), CompanyFacts())
            store.finish_run(run_id, {})


@pytest.mark.parametrize("revision", OLDER)
def test_rows_survive_the_way_down_to_every_revision_and_up_again(
    empty_url: str, engine: Engine, tmp_path: Path, revision: str
) -> None:
    _fill(empty_url, tmp_path)
    with Store.open(empty_url, tmp_path, create=True) as store:
        before = list(rows(store, Filters()))
        shown = find(store, before[0]["posting_id"])
    migrate(engine, f"-{len(OLDER) - OLDER.index(revision)}")
    assert current_revision(engine) == revision
    told = pytest.raises(DatabaseError, match=f"is of revision {revision}; the next `rolecall nightly` brings it to {REVISION}")
    with told, Store.open_reading(empty_url, tmp_path):
        pass
    with Store.open(empty_url, tmp_path, create=True) as store:
        after = list(rows(store, Filters()))
        lost = ("visa_sponsorship", "is_worldwide", "eligible_countries", "languages", "utc_min", "utc_max", "needs_clearance")
        kept = [name for name in before[0] if revision != "0001" or name not in lost]
        assert [[row[name] for name in kept] for row in after] == [[row[name] for name in kept] for row in before]
        assert find(store, before[0]["posting_id"])["labels"] == shown["labels"]
        assert find(store, before[0]["posting_id"])["events"] == shown["events"]
        assert [row["external_id"] for row in rows(store, parse_filters({"text": "head of data"}))] == ["b"]
        assert [row["external_id"] for row in rows(store, parse_filters({"pay_min": 95_000}))] == ["a"]


def test_rows_of_the_first_revision_come_up_as_they_were(engine: Engine, empty_url: str, tmp_path: Path) -> None:
    """A database that an old version has filled, not one that has come down."""
    migrate(engine, "0001")
    with engine.begin() as connection:
        for statement in OLD_ROWS:
            connection.execute(text(statement))
    with Store.open(empty_url, tmp_path, create=True) as store:
        (row,) = rows(store, Filters(state="all"))
        assert (row["title"], row["company"], row["last_seen_on"], row["visa_sponsorship"]) == ("Chef", "Ácme", NIGHT, "unstated")
        assert [one["kind"] for one in find(store, row["posting_id"])["events"]] == ["opened"]
        assert [one["title"] for one in rows(store, parse_filters({"text": "acme soup"}))] == ["Chef"]


_POSTING = {
    "posting_id": "00000000000000aa", "job_id": "00000000000000aa", "job_key": "00000000000000bb", "text_digest": "cc",
    "platform": "lever", "board": "acme", "external_id": "1", "url": "https://x.example", "title": "Chef", "company": "Ácme",
    "content_hash": "dd", "state": "open", "opened_at": "2026-01-05 02:00:00.000000", "changed_at": "2026-01-05 02:00:00.000000",
    "remote_class": "on-site", "arrangement": "onsite", "level": "mid", "role_family": "other", "remote_version": "r",
    "pay_version": "p", "tech_version": "t", "role_version": "l", "run_id": "2026-01-05",
}  # fmt: skip
_FLAGS = ("is_primary", "has_pay", "has_equity")
_SHARES = ("remote_first_probability", "remote_friendly_probability", "on_site_probability")
OLD_ROWS = (
    "INSERT INTO runs (run_id, night, started_at, state) "
    "VALUES ('2026-01-05', '2026-01-05', '2026-01-05 02:00:00.000000', 'exported')",
    f"INSERT INTO postings (row_id, {', '.join((*_POSTING, *_FLAGS, *_SHARES))}) VALUES (7, "
    + ", ".join([*(f"'{value}'" for value in _POSTING.values()), "true", "false", "false", "0", "0", "1"])
    + ")",
    "INSERT INTO posting_texts (posting_id, description_text, labels) VALUES ('00000000000000aa', 'You cook soup.', '{}')",
    "INSERT INTO events (run_id, night, at, posting_id, kind) "
    "VALUES ('2026-01-05', '2026-01-05', '2026-01-05 02:00:00.000000', '00000000000000aa', 'opened')",
    "INSERT INTO boards (platform, board, last_complete_on) VALUES ('lever', 'acme', '2026-01-05')",
    "INSERT INTO board_results (run_id, platform, board, status, fetched, new, changed, closed, reopened, requests, seconds) "
    "VALUES ('2026-01-05', 'lever', 'acme', 'complete', 1, 1, 0, 0, 0, 1, 0.5)",
)
