"""Where a search hit: the words of the search marked in a title, and the passage of a description that holds most of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

_WORD = re.compile(r"[^\W_]+[+#]*")
_AROUND = 90
"""Characters of a passage before and behind its first hit."""
_MOST_CHARACTERS = 50_000
"""Of a description that are searched for a passage."""


def marked(text: str, terms: Sequence[Sequence[str]]) -> Markup:
    """The text with every hit marked."""
    return _with_hits(text, hits(text, terms))


def passage(text: str, terms: Sequence[Sequence[str]]) -> Markup | None:
    """The passage with most hits, marked; None where the text holds none of the words."""
    text = text[:_MOST_CHARACTERS]
    found = hits(text, terms)
    if not found:
        return None
    best = max(found, key=lambda at: sum(at[0] <= other[0] < at[0] + _AROUND for other in found))
    start = max(0, best[0] - _AROUND)
    end = min(len(text), best[1] + _AROUND)
    start += len(re.match(r"\S*\s*", text[start:]).group()) if start else 0  # type: ignore[union-attr]  # matches always
    start = min(start, best[0])
    shown = text[start:end].rstrip().replace("\n- ", " \N{MIDDLE DOT} ").replace("\n", " ")  # of the same length
    inside = [(first - start, last - start) for first, last in found if start <= first and last <= start + len(shown)]
    before, behind = "… " if start else "", " …" if end < len(text) else ""
    return Markup("{}{}{}").format(before, _with_hits(shown, inside), behind)


def hits(text: str, terms: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """First and last place of every hit, in order, none over another.

    Args:
        text: what is searched.
        terms: as ``storage.full_text.query_terms`` gives them, each a phrase of folded words.
    """
    from storage.full_text import words

    found = [(match.start(), match.end(), "".join(words(match.group()))) for match in _WORD.finditer(text)]
    folded = [word for _, _, word in found]
    ranges = []
    for term in terms:
        for at in range(len(found) - len(term) + 1):
            if folded[at : at + len(term)] == list(term):
                ranges.append((found[at][0], found[at + len(term) - 1][1]))
    clear: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if not clear or first >= clear[-1][1]:
            clear.append((first, last))
    return clear


def _with_hits(text: str, found: Sequence[tuple[int, int]]) -> Markup:
    parts, at = [], 0
    for first, last in found:
        parts += [escape(text[at:first]), Markup("<mark>{}</mark>").format(text[first:last])]
        at = last
    return Markup("").join([*parts, escape(text[at:])])
