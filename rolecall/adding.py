"""From an address to a source: recognise it, look at its page where the address does not say enough, and try what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from flows.plan import require_contact
from pipeline.board_addresses import Recognised, recognise, with_scheme
from pipeline.config import Config, SourceConfig
from pipeline.crawling import BoardResult
from pipeline.curated_boards import named_boards
from pipeline.errors import NothingRead, UsageError
from pipeline.payloads import UnreadablePosting, to_posting
from pipeline.records import CompanyFacts, Posting
from pipeline.terms import platform
from pipeline.vocabulary import BoardStatus, FailureKind
from rolecall.asking import TRIAL_REQUESTS, Answered, ask_sources, look_at
from rolecall.settings import Settings

MOST_TITLES = 5
_MOST_CANDIDATES = 6
_NO_NAMES = frozenset(
    {"www", "careers", "career", "jobs", "job", "join", "work", "apply", "hiring", "talent", "com", "co", "org", "net"}
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the words of the command ask for."""

    name: str | None = None
    accept_terms: bool = False
    base_url: str | None = None
    is_unasked: bool = False
    """Write what the address says, without asking."""


@dataclass(frozen=True, slots=True)
class Found:
    """A source that an address led to."""

    source: SourceConfig
    result: BoardResult | None = None
    """How its trial ended; None where it was not asked."""
    titles: tuple[str, ...] = ()
    is_configured: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What may be the source of an address."""

    recognised: Recognised
    must_hold: str | None = None
    """The id of a posting without which it is another employer's board."""
    needs_postings: bool = False
    """A site, a feed or a guess: an empty answer is no proof."""


def web_address(word: str) -> str:
    """A word as the address of a page.

    Raises:
        UsageError: it is none.
    """
    address = with_scheme(word)
    host = urlsplit(address).hostname if _is_address(address) else None
    if host is None or "." not in host:
        raise UsageError(f"'{address.removeprefix('https://')}' is no web address; give one as in https://jobs.lever.co/acme")
    return address


@dataclass
class Search:
    """The way from one address to its source; keeps what was tried, so that a failure can say it."""

    settings: Settings
    config: Config
    wish: Wish
    tried: list[str] = field(default_factory=list)

    def source_of(self, address: str) -> Found:
        """The source that an address leads to.

        Raises:
            UsageError: no address at all, or a platform that is off.
            NothingRead: nothing that was tried gave a board; the message says what that was.
        """
        address = web_address(address)
        for candidate in self._candidates(address):
            found = self.trial(self.source_for(candidate.recognised), candidate)
            if found is not None:
                return found
        tried = "; ".join(self.tried) or "the address alone, which names no board"
        raise NothingRead(
            f"no board was found at {address}; tried: {tried}. Give the address of a posting, or of the employer's list of jobs"
        )

    def curated(self, name: str) -> Found:
        """The source that a name of the curated list means.

        Raises:
            UsageError: no such name, or its platform is off.
            NothingRead: the board does not answer.
        """
        (board,) = named_boards([name])
        found = self.trial(self.source_for(Recognised(board.platform, board.board, board.base_url), board.company))
        if found is None:
            raise NothingRead(f"no board answered; tried: {self.tried[-1]}. It was seen at {board.seen_at} on {board.seen_on}")
        return found

    def source_for(self, recognised: Recognised, facts: CompanyFacts | None = None) -> SourceConfig:
        """The source as it would be configured.

        Raises:
            UsageError: its platform is off, and nobody accepted its terms.
        """
        terms = platform(recognised.platform)
        if terms.off_because and not self.wish.accept_terms:
            raise UsageError(
                f"{terms.name} is off: {terms.off_because} ({terms.source}); "
                f"see `rolecall sources terms {terms.name}`, and add --accept-terms if you may use it"
            )
        company = facts or CompanyFacts()
        return SourceConfig(
            platform=terms.name,
            board=recognised.board or terms.name,
            company=replace(company, name=self.wish.name) if self.wish.name else company,
            base_url=self.wish.base_url or recognised.base_url,
            accept_terms=bool(terms.off_because),
        )

    def trial(self, source: SourceConfig, candidate: _Candidate | None = None) -> Found | None:
        """Ask a source once; None where it is not what was looked for, which is then put among what was tried."""
        candidate = candidate or _Candidate(Recognised(source.platform, source.board))
        known = {one.source_id.casefold(): one for one in self.config.sources}.get(source.source_id.casefold())
        if known is not None and candidate.must_hold is None:
            return Found(known, is_configured=True)
        if self.wish.is_unasked:
            return Found(source)
        (answered,) = ask_sources(self.settings, self.config, [source], TRIAL_REQUESTS)
        why_not = _why_not(answered, candidate)
        if why_not:
            self.tried.append(f"{source.source_id} ({why_not})")
            return None
        if known is not None:
            return Found(known, is_configured=True)
        postings = tuple(_read(answered, source.company))
        titles = tuple(dict.fromkeys(posting.title for posting in postings))[:MOST_TITLES]
        return Found(_named(source, postings), answered.result, titles)

    def _candidates(self, address: str) -> Iterator[_Candidate]:
        """What an address may lead to, the likeliest first; its page is read only where the address does not say it."""
        known = recognise(address)
        if known is not None and known.board is not None:
            yield _Candidate(known)
            return
        if self.wish.is_unasked:
            return
        looked = self._look(address)
        boards = [Recognised(**board) for raw in looked for board in raw["boards"]]
        boards.sort(key=lambda board: known is not None and board.platform != known.platform)
        for board in list(dict.fromkeys(boards))[:_MOST_CANDIDATES]:
            yield _Candidate(board)
        if known is not None and known.posting_id is not None:
            for name in _names_in(urlsplit(address).hostname or ""):
                yield _Candidate(replace(known, board=name), must_hold=known.posting_id, needs_postings=True)
        if known is None or known.posting_id is not None:
            yield from _sites(looked)

    def _look(self, address: str) -> Sequence[Mapping[str, Any]]:
        """What a page and the lists of jobs behind it show."""
        require_contact([SourceConfig("jsonld", urlsplit(address).netloc, base_url=self.wish.base_url)], self.config)
        answered = look_at(self.settings, self.config, address, self.wish.base_url)
        pages = [raw.payload for raw in answered.postings]
        self.tried += [f"{page['page']} (no known board on it)" for page in pages if not page["boards"]]
        if answered.result.reason:
            self.tried.append(answered.result.reason)
        return pages


def _why_not(answered: Answered, candidate: _Candidate) -> str | None:
    """Why an answer is not that of the board that was looked for; None where it is."""
    result = answered.result
    if result.failure is FailureKind.LEAST_INTERVAL:
        return None
    if result.status is not BoardStatus.COMPLETE and not answered.postings:
        return result.reason or result.status.value
    if candidate.needs_postings and not answered.postings:
        return "no posting there"
    wanted = candidate.must_hold
    if wanted and not any(wanted == raw.external_id or wanted in raw.url for raw in answered.postings):
        return f"it does not hold the posting {wanted}"
    return None


def _read(answered: Answered, company: CompanyFacts) -> Iterator[Posting]:
    for raw in answered.postings:
        try:
            yield to_posting(raw, company)
        except UnreadablePosting:
            continue


def _named(source: SourceConfig, postings: Sequence[Posting]) -> SourceConfig:
    """The source with the name that its postings give their employer, where they agree and it has none yet."""
    names = Counter(posting.company.name for posting in postings if posting.company.name)
    if source.company.name or platform(source.platform).listing == "window" or len(names) != 1:
        return source
    return replace(source, company=replace(source.company, name=next(iter(names))))


def _sites(looked: Sequence[Mapping[str, Any]]) -> Iterator[_Candidate]:
    """The site itself as a source: a feed, or pages that hold postings."""
    from spiders.pages import looks_like_posting

    if not looked:
        return
    page: str = looked[0]["page"]
    parts = urlsplit(page)
    if looked[0]["is_feed"]:
        yield _Candidate(Recognised("rss", page.partition("://")[2]), needs_postings=True)
        return
    if any(one["has_posting"] for one in looked):
        yield _Candidate(Recognised("jsonld", parts.netloc), needs_postings=True)
    # the page that was given is most likely the list itself; else the site's own sitemap and usual lists may lead to postings
    paths = dict.fromkeys(("" if looks_like_posting(page) else parts.path.rstrip("/"), ""))
    yield from (_Candidate(Recognised("careers", parts.netloc + path), needs_postings=True) for path in paths)


def _names_in(host: str) -> Iterator[str]:
    """Names that an employer's own host suggests for its board, each to be proved by a posting that it holds."""
    labels = [label for label in host.lower().split(".")[:-1] if label not in _NO_NAMES]
    yield from dict.fromkeys(name for label in reversed(labels) for name in (label, label.replace("-", "")))


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
