"""How much the sources tell: of each one's open postings, how many say where the work is done, what it pays, and so on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, select

from pipeline.vocabulary import Arrangement, Level, PostingState
from storage import schema
from storage.queries.selecting import POSTINGS
from storage.store import Store

FIELDS = ("place_of_work", "pay", "location", "published", "level", "industry")
"""What is counted, as ``SourceCoverage`` names it."""


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """One board or feed."""

    platform: str
    board: str
    postings: int
    """Open ones."""
    place_of_work: int
    """Those that say where the work is done, in words or in a field: the arrangement is not *unstated*."""
    pay: int
    """Those with a pay band."""
    location: int
    """Those that name a place."""
    published: int
    """Those with a date of publication."""
    level: int
    """Those whose level is known."""
    industry: int
    """Those whose employer's industry is known."""
    last_complete_on: date | None
    """Last night on which the whole of it was read."""

    def to_json(self) -> dict[str, Any]:
        """Plain values under the names of the fields."""
        return asdict(self)


def coverage(store: Store) -> list[SourceCoverage]:
    """Every source with open postings, the largest first."""
    columns, boards = POSTINGS.c, schema.boards.c

    def counted(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0))

    per_board = (
        select(
            columns.platform,
            columns.board,
            func.count().label("postings"),
            counted(columns.arrangement != Arrangement.UNSTATED.value).label("place_of_work"),
            counted(columns.has_pay).label("pay"),
            counted(columns.location.is_not(None)).label("location"),
            counted(columns.published_on.is_not(None)).label("published"),
            counted(columns.level != Level.UNSTATED.value).label("level"),
            counted(columns.industry.is_not(None)).label("industry"),
        )
        .where(columns.state == PostingState.OPEN.value)
        .group_by(columns.platform, columns.board)
        .subquery()
    )
    at_home = and_(boards.platform == per_board.c.platform, boards.board == per_board.c.board)
    query = (
        select(per_board, boards.last_complete_on)
        .join(schema.boards, at_home, isouter=True)
        .order_by(per_board.c.postings.desc(), per_board.c.platform, per_board.c.board)
    )
    with store.engine.connect() as connection:
        return [SourceCoverage(**row._mapping) for row in connection.execute(query)]
