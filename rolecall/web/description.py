"""A posting's description as HTML of ours, its evidence marked.

What the employer sent is hostile until proven otherwise: nh3 lets through a few tags of text and links to the web, nothing that
loads, runs or looks like ours. Offsets of evidence count code points of our plain text, so that they are carried over into the
HTML by the letters that both hold; where the two differ, the plain text is shown instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import nh3
from lxml import html
from lxml.html import HtmlElement
from markupsafe import Markup, escape

from pipeline.text import DROPPED
from rolecall.web.marks import Mark, cut_at, is_shown

_TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol",
    "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_OUTWARD = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
"""A relative address would lead to a page of ours."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEVEL_ABOVE = 2
"""Of the page's own heading over the description, below which the description's begin."""
_LIST, _LIST_END, _ITEM, _PARAGRAPH = Markup("<ul>"), Markup("</ul>"), Markup("<li>{}</li>"), Markup("<p>{}</p>")
_LONGEST = 300_000
"""Of markup; longer than any posting, and quick to clean."""


@dataclass(slots=True)
class _Piece:
    """Text of an element before its first child, or behind its end."""

    element: HtmlElement
    is_tail: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.is_tail else self.element.text) or ""


def description_html(markup: str | None, text: str, marks: Sequence[Mark]) -> Markup:
    """The description, safe to show.

    Args:
        markup: as the employer sent it; None where only text is stored.
        text: our plain text of it, which the marks count.
        marks: in order, none over another.
    """
    if markup and len(markup) <= _LONGEST:
        marked = _marked(markup, text, marks)
        if marked is not None:
            return marked
    return plain_html(text, marks)


def clean(markup: str) -> str:
    """Markup with nothing in it but text, its shape, and links to the web."""
    return nh3.clean(
        markup,
        tags=_TAGS,
        clean_content_tags=set(DROPPED),
        attributes={"a": {"href"}},
        attribute_filter=lambda _tag, name, value: value if name != "href" or _OUTWARD.match(value) else None,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow ugc",
    )


def plain_html(text: str, marks: Sequence[Mark]) -> Markup:
    """Plain text as paragraphs and lists, marked."""
    parts: list[Markup] = []
    named: set[int] = set()
    is_list, at = False, 0
    for line in text.split("\n"):
        begins = at + 2 if line.startswith("- ") else at
        if (begins > at) != is_list:
            parts.append(_LIST_END if is_list else _LIST)
            is_list = not is_list
        words = _with_marks(text[begins : at + len(line)], cut_at(marks, begins, at + len(line)), named)
        parts.append((_ITEM if is_list else _PARAGRAPH).format(words))
        at += len(line) + 1
    return Markup("\n").join([*parts, *([_LIST_END] if is_list else [])])


def _with_marks(text: str, marks: Sequence[Mark], named: set[int]) -> Markup:
    """A line with its marks.

    Args:
        text: the line.
        marks: counted from its beginning.
        named: numbers that stand as the ``id`` of a mark already, since none may stand twice; those of this line come to it.
    """
    parts, at = [], 0
    for mark in marks:
        parts += [escape(text[at : mark.start]), _mark(text[mark.start : mark.end], _named_once(mark, named))]
        at = mark.end
    return Markup("").join([*parts, escape(text[at:])])


def _named_once(mark: Mark, named: set[int]) -> Mark:
    """The mark, without its number where another part of the passage has it."""
    if mark.number in named:
        return replace(mark, number=None)
    if mark.number is not None:
        named.add(mark.number)
    return mark


def _mark(words: str, mark: Mark) -> Markup:
    if mark.number is None:
        return Markup('<mark class="is-{}">{}</mark>').format(mark.tone.value, words)
    return Markup('<mark class="is-{}" id="evidence-{}">{}</mark>').format(mark.tone.value, mark.number, words)


def _marked(markup: str, text: str, marks: Sequence[Mark]) -> Markup | None:
    """The cleaned markup with its marks; None where its letters are not those of the text."""
    root = html.fragment_fromstring(clean(markup), create_parent="div")
    _level_headings(root)
    pieces = list(_pieces(root))
    places = [(piece, at) for piece in pieces for at, letter in enumerate(piece.text) if is_shown(letter)]
    letters = [at for at, letter in enumerate(text) if is_shown(letter)]
    if "".join(piece.text[at] for piece, at in places) != "".join(text[at] for at in letters):
        return None
    number_of = {at: number for number, at in enumerate(letters)}
    cuts: dict[int, list[Mark]] = {}
    named: set[int] = set()
    for mark in marks:
        inside = [number_of[at] for at in range(mark.start, mark.end) if at in number_of]
        for piece, first, last in _runs([places[number] for number in inside]):
            cuts.setdefault(id(piece), []).append(_named_once(replace(mark, start=first, end=last + 1), named))
    for piece in pieces:
        if id(piece) in cuts:
            _cut(piece, cuts[id(piece)])
    inner = "".join(html.tostring(child, encoding="unicode") for child in root)
    return escape(root.text or "") + Markup(inner)  # noqa: S704 - nh3 let these tags through, lxml wrote them


def _level_headings(root: HtmlElement) -> None:
    """Headings below the page's own, in which no level is left out on the way down."""
    headings = list(root.iter(*_HEADINGS))
    ranks = sorted({element.tag for element in headings})
    above = _LEVEL_ABOVE
    for element in headings:
        above = min(_LEVEL_ABOVE + 1 + ranks.index(element.tag), above + 1, len(_HEADINGS))
        element.tag = _HEADINGS[above - 1]


def _pieces(root: HtmlElement) -> Iterator[_Piece]:
    """Every text of a tree in reading order, without recursion: hostile markup nests deep."""
    stack = [_Piece(root, is_tail=False)]
    while stack:
        piece = stack.pop()
        yield piece
        if not piece.is_tail:
            for child in reversed(piece.element):
                stack += [_Piece(child, is_tail=True), _Piece(child, is_tail=False)]


def _runs(places: Sequence[tuple[_Piece, int]]) -> Iterator[tuple[_Piece, int, int]]:
    """First and last place in each piece that the places touch."""
    at = 0
    while at < len(places):
        piece, first = places[at]
        end = at
        while end + 1 < len(places) and places[end + 1][0] is piece:
            end += 1
        yield piece, first, places[end][1]
        at = end + 1


def _cut(piece: _Piece, marks: Sequence[Mark]) -> None:
    """Put ``mark`` elements into one text of the tree."""
    text, element = piece.text, piece.element
    parent = element.getparent() if piece.is_tail else element
    place = parent.index(element) + 1 if piece.is_tail else 0
    head = text[: marks[0].start]
    if piece.is_tail:
        element.tail = head
    else:
        element.text = head
    for number, mark in enumerate(marks):
        made = html.Element("mark", {"class": f"is-{mark.tone.value}"})
        if mark.number is not None:
            made.set("id", f"evidence-{mark.number}")
        made.text = text[mark.start : mark.end]
        made.tail = text[mark.end : marks[number + 1].start if number + 1 < len(marks) else len(text)]
        parent.insert(place + number, made)
