"""Asking again: the one place that counts tries, backs off, and puts on record what was survived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request

from spiders.addresses import is_loopback_address

if TYPE_CHECKING:
    from spiders.base import BoardSpider

LONGEST_WAIT_SECONDS = 120.0
"""A server that asks for more than this is asked again next night."""
BACK_OFF_SECONDS = (2.0, 8.0)
"""Waits before the second and the third try."""
LOOPBACK_BACK_OFF_SECONDS = 0.05
_TRIES = "rolecall_tries"
_AHEAD = 100


def tries(request: Request) -> int:
    """How often an address was asked before this request."""
    number: int = request.meta.get(_TRIES, 0)
    return number


def try_again(request: Request, spider: BoardSpider, why: str, wait_seconds: float | None = None) -> Request | None:
    """The request for another try, its host held back until then; None where the tries are used up.

    Args:
        request: the one that failed.
        spider: knows the paces and the number of tries.
        why: what the board's notes say: ``answered 500``.
        wait_seconds: what the server asked for; a short back-off where it asked for nothing.
    """
    done = tries(request)
    if done >= spider.settings.getint("RETRY_TIMES"):
        return None
    if wait_seconds is None:
        is_loopback = is_loopback_address(request.url)
        wait_seconds = LOOPBACK_BACK_OFF_SECONDS if is_loopback else BACK_OFF_SECONDS[min(done, len(BACK_OFF_SECONDS) - 1)]
    spider.paces.of(request.url).hold(wait_seconds)
    if "board" in request.meta:
        request.meta["board"].note(f"{why}; asked again")
    again = request.copy()
    again.meta[_TRIES] = done + 1
    again.dont_filter = True
    again.priority = max(request.priority, _AHEAD)
    return again
