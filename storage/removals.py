"""What a purge has said is not to come back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from pipeline.identity import company_key
from storage import schema


class PurgeKind(StrEnum):
    """What a purge may name."""

    COMPANY = "company"
    SOURCE = "source"
    POSTING = "posting"


@dataclass(frozen=True, slots=True)
class KeptOut:
    """What is not stored again."""

    companies: frozenset[str]
    sources: frozenset[str]
    postings: frozenset[str]

    def refuses(self, posting_id: str, source_id: str, company: str | None) -> bool:
        """Whether a posting is one that is not stored again."""
        return (
            posting_id in self.postings
            or source_id in self.sources
            or bool(self.companies and company and company_key(company) in self.companies)
        )


def kept_out(connection: Connection) -> KeptOut:
    """Everything that is not stored again."""
    removals = schema.removals.c
    found: dict[str, set[str]] = {kind.value: set() for kind in PurgeKind}
    for kind, target in connection.execute(select(removals.kind, removals.target).where(removals.is_kept_out)):
        found[kind].add(target)
    return KeptOut(*(frozenset(found[kind]) for kind in (PurgeKind.COMPANY, PurgeKind.SOURCE, PurgeKind.POSTING)))
