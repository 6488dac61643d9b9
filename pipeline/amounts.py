"""Amounts of money as people write them: ``150000``, ``100k``, ``1.2M``, and thousands set apart in the way of any country."""

from __future__ import annotations

import re
import unicodedata

from pipeline.errors import UsageError

_GROUPED = re.compile(r"(?P<whole>[1-9]\d{0,2}(?P<mark>[., '_])\d{3}(?:(?P=mark)\d{3})*)(?:(?!(?P=mark))[.,](?P<part>\d{1,2}))?")
_PLAIN = re.compile(r"(?P<whole>\d+)(?:(?P<mark>[.,])(?P<part>\d+))?")
_SUFFIX = re.compile(r" ?([kKmM])$")
_TIMES = {"k": 1_000, "m": 1_000_000}
_ONE_MARK = re.compile(r"\d{1,3}[.,]\d{3}")
"""``1.234``: twelve hundred where an amount is written out; before a suffix perhaps a fraction of it."""
_CODE = re.compile(r"^(?P<before>[A-Za-z]{3})(?![A-Za-z])|(?P<after>[A-Za-z]{3})$")
_TOO_MUCH = 1e15


def amount(written: str, option: str) -> float:
    """The amount, to the hundredth, that a person wrote in the command's ``option``.

    Three digits after a point or a comma are thousands, one or two are hundredths: ``100.000`` and ``100,000`` are the same.

    Raises:
        UsageError: no amount of at least 0, one that could be two amounts, or one with a currency, which has an option of its own.
    """
    text = " ".join(unicodedata.normalize("NFKC", written).replace("\u2019", "'").split())
    if text.startswith("-"):
        raise UsageError(f"{option}: '{written}' must be a number of at least 0")
    found = _read(text)
    if found is not None:
        return checked_amount(found, written, option)
    if _ONE_MARK.fullmatch(_SUFFIX.sub("", text)):
        raise UsageError(f"{option}: '{written}' could be two amounts; write it out, as in 150000")
    bare, code = _without_currency(text)
    if code is not None and (found := _read(bare)) is not None:
        remedy = f"{option} {found:.15g} --currency {code or 'CODE, as in EUR'}"
        raise UsageError(f"{option}: '{written}' names a currency, which --currency is for: {remedy}")
    raise UsageError(f"{option}: '{written}' must be a number, as in 150000 or 100k")


def checked_amount(number: float, written: object, option: str) -> float:
    """The number to the hundredth.

    Raises:
        UsageError: it is no amount.
    """
    if not 0 <= number < _TOO_MUCH:
        raise UsageError(f"{option}: '{written}' must be a number of at least 0 and below {_TOO_MUCH:g}")
    return round(number, 2)


def _read(text: str) -> float | None:
    """What a text without a currency means; None where that is nothing or not one thing alone."""
    suffix = _SUFFIX.search(text)
    times = _TIMES[suffix[1].lower()] if suffix else 1
    digits = text[: suffix.start()] if suffix else text
    if suffix and _ONE_MARK.fullmatch(digits) and not digits.startswith("0"):
        return None
    match = _GROUPED.fullmatch(digits) or _PLAIN.fullmatch(digits)
    if match is None or not digits.isascii():
        return None
    return float(re.sub(r"\D", "", match["whole"]) + f".{match['part'] or 0}") * times


def _without_currency(text: str) -> tuple[str, str | None]:
    """The text without a currency, and its code; empty for a sign, which several currencies share; None where there is none."""
    plain = "".join(char for char in text if unicodedata.category(char) != "Sc").strip()
    match = _CODE.search(plain)
    if match is not None:
        return (plain[: match.start()] + plain[match.end() :]).strip(), (match["before"] or match["after"]).upper()
    return plain, "" if plain != text else None
