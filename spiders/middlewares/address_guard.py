"""Only public addresses are asked, and of loopback only the server that the source names; redirects come through here too.

This is the early, plain-spoken half of the guard. The half that cannot be fooled by a name server is ``spiders.resolver``.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import CannotResolveHostError

from pipeline.vocabulary import FailureKind
from spiders.addresses import host_and_port, is_ip, is_public_ip
from spiders.board import Board
from spiders.failures import BoardFailure


class AddressGuardMiddleware:
    """Refuses an address that no source may lead to."""

    def process_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in ("http", "https"):
            raise _refused(request, "only http and https are spoken")
        host, port = host_and_port(request.url)
        board = request.meta.get("board")
        if isinstance(board, Board) and board.loopback == (host, port):
            return
        if host == "localhost" or (is_ip(host) and not is_public_ip(host)):
            raise _refused(request, f"{host} is not on the public network")


class RefusedNameMiddleware:
    """Says what the resolver kept back, before it is taken for a name that does not resolve."""

    def process_exception(self, request: Request, exception: Exception) -> None:
        if not isinstance(exception, CannotResolveHostError):
            return
        from twisted.internet import reactor

        host, _ = host_and_port(request.url)
        private = getattr(reactor.nameResolver, "refused", {}).get(host)
        if private is not None:
            raise _refused(request, f"{host} resolves to {private}, which is not on the public network")


def _refused(request: Request, detail: str) -> BoardFailure:
    return BoardFailure(FailureKind.ADDRESS_REFUSED, what=_told(request), detail=detail)


def _told(request: Request) -> str:
    """The address that was asked first, and where it led to."""
    first = request.meta["ask"].address if "ask" in request.meta else request.url
    return f"{request.url}, where {first} led to," if request.meta.get("redirect_times") else first
