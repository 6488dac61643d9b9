"""RSS 2.0, RSS 1.0 and Atom feeds, and platforms' own XML: their items as plain objects, whatever elements they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.vocabulary import FailureKind
from spiders.decoding import challenge_in
from spiders.failures import BoardFailure

MOST_ITEMS = 5_000
_DEEPEST = 6
_FEEDS = ("rss", "rdf:rdf", "rdf", "feed")
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.georss.org/georss": "georss:",
}
"""Prefixes as feeds commonly write them; elements of other name spaces keep the prefix of the feed."""
_PLAIN = ("http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/", "http://backend.userland.com/rss2")


@dataclass(frozen=True, slots=True)
class FeedFinds:
    """What a feed holds."""

    items: tuple[Mapping[str, Any], ...]
    """An item's elements by name: text, an object where elements stand inside, a list where one stands several times."""
    is_cut: bool
    """There were more items than are ever read."""


def read_feed(body: bytes, what: str) -> FeedFinds:
    """The items of a feed.

    Raises:
        BoardFailure: empty, a page in place of a feed, or no feed at all.
    """
    return read_items(body, what, roots=_FEEDS, names=("item", "entry"), due="an RSS or Atom feed")


def read_items(body: bytes, what: str, *, roots: Collection[str], names: Collection[str], due: str) -> FeedFinds:
    """The items of an XML document; entities of the document's own are not resolved and nothing is loaded.

    Broken markup is forgiven as far as items can still be told.

    Args:
        body: the document.
        what: how a failure names its address.
        roots: names that the document's own element may have, in small letters.
        names: names of the elements that are items.
        due: what was asked for, as a failure says it.

    Raises:
        BoardFailure: empty, a page in place of the document, or a document of another kind.
    """
    if not body.strip():
        raise BoardFailure(FailureKind.BROKEN_BODY, what=what, detail="it is empty")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BoardFailure(FailureKind.BROKEN_BODY, what=what, detail=f"invalid XML: {error}") from None
    kind = _name(root).lower() if root is not None else ""
    if kind not in roots:
        mark = challenge_in(body, is_page_due=False)
        if mark:
            raise BoardFailure(FailureKind.CHALLENGE, what=what, detail=mark)
        detail = f"{due} was due, not <{kind}>" if kind else f"{due} was due"
        raise BoardFailure(FailureKind.WRONG_SHAPE, what=what, platform="feed", detail=detail)
    items = [element for element in root.iter() if _name(element) in names]
    return FeedFinds(tuple(_object(item, 0) for item in items[:MOST_ITEMS]), len(items) > MOST_ITEMS)


def require_whole(body: bytes, what: str, root: str) -> None:
    """Refuse a document whose own element is not closed: of a list that breaks off, what is missing would be taken as gone.

    Raises:
        BoardFailure: it breaks off.
    """
    if not body.rstrip().endswith((f"</{root}>".encode(), b"/>")):
        raise BoardFailure(FailureKind.BROKEN_BODY, what=what, detail=f"<{root}> is not closed")


def _object(element: etree._Element, depth: int) -> dict[str, Any]:
    """The elements inside an element, and its attributes with ``@``."""
    found: dict[str, Any] = {f"@{_local(str(key))}": str(value) for key, value in element.attrib.items()}
    for child in _elements(element):
        name, value = _name(child), _value(child, depth + 1)
        if value in ("", {}):
            continue
        if name in found:
            found[name] = [*(found[name] if isinstance(found[name], list) else [found[name]]), value]
        else:
            found[name] = value
    return found


def _value(element: etree._Element, depth: int) -> Any:
    """Text where there is nothing but text; XHTML that Atom puts in as elements becomes markup again."""
    if element.get("type") == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in _elements(element))
    text = "".join(str(part) for part in element.itertext()).strip()
    if depth >= _DEEPEST or (text and not len(element)):
        return text
    if not len(element) and not element.attrib:
        return text
    return _object(element, depth)


def _elements(element: etree._Element) -> Iterator[etree._Element]:
    return (child for child in element if isinstance(child.tag, str))


def _name(element: etree._Element) -> str:
    """An element's name with the prefix that feeds commonly give it."""
    if not isinstance(element.tag, str):
        return ""
    space, local = etree.QName(element).namespace, _local(element.tag)
    if space is None or space in _PLAIN:
        return local
    return _PREFIXES.get(space, f"{element.prefix}:" if element.prefix else "") + local


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
