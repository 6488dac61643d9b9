"""The upper half of the grammar: which statements of a text are pay, and what band each one is; every refusal has a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifiers.pay.amounts import Amount
from classifiers.pay.context import Context, context_of
from classifiers.pay.lexicon import NOTHING, Lexicon
from classifiers.pay.money import is_plausible, period_by_size, resolve_currency
from classifiers.pay.ranges import Statement, scaled, statements
from classifiers.pay.scope import near_currencies, zone_of
from classifiers.pay.tokens import Token, tokenise
from pipeline.vocabulary import PayKind, PayPeriod

_CLOSE_TOKENS = 8
_GOVERNING_TOKENS = 6
_DIRECT_TOKENS = 3
_CLAUSE_TOKENS = 10
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MOST_BANDS = 60
_MILLION = 1_000_000
_MAY_TOUCH = frozenset(":(=~[|>")
_TOUCH_LABELS = frozenset("-/.")


@dataclass(frozen=True, slots=True)
class Home:
    """What the posting says of place and contract outside the passage that is read."""

    currencies: tuple[str, ...]
    """Paid in the countries of the posting's places, in order of mention."""
    is_contract: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A band as the text states it, at ``[start, end)`` of the folded text."""

    low: float | None
    high: float | None
    currency: str | None
    period: PayPeriod
    kind: PayKind
    note: str | None
    start: int
    end: int
    zone: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A figure that was read and is not a band."""

    reason: str
    start: int
    end: int


def extract(text: str, windows: Sequence[tuple[int, int]], home: Home, lexicon: Lexicon) -> tuple[list[Draft], list[Refused]]:
    """All bands of a folded text, in order, and what was refused."""
    drafts: list[Draft] = []
    refused: list[Refused] = []
    for start, end in windows:
        tokens = tokenise(text, start, end, lexicon)
        _read_window(tokens, home, lexicon, drafts, refused)
        if len(drafts) >= _MOST_BANDS:
            break
    return drafts, refused


def _read_window(tokens: Sequence[Token], home: Home, lexicon: Lexicon, drafts: list[Draft], refused: list[Refused]) -> None:
    previous_after = 0
    previous: Draft | None = None
    last_reason: str | None = None
    for found in statements(tokens):
        statement = _without_false_signs(found, tokens, home, lexicon)
        span = tokens[statement.first].start, tokens[statement.after - 1].end
        has_money = any(amount.currencies or amount.factor for amount in statement.amounts)
        if not has_money and not _may_be_bare(statement):
            continue
        context = context_of(tokens, statement.amounts[0].first, statement.after, previous_after)
        if not context.continues:
            previous = None
        reason = reason_against(statement, context, previous is not None, tokens)
        if reason is None and context.continues and previous is None and not context.pay and not statement.is_range:
            reason = last_reason  # "a match of $2 for every $1, up to $15,000 annually"
        draft = None if reason else _draft(tokens, statement, context, previous, home, lexicon)
        if isinstance(draft, Draft):
            zone = zone_of(tokens, statement.first, statement.after, previous_after, lexicon)
            draft = replace(draft, zone=zone)
            drafts.append(draft)
            drafts.extend(_in_other_currency(tokens, statement.after, draft))
            previous = draft
            previous_after = statement.after
            last_reason = None
        else:
            last_reason = reason or str(draft)
            refused.append(Refused(reason or str(draft), *span))
            if has_money:
                previous_after = statement.after


def _in_other_currency(tokens: Sequence[Token], after: int, draft: Draft) -> list[Draft]:
    """The same figures in a second currency: "$160,000 - $200,000 CAD/USD"."""
    if after + 1 >= len(tokens) or tokens[after].text != "/":
        return []
    codes = tokens[after + 1].meaning.currencies
    return [replace(draft, currency=codes[0])] if len(codes) == 1 and codes[0] != draft.currency else []


def _without_false_signs(statement: Statement, tokens: Sequence[Token], home: Home, lexicon: Lexicon) -> Statement:
    """Take away signs that are none here ("20 pounds", "r11"): they count beside a large figure, some in their own country only."""
    if not any(amount.weakness for amount in statement.amounts):
        return statement
    near = near_currencies(tokens, statement.first, statement.after, lexicon)
    places = {*near, *home.currencies}

    def checked(amount: Amount | None) -> Amount | None:
        if amount is None or not amount.weakness:
            return amount
        is_large = amount.value >= 1000 or amount.factor is not None
        is_sure = amount.weakness == 1 or bool(places & set(amount.currencies))
        return amount if is_large and is_sure else replace(amount, currencies=())

    return replace(statement, low=checked(statement.low), high=checked(statement.high))


def _may_be_bare(statement: Statement) -> bool:
    """A number without sign or multiplier is worth asking about: four digits, no year, or a range of such."""
    return all(amount.value >= 1000 and not _is_year(amount.value, amount.is_grouped) for amount in statement.amounts)


def _is_year(value: float, is_grouped: bool) -> bool:
    return not is_grouped and _FIRST_YEAR <= value <= _LAST_YEAR


def reason_against(statement: Statement, context: Context, continues: bool, tokens: Sequence[Token]) -> str | None:
    """Why a statement is not pay, or None where it is."""
    named = _named_otherwise(statement, context, continues)
    if named is not None:
        return named
    has_sign = any(amount.currencies or amount.implied_currency for amount in statement.amounts)
    if not has_sign and _is_identifier(statement, tokens):
        return "identifier"
    if not has_sign and any((amount.factor or 0) >= _MILLION for amount in statement.amounts):
        return "no_currency"
    has_factor = any(amount.factor for amount in statement.amounts)
    is_near = context.pay > 0 and not context.is_pay_far
    if has_sign:
        return None if _is_named(statement, context, is_near, continues) else "no_word_for_pay"
    if is_near and (context.pay == 2 or statement.is_range) and context.pay_distance <= 14:
        return None
    is_listed = context.is_pay_far and context.pay == 2 and context.near_period is not None
    if statement.is_range and (is_listed or continues or context.is_piped or context.is_after):
        return None
    if context.is_after and has_factor:
        return None
    return "no_currency"


def _is_identifier(statement: Statement, tokens: Sequence[Token]) -> bool:
    """A bare ungrouped number that is a label: behind a two-letter word ("CA 94104", "GS 2210") or glued to what is before it."""
    amount = statement.amounts[0]
    if amount.is_grouped or not statement.first:
        return False
    before = tokens[statement.first - 1]
    if before.end == tokens[statement.first].start and before.text not in _MAY_TOUCH:
        return not statement.is_range or before.text in _TOUCH_LABELS
    is_code = before.is_word and len(before.text) == 2 and before.meaning == NOTHING
    return is_code and not statement.is_range and amount.factor is None


def _is_named(statement: Statement, context: Context, is_near: bool, continues: bool) -> bool:
    """Something says that an amount with a sign is pay: a word, the statement before it, its form."""
    is_vast = any((amount.factor or 0) >= _MILLION and not amount.implied_currency for amount in statement.amounts)
    if is_vast and not is_near:
        return False
    if (is_near and (context.pay == 2 or statement.is_range)) or context.is_after or context.is_piped or statement.is_range:
        return True
    if any(amount.names_pay for amount in statement.amounts):
        return True
    if continues or context.near_period is PayPeriod.HOUR or (context.has_extras and _is_thousands(statement)):
        return True
    if context.near_period is not None:
        return _is_living(statement, context.near_period)
    return context.is_pay_far and context.pay == 2 and _is_thousands(statement)


def _is_living(statement: Statement, period: PayPeriod) -> bool:
    """A year's, month's, week's or day's figure that one could live on, in most currencies, and not a benefit."""
    least = {PayPeriod.YEAR: 12000, PayPeriod.MONTH: 1250, PayPeriod.WEEK: 290, PayPeriod.DAY: 60}.get(period)
    return least is not None and all((value or least) >= least for value in scaled(statement))


def _is_thousands(statement: Statement) -> bool:
    return any((value or 0) >= 10_000 for value in scaled(statement))


def _named_otherwise(statement: Statement, context: Context, continues: bool) -> str | None:
    """The reason code where a word near the figure calls it something else than pay."""
    after, before = context.refusal_after, context.refusal
    is_close = context.pay > 0 and not context.is_pay_far and context.pay_distance <= _CLOSE_TOKENS
    if after is not None and after.reason == "count" and any(amount.currencies for amount in statement.amounts):
        after = None  # "$40 for 40 hours": a sum of money is no count
    is_named = context.pay > 0 and not context.is_pay_far
    is_direct = context.pay == 2 and is_close and context.pay_distance <= _DIRECT_TOKENS and context.after_distance >= 2
    is_softly_named = after is not None and not after.is_hard and (is_named or context.has_unit)
    is_harmless = is_direct or (statement.is_range and (is_close or is_softly_named))
    if after is not None and (after.reason == "per_piece" or not is_harmless):
        return after.reason
    if before is None:
        return None
    is_governing = context.refusal_distance <= _GOVERNING_TOKENS
    if statement.is_range:
        if before.is_hard and (is_governing or (not (is_named or continues) and context.refusal_distance <= _CLAUSE_TOKENS)):
            return before.reason
        is_paid = context.near_period is PayPeriod.HOUR or (
            context.near_period is not None and _is_living(statement, context.near_period)
        )
        return before.reason if is_governing and not is_named and not is_paid else None
    if is_named and not is_governing:
        return None
    return None if context.is_after or context.is_piped else before.reason


def _draft(
    tokens: Sequence[Token], statement: Statement, context: Context, previous: Draft | None, home: Home, lexicon: Lexicon
) -> Draft | str:
    """The band that a statement is, or the reason code why it cannot be one."""
    low, high = scaled(statement)
    if low is not None and high is not None and low > high:
        return "upper_below_lower"
    if low and high and high > low * lexicon.widest_range:
        return "too_wide"
    amounts = statement.amounts
    candidates: tuple[str, ...] = next((amount.currencies for amount in reversed(amounts) if len(amount.currencies) == 1), ())
    candidates = candidates or next((amount.currencies for amount in amounts if amount.currencies), ())
    implied = next((amount for amount in amounts if amount.implied_currency), None)
    if implied is not None and not candidates:
        candidates = (str(implied.implied_currency),)
    near = near_currencies(tokens, statement.first, statement.after, lexicon)
    currency = resolve_currency(candidates, near, home.currencies, lexicon)
    if not candidates and previous is not None:
        currency = previous.currency
    if not candidates and currency is None and near:
        currency = near[0]
    currency = _shy(currency, candidates, (low, high), context, home, lexicon)
    period = _period(statement, context, previous, (low, high), currency, home, lexicon)
    if period is None:
        return "unclear_period"
    if not is_plausible(low, high, currency, period, lexicon):
        return "absurd_for_period"
    if context.is_floor and low == high:
        high = None
    kind = context.kind or (previous.kind if previous is not None and context.pay == 0 else PayKind.BASE)
    first, last = tokens[statement.first], tokens[statement.after - 1]
    return Draft(low, high, currency, period, kind, context.note, first.start, last.end)


def _shy(
    currency: str | None,
    candidates: Sequence[str],
    ends: tuple[float | None, float | None],
    context: Context,
    home: Home,
    lexicon: Lexicon,
) -> str | None:
    """A peso that is written "$": taken where the figure would be absurd in US dollars and the posting is in that country."""
    if currency != "USD" or len(candidates) < 2:
        return currency
    pesos = [code for code in home.currencies if code in candidates and lexicon.currencies[code].is_shy]
    period = context.near_period or context.far_period or PayPeriod.YEAR
    return pesos[0] if pesos and not is_plausible(*ends, currency, period, lexicon) else currency


def _period(
    statement: Statement, context: Context, previous: Draft | None, ends: tuple[float | None, float | None],
    currency: str | None, home: Home, lexicon: Lexicon,
) -> PayPeriod | None:  # fmt: skip
    """The stated period where the size allows it; a period named further off gives way to the size."""
    stated = statement.unit or context.near_period
    if stated is not None and not (context.far_period and not is_plausible(*ends, currency, stated, lexicon)):
        return stated
    implied = next((amount.implied_period for amount in statement.amounts if amount.implied_period), None)
    for period in (context.far_period, implied, previous.period if previous is not None else None):
        if period is not None and is_plausible(*ends, currency, period, lexicon):
            return period
    return period_by_size(*ends, currency, home.is_contract, lexicon)
