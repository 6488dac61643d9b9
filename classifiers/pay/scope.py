"""What a band is for: the place, level or role beside it; and the currencies that the places near a figure are paid in."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.pay.lexicon import NOTHING, Lexicon
from classifiers.pay.tokens import Token

_NEAR_TOKENS = 14
_LABEL_TOKENS = 48
_ROLE_LABEL_TOKENS = 12
_AFTER_TOKENS = 8
_TRIMMED = frozenset(",:;-|*•(/&+\n") | {"and", "or", "based", "employees", "only"}
_LEADS = frozenset(("for", "the", "in", "equity", "commission", "bonus"))
"""Words that lead to a label and are none of it."""
_NUMBERED = frozenset(("zone", "tier", "region", "level", "geo", "group"))
_JOINS = frozenset(("and", "or", ",", "/"))
_CODES = frozenset(("l", "p", "e", "t", "i", "ic", "m", "g", "s"))
_AFTER_LEADS = frozenset(("for", "in"))


def near_currencies(tokens: Sequence[Token], first: int, after: int, lexicon: Lexicon) -> list[str]:
    """Currencies that the words around a figure make plain, the nearest before it first, then those after it."""
    found: list[str] = []
    for at in range(first - 1, max(first - _NEAR_TOKENS, -1), -1):
        if tokens[at].is_number or _ends_clause(tokens[at]):
            break
        found.extend(_currencies_at(tokens, at, lexicon))
    for at in range(after, min(after + _NEAR_TOKENS, len(tokens))):
        if tokens[at].is_number or _ends_clause(tokens[at]):
            break
        found.extend(_currencies_at(tokens, at, lexicon))
    return found


def _ends_clause(token: Token) -> bool:
    return token.is_stop or token.text in {"|", ";"}


def _currencies_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[str, ...]:
    token = tokens[at]
    if len(token.meaning.currencies) == 1 and not token.meaning.weakness:
        return token.meaning.currencies
    code = _place_at(tokens, at, lexicon)
    return (code,) if code is not None else ()


def _place_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> str | None:
    """The currency of the place whose name begins at this token."""
    for rest, code in lexicon.countries.get(tokens[at].text, ()):
        if tuple(other.text for other in tokens[at + 1 : at + 1 + len(rest)]) == rest:
            return code
    return None


def zone_of(tokens: Sequence[Token], first: int, after: int, previous_after: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The span of the label that says whom a figure is for, or None.

    Looked for behind the figure ("... per year (Denver, CO)", "... for senior developers"), then before it ("Zone 1: ...",
    "for candidates in Spain", "New York pay range").
    """
    return _label_after(tokens, after, lexicon) or _label_before(tokens, first, previous_after, lexicon)


def _label_after(tokens: Sequence[Token], after: int, lexicon: Lexicon) -> tuple[int, int] | None:
    end = min(after + _AFTER_TOKENS, len(tokens))
    for at in range(after, end):
        token = tokens[at]
        if token.is_stop or token.is_number or token.text in {"\n", "|", "+", ",", "plus"}:
            return None
        if token.text in lexicon.zone_behind:
            return token.start, token.end
        if token.text == "(" or token.text in _AFTER_LEADS:
            return _run(tokens, at + 1, end, lexicon, is_bracket=token.text == "(")
        if token.is_word and token.meaning == NOTHING:
            return None
    return None


def _run(tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon, is_bracket: bool) -> tuple[int, int] | None:
    """The label that begins at ``start``, up to the bracket's or the clause's end; a second amount makes it none."""
    at, depth = start, 0
    limit = min(start + _LABEL_TOKENS, len(tokens)) if is_bracket else end
    while at < limit:
        token = tokens[at]
        depth += (token.text == "(") - (token.text == ")")
        if depth < 0 or (not is_bracket and (token.is_stop or token.text in {",", "\n", "|", "("})):
            break
        if token.meaning.currencies and not token.meaning.weakness:
            at = next((here for here in range(at - 1, start, -1) if tokens[here].text in _JOINS), start)
            break
        at += 1
    return _trimmed(tokens, start, at, lexicon, has_levels=not is_bracket)


def _label_before(tokens: Sequence[Token], first: int, previous_after: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The run of words nearest before a figure, past the words that only say "the expected range for this role is"."""
    end = first - 1 if first and tokens[first - 1].text == "|" else first
    start = _label_start(tokens, end, previous_after)
    if end < first and not _is_item(tokens, start):
        return None  # a cell of a heading line: "Acme | Remote (US) | $150k"
    right = end
    while right > start:
        right = _before_exclusion(tokens, right, start)
        left = right - 1
        while left >= start and not _is_break(tokens, left, start, lexicon):
            left -= 1
        is_item = left < start and right - left <= _ROLE_LABEL_TOKENS and start > 0
        is_named = is_item or _is_after_for(tokens, left, start)
        label = _trimmed(tokens, left + 1, right, lexicon, has_levels=is_named, has_roles=is_item)
        if label is not None:
            return None if _is_other_field(tokens, left, start) else label
        if any(token.is_word and token.text not in _TRIMMED for token in tokens[left + 1 : right]):
            return None
        right = left
    return None


def _before_exclusion(tokens: Sequence[Token], right: int, start: int) -> int:
    """Where a bracket such as "(not including bonus)" begins that ends here; the same place where none does."""
    if tokens[right - 1].text != ")":
        return right
    opening = right - 1
    while opening > start and tokens[opening].text != "(":
        opening -= 1
    inside = [token.meaning for token in tokens[opening:right]]
    is_of_pay = any(meaning.is_excluding for meaning in inside) and any(meaning.refusal is not None for meaning in inside)
    return opening if is_of_pay else right


def _is_after_for(tokens: Sequence[Token], left: int, start: int) -> bool:
    """The run follows "for" or "for the": "the range for Senior I & II is ..."."""
    while left > start and tokens[left].text in {"the", "a", "an", "our"}:
        left -= 1
    return left >= start and tokens[left].text == "for"


def _is_item(tokens: Sequence[Token], start: int) -> bool:
    """The line begins with a bullet."""
    return start > 0 and (tokens[start].text in {"-", "*"} or tokens[start - 1].text in {"•", "*", "-"})


def _is_other_field(tokens: Sequence[Token], colon: int, start: int) -> bool:
    """The run is what another field says: "Location: Charlotte, NC Pay: $60"."""
    if colon <= start or tokens[colon].text != ":":
        return False
    name = tokens[colon - 1]
    return name.is_word and not name.meaning.pay


def _label_start(tokens: Sequence[Token], first: int, previous_after: int) -> int:
    """Where the line, the sentence or the list item begins that leads to a figure; a heading of its own line counts."""
    at, lines = first - 1, 0
    lowest = max(previous_after, first - _LABEL_TOKENS, 0)
    while at >= lowest:
        token = tokens[at]
        if token.text == "\n":
            lines += 1
            if lines > 1 or any(other.is_word for other in tokens[at + 1 : first]):
                return at + 1
        elif token.is_stop or token.text == "|":
            return at + 1
        at -= 1
    return max(at + 1, lowest)


def _is_break(tokens: Sequence[Token], at: int, start: int, lexicon: Lexicon) -> bool:
    token = tokens[at]
    if token.text == ":":
        return not (at - 2 >= start and tokens[at - 1].is_number and tokens[at - 2].text in _NUMBERED)
    meaning = token.meaning
    if len(token.text) == 1 and at > start and tokens[at - 1].text in _NUMBERED:
        return False
    if token.text in lexicon.zone_breaks:
        return not (at > start and tokens[at - 1].text in {"or", "and", "("})
    return bool(meaning.pay) or meaning.adjective is not None or meaning.is_least or meaning.is_most


def _is_numbered(tokens: Sequence[Token], at: int) -> bool:
    """ "Zone 1", "level 3", "L4": a label whatever stands around it."""
    token, following = tokens[at], tokens[at + 1]
    if token.text in _NUMBERED and len(following.text) == 1 and following.is_word:
        return True  # "zone a"
    is_code = token.text in _CODES and token.end == following.start
    return following.is_number and (token.text in _NUMBERED or is_code)


def _after_closing(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a run goes on after a bracket closed that opened before it: ") - Technical Lead"."""
    depth = 0
    for at in range(start, end):
        depth += (tokens[at].text == "(") - (tokens[at].text == ")")
        if depth < 0:
            start, depth = at + 1, 0
    return start


def _from_outside(tokens: Sequence[Token], start: int) -> int:
    """Where a label begins that says what a place is not: "outside of Boston" is another zone than Boston."""
    before = [token.text for token in tokens[max(0, start - 3) : start]]
    return start - (len(before) - before.index("outside")) if "outside" in before else start


def _before_opening(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a run ends before a bracket that does not close in it: "Senior Designer (hybrid,"."""
    depth = 0
    for at in range(end - 1, start - 1, -1):
        depth += (tokens[at].text == ")") - (tokens[at].text == "(")
        if depth < 0:
            return at
    return end


def _trimmed(
    tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon, *, has_levels: bool = False, has_roles: bool = False
) -> tuple[int, int] | None:
    """The run without its outer signs, where some word of it names a place (or a level, or a role, where those are asked for)."""
    start = _after_closing(tokens, start, end)
    while start < end and (tokens[start].text in _TRIMMED | _LEADS or tokens[start].is_stop):
        start += 1
    end = _before_opening(tokens, start, end)
    while end > start and (tokens[end - 1].text in _TRIMMED - {"employees", "based", "only"} or tokens[end - 1].is_stop):
        end -= 1
    if start >= end:
        return None
    start = _from_outside(tokens, start)
    words = [token.text for token in tokens[start:end]]
    markers = (
        lexicon.zone_places
        | (lexicon.zone_levels if has_levels else frozenset())
        | (lexicon.zone_roles if has_roles else frozenset())
    )
    numbered = next((at for at in range(start, end - 1) if _is_numbered(tokens, at)), None)
    if numbered is not None:
        has_place_before = any(_place_at(tokens, at, lexicon) for at in range(start, numbered))
        return tokens[start if has_place_before else numbered].start, tokens[end - 1].end
    is_label = any(word in markers for word in words) or any(_place_at(tokens, at, lexicon) for at in range(start, end))
    return (tokens[start].start, tokens[end - 1].end) if is_label else None
