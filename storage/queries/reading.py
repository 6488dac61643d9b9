"""The descriptions of postings, as pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from storage import schema
from storage.store import Store


def descriptions(store: Store, posting_ids: Sequence[str]) -> Mapping[str, str]:
    """The descriptions' plain text by posting."""
    columns = schema.posting_texts.c
    query = select(columns.posting_id, columns.description_text).where(columns.posting_id.in_(posting_ids))
    with store.engine.connect() as connection:
        return {row.posting_id: row.description_text for row in connection.execute(query)}


def description_markup(store: Store, posting_id: str) -> str | None:
    """A description's HTML as the employer sent it: hostile until it is cleaned. None where there is only text."""
    columns = schema.posting_texts.c
    with store.engine.connect() as connection:
        return connection.execute(select(columns.description_html).where(columns.posting_id == posting_id)).scalar()
