"""An answer as a spider's ``split`` sees it, and the parts that it is split into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from pipeline.personal_data import clean_payload
from pipeline.records import RawPosting
from pipeline.vocabulary import FailureKind
from spiders.board import Ask
from spiders.decoding import decode_json
from spiders.failures import BoardFailure


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes an item of an answer a posting; ids may be numbers, and any of the three may be missing."""

    id: object
    title: object
    url: object
    """The posting's public address; None where it has none of its own."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item of an answer that gives no posting; counted in the board's notes."""

    why: str
    is_expected: bool = False
    """A reply, a posting that is not listed: fine in any number. Others are a sign of a changed platform."""


Part = RawPosting | LeftOut | Ask
"""A posting, an item left out, or a further address to ask."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a server, with all that splitting it needs."""

    platform: str
    board: str
    fetched_at: datetime
    ask: Ask
    body: bytes
    """Decompressed."""

    @property
    def address(self) -> str:
        """Public address that was asked."""
        return self.ask.address

    def json(self) -> Any:
        """The body's value; see ``decode_json`` for what it raises."""
        return decode_json(self.body, self.address)

    def mapping(self) -> Mapping[str, Any]:
        """The body's value, which has to be an object."""
        value = self.json()
        if not isinstance(value, dict):
            self.refuse(f"an object was due, not {_kind(value)}")
        return value

    def listing(self, value: object, name: str) -> list[Any]:
        """A value that has to be a list."""
        if not isinstance(value, list):
            self.refuse(f"{name} should be a list, not {_kind(value)}")
        return value

    def refuse(self, detail: str) -> NoReturn:
        """Say that the answer is of another shape than the platform's."""
        raise BoardFailure(FailureKind.WRONG_SHAPE, what=self.address, platform=self.platform, detail=detail)

    def posting(self, item: object, identity: Identity, fallback_url: str | None = None) -> RawPosting | LeftOut:
        """The raw posting of an item, personal data dropped; left out where it lacks an id or a title.

        Args:
            item: the posting's part of the answer.
            identity: what the spider read from it.
            fallback_url: public address where the item has none.
        """
        external_id, title = _word(identity.id), _word(identity.title)
        if not isinstance(item, Mapping) or external_id is None:
            return LeftOut("item without an id left out")
        if title is None:
            return LeftOut("item without a title left out")
        url = _word(identity.url)
        if url is None or not url.lower().startswith(("http://", "https://")):
            url = fallback_url or self.address
        return RawPosting(self.platform, self.board, external_id, url, self.fetched_at, clean_payload(item, self.platform))


def _word(value: object) -> str | None:
    """An id, title or address as text; None for what is blank or neither text nor number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def _kind(value: object) -> str:
    return {dict: "an object", list: "a list", str: "a text", type(None): "null"}.get(type(value), f"a {type(value).__name__}")
