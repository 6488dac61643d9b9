"""A JSON Feed 1.1 (jsonfeed.org): the entries of the Atom feed, and their facts for programs under ``_rolecall``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

import orjson

from storage.exports.about import About
from storage.exports.entry import Entry, entry, rfc3339

VERSION = "https://jsonfeed.org/version/1.1"
_FACTS = (
    "job_id", "posting_id", "company", "remote_class", "remote_quote", "arrangement", "remote_scope", "eligible_countries",
    "is_worldwide", "level", "role_family", "location", "pay_min", "pay_max", "pay_currency", "pay_period", "pay_kind",
    "expires_on", "state", "source_name", "source_url", "attribution",
)  # fmt: skip


def write(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], about: About, out: BinaryIO) -> tuple[str, ...]:
    """Write rows as items in their order; ``columns`` say nothing here. See ``storage.exports.formats.Format.write``."""
    head = {
        "version": VERSION, "title": about.title, "description": about.filters or None, "home_page_url": about.page,
        "feed_url": about.address, "authors": [{"name": "Rolecall"}],
    }  # fmt: skip
    out.write(orjson.dumps({name: value for name, value in head.items() if value is not None})[:-1] + b',"items":[')
    before = b"\n"
    for row in rows:
        out.write(before + orjson.dumps(_item(entry(row, about), row)))
        before = b",\n"
    out.write(b"\n]}\n")
    return ()


def _item(one: Entry, row: Mapping[str, Any]) -> dict[str, Any]:
    item = {
        "id": one.id,
        "title": one.title,
        "content_html": one.html,
        "content_text": one.text,
        "date_published": rfc3339(one.published),
        "date_modified": rfc3339(one.updated),
        "tags": one.tags,
        "_rolecall": {name: row[name] for name in _FACTS},
    }
    return {**item, "url": one.url} if one.url else item
