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
_SHORTEST = 6
"""``a@b.cc``; a number that goes is longer."""
_BRACKETED_AT = ("[at]", "(at)", "{at}")
_PHONE_RUN = b"0" * _LEAST_DIGITS
# whatever may stand between a number's first digit and its last; beyond ASCII there are digits and spaces too, so all that counts
_PHONE_BYTES = bytes(
    ord("0") if byte >= 0x80 or chr(byte).isdigit() or chr(byte).isspace() or chr(byte) in "./()-" else ord("x")
    for byte in range(256)
)


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
    if may_hold_email(text):
        text = _EMAIL.sub(_email, text)
    return _PHONE.sub(_phone, text) if may_hold_phone(text) else text


def may_hold_email(text: str) -> bool:
    """Whether a text holds any way to write an at sign; a tenth of the cost of looking for addresses.

    The single characters are looked for first, which costs next to nothing.
    """
    return (
        "@" in text
        or ("%" in text and "%40" in text)
        or ("#" in text and ("&#64;" in text or "&#x40;" in text.lower()))
        or (("(" in text or "[" in text or "{" in text) and any(at in text.lower() for at in _BRACKETED_AT))
    )


def may_hold_phone(text: str) -> bool:
    """Whether a text holds eight digits and separators in a row, as every number that goes does; a tenth of the cost of looking."""
    return _PHONE_RUN in text.encode("utf-8", "surrogatepass").translate(_PHONE_BYTES)


def clean_payload(payload: Mapping[str, Any], platform: str) -> dict[str, Any]:
    """A copy of a payload without the platform's personal fields and with every text redacted.

    Keys, numbers and the addresses of pages stay as received.
    """
    paths = [path.split(".") for path in platform_terms(platform).personal_fields]
    cleaned = _clean(payload, paths)
    assert isinstance(cleaned, dict)
    return cleaned


def _clean(value: Any, paths: Sequence[Sequence[str]]) -> Any:
    if not paths:
        return _redacted(value)
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


def _redacted(value: Any) -> Any:
    """A value without fields to drop, which is most of every payload."""
    if isinstance(value, str):
        return _clean_text(value)
    if isinstance(value, dict):
        return {key: _redacted(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_redacted(inner) for inner in value]
    return {key: _redacted(inner) for key, inner in value.items()} if isinstance(value, Mapping) else value


def _clean_text(text: str) -> str:
    """Redact a text; an address of a page keeps its digits (an id is no telephone number) but loses an e-mail in it.

    U+0000, which some databases cannot hold, becomes a replacement character, so that a posting reads the same in all of them.
    """
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    if len(text) < _SHORTEST:
        return text
    if text.startswith(("http://", "https://")) and " " not in text:
        return _EMAIL.sub(_email, text) if may_hold_email(text) else text
    return redact(text)
