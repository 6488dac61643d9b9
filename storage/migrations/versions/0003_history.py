"""History: replaced contents and statuses are kept, labels have a table of their own, full text is the same on every database.

History begins here: what was replaced under earlier revisions was not kept, so "as of" an earlier night shows only postings that
have not changed since.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations import filling
from storage.migrations.history_tables import NEW_TABLES, create_tables

revision = "0003"
down_revision = "0002"

_RESTLESS = "state <> 'closed' AND (missing_since IS NOT NULL OR last_seen_on IS NOT NULL OR state = 'unknown')"
_INDEXES = (
    "CREATE INDEX ix_postings_company ON postings (state, is_primary, company_order, posting_id)",
    "CREATE INDEX ix_postings_facets ON postings (state, is_primary, remote_class, arrangement, role_family, level, platform, has_pay, stage, size, industry)",
    "CREATE INDEX ix_postings_newest ON postings (state, is_primary, newest_on DESC, posting_id)",
    "CREATE INDEX ix_postings_pay ON postings (state, is_primary, pay_order DESC, posting_id)",
    "CREATE INDEX ix_postings_platform_board ON postings (platform, board, posting_id, content_hash)",
    "CREATE INDEX ix_postings_raw_run_id ON postings (raw_run_id)",
    f"CREATE INDEX ix_postings_restless ON postings (platform, board) WHERE {_RESTLESS}",
    "CREATE INDEX ix_postings_run ON postings (run_id, posting_id)",
    "CREATE INDEX ix_postings_title ON postings (state, is_primary, title_order, posting_id)",
    "CREATE INDEX ix_technologies_name_key ON technologies (name_key, posting_id)",
    "CREATE INDEX ix_board_results_platform_board_run_number ON board_results (platform, board, run_number)",
    "CREATE UNIQUE INDEX ix_runs_run_number ON runs (run_number)",
)
_OLD_INDEXES = (
    "CREATE INDEX ix_postings_job_key ON postings (job_key)",
    "CREATE INDEX ix_postings_platform_board ON postings (platform, board)",
    "CREATE INDEX ix_postings_run_id ON postings (run_id)",
    "CREATE INDEX ix_postings_state_is_primary_published ON postings (state, is_primary, published_on)",
    "CREATE INDEX ix_postings_state_is_primary_remote_class ON postings (state, is_primary, remote_class, pay_upper_annual_usd)",
    "CREATE INDEX ix_technologies_name_key ON technologies (name_key)",
)
_OLD_VERSIONS = {
    "remote_version": "what decided the remote class",
    "pay_version": "what read the pay",
    "tech_version": "what read the technologies",
    "role_version": "what decided level and role",
    "eligibility_version": "what decided who may hold the job",
    "company_version": "what read the employer's facts",
}
_OLD_KEY = "digest of company, title and place; candidates for one job share it"


_COMMENTS = {
    "COLUMN evidence.question": (
        "remote, pay_policy or role",
        "remote, signals, pay_policy, role, eligibility or company",
    ),
    "COLUMN postings.text_id": ("row number, for the full-text index", "number of its text: key of the full-text index"),
    "COLUMN postings.run_id": ("run that last wrote this row's content", "run that last wrote this content"),
    "TABLE runs": ("runs of the nightly job", "runs: nights, and replays over what is stored"),
}


def _by_code_point() -> Any:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


_ADDED: dict[str, list[Callable[[], sa.Column[Any]]]] = {
    "board_results": [
        lambda: sa.Column("run_number", sa.Integer(), nullable=False, server_default="0", comment="number of the run"),
        lambda: sa.Column(
            "last_complete_on", sa.Date(), nullable=True, comment="night of the board's last complete answer, this one included"
        ),
        lambda: sa.Column("last_complete_at", sa.DateTime(), nullable=True, comment="clock of that night, UTC"),
    ],
    "events": [
        lambda: sa.Column("run_number", sa.Integer(), nullable=False, server_default="0", comment="number of that run"),
    ],
    "postings": [
        lambda: sa.Column("title_order", _by_code_point(), nullable=False, server_default="", comment="title folded for sorting"),
        lambda: sa.Column(
            "company_order",
            _by_code_point(),
            nullable=False,
            server_default="",
            comment="name folded for sorting; postings without one come last",
        ),
        lambda: sa.Column(
            "newest_on",
            sa.Date(),
            nullable=False,
            server_default="1970-01-01",
            comment="date of publication, else the night that first held it: what `newest` sorts by",
        ),
        lambda: sa.Column(
            "pay_order", sa.Float(), nullable=False, server_default="-1", comment="the same for sorting; -1 where no pay is stated"
        ),
        lambda: sa.Column(
            "raw_run_id", sa.String(), nullable=False, server_default="", comment="run whose payload this content was read from"
        ),
        lambda: sa.Column("job_reason", sa.String(), nullable=False, server_default="", comment="why it belongs to that job"),
        lambda: sa.Column(
            "job_matched_id",
            sa.String(16),
            nullable=True,
            comment="the posting that it was matched with; empty for the first of a job",
        ),
        lambda: sa.Column(
            "text_from", sa.Integer(), nullable=False, server_default="0", comment="text: number of the run that wrote it"
        ),
        lambda: sa.Column(
            "content_from", sa.Integer(), nullable=False, server_default="0", comment="content: number of the run that wrote it"
        ),
        lambda: sa.Column(
            "status_from", sa.Integer(), nullable=False, server_default="0", comment="status: number of the run that wrote it"
        ),
    ],
    "runs": [
        lambda: sa.Column("run_number", sa.Integer(), nullable=False, server_default="0", comment="order of runs"),
        lambda: sa.Column("kind", sa.String(), nullable=False, server_default="", comment="nightly, reclassify or purge"),
        lambda: sa.Column(
            "cursor", sa.JSON(), nullable=True, comment="how far a run has come that can be interrupted and gone on with"
        ),
    ],
}


def upgrade() -> None:
    connection = op.get_bind()
    create_tables()
    op.execute("ALTER TABLE postings RENAME COLUMN row_id TO text_id")
    _comment(1)
    for name, columns in _ADDED.items():
        for column in columns:
            op.add_column(name, column())
    filling.number_runs(connection)
    filling.fill_postings(connection)
    filling.fill_labels(connection)
    filling.fill_board_results(connection)
    for statement in _OLD_INDEXES:
        op.execute(f"DROP INDEX {_name(statement)}")
    op.drop_column("posting_texts", "labels")
    for old in (*_OLD_VERSIONS, "job_key"):
        op.drop_column("postings", old)
    for statement in _INDEXES:
        op.execute(statement)
    filling.make_full_text(connection)
    filling.fill_job_keys(connection)


def downgrade() -> None:
    connection = op.get_bind()
    filling.drop_full_text(connection)
    for statement in _INDEXES:
        op.execute(f"DROP INDEX {_name(statement)}")
    op.add_column("postings", sa.Column("job_key", sa.String(16), nullable=False, server_default="", comment=_OLD_KEY))
    for old, comment in _OLD_VERSIONS.items():
        op.add_column("postings", sa.Column(old, sa.String(), nullable=False, server_default="none", comment=comment))
    verdicts = "all verdicts with their evidence, as `rolecall classify` writes them"
    op.add_column("posting_texts", sa.Column("labels", sa.JSON(), nullable=False, server_default="{}", comment=verdicts))
    filling.fill_labels_back(connection)
    for name, columns in _ADDED.items():
        for column in reversed(columns):
            op.drop_column(name, column().name)
    _comment(0)
    op.execute("ALTER TABLE postings RENAME COLUMN text_id TO row_id")
    for statement in _OLD_INDEXES:
        op.execute(statement)
    for name in reversed(NEW_TABLES):
        op.drop_table(name)


def _name(statement: str) -> str:
    """The index of a CREATE INDEX."""
    words = statement.split()
    return words[words.index("INDEX") + 1]


def _comment(which: int) -> None:
    """Comments of what is there already, before (0) and after (1)."""
    if op.get_bind().dialect.name == "postgresql":
        for thing, comments in _COMMENTS.items():
            words = comments[which].replace("'", "''")
            op.execute(f"COMMENT ON {thing} IS '{words}'")
