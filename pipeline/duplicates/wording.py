"""The words of a text in their order: what differs in case, blanks, punctuation and invisible characters only has the same ones."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_NO_WORD = re.compile(r"[^\w\x00-\x7f]+")
_BLANKED = bytes(code if code > 127 or chr(code).isalnum() else ord(" ") for code in range(256))


@lru_cache(maxsize=8)  # key, digest and comparison of one posting each ask for them
def plain_words(text: str) -> str:
    """The words of a text in small letters, one blank between two."""
    if not text.isascii():
        text = _NO_WORD.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).lower()))
    # over bytes, since translating them costs a tenth of what it costs over characters
    words = text.lower().encode("utf-8", "surrogatepass").translate(_BLANKED).split()
    return b" ".join(words).decode("utf-8", "surrogatepass")


def words_digest(text: str) -> str:
    """Digest of a text's words: 16 hexadecimal digits."""
    return hashlib.sha256(plain_words(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def count_words(text: str) -> int:
    """How many words a text has."""
    words = plain_words(text)
    return words.count(" ") + 1 if words else 0
