"""Ranges: amounts joined to what a posting states, a range or a single figure.

range  := [between] amount [unit] to amount [unit] | least amount [unit] most amount [unit] | from amount up-to amount
single := [from | up-to] amount
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.pay.amounts import THOUSAND, Amount, amount_at, in_full, is_doubled
from classifiers.pay.tokens import Token, is_blank_between
from pipeline.vocabulary import PayPeriod

_FAR_LABEL_TOKENS = 12
_FAR_UP_TO_TOKENS = 9
_LOST_DASH_SPREAD = 2.5
_LABEL_SIGNS = frozenset(":-=\n")
_AROUND_TO = frozenset("\n()[].")
_FILLERS = frozenset(("the", "approximately", "about", "circa", "ca", "hiring", "rate", "level"))
_SINGLE_FILLERS = frozenset((":", "a", "the", "of", "is", "=", "ca", ".", "circa", "approximately", "about", "approx", "rund", "~"))


@dataclass(frozen=True, slots=True)
class Statement:
    """A range or a single figure, before anyone has asked whether it is pay."""

    low: Amount | None
    high: Amount | None
    unit: PayPeriod | None
    """A period that stands inside the range ("$50/hr - $60/hr")."""
    first: int
    after: int
    is_range: bool

    @property
    def amounts(self) -> tuple[Amount, ...]:
        return tuple(amount for amount in (self.low, self.high) if amount is not None)


def statements(tokens: Sequence[Token]) -> list[Statement]:
    """Every range and single figure of the tokens, from left to right; none overlap."""
    found: list[Statement] = []
    at = 0
    while at < len(tokens):
        amount = amount_at(tokens, at)
        if amount is None:
            at += 1
            continue
        statement = _statement(tokens, amount)
        found.append(statement)
        at = statement.after
    return found


def _statement(tokens: Sequence[Token], low: Amount) -> Statement:
    at = low.after
    unit, at = _unit(tokens, at)
    high = _upper(tokens, at, low)
    if high is None:
        return _single(tokens, low)
    further_at = _after_to(tokens, high.after)
    further = amount_at(tokens, further_at) if further_at is not None else None
    if further is not None and further.currencies and _can_end(tokens, high, further):  # least, middle and most of a band
        high = further
    first = low.first - _leading(tokens, low.first, "between")
    return Statement(low, high, unit, first, high.after, is_range=True)


def _unit(tokens: Sequence[Token], at: int) -> tuple[PayPeriod | None, int]:
    if at >= len(tokens) or not is_blank_between(tokens[at - 1], tokens[at]):
        return None, at
    period = tokens[at].meaning.unit or tokens[at].meaning.adjective
    if period is None:
        return None, at
    has_point = at + 1 < len(tokens) and tokens[at + 1].text == "." and tokens[at + 1].start == tokens[at].end
    return period, at + 1 + has_point  # "/hr." and "/yr."


def _upper(tokens: Sequence[Token], at: int, low: Amount) -> Amount | None:
    """The other end of the range that begins with ``low``, or None where there is none."""
    reached = _after_to(tokens, at)
    if reached is None and low.currencies and at < len(tokens) and tokens[at].meaning.currencies:
        return _beside(tokens, at, low)
    if reached is None and _leading(tokens, low.first, "between") and at < len(tokens) and tokens[at].meaning.is_and:
        reached = at + 1
    if reached is None and _is_bracketed(tokens, at, low):
        reached = at + 1
    if reached is None and _leading(tokens, low.first, "least"):
        reached = _after_most(tokens, at)
    if reached is None and _leading(tokens, low.first, "from"):
        reached = _after_far_up_to(tokens, at)
    high = amount_at(tokens, reached) if reached is not None else None
    return high if high is not None and _can_end(tokens, low, high) else None


def _is_bracketed(tokens: Sequence[Token], at: int, low: Amount) -> bool:
    """A pair in brackets: "[$100,000, $120,000]"."""
    opens = low.first > 0 and tokens[low.first - 1].text in {"[", "("}
    if not opens or at >= len(tokens) or tokens[at].text not in {",", ";"}:
        return False
    high = amount_at(tokens, at + 1)
    return high is not None and high.after < len(tokens) and tokens[high.after].text in {"]", ")"}


def _can_end(tokens: Sequence[Token], low: Amount, high: Amount) -> bool:
    """Not the next thing after a dash: "$60/hr - 40 hours", "$120,000 - 5 weeks of vacation", "$50k - GBP 60k"."""
    if low.currencies and high.currencies:
        return bool(set(low.currencies) & set(high.currencies))
    if _is_label(low) and high.first < high.number and high.factor is None and high.value >= THOUSAND:
        return False
    if high.after < len(tokens) and not high.currencies:
        refusal = tokens[high.after].meaning.refusal
        if refusal is not None and refusal.reason == "count":
            return False
    if high.currencies or high.factor is not None:
        return True
    return high.value >= in_full(low, low.factor) or (high.value < THOUSAND and high.value >= low.value)


def _is_label(amount: Amount) -> bool:
    """A small bare number: the level of "Level 6 - $81,222 to $87,853"."""
    return not amount.currencies and amount.factor is None and not amount.is_grouped and amount.value < THOUSAND


def _beside(tokens: Sequence[Token], at: int, low: Amount) -> Amount | None:
    """The dash between two amounts was lost ("$48.00 $51.00"): the second is the greater, but not by much."""
    high = amount_at(tokens, at)
    if high is None or tokens[at].start - tokens[at - 1].end > 3 or not set(low.currencies) & set(high.currencies):
        return None
    return high if low.factor == high.factor and low.value < high.value <= _LOST_DASH_SPREAD * low.value else None


def _after_far_up_to(tokens: Sequence[Token], at: int) -> int | None:
    """Index after the "up to" of "ranges from $85,000/year in our lowest market up to $171,000/year in our highest"."""
    for here in range(at, min(at + _FAR_UP_TO_TOKENS, len(tokens))):
        if tokens[here].is_number or tokens[here].is_stop or tokens[here].text == "\n":
            return None
        if tokens[here].meaning.is_up_to or (
            tokens[here].text == "to" and here + 1 < len(tokens) and tokens[here + 1].meaning.currencies
        ):
            return here + 1
    return None


def _after_to(tokens: Sequence[Token], at: int) -> int | None:
    """Index after "to", "-", "up to a maximum of" and their like; a table's cells put line breaks around them."""
    here, is_found = at, False
    while here < len(tokens) and here - at < 5:
        token = tokens[here]
        is_label = (token.meaning.is_most or token.text == ":") if is_found else token.meaning.is_least
        if not (token.meaning.is_to or token.text in _AROUND_TO or is_label):
            break
        is_found = is_found or token.meaning.is_to
        here += 1
    return here if is_found else None


def _after_most(tokens: Sequence[Token], at: int) -> int | None:
    """Index after "max" and its colon, where it stands near; a middle figure may stand between."""
    is_middle = False
    for here in range(at, min(at + _FAR_LABEL_TOKENS, len(tokens))):
        token = tokens[here]
        is_middle = is_middle or token.meaning.is_middle
        if token.is_number and not is_middle:
            return None
        if token.meaning.is_most:
            return _after_label(tokens, here + 1)
    return None


def _after_label(tokens: Sequence[Token], at: int) -> int:
    """Index after the colon, the words for pay and the line break that follow "max"."""
    end = min(at + 4, len(tokens) - 1)
    while at < end and (tokens[at].text in _LABEL_SIGNS | _FILLERS or tokens[at].meaning.pay) and not tokens[at].is_number:
        at += 1
    return at


def _leading(tokens: Sequence[Token], first: int, part: str) -> int:
    """How many tokens before an amount say "between", "from" or "least", a colon or the words for pay after them included."""
    at = first - 1
    while at >= 0 and first - at <= 4 and (tokens[at].text in _LABEL_SIGNS or tokens[at].text in _FILLERS):
        at -= 1
    if part == "least" and at > 0 and tokens[at].meaning.pay and tokens[at - 1].meaning.is_least:
        at -= 1
    if at < 0:
        return 0
    meaning = tokens[at].meaning
    found = {"between": meaning.is_between, "from": meaning.is_from or meaning.is_between, "least": meaning.is_least}[part]
    return first - at if found else 0


def _single(tokens: Sequence[Token], amount: Amount) -> Statement:
    at = amount.first - 1
    while at >= 0 and amount.first - at <= 3 and tokens[at].text in _SINGLE_FILLERS:
        at -= 1
    word = tokens[at].meaning if at >= 0 else None
    low: Amount | None = amount
    high: Amount | None = amount
    first = amount.first
    if amount.is_open or (word is not None and word.is_from):
        high = None
    elif word is not None and word.is_up_to:
        low = None
    if high is None or low is None:
        first = amount.first if amount.is_open and not (word is not None and word.is_from) else at
    return Statement(low, high, None, first, amount.after, is_range=False)


def scaled(statement: Statement) -> tuple[float | None, float | None]:
    """Both ends in full: a multiplier on one side counts for the other ("95-120k"), one that is doubled does not ("165,000k")."""
    low, high = statement.low, statement.high
    values = [in_full(amount, amount.factor) for amount in (low, high) if amount is not None]
    if low is None or high is None or low is high:
        return (values[0] if low else None, values[0] if high else None)
    first, second = values
    if low.factor is None and high.factor is not None and low.value < THOUSAND and not is_doubled(high):
        first = in_full(low, high.factor)
    elif high.factor is None and low.factor is not None and high.value < THOUSAND:
        second = in_full(high, low.factor)
    elif low.factor is None and high.factor is None and first < THOUSAND and second >= 10 * THOUSAND:
        first = first * THOUSAND if first * THOUSAND <= second else first
    return first, second
