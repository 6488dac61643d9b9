"""Short texts of a page or of a list's row that say what the job is: labels with their values, and what stands around a title."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PageElement

from pipeline.page_labels import PERSONAL, fact_of, fact_of_hint, label_and_value
from pipeline.text import one_line
from spiders.careers_words import careers_words
from spiders.page_parts import class_words, folded, words_of

_LONGEST_VALUE = 200
_LONGEST_LINE = 120
_MOST_FACTS = 40
_MOST_LEAD = 12
_MOST_BESIDE = 30
"""Elements beside a label that are looked at."""
_MOST_LABELS = 300

Fact = dict[str, str]
"""``{"label": …, "value": …}`` as the page has them."""


def facts_in(root: Tag) -> list[Fact]:
    """Every known label of an element with its value, each once, people's left out; class names where no label says it."""
    found: dict[tuple[str, str], None] = {}
    for label, value in islice(_labelled(root), _MOST_LABELS):
        if fact_of(label) != PERSONAL and not fact_of(value) and value:
            found.setdefault((label, value))
        if len(found) >= _MOST_FACTS:
            break
    known = {fact_of(label) for label, _ in found}
    for label, value in _hinted(root):
        if fact_of_hint(label) not in known and len(found) < _MOST_FACTS:
            found.setdefault((label, value))
    return [{"label": label, "value": value} for label, value in found]


def drop_people(root: Tag) -> None:
    """Take out what labels like "Recruiter" stand before, and the labels: people are not read, not even as text."""
    for text in root.find_all(string=True):
        line = _line(text)
        pair = label_and_value(line) if line else None
        if pair and fact_of(pair[0]) == PERSONAL:
            text.extract()
        elif fact_of(line) == PERSONAL:
            for node in _beside(text)[1]:
                node.extract()
            text.extract()


def lines_after(title: str, root: Tag) -> list[str]:
    """The short texts that follow a title before the text begins: where, which team, what contract."""
    words, wanted, is_behind = careers_words(), folded(title), False
    skipped = words.apply_words | words.generic_links | {wanted}
    lines: list[str] = []
    for text in root.find_all(string=True):
        line = _line(text)
        if not line:
            continue
        if not is_behind:
            is_behind = folded(line) == wanted or wanted in folded(words_of(text.parent, 300))
            continue
        if len(line) > _LONGEST_LINE or len(lines) >= _MOST_LEAD or _is_heading(text):
            break
        if folded(line) not in skipped:
            lines.append(line)
    return lines


def lines_of(root: Tag, title: str) -> list[str]:
    """The short texts of a row but for its title and what is there to press."""
    words = careers_words()
    skipped = words.apply_words | words.generic_links | {folded(title)}
    lines: dict[str, None] = {}
    is_persons = False
    for line in filter(None, map(_line, root.find_all(string=True))):
        is_short = 1 < len(line) <= _LONGEST_LINE and folded(line) not in skipped
        if is_short and not is_persons and fact_of(line) != PERSONAL and label_and_value(line) is None:
            lines[line] = None
        is_persons = fact_of(line) == PERSONAL
    return list(lines)[:_MOST_LEAD]


def longest_line(root: Tag) -> str:
    """The longest text of a row where it is more than a line: the beginning of the posting's."""
    line = max((_line(text) for text in root.find_all(string=True)), key=len, default="")
    return line if len(line) > _LONGEST_LINE else ""


def _labelled(root: Tag) -> Iterator[tuple[str, str]]:
    for text in root.find_all(string=True):
        line = _line(text)
        if not 1 < len(line) <= _LONGEST_VALUE:
            continue
        pair = label_and_value(line)
        if pair:
            yield pair
        elif fact_of(line) and (value := _value_beside(text)):
            yield line, value


def _value_beside(text: NavigableString) -> str:
    """The value that belongs to a label; a section's text is none."""
    nodes = _beside(text)[1]
    value = one_line(" ".join(map(_words, nodes)).replace("\n", " ")).strip(" :")
    return value if len(value) <= _LONGEST_VALUE else ""


def _beside(text: NavigableString) -> tuple[PageElement, list[PageElement]]:
    """The element that a label is, and what belongs to it: all that follows in its row, else the nearest thing with words.

    Where nothing follows a label in its own element, the element itself is the label, a few elements up.
    """
    node: PageElement = text
    for _ in range(4):
        behind = [one for one in islice(node.next_siblings, _MOST_BESIDE) if _words(one).strip(" :")]
        if behind:
            is_row = sum(len(_words(one)) for one in behind) <= _LONGEST_VALUE and not _has_label(node)
            return node, behind if is_row else behind[:1]
        parent = node.parent
        if parent is None or parent.name in ("body", "main", "section", "article") or words_of(parent, 100) != _line(text):
            break
        node = parent
    return node, []


def _has_label(node: PageElement) -> bool:
    """Whether a further label follows among an element's siblings: then only the nearest is this one's value."""
    beside = (one for one in islice(node.next_siblings, _MOST_BESIDE) if isinstance(one, Tag))
    return any(fact_of(_words(inner)) for one in beside for inner in (one, *islice(one.descendants, _MOST_BESIDE)))


def _hinted(root: Tag) -> Iterator[tuple[str, str]]:
    for node in root.find_all(True):
        classes = class_words(node)
        hint = next((one for one in classes.split() if fact_of_hint(one)), None) if classes else None
        if hint and 1 < len(words := words_of(node, 200)) <= _LONGEST_LINE and not fact_of(words):
            yield hint, words


def _line(text: NavigableString) -> str:
    return "" if isinstance(text, Comment) else one_line(str(text).replace("\n", " "))


def _words(node: object) -> str:
    if isinstance(node, Tag):
        return words_of(node, 400)
    return _line(node) if isinstance(node, NavigableString) else ""


def _is_heading(text: NavigableString) -> bool:
    return any(parent.name in ("h1", "h2", "h3", "h4") for parent in text.parents if not isinstance(parent, BeautifulSoup))
