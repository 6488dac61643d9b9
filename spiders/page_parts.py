"""Parts of a page made for browsers: its words, what surrounds its text, and its text as plain markup. BeautifulSoup throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, Tag

from pipeline.folding import fold_name
from pipeline.text import one_line
from spiders.careers_words import careers_words

_NO_TEXT = ("script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "head", "select", "option", "textarea")
_AROUND = ("nav", "footer", "dialog", "aside", "form", "header")
_UNSEEN = re.compile(r"\b(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|field-label|visibility--hidden--visually)\b", re.IGNORECASE)
_KEPT_TAGS = frozenset("p br ul ol li h1 h2 h3 h4 h5 h6 strong b em i a table thead tbody tr th td dl dt dd blockquote pre div".split())
_INLINE = frozenset("span font u small sub sup abbr time label mark ins del cite q code".split())
_BLANKS = re.compile(r"\s{2,}")
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


def folded(text: str) -> str:
    """A short text for comparison with the words of the data files."""
    return fold_name(text[:300])


def visible_words(node: Tag) -> str:
    """The words of an element without those that only a screen reader says (labels before a title)."""
    parts = [str(text) for text in node.find_all(string=True) if not isinstance(text, Comment) and not _is_unseen(text.parent, node)]
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
        if node.name != "head":
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
    chrome = careers_words().chrome_words
    for node in body.find_all(True):
        if node.name in _AROUND:
            if node.name != "header" or node.find("h1") is None:
                yield node
        elif node.get("aria-hidden") == "true" or node.has_attr("hidden"):
            yield node
        elif node.name in ("div", "section", "ul", "ol", "p") and chrome & set(re.split(r"[^a-z]+", class_words(node).lower())):
            yield node


def main_text(body: Tag) -> Tag:
    """The smallest element that holds nearly all of a body's text."""
    block, size = body, len(body.get_text())
    for _ in range(40):
        inner = [(len(child.get_text()), child) for child in block.find_all(True, recursive=False)]
        greatest, child = max(inner, key=lambda one: one[0], default=(0, block))
        if child is block or greatest < 0.8 * size:
            break
        block = child
    return block


def plain_markup(node: Tag) -> str:
    """An element's markup with the tags that make text and no attribute but addresses: two nights see the same."""
    for comment in node.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    pressed = careers_words().apply_words | careers_words().generic_links
    for inner in node.find_all(["a", "button", "input"]):
        if inner.name != "a" or folded(words_of(inner, 80)) in pressed:
            inner.extract()
    for inner in reversed(node.find_all(True)):  # what is inside an element comes before it
        address = inner.get("href") if inner.name == "a" else None
        inner.attrs = {"href": address} if isinstance(address, str) and address.startswith(("http://", "https://")) else {}
        if inner.name != "br" and not any(isinstance(one, Tag) or one.strip() for one in inner.contents):
            inner.extract()
        elif inner.name in _INLINE or (inner.name == "a" and not inner.attrs):
            inner.unwrap()
        elif inner.name not in _KEPT_TAGS:
            inner.name = "div"
    return _BLANKS.sub(" ", node.decode_contents()).strip()[:_GREATEST_TEXT]
