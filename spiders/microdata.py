"""schema.org microdata (html.spec.whatwg.org/multipage/microdata.html): JobPosting items of a page in the shape of JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag

from pipeline.text import one_line
from spiders.page_parts import words_of

_DEEPEST = 12
_MOST_ITEMS = 1_000
_MARKUP = frozenset({"description", "responsibilities", "qualifications", "skills", "jobBenefits", "experienceRequirements"})
"""Properties that keep their markup: a posting's text."""
_ADDRESSES = {"a": "href", "link": "href", "area": "href", "img": "src", "iframe": "src", "object": "data"}


def job_postings(soup: BeautifulSoup) -> Iterator[Mapping[str, Any]]:
    """The JobPosting items of a page, outermost ones, in its order."""
    for number, item in enumerate(soup.find_all(itemscope=True, itemtype=True)):
        if number >= _MOST_ITEMS:
            return
        if _type(item) == "JobPosting":
            yield _item(item, 0)


def _type(item: Tag) -> str:
    return str(item.get("itemtype") or "").split(" ")[0].rstrip("/").split("/")[-1]


def _item(item: Tag, depth: int) -> dict[str, Any]:
    """An item as an object; a property that comes several times is a list."""
    found: dict[str, Any] = {"@type": _type(item)} if _type(item) else {}
    for node in _properties(item):
        value = _item(node, depth + 1) if node.has_attr("itemscope") and depth < _DEEPEST else _value(node)
        for name in str(node["itemprop"]).split():
            if name not in found:
                found[name] = value
            elif isinstance(found[name], list):
                found[name].append(value)
            else:
                found[name] = [found[name], value]
    return found


def _properties(item: Tag) -> Iterator[Tag]:
    """The properties of an item itself, not those of the items in it."""
    waiting = list(reversed(item.find_all(True, recursive=False)))
    while waiting:
        node = waiting.pop()
        if node.has_attr("itemprop"):
            yield node
        if not node.has_attr("itemscope"):
            waiting += reversed(node.find_all(True, recursive=False))


def _value(node: Tag) -> str:
    for attribute in ("content", "datetime", _ADDRESSES.get(node.name, "")):
        written = node.get(attribute) if attribute else None
        if isinstance(written, str):
            return one_line(written.replace("\n", " "))
    if str(node["itemprop"]) in _MARKUP:
        return node.decode_contents()
    return words_of(node)
