"""Who may hold the job: countries, time zones, visa, clearance, languages; management; versions of what decided.

Rows that are there already get "not known" until their posting is labelled again.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TABLES = {
    "eligible_countries": (
        "country", sa.String(2), "ISO 3166 country",
        "countries whose residents may hold the job, regions expanded; no row where it is not known or worldwide",
    ),
    "excluded_places": (
        "place", sa.String(), "ISO 3166 country or state, or a region",
        "places that a posting leaves out",
    ),
    "required_languages": (
        "language", sa.String(), "ISO 639-1 code",
        "languages that a posting asks for",
    ),
}  # fmt: skip


def _new() -> list[sa.Column[Any]]:
    west = "hours from UTC, winter time: westernmost clock that the posting allows"
    cleared = "a security clearance is asked for; empty where none is mentioned"
    return [
        sa.Column("is_management", sa.Boolean(), nullable=False, server_default=sa.false(), comment="the role leads people"),
        sa.Column("is_worldwide", sa.Boolean(), nullable=False, server_default=sa.false(), comment="the worker may live anywhere"),
        sa.Column("utc_min", sa.Float(), nullable=True, comment=west),
        sa.Column("utc_max", sa.Float(), nullable=True, comment="easternmost clock that the posting allows"),
        sa.Column("visa_sponsorship", sa.String(), nullable=False, server_default="unstated", comment="yes, no or unstated"),
        sa.Column("needs_clearance", sa.Boolean(), nullable=True, comment=cleared),
        sa.Column(
            "eligibility_version", sa.String(), nullable=False, server_default="none", comment="what decided who may hold the job"
        ),
        sa.Column("company_version", sa.String(), nullable=False, server_default="none", comment="what read the employer's facts"),
    ]


def upgrade() -> None:
    for column in _new():
        op.add_column("postings", column)
    for name, (key, kind, meaning, comment) in _TABLES.items():
        op.create_table(
            name,
            sa.Column("posting_id", sa.String(16), nullable=False, comment="the posting"),
            sa.Column(key, kind, nullable=False, comment=meaning),
            sa.ForeignKeyConstraint(
                ["posting_id"], ["postings.posting_id"], name=op.f(f"fk_{name}_posting_id_postings"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("posting_id", key, name=op.f(f"pk_{name}")),
            comment=comment,
        )
        op.create_index(op.f(f"ix_{name}_{key}"), name, [key], unique=False)


def downgrade() -> None:
    for name, (key, *_) in _TABLES.items():
        op.drop_index(op.f(f"ix_{name}_{key}"), table_name=name)
        op.drop_table(name)
    for column in reversed(_new()):
        op.drop_column("postings", column.name)
