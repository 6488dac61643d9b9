"""Parts of a page made for browsers: its words, what surrounds its text, and its text as plain markup. BeautifulSoup throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from pipeline.folding import fold_name
from pipeline.text import one_line
from spiders.answer import Answer
from spiders.careers_words import careers_words

_NO_TEXT = ("script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "select", "option", "textarea")
_LEFT_OUT = frozenset({*_NO_TEXT, "button", "input", "img", "picture", "video", "audio", "head", "meta", "link"})
_DEEPEST = 250
_MOST_ELEMENTS = 40_000
_AROUND = ("nav", "footer", "dialog", "form", "header")
_UNSEEN = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|field-label|visibility--hidden--visually)\b", re.IGNORECASE
)
_KEPT_TAGS = frozenset("p ul ol li h1 h2 h3 h4 h5 h6 strong b em i table thead tbody tr th td dl dt dd blockquote pre div".split())
_INLINE = frozenset("a span font u small sub sup abbr time label mark ins del cite q code".split())
_BOXES = ("div", "section", "article", "main", "form", "center", "table", "tbody", "tr", "td")
_NEARLY_ALL = 0.9
_BLANKS = re.compile(r"\s{2,}")
_EMPTY = re.compile(r"<(\w+)>\s*</\1>")
_GREATEST_TEXT = 400_000
"""Characters of markup of one posting; what is longer is no posting's text."""


def words_of(node: Tag | None, most: int = 2_000) -> str:
    """The words of an element on one line, cut where they are very many."""
    parts: list[str] = []
    size = 0
    for text in node.strings if node is not None else ():
        if stripped := text.strip():
            parts.append(stripped)
            size += len(stripped) + 1
            if size > most:
                break
    return one_line(" ".join(parts).replace("\n", " "))[:most]


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A short text for comparison with the words of the data files."""
    return fold_name(text[:300])


def visible_words(node: Tag) -> str:
    """The words of an element without those that only a screen reader says (labels before a title)."""
    parts = [
        str(text) for text in node.find_all(string=True) if not isinstance(text, Comment) and not _is_unseen(text.parent, node)
    ]
    return one_line(" ".join(parts).replace("\n", " "))


def _is_unseen(node: Tag | None, top: Tag) -> bool:
    while node is not None and node is not top:
        if _UNSEEN.search(class_words(node)):
            return True
        node = node.parent
    return False


def class_words(node: Tag) -> str:
    """Class and id of an element as one text."""
    classes = node.get("class")
    return " ".join([*(classes if isinstance(classes, list) else []), str(node.get("id") or "")])


def meta(soup: BeautifulSoup, *names: str) -> str:
    """The content of the first ``meta`` element of those names that has one."""
    for name in names:
        found = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
        content = one_line(str(found.get("content") or "").replace("\n", " ")) if found else ""
        if content:
            return content
    return ""


def drop_surroundings(soup: BeautifulSoup) -> Tag:
    """Take out what is no text and what surrounds a posting on its page; gives the body.

    What its tag or class calls a surrounding stays where it holds much of the page: some sites wrap everything in a form, or call
    their body ``has-menu``. A header stays where a heading stands in it.
    """
    for node in soup.find_all(_NO_TEXT):
        node.decompose()
    body = soup.body or soup
    most = careers_words().most_chrome_share * max(1, len(body.get_text()))
    for node in list(_surroundings(body)):
        if not node.decomposed and _is_shorter(node, most):
            node.decompose()
    return body


def _is_shorter(node: Tag, most: float) -> bool:
    size = 0
    for text in node.strings:
        size += len(text)
        if size >= most:
            return False
    return True


def _surroundings(body: Tag) -> Iterator[Tag]:
    for node in body.find_all(True):
        if node.name in _AROUND:
            if node.name != "header" or node.find(["h1", "h2"]) is None:
                yield node
        elif node.get("aria-hidden") == "true" or node.has_attr("hidden") or _is_chrome(node):
            yield node


def _is_chrome(node: Tag) -> bool:
    """Whether the class of a box is that of a surrounding."""
    parts = re.split(r"[^a-z]+", class_words(node).lower()) if node.name in ("div", "section", "ul", "ol", "p") else ()
    return not careers_words().chrome_words.isdisjoint(parts)


def main_text(body: Tag) -> Tag:
    """The smallest box that holds nearly all of a body's text."""
    block, size = body, len(body.get_text())
    for _ in range(40):
        inner = [(len(child.get_text()), child) for child in block.find_all(_BOXES, recursive=False)]
        greatest, child = max(inner, key=lambda one: one[0], default=(0, block))
        if child is block or greatest < _NEARLY_ALL * size:
            break
        block = child
    return block


def plain_markup(node: Tag) -> str:
    """An element's markup with the tags that make text and no attribute but addresses: two nights see the same."""
    parts: list[str] = []
    waiting: list[PageElement | str] = list(reversed(node.contents))
    size = 0
    while waiting and size <= _GREATEST_TEXT:
        one = waiting.pop()
        if isinstance(one, Tag):
            opening, closing = _tags(one)
            if opening is None:
                continue
            waiting += [closing, *reversed(one.contents)]
            one = opening
        elif isinstance(one, NavigableString):
            one = "" if isinstance(one, PreformattedString) else escape(str(one), quote=False)
        parts.append(str(one))
        size += len(parts[-1])
    return _BLANKS.sub(" ", _EMPTY.sub("", _EMPTY.sub("", "".join(parts)))).strip()


def _tags(node: Tag) -> tuple[str | None, str]:
    """What an element begins and ends with; None where it is left out, as what is there to press is."""
    if node.name in _LEFT_OUT or (node.name == "a" and folded(words_of(node, 80)) in _pressed()):
        return None, ""
    if node.name in ("br", "hr"):
        return "<br>", ""
    address = node.get("href")
    if node.name == "a" and isinstance(address, str) and address.startswith(("http://", "https://")):
        return f'<a href="{escape(address)}">', "</a>"
    if node.name in _INLINE:
        return "", ""
    name = node.name if node.name in _KEPT_TAGS else "div"
    return f"<{name}>", f"</{name}>"


@cache
def _pressed() -> frozenset[str]:
    return careers_words().apply_words | careers_words().generic_links


def require_for_people(answer: Answer, soup: BeautifulSoup) -> None:
    """Refuse a page that nests or holds what no page made for people does; reading its structure would take hours.

    Raises:
        BoardFailure: wrong shape.
    """
    waiting: list[tuple[Tag, int]] = [(soup, 0)]
    count = 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            answer.refuse("it nests too deeply or has too many elements for a page made for people")
        waiting += [(one, depth + 1) for one in node.contents if isinstance(one, Tag)]
