"""The base of every platform's spider."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from pipeline.crawling import BoardResult, SourceOrder, Validators
from pipeline.records import RawPosting
from pipeline.vocabulary import FailureKind
from spiders.addresses import host_and_port
from spiders.answer import Answer, Identity, LeftOut, Part
from spiders.board import Ask, Batch, Board, is_missing
from spiders.decoding import challenge_in
from spiders.failures import BoardFailure, failure_of
from spiders.memory import HostMemory
from spiders.pace import Paces
from spiders.rests import Rests
from spiders.retrying import tries, try_again

MOST_REQUESTS_A_BOARD = 5_000
_GONE = (404, 410)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class BoardSpider(scrapy.Spider):
    """Reads the boards of one platform. A platform's spider is data and one or two hooks; all the rest is here.

    **Set** ``name`` (also the file's name, the fixture folder's, and the heading in docs/reference/platforms.md), and ``accept``
    where the answers are no JSON.

    **Write**
      * ``addresses(board)``: the public addresses to begin with. Public, always: where an order has a ``base_url``, this class
        puts it in place of scheme and host when it asks, so that ids, hashes and stored addresses never know of it.
      * ``items(answer)``: the list of items in an answer. Call ``answer.refuse("why")`` where it is not there.
      * ``identify(item, board)``: an item's id, title and public address, whatever type they have. An item without an id or a
        title is counted in the board's notes and left out.

    **Override** where a platform needs it
      * ``split(answer)``: yields postings (``answer.posting(…)``), ``LeftOut`` and further ``Ask``\\ s. Pages of one list are asked
        with ``Ask(…, is_next=True)``; answers of different kinds are told apart by ``answer.ask.purpose``.
      * ``nothing_left(board)``: called when no request of a board is under way. Gives more to ask, or raises a BoardFailure.
      * ``hosts(board)``: the hosts that a ``base_url`` stands for.
      * ``holds_postings``: purpose of the answers that hold postings, where it is not ``list``; fixtures are read as such.

    **When the server says no**: a 429 or 503 with ``Retry-After`` is waited for, up to two minutes, then the board is put off; 5xx,
    timeouts, lost connections and broken bodies are tried twice more; 404 is "no such board". A bot challenge, a page where JSON
    was due, an empty body and JSON of another shape are failures, each with its kind and sentence: an answer is never silently
    empty. A board with a failure and postings is partial. A well-formed empty list is complete.

    **One item a response**: a Batch, even an empty one. The writer ends a board when its last batch has passed.
    """

    name: str
    accept: ClassVar[str] = "application/json"
    holds_postings: ClassVar[str] = "list"

    def __init__(
        self,
        orders: Sequence[SourceOrder] = (),
        now: datetime = _NEVER,
        contact: str | None = None,
        paces: Paces | None = None,
        memory: HostMemory | None = None,
        rests: Rests | None = None,
        **kwargs: Any,
    ) -> None:
        """A spider for some boards; without orders it can still ``read`` recorded answers."""
        super().__init__(**kwargs)
        self.now = now
        self.contact = contact
        self.paces = paces or Paces()
        self.memory = memory or HostMemory(None, now)
        self.rests = rests or Rests(self.memory)
        self.boards = [Board(order, now, self.hosts(order.board)) for order in orders]
        self.is_trial = any(order.most_requests is not None for order in orders)
        self.results: list[BoardResult] = []

    # -- what a platform declares ------------------------------------------------------------------------------------------------

    def addresses(self, board: str) -> Iterable[str | Ask]:
        """Public addresses to begin a board with."""
        raise NotImplementedError

    def items(self, answer: Answer) -> Iterable[object]:
        """The items of an answer that should be postings."""
        raise NotImplementedError

    def identify(self, item: Any, board: str) -> Identity:
        """Id, title and public address of an item, which is an object."""
        raise NotImplementedError

    def split(self, answer: Answer) -> Iterator[Part]:
        """The parts of an answer."""
        for item in self.items(answer):
            yield self.part(item, answer)

    def part(self, item: object, answer: Answer) -> Part:
        """The posting of one item of an answer; left out where it is no object, or has no id or title."""
        if not isinstance(item, dict):
            return LeftOut("item of no shape left out")
        return answer.posting(item, self.identify(item, answer.board))

    def nothing_left(self, board: Board) -> Iterable[Ask]:
        """What else to ask when all that was asked has been answered."""
        return ()

    def hosts(self, board: str) -> frozenset[str]:
        """The public hosts of a board, those of its first addresses."""
        return frozenset(host_and_port(_as_ask(address).address)[0] for address in self.addresses(board))

    # -- what a platform gets ----------------------------------------------------------------------------------------------------

    def read(self, body: bytes, board: str, *, address: str | None = None, now: datetime = _NEVER) -> Iterator[Part]:
        """The parts of a recorded answer, without a network.

        Args:
            body: the answer's bytes.
            board: name of the board.
            address: public address that the answer came from; the board's first where it does not matter.
            now: what becomes ``fetched_at``.
        """
        first = address or _as_ask(next(iter(self.addresses(board)))).address
        return self.split(Answer(self.name, board, now, Ask(first, self.holds_postings), body))

    async def start(self) -> AsyncIterator[Any]:
        for board in self.boards:
            first = self._first(board)
            board.is_comparing = board.is_comparing and first[0].address in board.order.validators
            for request in self._requests(board, first[:1] if board.is_comparing else first):
                yield request

    def parse(self, response: Response, board: Board, ask: Ask) -> Iterator[scrapy.Request | Batch]:
        """Scrapy's callback: an answer came."""
        try:
            postings, asks = self._read(response, board, ask)
        except BoardFailure as failure:
            is_worth_it = failure.kind is FailureKind.BROKEN_BODY and response.request is not None
            again = try_again(response.request, self, "sent a broken body") if is_worth_it and response.request else None
            if again is not None:
                yield again
                return
            postings, asks = self._as_listed(failure, board, ask), self._missed(failure, board, ask)
        except Exception as error:  # noqa: BLE001 - a fault of one spider ends one board, not the shard
            board.fail(failure_of(error, ask.address, 0))
            postings, asks = (), []
        yield from self._go_on(board, asks)
        yield Batch(board, postings)

    def fail(self, failure: Failure) -> Iterator[scrapy.Request | Batch]:
        """Scrapy's errback: no answer came, or none that may be read."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        board, ask = request.cb_kwargs["board"], request.cb_kwargs["ask"]
        assert failure.value is not None
        reason = failure_of(failure.value, ask.address, self.settings.getint("DOWNLOAD_MAXSIZE"))
        postings = self._as_listed(reason, board, ask)
        yield from self._go_on(board, self._missed(reason, board, ask))
        yield Batch(board, postings)

    # -- inside ------------------------------------------------------------------------------------------------------------------

    def _read(self, response: Response, board: Board, ask: Ask) -> tuple[tuple[RawPosting, ...], list[Ask]]:
        """Postings and further addresses of an answer; keeps the books of the board."""
        known = board.order.validators.get(ask.address) if board.is_comparing else None
        if response.status == 304 and known is not None:
            return (), board.same_again(ask.address)
        _require_ok(response, ask)
        digest = hashlib.sha256(response.body).hexdigest()[:32]
        if known is not None and known.body_digest == digest:
            return (), board.same_again(ask.address)
        if board.is_comparing and board.unchanged:
            board.start_over()
            return (), []
        board.validators[ask.address] = Validators(_header(response, "ETag"), _header(response, "Last-Modified"), digest)
        board.is_comparing = False
        return self._sorted(Answer(self.name, board.name, self.now, ask, response.body), board)

    def _first(self, board: Board) -> list[Ask]:
        return [_as_ask(address) for address in self.addresses(board.name)]

    def _missed(self, failure: BoardFailure, board: Board, ask: Ask) -> list[Ask]:
        """What a failure leads to: nothing, but while a board is compared, to the next address or to the beginning."""
        if not board.is_comparing or not board.unchanged:
            board.is_comparing = False
            board.fail(failure, ask)
            return []
        was_missing = board.order.validators[ask.address] == Validators()
        is_refused = failure.http_status is not None and failure.http_status < 500
        if was_missing and is_refused:
            return board.same_again(ask.address)
        board.start_over()
        return []

    def _as_listed(self, failure: BoardFailure, board: Board, ask: Ask) -> tuple[RawPosting, ...]:
        """The list's entry as it is, where its own answer is gone or closed to robots: what is listed is open."""
        if not ask.stands_in or not is_missing(failure):
            return ()
        part = self.part(ask.item, Answer(self.name, board.name, self.now, ask, b""))
        return board.keep_new([part]) if isinstance(part, RawPosting) else ()

    def _sorted(self, answer: Answer, board: Board) -> tuple[tuple[RawPosting, ...], list[Ask]]:
        found: list[RawPosting] = []
        asks: list[Ask] = []
        is_strange = False
        for part in self.split(answer):
            match part:
                case RawPosting():
                    found.append(part)
                case Ask():
                    asks.append(part)
                case LeftOut():
                    board.note(part.why)
                    is_strange = is_strange or not part.is_expected
        if is_strange and not found and not any(ask.stands_in for ask in asks):
            answer.refuse("none of its items has both an id and a title")
        new = board.keep_new(found)
        if answer.ask.is_next and found and not new:
            raise BoardFailure(FailureKind.PAGING_LOOP, what=answer.address, detail=f"{len(found)} postings for the second time")
        return new, asks

    def _go_on(self, board: Board, asks: Sequence[Ask]) -> Iterator[scrapy.Request]:
        """Requests for what an answer led to; for the spider's last word where nothing is left under way."""
        if board.is_comparing:
            return self._requests(board, asks)
        held_back = self._first(board) if board.order.validators else []
        requests = list(self._requests(board, [*held_back, *asks]))
        if not requests and board.outstanding == 1:
            try:
                requests = list(self._requests(board, self.nothing_left(board)))
            except BoardFailure as failure:
                if not board.is_cut:
                    board.fail(failure)
        return iter(requests)

    def _requests(self, board: Board, asks: Iterable[Ask]) -> Iterator[scrapy.Request]:
        for ask in asks:
            if ask.address in board.asked:
                continue
            if board.order.most_requests is not None and len(board.asked) >= board.order.most_requests:
                board.cut_short()
                return
            if len(board.asked) >= MOST_REQUESTS_A_BOARD:
                limit = f"{MOST_REQUESTS_A_BOARD:,} requests"
                board.fail(BoardFailure(FailureKind.TOO_LARGE, what=ask.address, size=f"more than {limit}", limit=limit))
                return
            board.asked.add(ask.address)
            board.outstanding += 1
            address = board.request_address(ask.address)
            yield scrapy.Request(
                address,
                callback=self.parse,
                errback=self.fail,
                headers={"Accept": self.accept},
                cb_kwargs={"board": board, "ask": ask},
                meta={"board": board, "ask": ask, "download_slot": urlsplit(address).netloc},
                priority=1 if ask.is_urgent else 0,
                dont_filter=True,
            )


def _as_ask(address: str | Ask) -> Ask:
    return Ask(address) if isinstance(address, str) else address


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _require_ok(response: Response, ask: Ask) -> None:
    """Refuse every status that holds no answer, and a bot challenge in place of one.

    Raises:
        BoardFailure: with the kind that the status means.
    """
    status, what = response.status, ask.address
    if status == 200:
        return
    mark = challenge_in(response.body, is_page_due=False)
    if mark and status not in _GONE:
        raise BoardFailure(FailureKind.CHALLENGE, what=what, detail=f"{status}, {mark}", http_status=status)
    if status in _GONE:
        raise BoardFailure(FailureKind.NOT_FOUND, what=what, status=status, http_status=status)
    times = tries(response.request) + 1 if response.request is not None else 1
    if status == 429:
        raise BoardFailure(FailureKind.RATE_LIMITED, what=what, status=f"429 {times} times", asked="fewer requests")
    said = f"{status} {times} times" if times > 1 else str(status)
    raise BoardFailure(FailureKind.HTTP_STATUS, what=what, status=said, http_status=status)
