"""Platforms that answer to a key: it comes from the environment, goes into the request, and is found nowhere else afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import scrapy
from twisted.python.failure import Failure

from pipeline.terms import platform
from pipeline.vocabulary import FailureKind
from spiders.base import BoardSpider
from spiders.board import Ask, Batch, Board
from spiders.failures import BoardFailure


@dataclass(frozen=True, slots=True)
class Signature:
    """What a key adds to a request."""

    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    agent: str | None = None
    """User-Agent, where the platform wants that of the key's owner."""


class KeyedSpider(BoardSpider):
    """Signs each request with the environment's values that the platform's terms name. Addresses, ids and failures stay without
    them, and a signed request follows no redirect. A server on loopback is asked with what there is.
    """

    def sign(self, keys: Mapping[str, str]) -> Signature:
        """What the keys, by their names in the environment, add to a request."""
        raise NotImplementedError

    def _requests(self, board: Board, asks: Iterable[Ask]) -> Iterator[scrapy.Request]:
        keys = {name: os.environ.get(name, "") for name in platform(self.name).keys}
        missing = [name for name, value in keys.items() if not value]
        if missing and board.loopback is None:
            detail = f"{' and '.join(missing)} must be set in the environment"
            board.fail(BoardFailure(FailureKind.ADDRESS_REFUSED, what=f"{self.name}:{board.name}", detail=detail))
            return
        signature = self.sign(keys)
        for request in super()._requests(board, asks):
            query = "".join(f"&{name}={value}" for name, value in signature.query.items())
            signed: scrapy.Request = request.replace(
                url=request.url + query,
                headers={**request.headers, **signature.headers},
                meta={**request.meta, "dont_redirect": True, "agent": signature.agent},
            )
            yield signed

    def fail(self, failure: Failure) -> Iterator[scrapy.Request | Batch]:
        """An exception of a download may quote the address as it was asked; the keys are taken out of what it says."""
        assert failure.value is not None
        failure.value.args = tuple(self._without_keys(str(part)) for part in failure.value.args)
        yield from super().fail(failure)

    def _without_keys(self, words: str) -> str:
        for value in filter(None, map(os.environ.get, platform(self.name).keys)):
            words = words.replace(value, "…").replace(quote(value, safe=""), "…")
        return words
