"""Bulk writes: what goes in reads back through SQLAlchemy's own types; known rows are updated, equal ones left alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select, text

from storage import schema
from storage.bulk import insert, upsert
from storage.database import migrate

AT = datetime(2026, 1, 5, 3, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = create_engine(database_url)
    migrate(made)
    yield made
    made.dispose()


def _board(name: str, **more: Any) -> dict[str, Any]:
    row = {
        "platform": "lever", "board": name, "company": {"name": 'Ácme "quoted" \\ tab\t', "size": None}, "last_complete_on": None,
        "last_complete_at": None, "suspect": None, "suspect_on": [], "failed_on": None, "validators": {},
    }  # fmt: skip
    return {**row, **more}


def _read(engine: Engine) -> dict[str, dict[str, Any]]:
    with engine.connect() as connection:
        return {row["board"]: dict(row) for row in connection.execute(select(schema.boards)).mappings()}


def test_values_of_every_kind_read_back(engine: Engine) -> None:
    row = _board("a", last_complete_on=date(2026, 1, 5), last_complete_at=AT, failed_on=["2026-01-05"])
    with engine.begin() as connection:
        insert(connection, schema.boards, [row, _board("b")])
        insert(connection, schema.boards, [])
    found = _read(engine)
    assert found["a"] == {**row, "last_complete_at": AT.astimezone(UTC)}
    assert found["b"] == _board("b")


def test_columns_may_come_in_any_order(engine: Engine) -> None:
    row = _board("a", suspect="board_gone")
    with engine.begin() as connection:
        upsert(connection, schema.boards, [dict(reversed(row.items()))])
    assert _read(engine) == {"a": row}


def test_known_rows_are_updated_and_only_the_named_columns(engine: Engine) -> None:
    with engine.begin() as connection:
        insert(connection, schema.boards, [_board("a", suspect="board_gone"), _board("b")])
    with engine.begin() as connection:
        upsert(connection, schema.boards, [{"platform": "lever", "board": name, "suspect_on": ["x"]} for name in "ac"])
    found = _read(engine)
    assert (found["a"]["suspect"], found["a"]["suspect_on"]) == ("board_gone", ["x"])
    assert found["b"]["suspect_on"] == []
    assert found["c"]["company"] is None


def test_a_table_of_keys_alone_takes_a_row_once(engine: Engine) -> None:
    rows = [{"key": -(2**63), "posting_id": "a"}, {"key": 2**63 - 1, "posting_id": "a"}]
    for _ in range(2):
        with engine.begin() as connection:
            upsert(connection, schema.job_keys, rows)
    with engine.connect() as connection:
        assert connection.execute(select(schema.job_keys.c.key).order_by(schema.job_keys.c.key)).scalars().all() == [
            -(2**63),
            2**63 - 1,
        ]


def test_more_rows_than_a_chunk(engine: Engine) -> None:
    with engine.begin() as connection:
        insert(connection, schema.job_keys, ({"key": number, "posting_id": "p"} for number in range(4_500)))
        assert connection.execute(text("SELECT count(*) FROM job_keys")).scalar() == 4_500


def test_an_equal_row_is_not_written_again_on_postgresql(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no row versions to look at")
    versions = []
    for suspect in ("a", "a", "b"):
        with engine.begin() as connection:
            upsert(connection, schema.boards, [_board("x", suspect=suspect)])
            versions.append(connection.execute(text("SELECT xmin::text FROM boards")).scalar())
    assert versions[0] == versions[1] != versions[2]


def test_a_failed_batch_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(Exception, match=r"(?i)null|unique|duplicate"), engine.begin() as connection:
        insert(connection, schema.boards, [_board("a"), _board("a")])
    assert _read(engine) == {}
