"""What the ledger holds of a shard: all that a worker on any machine must know to crawl, read and store its boards.

No key and no password: those come from the worker's own environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.config import SourceConfig, TechnologyConfig
from pipeline.crawling import SourceOrder
from pipeline.records import CompanyFacts
from pipeline.vocabulary import TechCategory


@dataclass(frozen=True, slots=True)
class ShardWork:
    """Some boards of one lane."""

    host: str
    """The API host whose pace holds, or how many there are."""
    contact: str | None
    """Address for the User-Agent; None allows loopback only."""
    sources: tuple[SourceOrder, ...]
    """Without validators: the worker reads them from the database when it begins."""
    companies: Mapping[str, CompanyFacts] = field(default_factory=dict)
    """What the configuration says of the employers, by source id."""
    technologies: tuple[TechnologyConfig, ...] = ()
    """The user's own."""

    def to_json(self) -> dict[str, Any]:
        """Plain values for the ledger."""
        return {
            "host": self.host,
            "contact": self.contact,
            "sources": [{name: value for name, value in asdict(source).items() if name != "validators"} for source in self.sources],
            "companies": {name: asdict(facts) for name, facts in self.companies.items()},
            "technologies": [asdict(one) for one in self.technologies],
        }


def work_from_json(value: Mapping[str, Any]) -> ShardWork:
    """The work that ``to_json`` wrote."""
    return ShardWork(
        value["host"],
        value["contact"],
        tuple(SourceOrder(**source) for source in value["sources"]),
        {name: CompanyFacts(**facts) for name, facts in value["companies"].items()},
        tuple(
            TechnologyConfig(**{**one, "aliases": tuple(one["aliases"]), "category": TechCategory(one["category"])})
            for one in value["technologies"]
        ),
    )


def source_id_of(order: SourceOrder) -> str:
    """What a person calls the source: ``greenhouse:acme``, ``hn``."""
    return SourceConfig(order.platform, order.board).source_id
