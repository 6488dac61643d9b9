"""What the practice server answers: a path and its query to a status, headers and a body. Pure functions of the night's world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

import orjson

from spiders.practice import shapes, sites
from spiders.practice.calendar import night_now, thread_opens
from spiders.practice.scenario import Scenario
from spiders.practice.world import Published, world

LEGAL = (
    "Practice feed. Link back (followed) to the posting's address on this feed and name it as the source; no logo. "
    "All companies are invented."
)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer before compression and validators."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_FOUND = Response(404, b'{"status":404,"error":"Not found"}')


def as_json(value: object) -> Response:
    return Response(body=orjson.dumps(value))


class NightAnswers:
    """The answers of one night, each board's payload made at first use."""

    def __init__(self, scenario: Scenario, night: int, boards: Mapping[str, Sequence[str]]) -> None:
        self._boards = {platform: frozenset(names) for platform, names in boards.items()}
        self._habits = sites.habits(boards.get("jsonld", ()))
        self._thread = thread_opens(night)
        self._dated = {"Last-Modified": format_datetime(night_now(night), usegmt=True)}
        self._postings: dict[tuple[str, str], list[Published]] = defaultdict(list)
        for posting in world(scenario, night):
            self._postings[posting.platform, posting.board].append(posting)

    def answer(self, target: str) -> Response:
        """The answer to a request target (path and query), dated by the night."""
        response = self._answer(target)
        return replace(response, headers={**response.headers, **self._dated}) if response.status == 200 else response

    def _answer(self, target: str) -> Response:
        parts = urlsplit(target)
        steps = [unquote(step) for step in parts.path.strip("/").split("/")]
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        match steps:
            case ["robots.txt"]:
                return Response(body=sites.ROBOTS.encode(), content_type="text/plain; charset=utf-8")
            case ["v1", "boards", board, "jobs"]:
                return self._greenhouse(board, query)
            case ["v0", "postings", board]:
                return self._lever(board, query)
            case ["posting-api", "job-board", board]:
                return self._list("ashby", board, "jobs", {"apiVersion": "1"})
            case ["api"]:
                return self._remoteok()
            case ["api", "v1", "search_by_date"]:
                return self._hn(query)
            case [host, *rest] if host in self._boards.get("jsonld", ()):
                return self._site(host, rest)
        return NOT_FOUND

    def _greenhouse(self, board: str, query: Mapping[str, str]) -> Response:
        if board not in self._boards.get("greenhouse", ()):
            return NOT_FOUND
        jobs = [shapes.greenhouse(posting) for posting in self._postings["greenhouse", board]]
        for job in jobs:
            if query.get("content") != "true":
                for key in ("content", "departments", "offices"):
                    del job[key]
            if query.get("pay_transparency") != "true":
                job.pop("pay_input_ranges", None)
        return as_json({"jobs": jobs, "meta": {"total": len(jobs)}})

    def _lever(self, board: str, query: Mapping[str, str]) -> Response:
        if board not in self._boards.get("lever", ()):
            return NOT_FOUND
        skip, limit = int(query.get("skip", 0)), int(query.get("limit", 100))
        return as_json([shapes.lever(posting) for posting in self._postings["lever", board][skip : skip + limit]])

    def _list(self, platform: str, board: str, key: str, beside: Mapping[str, str]) -> Response:
        if board not in self._boards.get(platform, ()):
            return NOT_FOUND
        return as_json({key: [shapes.SHAPES[platform](posting) for posting in self._postings[platform, board]], **beside})

    def _remoteok(self) -> Response:
        jobs = [shapes.remoteok(posting) for posting in self._postings["remoteok", "remoteok"]]
        return as_json([{"last_updated": 0, "legal": LEGAL}, *jobs])

    def _hn(self, query: Mapping[str, str]) -> Response:
        tags = query.get("tags", "").split(",")
        if "story" in tags:
            hits = shapes.stories(self._thread)
            return as_json({"hits": hits, "page": 0, "nbPages": 1, "nbHits": len(hits)})
        if f"story_{shapes.stories(self._thread)[1]['objectID']}" not in tags:
            return as_json({"hits": [], "page": 0, "nbPages": 0, "nbHits": 0})
        comments = [shapes.hn(posting) for posting in self._postings["hn", "hn"]]
        replies = [
            {
                **comment,
                "objectID": f"9{comment['objectID']}",
                "parent_id": int(comment["objectID"]),
                "comment_text": "Is this open to juniors?",
            }
            for comment in comments[::9]
        ]
        hits = [*comments, *replies, {**comments[0], "objectID": "1", "comment_text": None}] if comments else []
        size = min(int(query.get("hitsPerPage", 20)), 1000)
        page, pages = int(query.get("page", 0)), -(-len(hits) // size)
        return as_json(
            {
                "hits": hits[page * size : (page + 1) * size],
                "page": page,
                "nbPages": pages,
                "nbHits": len(hits),
                "hitsPerPage": size,
            }
        )

    def _site(self, host: str, rest: Sequence[str]) -> Response:
        urls = [posting.url for posting in self._postings["jsonld", host]]
        page = sites.page(self._habits[host], host, rest, urls)
        if page is not None:
            return Response(body=page.body.encode(), content_type=page.content_type)
        found = next((one for one in self._postings["jsonld", host] if rest == ["jobs", one.external_id]), None)
        return Response(body=shapes.jsonld(found).encode(), content_type="text/html; charset=utf-8") if found else NOT_FOUND
