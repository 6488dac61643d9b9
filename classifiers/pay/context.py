"""What is said around a figure: the words that name it pay or something else, its kind, its period, gross or net."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.pay.lexicon import NOTHING, Meaning, Refusal
from classifiers.pay.tokens import Token
from pipeline.vocabulary import PayKind, PayPeriod

_BACK_TOKENS = 60
_AHEAD_TOKENS = 9
_UNIT_BEFORE_TOKENS = 4
_ADDED_TOKENS = 4
_NOTE_TOKENS = 2
_NOUN_TOKENS = 5
"""How many tokens after a figure may still name it: "$10,000 in annual tuition reimbursement"."""
_PER_PIECE = Refusal("per_piece", is_hard=True)
_ENDS_NOUN = frozenset(
    "based depending commensurate is are will may or which that this the our we you and dependent ( ) | - [ base".split()
)


@dataclass(slots=True)
class Context:
    """What was read around one statement; filled in while walking away from it."""

    pay: int = 0
    """Strength of the nearest word that names pay before the figure, in its clause or heading."""
    pay_distance: int = 99
    is_pay_far: bool = False
    """The word that names pay stands in the sentence before."""
    refusal: Refusal | None = None
    """The nearest word before the figure that names something else, where it is nearer than one that names pay."""
    refusal_distance: int = 99
    refusal_after: Refusal | None = None
    after_distance: int = 99
    kind: PayKind | None = None
    near_period: PayPeriod | None = None
    """Right behind the figure."""
    has_unit: bool = False
    """A unit touches the figure ("per year"), so that the noun behind it may begin something else."""
    far_period: PayPeriod | None = None
    """Before it, in the clause or heading."""
    note: str | None = None
    is_floor: bool = False
    """The word that names pay names a least pay: "Mindestgehalt", "minimum salary"."""
    is_after: bool = False
    """Followed by a word that only pay is followed by ("base", "OTE", "DOE")."""
    has_extras: bool = False
    """Bonus, equity or benefits are added to it."""
    is_piped: bool = False
    """A cell of a line like "Acme | Engineer | Remote | $150k"."""
    continues: bool = False
    """The walk back ended at the statement before, and nothing said that another thing begins."""


def context_of(tokens: Sequence[Token], first: int, after: int, previous_after: int) -> Context:
    """Read around the statement ``tokens[first:after]``; ``previous_after`` is where the statement before it ended."""
    context = Context()
    _walk_back(tokens, first, previous_after, context)
    _walk_ahead(tokens, after, context)
    context.is_piped = context.is_piped or (after < len(tokens) and tokens[after].text == "|")
    return context


def _walk_back(tokens: Sequence[Token], first: int, previous_after: int, context: Context) -> None:
    lowest = max(first - _BACK_TOKENS, 0)
    at, sentences, lines, is_plus, has_words = first - 1, 0, 0, False, False
    context.is_piped = at >= 0 and tokens[at].text == "|"
    while at >= lowest:
        if at < previous_after:
            context.continues = not is_plus
            return
        token = tokens[at]
        if token.text == "\n":
            lines += 1
            sentences += lines > 1 or has_words
        elif token.is_stop or token.text == "|":
            sentences += at < first - 1 or token.is_stop
        elif token.text == ")":
            at = _read_bracket(tokens, at, lowest, context) - 1
            continue
        elif token.is_word:
            has_words = True
            is_plus = is_plus or (token.meaning.is_plus and not context.pay)
            _note_before(tokens, at, first, sentences, context)
        elif token.text == "+" and not context.pay:
            is_plus = True
        if sentences > 1:
            return
        at -= 1


def _note_before(tokens: Sequence[Token], at: int, first: int, sentences: int, context: Context) -> None:
    meaning, distance = tokens[at].meaning, first - at
    if sentences == 0:
        context.kind = context.kind or meaning.kind
        context.note = context.note or meaning.note
        if meaning.pay and _is_paid_by_others(tokens, at):
            context.refusal, context.refusal_distance = tokens[at - 1].meaning.refusal, distance
            return
        is_owner = context.pay == 1 and distance == context.pay_distance + 1  # "bonus range": the range is not of pay
        if _names_otherwise(meaning) and (is_owner or not context.pay) and context.refusal is None:
            context.refusal, context.refusal_distance = meaning.refusal, distance
            context.pay = 0
        if context.far_period is None and not _is_of_something_else(tokens, at):
            context.far_period = meaning.adjective or (
                meaning.unit if distance <= _UNIT_BEFORE_TOKENS and not context.is_piped else None
            )
    elif context.far_period is None and meaning.pay == 2:
        context.far_period = meaning.adjective  # a heading: "Monthly salary", then a list
    is_allowed = sentences == 0 or (meaning.pay == 2 and not context.pay)
    if meaning.pay > context.pay and is_allowed and not _is_share(tokens, at):
        context.pay, context.pay_distance = meaning.pay, distance
        context.is_pay_far = sentences > 0
        context.is_floor = sentences == 0 and meaning.is_from


def _names_otherwise(meaning: Meaning) -> bool:
    """A word before a figure that calls it something else."""
    return meaning.refusal is not None and not meaning.refusal.is_behind_only and not meaning.pay


def _is_of_something_else(tokens: Sequence[Token], at: int) -> bool:
    """The period belongs to the next word, and that is not pay: "annual bonus", "annual revenue"."""
    return at + 1 < len(tokens) and tokens[at + 1].meaning.refusal is not None


def _is_paid_by_others(tokens: Sequence[Token], at: int) -> bool:
    """ "Customers pay $20,000": who pays is no employer."""
    refusal = tokens[at - 1].meaning.refusal if at else None
    return tokens[at].text in {"pay", "pays", "paying", "earn"} and refusal is not None and refusal.reason == "count"


def _is_share(tokens: Sequence[Token], at: int) -> bool:
    """A share or a multiple of pay is no pay: "60% of your monthly salary", "3x annual salary"."""
    return any(tokens[here].text in {"%", "x"} for here in range(max(at - 4, 0), at))


def _read_bracket(tokens: Sequence[Token], close: int, lowest: int, context: Context) -> int:
    """Read what a bracket before the figure says of kind and period; its other words name nothing."""
    opening = close - 1
    while opening > lowest and tokens[opening].text != "(" and close - opening < 30:
        opening -= 1
    inside = tokens[opening + 1 : close]
    if tokens[opening].text != "(" or any(token.meaning.is_excluding for token in inside):
        return opening
    for token in inside:
        context.kind = context.kind or token.meaning.kind
        context.note = context.note or token.meaning.note
        context.far_period = context.far_period or token.meaning.adjective or token.meaning.unit
    return opening


def _walk_ahead(tokens: Sequence[Token], after: int, context: Context) -> None:
    end = min(after + _AHEAD_TOKENS, len(tokens))
    at, is_noun = after, True
    if _is_per_piece(tokens, after):
        context.refusal_after = _PER_PIECE
        return
    while at < end:
        token = tokens[at]
        if token.is_number or token.is_stop or token.text in {"\n", "|"}:
            return
        if token.text == "," and at + 1 < end and tokens[at + 1].text == "-":  # Austrian and Czech "3.500,-"
            at += 2
            continue
        if token.text in {",", "+", "&"} or token.meaning.is_plus:
            _note_added(tokens, at + 1, context)
            return
        if token.text == "(":
            _read_ahead_bracket(tokens, at, context)
            return
        if token.text in _ENDS_NOUN or at - after >= _NOUN_TOKENS:
            is_noun = False
        _note_after(tokens, at, after, is_noun, context)
        at += 1


def _note_added(tokens: Sequence[Token], at: int, context: Context) -> None:
    """What is added to a figure: a period ("€330 + per day"), or what only pay has beside it ("£85k + 10% bonus")."""
    if at >= len(tokens):
        return
    context.near_period = context.near_period or tokens[at].meaning.unit
    for token in tokens[at : at + _ADDED_TOKENS]:
        refusal = token.meaning.refusal
        context.has_extras = context.has_extras or (refusal is not None and refusal.reason in {"bonus", "equity", "allowance"})


def _is_per_piece(tokens: Sequence[Token], after: int) -> bool:
    """Paid by something that is no time: "per accepted image", "/quarter", "per 100 words"."""
    if after + 1 >= len(tokens):
        return False
    token, following = tokens[after], tokens[after + 1]
    if token.text in {"per", "pro", "each", "every", "/"} and token.meaning.unit is None:
        is_time = following.meaning.bare or following.meaning.adjective or following.meaning.unit
        if token.text == "/":
            return following.is_word and following.meaning == NOTHING and following.start == token.end
        return not is_time
    return False


def _note_after(tokens: Sequence[Token], at: int, after: int, is_noun: bool, context: Context) -> None:
    meaning = tokens[at].meaning
    is_label = at + 1 < len(tokens) and tokens[at + 1].text == ":"  # the next field: "16,725 ETB Commission: attractive"
    if meaning.refusal is not None and is_noun and not is_label and context.refusal_after is None and not meaning.pay:
        context.refusal_after, context.after_distance = meaning.refusal, at - after
    if context.near_period is None and (is_noun or meaning.unit) and not _is_of_something_else(tokens, at):
        context.near_period = meaning.unit or meaning.adjective or (meaning.bare if at == after else None)
    context.has_unit = context.has_unit or (at == after and meaning.unit is not None)
    if at - after <= 2 and context.refusal_after is None:
        context.is_after = context.is_after or meaning.is_after
        context.kind = _kind_after(tokens[at].text, meaning.kind) or context.kind
    context.note = (meaning.note if at - after <= _NOTE_TOKENS else None) or context.note or meaning.note


def _kind_after(phrase: str, kind: PayKind | None) -> PayKind | None:
    """Behind a figure "base + bonus" adds a bonus to a base figure; before it, it says what the figure holds."""
    return PayKind.BASE if kind is not None and phrase.startswith(("base", "fix")) else kind


def _read_ahead_bracket(tokens: Sequence[Token], opening: int, context: Context) -> None:
    close = opening + 1
    while close < len(tokens) and tokens[close].text not in {")", "\n"} and close - opening < 20:
        close += 1
    inside = tokens[opening + 1 : close]
    if any(token.meaning.is_excluding or token.meaning.currencies for token in inside):
        return
    for token in inside:
        meaning = token.meaning
        context.kind = context.kind or meaning.kind
        context.note = context.note or meaning.note
        context.near_period = context.near_period or meaning.unit or meaning.adjective
        context.is_after = context.is_after or meaning.is_after
