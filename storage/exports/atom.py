"""An Atom 1.0 feed (RFC 4287): an entry a job, with an id that stays, when it was first seen and when it last moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from lxml import etree

from storage.exports.about import NOWHERE, About
from storage.exports.entry import Entry, entry, rfc3339
from storage.exports.plain import allowed_text

NAMESPACE = "http://www.w3.org/2005/Atom"
_CLASSES = f"tag:{NOWHERE},2026:remote-class"
_RIGHTS = "Each posting is its employer's; every entry names its source."


def write(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], about: About, out: BinaryIO) -> tuple[str, ...]:
    """Write rows as entries in their order; ``columns`` say nothing here. See ``storage.exports.formats.Format.write``."""
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(_tag("feed"), nsmap={None: NAMESPACE}):
            _head(file, about)
            for row in rows:
                file.write("\n")
                with file.element(_tag("entry")):
                    _entry(file, entry(row, about))
            file.write("\n")
    return ()


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _say(file: Any, name: str, text: str = "", **attributes: str) -> None:
    with file.element(_tag(name), attributes):
        if text:
            file.write(allowed_text(text))


def _head(file: Any, about: About) -> None:
    _say(file, "id", about.list_id)
    _say(file, "title", about.title)
    if about.filters:
        _say(file, "subtitle", about.filters)
    _say(file, "updated", rfc3339(about.made_at))
    with file.element(_tag("author")):
        _say(file, "name", "Rolecall")
    if about.address:
        _say(file, "link", rel="self", type="application/atom+xml", href=about.address)
    if about.page:
        _say(file, "link", rel="alternate", type="text/html", href=about.page)
    _say(file, "rights", _RIGHTS)
    _say(file, "generator", "Rolecall")


def _entry(file: Any, one: Entry) -> None:
    _say(file, "id", one.id)
    _say(file, "title", one.title)
    _say(file, "published", rfc3339(one.published))
    _say(file, "updated", rfc3339(one.updated))
    if one.url:
        _say(file, "link", rel="alternate", type="text/html", href=one.url)
    remote_class, *technologies = one.tags
    _say(file, "category", term=remote_class, scheme=_CLASSES)
    for name in technologies:
        _say(file, "category", term=name)
    _say(file, "content", one.html, type="html")
    _say(file, "rights", one.credit)
