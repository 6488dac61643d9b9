"""One board while it is crawled: what was asked, what came, what went wrong, and the result that follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from pipeline.crawling import BoardResult, SourceOrder, Validators
from pipeline.records import RawPosting
from pipeline.vocabulary import BoardStatus, FailureKind
from spiders.addresses import host_and_port, is_loopback_address, to_ask
from spiders.failures import BoardFailure


@dataclass(frozen=True, slots=True)
class Ask:
    """An address to ask, in public form."""

    address: str
    purpose: str = "list"
    """What the answer is for; the spider's ``split`` tells its answers apart by it."""
    may_be_gone: bool = False
    """A page that was listed and may be gone since, or be closed to robots: no failure of the board, and noted."""
    may_be_refused: bool = False
    """An address that may well not exist: any 4xx is no failure of the board."""
    is_next: bool = False
    """A further page of a list: one that only repeats what came before is a loop."""
    is_urgent: bool = False
    """Asked before whatever else waits for this host."""
    item: Mapping[str, Any] | None = field(default=None, compare=False)
    """What was read before and the answer is joined to: the list's entry that a detail belongs to."""
    stands_in: bool = False
    """The item is a posting by itself, which takes the answer's place where that is gone or closed to robots."""


@dataclass(slots=True)
class Board:
    """The state of one board's crawl. Mutable: the spider, its middlewares and the writer share it."""

    order: SourceOrder
    now: datetime
    """The night's clock, UTC."""
    hosts: frozenset[str]
    """The public hosts that ``base_url`` stands for."""
    began: float | None = None
    """When the first request was sent, by the machine's own clock."""
    outstanding: int = 0
    """Requests under way; the board is done when none is."""
    asked: set[str] = field(default_factory=set)
    missing: list[BoardFailure] = field(default_factory=list)
    """Failures of addresses that may be missing."""
    failures: list[BoardFailure] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    postings: int = 0
    requests: int = 0
    bytes: int = 0
    """Bodies as they came over the wire."""
    notes: Counter[str] = field(default_factory=Counter)
    validators: dict[str, Validators] = field(default_factory=dict)
    unchanged: int = 0
    """Answers that were the same as last time."""
    is_done: bool = False
    is_cut: bool = False
    """A trial ended before the board did."""
    is_comparing: bool = field(init=False)
    """The addresses of last time are asked with what the server gave then, and nothing is parsed until one answers otherwise."""

    def __post_init__(self) -> None:
        self.is_comparing = bool(self.order.validators)

    @property
    def name(self) -> str:
        return self.order.board

    @property
    def loopback(self) -> tuple[str, int] | None:
        """The only private host and port that this board may be asked at."""
        return host_and_port(self.order.base_url) if self.order.base_url and is_loopback_address(self.order.base_url) else None

    def request_address(self, public: str) -> str:
        return to_ask(public, self.order.base_url, self.hosts)

    def same_again(self, address: str) -> list[Ask]:
        """Take an answer for last time's over again; gives the next address to compare, none where all are the same."""
        self.validators[address] = self.order.validators[address]
        self.unchanged += 1
        return [Ask(known) for known in self.order.validators if known not in self.asked][:1]

    def start_over(self) -> None:
        """Something changed behind an answer that was the same: read the whole board afresh, since one page says little alone."""
        self.is_comparing = False
        self.unchanged = 0
        self.asked.clear()
        self.validators.clear()

    def cut_short(self) -> None:
        """End a trial: what else there is stays unread."""
        if not self.is_cut:
            self.is_cut = True
            self.note(f"the rest left unread after {len(self.asked)} requests, since this was a trial")

    def note(self, what: str) -> None:
        """Put on record what was survived or left out; the same words are counted."""
        self.notes[what] += 1

    def fail(self, failure: BoardFailure, ask: Ask | None = None) -> None:
        """Put a failure on record; that of an address that may be missing only counts where nothing else is found."""
        is_gone = failure.kind is FailureKind.NOT_FOUND
        is_refused = failure.kind is FailureKind.HTTP_STATUS and failure.http_status is not None and failure.http_status < 500
        if ask is not None and ask.may_be_gone and is_missing(failure):
            instead = "replaced by what the list says" if ask.stands_in else "left out"
            self.note(f"page that {'is gone' if is_gone else 'robots.txt forbids'} {instead}")
            self._miss(failure, ask)
        elif ask is not None and ask.may_be_refused and (is_gone or is_refused):
            self._miss(failure, ask)
        else:
            self.failures.append(failure)

    def _miss(self, failure: BoardFailure, ask: Ask) -> None:
        self.missing.append(failure)
        self.validators[ask.address] = Validators()  # missing again next time is no change

    def keep_new(self, postings: Iterable[RawPosting]) -> tuple[RawPosting, ...]:
        """The postings whose ids were not seen on this board before; the others are counted."""
        new = []
        for posting in postings:
            if posting.external_id in self.ids:
                self.note("posting came twice; the first was kept")
            else:
                self.ids.add(posting.external_id)
                new.append(posting)
        self.postings += len(new)
        return tuple(new)

    def forget(self) -> None:
        """Let go of what only reading needs; a shard keeps its boards to the end."""
        self.ids.clear()
        self.asked.clear()

    def result(self) -> BoardResult:
        """How the crawl ended."""
        failure = self.failures[0] if self.failures else None
        is_complete = failure is None
        return BoardResult(
            platform=self.order.platform,
            board=self.name,
            status=self._status(failure),
            postings=0 if is_complete and self._is_unmodified else self.postings,
            requests=self.requests,
            bytes=self.bytes,
            not_modified=is_complete and self._is_unmodified,
            failure=failure.kind if failure else None,
            reason=str(failure) if failure else None,
            http_status=failure.http_status if failure else None,
            notes=tuple(what if times == 1 else f"{what} ({times} times)" for what, times in self.notes.items()),
            validators=self.validators if is_complete else {},
            seconds=round(monotonic() - self.began, 3) if self.began is not None else 0.0,
        )

    @property
    def _is_unmodified(self) -> bool:
        return self.is_comparing and self.unchanged == len(self.order.validators)

    def _status(self, failure: BoardFailure | None) -> BoardStatus:
        if failure is None:
            return BoardStatus.COMPLETE
        if self.postings:
            return BoardStatus.PARTIAL
        return BoardStatus.SKIPPED if failure.is_put_off else BoardStatus.FAILED


def is_missing(failure: BoardFailure) -> bool:
    """Whether a page is gone or closed to robots, and neither broken nor refused to us alone."""
    return failure.kind in (FailureKind.NOT_FOUND, FailureKind.ROBOTS)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one answer gave: the item that passes Scrapy's pipelines, one a response."""

    board: Board
    postings: tuple[RawPosting, ...] = ()
