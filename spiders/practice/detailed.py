"""Recorded answers of employers' own systems: what a path asks for, a list that ends, and one posting's own answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

_COUNTED = {
    "smartrecruiters": ("totalFound", "content"),
    "workday": ("total", "jobPostings"),
    "bamboohr": ("meta.totalCount", "result"),
}
"""Where a list counts its board's postings, and where it holds them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asks for."""

    platform: str
    board: str
    posting: str | None = None
    """A posting's id, or what its address has in place of one; None where the list is asked for."""
    form: str = ""
    """How the file of a recording that answers ends, where a platform has two lists of different forms."""


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
    return _at_employers(steps)


def _at_employers(steps: Sequence[str]) -> Wanted | None:
    """What the steps of a path ask for at the careers site of one employer."""
    match list(steps):
        case [board, "xml"]:
            return Wanted("personio", board)
        case [board, "postings.json"]:
            return Wanted("pinpoint", board)
        case [board, "jobs.rss" | "jobs.json" as feed]:
            return Wanted("teamtailor", board, form=".xml" if feed == "jobs.rss" else ".json")
        case [board, "careers", "list"]:
            return Wanted("bamboohr", board, form=".json")
        case [board, "jobs", "embed2.php"]:
            return Wanted("bamboohr", board, form=".html")
        case [board, "careers", id_, "detail"]:
            return Wanted("bamboohr", board, id_)
    return None


def whole_list(platform: str, body: bytes) -> bytes:
    """A recorded list as a whole board: most hold some postings of a longer one, whose other pages would be asked for."""
    if platform not in _COUNTED or body.lstrip()[:1] == b"<":
        return body
    path, held = _COUNTED[platform]
    *steps, counted = path.split(".")
    value = place = orjson.loads(body)
    for step in steps:
        place = place[step]
    place[counted] = len(value[held])
    return orjson.dumps(value)


def own_answer(asked: Wanted, body: bytes) -> bytes | None:
    """A posting's own answer in a recording that speaks of it; BambooHR's are quoted in one file, by ``tenant:id``."""
    if asked.platform != "bamboohr":
        return body
    found = next((value for key, value in orjson.loads(body).items() if key.endswith(f":{asked.posting}")), None)
    return orjson.dumps({"result": {"jobOpening": found}}) if found is not None else None


def _wanted(platform: str, board: str, posting: Sequence[str]) -> Wanted:
    return Wanted(platform, board, posting[0] if posting else None)
