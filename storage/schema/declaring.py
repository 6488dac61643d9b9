"""How a table is declared: one set of names for constraints, and a comment a column, which is its line in the data dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def column(name: str, kind: Any, comment: str, *rest: Any, nullable: bool = True, **keywords: Any) -> Column[Any]:
    """A column with its line in the data dictionary; it may be empty unless said otherwise."""
    return Column(name, kind, *rest, comment=comment, nullable=nullable, **keywords)


def of_posting() -> Column[Any]:
    """The first part of the key of a table beside ``postings``; its rows go with the posting."""
    return column(
        "posting_id",
        String(16),
        "the posting",
        ForeignKey("postings.posting_id", ondelete="CASCADE"),
        primary_key=True,
        nullable=False,
    )


def copies(columns: Iterable[Column[Any]]) -> list[Column[Any]]:
    """The same columns for another table, without keys and indexes."""
    return [column(one.name, one.type, one.comment or "", nullable=bool(one.nullable)) for one in columns]
