"""What a band is for: the place, level or tier that stands beside it; and the currencies that the places near a figure are paid in."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.pay.lexicon import Lexicon
from classifiers.pay.tokens import Token

_NEAR_TOKENS = 14


def near_currencies(tokens: Sequence[Token], first: int, after: int, lexicon: Lexicon) -> list[str]:
    """Currencies that the words around a figure make plain, the nearest before it first, then those after it."""
    found: list[str] = []
    for at in range(first - 1, max(first - _NEAR_TOKENS, -1), -1):
        if tokens[at].is_number:
            break
        found.extend(_currencies_at(tokens, at, lexicon))
    for at in range(after, min(after + _NEAR_TOKENS, len(tokens))):
        if tokens[at].is_number:
            break
        found.extend(_currencies_at(tokens, at, lexicon))
    return found


def _currencies_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[str, ...]:
    token = tokens[at]
    if len(token.meaning.currencies) == 1 and not token.meaning.is_weak_sign:
        return token.meaning.currencies
    for rest, code in lexicon.countries.get(token.text, ()):
        if tuple(other.text for other in tokens[at + 1 : at + 1 + len(rest)]) == rest:
            return (code,)
    return ()
