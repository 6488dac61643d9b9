"""Who is who: the stable id of a posting, the digest of what an employer can change, a company's name for comparison.

No digest holds a host, a port or a clock, so that a test server and another machine give the same ids.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from pipeline.folding import fold_name

_DIGITS = 16
_LEGAL_FORMS = re.compile(
    r"\b(?:inc|incorporated|llc|llp|ltd|limited|gmbh|ag|se|kg|corp|corporation|co|company|plc|pty|bv|nv|sa|sas|sarl|srl|spa|ab|as|oy|aps)\b\.?"
)
_GENDER_MARKS = re.compile(r"\((?:[mwfdxhi*]\s*[/|,]\s*)+[mwfdxhi*]\)|\ball genders\b")
_REMOTE_WORDS = re.compile(r"\b(?:remote|hybrid|on-?site|anywhere|worldwide)\b")
_NOT_WORDS = re.compile(r"[^\w+#]+")


def digest(parts: Iterable[str | None]) -> str:
    """Sixteen hexadecimal digits over a sequence of texts; None and an empty text differ, and so do ("ab", "c") and ("a", "bc")."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(b"\x00" if part is None else b"\x01" + part.encode("utf-8", "surrogatepass") + b"\x02")
    return sha.hexdigest()[:_DIGITS]


def posting_id(platform: str, board: str, external_id: str) -> str:
    """The posting's id, the same every night."""
    return digest((platform, board, external_id))


def company_key(name: str) -> str:
    """A company's name for comparison: folded, without legal forms and punctuation."""
    folded = _NOT_WORDS.sub(" ", _LEGAL_FORMS.sub(" ", fold_name(name)))
    return " ".join(folded.split())


def title_key(title: str) -> str:
    """A title for comparison: folded, without gender marks, words on remote work and punctuation; levels stay."""
    folded = _REMOTE_WORDS.sub(" ", _GENDER_MARKS.sub(" ", fold_name(title)))
    return " ".join(_NOT_WORDS.sub(" ", folded).split())
