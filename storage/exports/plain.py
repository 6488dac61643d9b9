"""Texts of postings made fit for files that other programs read: nothing that XML forbids, nothing that turns words around."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 forbids or advises against: controls, halves of characters, and what is no character."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of the words around them; a posting's own must not reach ours."""


def allowed_text(text: str) -> str:
    """The text without characters that XML forbids; line breaks stay."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def one_line(text: str, most: int) -> str:
    """The text on one line of at most so many characters, without what XML forbids or what turns words around."""
    line = " ".join(_TURNING.sub("", allowed_text(text[: 4 * most])).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def web_address(text: str | None) -> str | None:
    """The address where it is one of the web and of one piece, else None: ``javascript:`` leads nowhere."""
    if text is None or not re.fullmatch(r"https?://[^\s<>\"\\^`{|}\x00-\x1f\x7f-\x9f]+", text, re.IGNORECASE):
        return None
    return text if allowed_text(text) == text and not _TURNING.search(text) else None
