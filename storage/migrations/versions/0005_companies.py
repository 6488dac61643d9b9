"""An index that holds all that a list of companies counts, so that none of its rows is looked up."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

_INDEX = "ix_postings_companies"
_COLUMNS = [
    "company_key", "state", "is_primary", "remote_class", "arrangement", "has_pay", "newest_on", "pay_kind", "pay_min_annual_usd",
    "pay_max_annual_usd", "posting_id",
]  # fmt: skip


def upgrade() -> None:
    op.create_index(_INDEX, "postings", _COLUMNS)


def downgrade() -> None:
    op.drop_index(_INDEX, table_name="postings")
