"""What a page shows of postings besides their rows: the words that decide the class, and the descriptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from storage import schema
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Decider:
    """The most decisive words of a remote class."""

    quote: str
    signal: str
    field: str


def deciders(store: Store, posting_ids: Sequence[str]) -> Mapping[str, Decider]:
    """By posting, the words that weighed most for its remote class; silent postings are left out."""
    columns = schema.evidence.c
    query = (
        select(columns.posting_id, columns.quote, columns.signal, columns.field)
        .where(columns.posting_id.in_(posting_ids), columns.question == "remote")
        .order_by(columns.place.desc())
    )
    with store.engine.connect() as connection:
        return {row.posting_id: Decider(row.quote, row.signal, row.field) for row in connection.execute(query)}


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
