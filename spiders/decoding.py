"""Bytes of an answer to values, strictly: what is broken, or a page for people, is a failure and never an empty answer."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

import orjson

from pipeline.vocabulary import FailureKind
from spiders.failures import BoardFailure

_BOM = b"\xef\xbb\xbf"
_JUDGED_BYTES = 200_000
"""A challenge page is small; marks are looked for in its beginning."""


def decode_json(body: bytes, what: str) -> Any:
    """The value of a JSON body.

    A byte order mark, raw control characters in texts and lone surrogates are forgiven: employers paste such things into their
    postings, and one of them must not cost a whole board.

    Args:
        body: as received, decompressed.
        what: how a failure names the address.

    Raises:
        BoardFailure: empty, not UTF-8, HTML (a login page, a bot challenge), or no JSON.
    """
    body = body.removeprefix(_BOM)
    if not body.strip():
        raise BoardFailure(FailureKind.BROKEN_BODY, what=what, detail="it is empty")
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        return _forgiven(body, what, error)


def decode_text(body: bytes, what: str) -> str:
    """The text of a UTF-8 body.

    Raises:
        BoardFailure: not UTF-8.
    """
    try:
        return body.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BoardFailure(FailureKind.BROKEN_BODY, what=what, detail=f"no UTF-8 at byte {error.start}") from None


def challenge_in(body: bytes, *, is_page_due: bool) -> str | None:
    """The mark of a bot challenge in a body, or None.

    Args:
        body: the beginning is judged.
        is_page_due: a page for browsers may mention captchas in passing; only strong marks count then.
    """
    text = body[:_JUDGED_BYTES].decode("utf-8", "replace").lower()
    strong, weak = _marks()
    return next((mark for mark in (strong if is_page_due else strong + weak) if mark in text), None)


@cache
def _marks() -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = tomllib.loads(files("spiders").joinpath("data/challenges.toml").read_text(encoding="utf-8"))
    return tuple(rows["strong"]), tuple(rows["weak"])


def _forgiven(body: bytes, what: str, error: Exception) -> Any:
    text = decode_text(body, what)
    if body.lstrip()[:1] == b"<":
        mark = challenge_in(body, is_page_due=False)
        if mark:
            raise BoardFailure(FailureKind.CHALLENGE, what=what, detail=mark)
        raise BoardFailure(FailureKind.NOT_JSON, what=what, detail="a page")
    try:
        value = json.loads(text, strict=False, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        begins_well = text.lstrip()[:1] in "[{"
        raise BoardFailure(
            FailureKind.BROKEN_BODY if begins_well else FailureKind.NOT_JSON, what=what, detail=f"invalid JSON: {error}"
        ) from None
    return orjson.loads(json.dumps(value).encode() if "\\u" not in text else _without_surrogates(value))


def _without_surrogates(value: Any) -> bytes:
    """The value as JSON bytes, halves of characters replaced by a question mark."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
