"""Currency and size: which currency a sign stands for here, which period a bare figure has, and what is absurd."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from classifiers.pay.lexicon import Lexicon
from classifiers.pay.scanning import words_of
from pipeline.folding import fold_name
from pipeline.vocabulary import PayPeriod

_SHARED_DOLLAR = "USD"


def currencies_of_place(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Currencies of the countries that a folded text names, in order of mention, each once."""
    words = words_of(fold_name(text))
    found: list[str] = []
    at = 0
    is_city = False
    while at < len(words):
        taken, code = _place_at(words, at, lexicon)
        state = lexicon.codes_after_comma.get(words[at]) if code is None and at > 0 and words[at - 1] in {",", "("} else None
        if state is not None and is_city:  # "Oxford, MS" and "London, ON" are where the state is
            found[-1] = state
        elif code is not None or state is not None:
            found.append(str(code or state))
        is_city = code is not None or (is_city and words[at] == ",")
        at += taken
    return tuple(dict.fromkeys(found))


def _place_at(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[int, str | None]:
    for rest, code in lexicon.countries.get(words[at], ()):
        if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
            return len(rest) + 1, code
    return 1, None


def resolve_currency(candidates: Sequence[str], near: Iterable[str], home: Sequence[str], lexicon: Lexicon) -> str | None:
    """The one currency that a sign means.

    Args:
        candidates: what the sign may stand for, the likeliest first; empty where the figure has no sign.
        near: currencies made plain by the words around the figure, the nearest first.
        home: currencies of the posting's places.
    """
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        return home[0] if len(set(home)) == 1 else None
    candidates = [code for code in candidates if not lexicon.currencies[code].is_shy] or candidates
    for code in near:
        if code in candidates:
            return code
    homes = [code for code in home if code in candidates]
    if candidates[0] in homes or not homes or len(set(homes)) > 1:
        return candidates[0]
    return homes[0]


def period_by_size(
    low: float | None, high: float | None, code: str | None, is_contract: bool, lexicon: Lexicon
) -> PayPeriod | None:
    """The period of a figure that names none; None where its size does not make it certain."""
    values = [value for value in (low, high) if value is not None]
    currency = lexicon.currencies[code or _SHARED_DOLLAR]
    least, most, limits = min(values), max(values), lexicon.unstated
    if least >= currency.year_from:
        return PayPeriod.YEAR
    if currency.month_from is not None and least >= currency.month_from:
        return PayPeriod.MONTH
    if limits["hour_from"] <= least * currency.usd and most * currency.usd <= limits["hour_to"]:
        return PayPeriod.HOUR
    if is_contract and limits["day_from"] <= least * currency.usd and most * currency.usd <= limits["day_to"]:
        return PayPeriod.DAY
    return None


def is_plausible(low: float | None, high: float | None, code: str | None, period: PayPeriod, lexicon: Lexicon) -> bool:
    """Both ends lie within what pay for such a period can be."""
    usd = lexicon.currencies[code or _SHARED_DOLLAR].usd
    least, most = lexicon.limits_usd[period]
    return all(least <= value * usd <= most for value in (low, high) if value is not None)
