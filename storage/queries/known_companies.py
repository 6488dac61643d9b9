"""Which companies are stored: what a word for one of them can mean."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from pipeline.errors import UsageError, did_you_mean
from pipeline.identity import company_key
from storage import schema

_MOST_NAMED = 5
_COLUMNS = schema.postings.c


def key_of(words: str, option: str) -> str:
    """A name folded for comparison.

    Raises:
        UsageError: nothing of it is left.
    """
    key = company_key(words)
    if not key:
        raise UsageError(f"{option}: '{words}' names no company; legal forms and signs alone do not count")
    return key


def require_part(connection: Connection, words: str, option: str) -> str:
    """The key that a part of a stored name has.

    Raises:
        UsageError: no stored company has it in its name, with the nearest that is stored.
    """
    key = key_of(words, option)
    if connection.execute(select(1).where(_COLUMNS.company_key.contains(key, autoescape=True)).limit(1)).first() is None:
        raise _unknown(connection, words, option)
    return key


def one_company(connection: Connection, words: str, option: str) -> str:
    """The key of the one company that is meant: the one of exactly this name, else the only one with it in its name.

    Raises:
        UsageError: none or several.
    """
    key = key_of(words, option)
    if connection.execute(select(1).where(_COLUMNS.company_key == key).limit(1)).first() is not None:
        return key
    named = (
        select(_COLUMNS.company_key, func.max(_COLUMNS.company).label("name"), func.count().label("postings"))
        .where(_COLUMNS.company_key.contains(key, autoescape=True))
        .group_by(_COLUMNS.company_key)
        .order_by(func.count().desc(), _COLUMNS.company_key)
    )
    found = connection.execute(named).all()
    if not found:
        raise _unknown(connection, words, option)
    if len(found) > 1:
        names = ", ".join(row.name for row in found[:_MOST_NAMED]) + (", …" if len(found) > _MOST_NAMED else "")
        raise UsageError(f"{option}: '{words}' is part of the names of {len(found)} companies ({names}); give more of it")
    return str(found[0].company_key)


def _unknown(connection: Connection, words: str, option: str) -> UsageError:
    query = select(_COLUMNS.company_key, func.max(_COLUMNS.company)).where(_COLUMNS.company_key > "").group_by(_COLUMNS.company_key)
    names = {key: str(name) for key, name in connection.execute(query)}
    parts = {part for key in names for part in (key, *key.split())}
    hint = did_you_mean(words, names.values()) or did_you_mean(company_key(words), parts)
    where = "; `rolecall companies list --state all` shows those that are" if names else ""
    return UsageError(f"{option}: no company '{words}' is stored{hint or where}")
