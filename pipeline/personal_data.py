"""Personal data out, before anything is hashed, measured or stored.

Personal e-mail addresses and telephone numbers in text become ``[e-mail]`` and ``[phone]``; role mailboxes (``jobs@``) stay, since
they are how one applies. Fields that hold people are dropped as the platform's terms record says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.terms import platform as platform_terms

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9][A-Za-z0-9._+-]{0,63})\s?(?:@|%40|&#64;|&#x40;|\[at\]|\(at\)|\{at\})\s?"
    r"((?:[A-Za-z0-9-]{1,63}(?:\.|\s?[\[(]dot[\])]\s?)){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9@])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.,/$€£-])(?:"
    r"\+\d{1,3}[\s./()-]{0,2}(?:\(?\d{1,4}\)?[\s./-]{0,2}){2,5}\d{2,4}"  # +49 30 1234 5678
    r"|\(\d{3}\)[\s.-]?\d{3}[\s.-]\d{4}"  # (555) 010-9999
    r"|\d{3}[.-]\d{3}[.-]\d{4}"  # 555-010-9999
    r"|0\d{2,4}[\s/-]\d{3,4}[\s-]?\d{3,5}"  # 030 1234 5678
    r")(?![\w,.]?\d|\w)"
)
_LEAST_DIGITS, _MOST_DIGITS = 8, 15


@cache
def _role_words() -> frozenset[str]:
    return frozenset(tomllib.loads(files("pipeline").joinpath("data/role_mailboxes.toml").read_text(encoding="utf-8"))["words"])


def _is_role_mailbox(local_part: str) -> bool:
    return any(part in _role_words() for part in re.split(r"[._+\-\d]+", local_part.lower()))


def _email(match: re.Match[str]) -> str:
    return match.group() if _is_role_mailbox(match.group(1)) else "[e-mail]"


def _phone(match: re.Match[str]) -> str:
    digits = sum(c.isdigit() for c in match.group())
    return "[phone]" if _LEAST_DIGITS <= digits <= _MOST_DIGITS else match.group()


def redact(text: str) -> str:
    """Replace personal e-mail addresses and telephone numbers in a text."""
    if "@" in text or "%40" in text or "&#" in text or "at]" in text.lower() or "at)" in text.lower() or "at}" in text.lower():
        text = _EMAIL.sub(_email, text)
    return _PHONE.sub(_phone, text)


def clean_payload(payload: Mapping[str, Any], platform: str) -> dict[str, Any]:
    """A copy of a payload without the platform's personal fields and with every text redacted.

    Keys, numbers and the addresses of pages stay as received.
    """
    paths = [path.split(".") for path in platform_terms(platform).personal_fields]
    cleaned = _clean(payload, paths)
    assert isinstance(cleaned, dict)
    return cleaned


def _clean(value: Any, paths: Sequence[Sequence[str]]) -> Any:
    if isinstance(value, Mapping):
        kept = {}
        for key, inner in value.items():
            below = [path for path in paths if path[0] in (key, "*")]
            if not any(len(path) == 1 for path in below):
                kept[key] = _clean(inner, [path[1:] for path in below])
        return kept
    if isinstance(value, list):
        below = [path[1:] if path[0] == "*" else path for path in paths if len(path) > 1 or path[0] != "*"]
        return [_clean(inner, below) for inner in value]
    return _clean_text(value) if isinstance(value, str) else value


def _clean_text(text: str) -> str:
    """Redact a text; an address of a page keeps its digits (an id is no telephone number) but loses an e-mail in it."""
    if text.startswith(("http://", "https://")) and " " not in text:
        return _EMAIL.sub(_email, text)
    return redact(text)
