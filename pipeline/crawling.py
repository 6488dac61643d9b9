"""What passes between the flow and a shard's subprocess: the order that goes in, the board results that come out.

A shard writes, for each of its boards, ``<slug>.jsonl`` (one RawPosting a line) and then ``<slug>.result.json``, both written aside
and renamed. A board counts as crawled once its result stands there, so that a killed shard loses none of its finished boards.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from pipeline.records import RawPosting
from pipeline.vocabulary import BoardStatus, FailureKind

LOOK = "look"
"""In place of a platform: read one page and say which boards it shows. The board is the page's address."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask again cheaply, a request address each."""

    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None


@dataclass(frozen=True, slots=True)
class SourceOrder:
    """One board to crawl."""

    platform: str
    board: str
    base_url: str | None = None
    """Replaces scheme and host of the platform's API; may end in a path prefix that stands for the host."""
    delay_seconds: float = 1.0
    """Least seconds between two requests to the host, the platform's floor already applied."""
    validators: Mapping[str, Validators] = field(default_factory=dict)
    """By request address; empty when the board is to be fetched afresh."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Of a feed: what its items call what, by the names of ``pipeline/data/feed_fields.toml``."""
    most_requests: int | None = None
    """A trial: so many requests and no answer of an entry's own; None reads the whole board."""


@dataclass(frozen=True, slots=True)
class ShardOrder:
    """Some boards of one API host, crawled by one process."""

    shard_id: str
    host: str
    """The API host whose pace the shard keeps."""
    now: datetime
    """The night's clock, UTC: becomes ``fetched_at``."""
    contact: str | None
    """Address for the User-Agent; None allows loopback only."""
    out_dir: str
    sources: tuple[SourceOrder, ...]
    hosts_dir: str | None = None
    """Folder of what shards remember of hosts from run to run; None remembers nothing."""


@dataclass(frozen=True, slots=True)
class RobotsRecord:
    """A server's robots.txt, as it was read."""

    root: str
    """Scheme, host and port."""
    fetched_at: datetime
    text: str
    """Empty where everything is allowed."""


@dataclass(frozen=True, slots=True)
class HostRest:
    """Why a host is left alone, and until when."""

    host: str
    until: datetime
    status: str
    """What it answered."""
    asked: str
    """What it asks for."""
    is_put_off: bool
    """It named a time: no error, its boards are skipped. Else it refused, and they have failed."""


@dataclass(frozen=True, slots=True)
class BoardResult:
    """How one board's crawl ended."""

    platform: str
    board: str
    status: BoardStatus
    postings: int = 0
    requests: int = 0
    bytes: int = 0
    not_modified: bool = False
    """The server said 304 or sent the same bytes as last night: complete, and nothing to parse."""
    failure: FailureKind | None = None
    reason: str | None = None
    """One sentence that names what went wrong and, where there is one, the remedy."""
    http_status: int | None = None
    """Of the answer that failed the board, where one did."""
    notes: tuple[str, ...] = ()
    """What was survived: a wait for Retry-After, a retry after a 500, items left out."""
    validators: Mapping[str, Validators] = field(default_factory=dict)
    seconds: float = 0.0


def slug(platform: str, board: str) -> str:
    """A file name for a board, unique also where two boards differ only in characters that a file name cannot hold."""
    safe = re.sub(r"[^A-Za-z0-9.-]+", "_", f"{platform}--{board}")
    return safe if safe == f"{platform}--{board}" else f"{safe[:80]}-{hashlib.sha256(board.encode()).hexdigest()[:8]}"


def order_to_json(order: ShardOrder) -> dict[str, Any]:
    return {**asdict(order), "now": order.now.isoformat()}


def order_from_json(value: Mapping[str, Any]) -> ShardOrder:
    sources = tuple(SourceOrder(**{**source, "validators": _validators(source["validators"])}) for source in value["sources"])
    return ShardOrder(**{**value, "now": datetime.fromisoformat(value["now"]), "sources": sources})


def result_to_json(result: BoardResult) -> dict[str, Any]:
    return asdict(result)


def result_from_json(value: Mapping[str, Any]) -> BoardResult:
    failure = value["failure"]
    return BoardResult(
        **{
            **value,
            "status": BoardStatus(value["status"]),
            "failure": FailureKind(failure) if failure else None,
            "notes": tuple(value["notes"]),
            "validators": _validators(value["validators"]),
        }
    )


def raw_to_json(raw: RawPosting) -> dict[str, Any]:
    return {**asdict(raw), "fetched_at": raw.fetched_at.isoformat()}


def raw_from_json(value: Mapping[str, Any]) -> RawPosting:
    return RawPosting(**{**value, "fetched_at": datetime.fromisoformat(value["fetched_at"]).astimezone(UTC)})


def _validators(value: Mapping[str, Any]) -> dict[str, Validators]:
    return {address: Validators(**fields) for address, fields in value.items()}
