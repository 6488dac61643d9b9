"""Workday (the career sites' own ``/wday/cxs``; undocumented, as recorded answers and other crawlers show it)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import orjson
import scrapy

from pipeline.payloads.fields import text
from pipeline.terms import platform
from pipeline.vocabulary import FailureKind
from spiders.answer import Answer, Identity, Part
from spiders.board import Ask, Board
from spiders.detailed import DETAIL, DetailedSpider
from spiders.facets import facet_to_split_by
from spiders.failures import BoardFailure

MOST_A_QUERY = 2_000
"""Where some sites stop counting; what lies beyond is found by asking for one value of a facet after the other."""
_PAGING = ("limit", "offset")


class WorkdaySpider(DetailedSpider):
    """The board is host and site: ``acme.wd5/External``, or ``acme.wd5/tenant/External`` where the tenant is no part of the host.

    A page of the list is asked with POST; its address here carries in the query what the body then says. Only the first page counts
    the postings. A posting's id is the end of its path, which stays when the title is changed.
    """

    name = "workday"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._overflowing: set[str] = set()

    def addresses(self, board: str) -> Iterable[str]:
        return (_page(board, 0, ()),)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("jobPostings"), "jobPostings")

    def identify(self, item: Any, board: str) -> Identity:
        host, _, site = _names(board)
        path = _path(item)
        url = item.get("externalUrl") or (f"https://{host}/{site}{path}" if path else None)
        return Identity(path.rstrip("/").rpartition("/")[2] if path else item.get("jobPostingId"), item.get("title"), url)

    def detail_address(self, entry: Mapping[str, Any], board: str) -> str:
        return _site(board) + quote(_path(entry) or "", safe="/%")

    def detail(self, answer: Answer) -> Mapping[str, Any]:
        value = answer.mapping()
        if not isinstance(value.get("jobPostingInfo"), dict):
            answer.refuse("jobPostingInfo should be an object")
        return {**value["jobPostingInfo"], "hiringOrganization": value.get("hiringOrganization")}

    def split(self, answer: Answer) -> Iterator[Part]:
        yield from super().split(answer)
        query = parse_qsl(urlsplit(answer.address).query)
        if answer.ask.purpose == DETAIL or dict(query).get("offset") != "0":
            return
        applied = tuple(pair for pair in query if pair[0] not in _PAGING)
        total = self.expect(answer, answer.mapping().get("total"))
        facet = facet_to_split_by(answer.mapping().get("facets"), {key for key, _ in applied}, MOST_A_QUERY)
        if total >= MOST_A_QUERY and facet is not None:
            yield from (Ask(_page(answer.board, 0, (*applied, (facet.name, value)))) for value in facet.values)
            return
        if total >= MOST_A_QUERY:
            self._overflowing.add(answer.board)
        yield from (Ask(_page(answer.board, at, applied)) for at in range(_size(), min(total, MOST_A_QUERY), _size()))

    def nothing_left(self, board: Board) -> tuple[Ask, ...]:
        if board.name in self._overflowing:
            limit = f"{MOST_A_QUERY:,} a query"
            raise BoardFailure(FailureKind.TOO_LARGE, what=f"workday:{board.name}", size="more postings than that", limit=limit)
        return super().nothing_left(board)

    def _requests(self, board: Board, asks: Iterable[Ask]) -> Iterator[scrapy.Request]:
        for request in super()._requests(board, asks):
            yield _as_post(request) if "offset=" in urlsplit(request.url).query else request


def _as_post(request: scrapy.Request) -> scrapy.Request:
    """The request for a page of the list: what its address carries goes into the body."""
    parts = urlsplit(request.url)
    query = parse_qsl(parts.query)
    paging = {key: int(value) for key, value in query if key in _PAGING}
    facets = {key: [value] for key, value in query if key not in _PAGING}
    body = orjson.dumps({"appliedFacets": facets, **paging, "searchText": ""})
    headers = {**request.headers, "Content-Type": "application/json"}
    return request.replace(method="POST", url=parts._replace(query="").geturl(), body=body, headers=headers)


def _names(board: str) -> tuple[str, str, str]:
    """Host, tenant and site, as an address holds them."""
    host, *rest = (quote(part, safe=":") for part in board.removeprefix("https://").strip("/").split("/"))
    tenant = rest[0] if len(rest) > 1 else host.split(".")[0]
    return host if ".myworkday" in host else f"{host}.myworkdayjobs.com", tenant, rest[-1] if rest else ""


def _site(board: str) -> str:
    host, tenant, site = _names(board)
    return f"https://{host}/wday/cxs/{tenant}/{site}"


def _page(board: str, skip: int, facets: tuple[tuple[str, str], ...]) -> str:
    return f"{_site(board)}/jobs?{urlencode([('limit', _size()), ('offset', skip), *facets])}"


def _path(item: Mapping[str, Any]) -> str | None:
    """The posting's path on the site, from its own address where no list gave it."""
    return text(item.get("externalPath")) or urlsplit(text(item.get("externalUrl")) or "").path or None


def _size() -> int:
    return platform("workday").page_size or 1
