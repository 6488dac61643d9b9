"""Amounts: the lowest part of the grammar, tokens to sums of money.

amount := [sign] number [multiplier] ["+"] [sign or code]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.pay.lexicon import NOTHING
from classifiers.pay.tokens import Token, is_blank_between
from pipeline.vocabulary import PayPeriod

THOUSAND = 1000
_GLUED_FACTORS = 100_000
"""From this factor on one letter must touch its number: "1.5l" is a sum in lakh, "5 l" are litres."""
_LETTERS = 2
"""Weakness of a sign of one or two letters."""
_MOST_SIGN_TOKENS = 4


@dataclass(frozen=True, slots=True)
class Amount:
    """One sum of money, or a number that may be one."""

    value: float
    factor: float | None
    currencies: tuple[str, ...]
    """What its sign or code may stand for; empty where it has none."""
    weakness: int
    """Of its surest sign, see ``Meaning.weakness``."""
    implied_currency: str | None
    implied_period: PayPeriod | None
    names_pay: bool
    """Its multiplier is only ever said of pay: "12 LPA"."""
    is_open: bool
    """A plus sign touches it: "60k+"."""
    is_grouped: bool
    """Written with separators of thousands, or a decimal: "60,000"."""
    first: int
    """Index of its first token."""
    number: int
    """Index of the token that is the number."""
    after: int
    """Index after its last token."""


def amount_at(tokens: Sequence[Token], at: int) -> Amount | None:
    """The amount that begins at this token."""
    found = _signs_and_number(tokens, at)
    if found is None:
        return None
    signs, number = found
    after, factor, implied = number + 1, None, None
    if after < len(tokens) and _is_multiplier(tokens[number], tokens[after]):
        implied = tokens[after].meaning
        factor = implied.factor
        if implied.currencies:
            signs.append(after)
        after += 1
    elif (signs or (at and tokens[at - 1].meaning.is_to)) and after < len(tokens) and _has_glued_k(tokens[number], tokens[after]):
        factor = THOUSAND
        after += 1
    is_open = after < len(tokens) and tokens[after].text == "+" and tokens[after].start == tokens[after - 1].end
    after += is_open
    while after < len(tokens) and after - number < 6 and _is_sign_after(tokens, after, bool(signs)):
        signs.append(after)
        after += 1
    is_open = is_open and not _names_more(tokens, after)
    currencies, weakness = _currencies([tokens[index] for index in signs])
    return Amount(
        value=tokens[number].value or 0.0,
        factor=factor,
        currencies=currencies,
        weakness=weakness,
        implied_currency=implied.implied_currency if implied else None,
        implied_period=implied.implied_period if implied else None,
        names_pay=implied is not None and implied.pay > 0,
        is_open=is_open,
        is_grouped=not tokens[number].text.isdigit(),
        first=at,
        number=number,
        after=after,
    )


def _signs_and_number(tokens: Sequence[Token], at: int) -> tuple[list[int], int] | None:
    """Indexes of the signs that begin here and of the number they lead to: "USD $ 50", "US Dollar (USD) 50"."""
    signs: list[int] = []
    here = at
    while here < len(tokens) and here - at <= _MOST_SIGN_TOKENS:
        token = tokens[here]
        if token.is_number:
            return (signs, here) if token.value is not None else None
        is_bracket = bool(signs) and token.text in {"(", ")"}
        if not (token.meaning.currencies or is_bracket):
            return None
        if here + 1 >= len(tokens) or not is_blank_between(token, tokens[here + 1]):
            return None
        if not is_bracket:
            signs.append(here)
        here += 1
    return None


def _has_glued_k(number: Token, word: Token) -> bool:
    """The next line was glued to a k: "$120-170kOur client"."""
    return word.is_word and word.start == number.end and word.text.startswith("k") and word.meaning == NOTHING


def _is_multiplier(number: Token, word: Token) -> bool:
    factor = word.meaning.factor
    if factor is None or not is_blank_between(number, word):
        return False
    return word.start == number.end or factor < _GLUED_FACTORS or len(word.text) > 1


def _is_sign_after(tokens: Sequence[Token], at: int, has_sign: bool) -> bool:
    """A sign after the number belongs to it unless it begins the next amount."""
    token = tokens[at]
    if not token.meaning.currencies or not is_blank_between(tokens[at - 1], token):
        return False
    if has_sign and token.meaning.weakness == _LETTERS:
        return False  # "$75,300Sr Analyst" is not in riyals
    before_number = at + 1 < len(tokens) and tokens[at + 1].is_number and is_blank_between(token, tokens[at + 1])
    return not before_number or (not has_sign and token.start == tokens[at - 1].end)


def _names_more(tokens: Sequence[Token], after: int) -> bool:
    """ "150k+ equity" adds equity, it does not leave the range open."""
    return after < len(tokens) and tokens[after].meaning.refusal is not None


def _currencies(signs: Sequence[Token]) -> tuple[tuple[str, ...], int]:
    """The candidates that all signs agree on, a code narrowing a sign ("$ ... CAD"); a weak sign never overrules a certain one."""
    if not signs:
        return (), 0
    first, *others = sorted(signs, key=lambda sign: sign.meaning.weakness)
    candidates = first.meaning.currencies
    for sign in others:
        common = tuple(code for code in candidates if code in sign.meaning.currencies)
        if common:
            candidates = common
        elif sign.meaning.weakness == first.meaning.weakness:
            candidates = min(candidates, sign.meaning.currencies, key=len)
    return candidates, first.meaning.weakness


def in_full(amount: Amount, factor: float | None) -> float:
    """The sum that is meant; a multiplier that is doubled counts once ("165,000k")."""
    if factor is None or (factor == THOUSAND and amount.value >= 10 * THOUSAND):
        return amount.value
    return round(amount.value * factor, 2)


def is_doubled(amount: Amount) -> bool:
    """Written in full and with a k: "165,000k"."""
    return amount.factor == THOUSAND and amount.value >= 10 * THOUSAND
