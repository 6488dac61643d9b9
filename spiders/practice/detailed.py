"""Recorded answers of platforms with a list and an answer for each posting: what a path asks for, and a list that ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

_COUNTED = {"smartrecruiters": ("totalFound", "content"), "workday": ("total", "jobPostings")}
"""Where a list counts its board's postings, and where it holds them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asks for."""

    platform: str
    board: str
    posting: str | None = None
    """A posting's id, or what its address has in place of one; None where the list is asked for."""


def wanted(steps: Sequence[str]) -> Wanted | None:
    """What the steps of a path ask for; None where they are of no such platform. Own hosts stand before the path as a prefix."""
    match list(steps):
        case ["platform", "api", "ats", "v1", "board", board, "jobs", *posting]:
            return _wanted("rippling", board, posting)
        case ["v1", "companies", board, "postings", *posting]:
            return _wanted("smartrecruiters", board, posting)
        case [host, site, "wday", "cxs", _, _, "jobs"]:
            return Wanted("workday", f"{host}/{site}")
        case [host, site, "wday", "cxs", _, _, "job", *path]:
            return Wanted("workday", f"{host}/{site}", path[-1])
        case [board, "json"]:
            return Wanted("breezy", board)
        case [board, "p", name]:
            return Wanted("breezy", board, name)
        case [board, "apply", "jobs"]:
            return Wanted("jazzhr", board)
        case [board, "apply", code]:
            return Wanted("jazzhr", board, code)
    return None


def whole_list(platform: str, body: bytes) -> bytes:
    """A recorded list as a whole board: most hold some postings of a longer one, whose other pages would be asked for."""
    if platform not in _COUNTED:
        return body
    counted, held = _COUNTED[platform]
    value = orjson.loads(body)
    return orjson.dumps({**value, counted: len(value[held])})


def _wanted(platform: str, board: str, posting: Sequence[str]) -> Wanted:
    return Wanted(platform, board, posting[0] if posting else None)
