"""What the answers look like, as the OpenAPI description tells it: JSON by schema, pages and files by media type, errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.vocabulary import Arrangement, PostingState, RemoteClass
from storage.queries.jobs import COLUMNS

Answers = dict[int | str, dict[str, Any]]
"""Status and what is answered with it, as FastAPI takes it."""
JSON, PAGE, PLAIN = "application/json", "text/html", "text/plain"
_TEXT: Mapping[str, Any] = {"type": "string"}
_COUNT: Mapping[str, Any] = {"type": "integer", "minimum": 0}
_OBJECT: Mapping[str, Any] = {"type": "object"}
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string", "description": "One sentence that names the thing and the remedy."}},
}
_TYPES: Mapping[str, Any] = {
    "job_id": _TEXT, "posting_id": _TEXT, "platform": _TEXT, "board": _TEXT, "external_id": _TEXT, "title": _TEXT, "url": _TEXT,
    "remote_class": {"type": "string", "enum": [one.value for one in RemoteClass]},
    "arrangement": {"type": "string", "enum": [one.value for one in Arrangement]},
    "state": {"type": "string", "enum": [one.value for one in PostingState]}, "stack": {"type": "array", "items": _TEXT},
}  # fmt: skip
ROW = {
    "type": "object",
    "required": list(COLUMNS),
    "properties": {name: {**_TYPES.get(name, {}), "description": words} for name, words in COLUMNS.items()},
}
"""A job of a list."""
LIST = {
    "type": "object",
    "required": ["count", "page", "next", "filters", "night", "jobs", "attribution", "facets"],
    "properties": {
        "count": {**_COUNT, "description": "Jobs of the whole list."},
        "page": {"type": "integer", "minimum": 1},
        "next": {"type": ["string", "null"], "description": "Address of the next page; its query goes behind this one's path too."},
        "filters": {"type": "array", "items": {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}},
        "night": {"type": "string", "format": "date"},
        "run_id": {"type": ["string", "null"]},
        "jobs": {"type": "array", "items": ROW},
        "attribution": {"type": "array", "items": _TEXT, "description": "Sources to credit with these jobs."},
        "facets": _OBJECT,
    },
}
JOB = {
    "type": "object",
    "required": ["job_id", "title", "remote_class", "labels", "seen_on", "events", "description_text"],
    "properties": {
        **_TYPES,
        "description_text": _TEXT,
        "labels": {**_OBJECT, "description": "Verdicts with their evidence, as `rolecall classify` writes them."},
        "seen_on": {"type": "array", "items": _OBJECT},
        "events": {"type": "array", "items": _OBJECT},
    },
}
COMPANY = {"type": "object", "required": ["company", "company_key"], "properties": {"company": _TEXT, "company_key": _TEXT}}
COMPANIES = {"type": "array", "items": COMPANY}
SEARCHES = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "title", "filters", "count"],
        "properties": {"id": _TEXT, "title": _TEXT, "filters": {"type": "array"}, "count": _COUNT},
    },
}
QUALITY = {
    "type": "object",
    "required": ["lead", "classes", "confusion", "calibration", "questions", "card", "sources", "measured"],
}
SOURCES = {"type": "object", "required": ["sources", "terms"]}
_WHY: Mapping[int, str] = {
    400: "An unknown filter or value, with the nearest one that exists; or a name of another site as the host",
    404: "There is no such page",
    414: "The address is too long",
    429: "Too many requests; Retry-After says when to come back",
    451: "The terms of its source keep the posting from sites",
    503: "The data cannot be read just now, or too many files are being written",
}
_LIMITS = frozenset({414, 429})
"""Refused before anything is read, in plain words."""


def json_answers(schema: Mapping[str, Any], *also: int) -> Answers:
    """A JSON answer of that schema, and its errors."""
    return {200: _with(JSON, schema), **_errors(JSON, also)}


def page_answers(*also: int, moved: int | None = None) -> Answers:
    """A page and its errors; ``moved`` is the status that leads to its plain address."""
    to: Answers = {moved: {"description": "The same page under its plain address"}} if moved else {}
    return {200: _with(PAGE, _TEXT), **to, **_errors(PAGE, also)}


def file_answers(*media_types: str, also: tuple[int, ...] = ()) -> Answers:
    """A file of one of the media types, and its errors."""
    content: dict[str, Any] = {media_type.partition(";")[0]: {} for media_type in media_types}
    errors = JSON if all(media_type.startswith("application/feed+json") for media_type in media_types) else PAGE
    return {200: {"description": "The file", "content": content}, **_errors(errors, also)}


def _errors(media_type: str, also: tuple[int, ...]) -> Answers:
    schema = ERROR if media_type == JSON else _TEXT
    kinds = {
        status: PLAIN if status in _LIMITS and media_type != JSON else media_type for status in sorted({400, 414, 429, 503, *also})
    }
    answers: Answers = {status: _with(kind, schema, _WHY[status]) for status, kind in kinds.items()}
    return {**answers, "4XX": _with(media_type, schema, "Refused in one sentence")}


def _with(media_type: str, schema: Mapping[str, Any], words: str = "What was asked for") -> dict[str, Any]:
    return {"description": words, "content": {media_type: {"schema": dict(schema)}}}
