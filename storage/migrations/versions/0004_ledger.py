"""The shard ledger, and what a board's result says of its fields: fill counts, notes, bytes, attempts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0004"
down_revision = "0003"


def _result_columns() -> list[sa.Column[object]]:
    return [
        sa.Column(
            "not_modified",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="the answer was last night's over again",
        ),
        sa.Column("unreadable", sa.Integer(), nullable=False, server_default="0", comment="postings that no parser could read"),
        sa.Column("bytes", sa.Integer(), nullable=False, server_default="0", comment="bytes received"),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="1", comment="attempts of the shard until this answer"),
        sa.Column("notes", sa.JSON(), nullable=True, comment="what was survived or left out, a sentence each"),
        sa.Column("fill", sa.JSON(), nullable=True, comment="postings of the answer that have a field, by field"),
    ]


_KINDS = ("nightly, reclassify or purge", "nightly, crawl (of some sources only), reclassify, purge or label")


def _say_kinds(which: int) -> None:
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no comments
        op.execute(f"COMMENT ON COLUMN runs.kind IS '{_KINDS[which]}'")


def upgrade() -> None:
    _say_kinds(1)
    for column in _result_columns():
        op.add_column("board_results", column)
    op.create_table(
        "leases",
        sa.Column("name", sa.String(), nullable=False, comment="what is held: run, or host and the lane of its shards"),
        sa.Column("token", sa.String(), nullable=False, comment="of this one taking; another taking has another"),
        sa.Column("owner", sa.String(), nullable=False, comment="who holds it, in words"),
        sa.Column(
            "place",
            sa.String(),
            nullable=True,
            comment="machine and data folder of the owner, whose own lock proves that a former owner there is gone",
        ),
        sa.Column("since", UtcDateTime(), nullable=False, comment="when it was taken, by the database's clock, UTC"),
        sa.Column(
            "expires_at", UtcDateTime(), nullable=False, comment="when it ends unless it is renewed, by the database's clock, UTC"
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
        comment="what one worker at a time may hold: the right to write a run, and the hosts that it asks",
    )
    op.create_table(
        "shards",
        sa.Column("run_id", sa.String(), nullable=False, comment="the run"),
        sa.Column("shard_id", sa.String(), nullable=False, comment="name of the shard: its lane and a number"),
        sa.Column("position", sa.Integer(), nullable=False, comment="order of the plan"),
        sa.Column("lane", sa.String(), nullable=False, comment="the hosts that it asks; one shard of a lane is crawled at a time"),
        sa.Column("state", sa.String(), nullable=False, comment="planned, leased, done or stopped"),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="how often it was taken"),
        sa.Column(
            "not_before",
            UtcDateTime(),
            nullable=True,
            comment="when boards that failed may be asked again, by the database's clock, UTC",
        ),
        sa.Column("token", sa.String(), nullable=True, comment="of the attempt that holds it"),
        sa.Column("worker", sa.String(), nullable=True, comment="who holds it, in words"),
        sa.Column("flow_run_id", sa.String(), nullable=True, comment="the flow run of that worker"),
        sa.Column("leased_at", UtcDateTime(), nullable=True, comment="when that attempt began, by the database's clock, UTC"),
        sa.Column("expires_at", UtcDateTime(), nullable=True, comment="when the attempt counts as dead unless it is renewed, UTC"),
        sa.Column("done_at", UtcDateTime(), nullable=True, comment="when its last board was done, UTC"),
        sa.Column(
            "work", sa.JSON(), nullable=False, comment="its boards and what a worker must know to read them; no key, no password"
        ),
        sa.Column(
            "unstored", sa.JSON(), nullable=False, comment="how boards ended that are not stored, failed or put off, by source id"
        ),
        sa.PrimaryKeyConstraint("run_id", "shard_id", name=op.f("pk_shards")),
        comment="shards of the running night: planned, leased, attempts, done",
    )
    op.create_index("ix_shards_run_id_state", "shards", ["run_id", "state"])
    op.create_table(
        "host_notes",
        sa.Column("name", sa.String(), nullable=False, comment="kind of note and host"),
        sa.Column("note", sa.JSON(), nullable=False, comment="the note, as a shard reads it"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_host_notes")),
        comment="what workers on other machines learned of hosts: robots.txt, and until when a host is left alone",
    )


def downgrade() -> None:
    _say_kinds(0)
    for name in ("host_notes", "shards", "leases"):
        op.drop_table(name)
    for column in reversed(_result_columns()):
        op.drop_column("board_results", column.name)
