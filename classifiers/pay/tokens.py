"""The tokeniser: a stretch of folded text as the phrases that the pay grammar knows, and the words and signs between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from re import Match

from classifiers.pay.lexicon import NOTHING, Lexicon, Meaning, Refusal
from classifiers.pay.numbers import parse_number
from classifiers.pay.scanning import SCAN

_COMPOUND_LETTERS = 7
_SHORT_SIGN = 3
_LEAST_GLUED = 3
_MOJIBAKE = "â"
_RETIREMENT = {"401", "403", "457"}
_RANGE_BEFORE = re.compile(r"\d ?k? ?(?:[a-z]{3}|[$€£])? ?- ?(?:[a-z]{3} |[$€£] ?)?$")
_RANGE_REACH = 20


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a known phrase, a plain word, a line break or a sign, at ``[start, end)`` of the folded text."""

    text: str
    start: int
    end: int
    is_number: bool = False
    value: float | None = None
    """A number's value, None where it reads as none."""
    is_word: bool = False
    is_stop: bool = False
    """The end of a sentence."""
    meaning: Meaning = NOTHING


def tokenise(text: str, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    """The tokens of ``text[start:end]``; at each place the longest known phrase wins."""
    pieces = list(SCAN.finditer(text, start, end))
    words = [piece.group() for piece in pieces]
    phrases = lexicon.phrases
    tokens: list[Token] = []
    at = 0
    while at < len(pieces):
        rows = phrases.get(words[at])
        taken, meaning = _longest(rows, words, pieces, at) if rows else (0, NOTHING)
        if not taken:
            taken, meaning = _glued_unit(pieces, words, at, lexicon)
        if not taken:
            token = _plain(pieces[at], text, lexicon, is_sum=bool(tokens and tokens[-1].meaning.currencies))
            if token is not None:
                tokens.append(token)
            at += 1
            continue
        first, last = pieces[at], pieces[at + taken - 1]
        tokens.append(Token(text[first.start() : last.end()], first.start(), last.end(), is_word=True, meaning=meaning))
        at += taken
    return tokens


def _longest(
    rows: Sequence[tuple[tuple[str, ...], Meaning]], words: Sequence[str], pieces: Sequence[Match[str]], at: int
) -> tuple[int, Meaning]:
    for rest, meaning in rows:
        if tuple(words[at + 1 : at + 1 + len(rest)]) == rest and _keeps_together(pieces, at, len(rest), meaning):
            return len(rest) + 1, meaning
    return 0, NOTHING


def _glued_unit(pieces: Sequence[Match[str]], words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[int, Meaning]:
    """A period behind a slash or "per" that the next word is glued to: "$43/hrNote", "per yearThis"."""
    if words[at] not in {"/", "per", "a", "an"} or at + 1 >= len(words) or pieces[at + 1].lastgroup != "word":
        return 0, NOTHING
    least = 1 if words[at] == "/" else _LEAST_GLUED
    period = next((period for unit, period in lexicon.glued_units if len(unit) > least and words[at + 1].startswith(unit)), None)
    return (2, Meaning(unit=period)) if period is not None else (0, NOTHING)


def _keeps_together(pieces: Sequence[Match[str]], at: int, more: int, meaning: Meaning) -> bool:
    """No piece of a phrase is further than one blank from the one before it; "a $5,000 bonus" is not in Australian dollars."""
    is_sign = bool(meaning.currencies) and not pieces[at + more].group().isalnum()
    widest = 0 if is_sign and len(pieces[at].group()) < _SHORT_SIGN else 1
    return all(pieces[n + 1].start() - pieces[n].end() <= widest for n in range(at, at + more))


def _plain(piece: Match[str], text: str, lexicon: Lexicon, *, is_sum: bool) -> Token | None:
    word, start, end = piece.group(), piece.start(), piece.end()
    if piece.lastgroup == "number":
        if word in _RETIREMENT and not is_sum and _is_plan(text, start, end):
            return Token(word, start, end, is_word=True, meaning=Meaning(refusal=Refusal("retirement", is_hard=False)))
        return Token(word, start, end, is_number=True, value=parse_number(word))
    if piece.lastgroup == "line":
        return Token(word, start, end)
    if piece.lastgroup == "word":
        if word == _MOJIBAKE:
            return None
        return Token(word, start, end, is_word=True, meaning=_meaning_of_parts(word, text[end : end + 1], lexicon))
    return Token(word, start, end, is_stop=word in "!?;•" or (word == "." and _ends_sentence(text, start, end)))


def _is_plan(text: str, start: int, end: int) -> bool:
    """401(k), 403b and 457(b), where no dash makes it the end of a range: "$301-401k", "301k EUR - 401k EUR"."""
    is_ranged = _RANGE_BEFORE.search(text, max(start - _RANGE_REACH, 0), start) is not None
    return not is_ranged and text[end : end + 3].lstrip("( ").startswith(("k", "b"))


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """A full stop, and none of "U.S.", "D.C.," or "1.5"."""
    if end < len(text) and (text[end].isalnum() or text[end] in ",)"):
        return False
    return not (start >= 2 and text[start - 1].isalpha() and text[start - 2] in ". \n(")


def _meaning_of_parts(word: str, following: str, lexicon: Lexicon) -> Meaning:
    """A compound ("Senioreinstiegsgehalt"), glued words ("thesalary", "yearlyif", "texasmin:"), a multiplier on a code ("keur")."""
    if following == ":" and word.endswith(("min", "max")):
        is_least = word.endswith("min")
        return Meaning(is_least=is_least, is_from=is_least, is_most=not is_least, is_up_to=not is_least)
    if word[0] == "k" and (code := lexicon.phrases.get(word[1:])) and code[-1][0] == () and code[-1][1].currencies:
        return replace(code[-1][1], factor=1000.0)
    if len(word) < _COMPOUND_LETTERS:
        return NOTHING
    if word.startswith(lexicon.glued_codes):
        return Meaning(currencies=(word[:3].upper(),))
    if word.startswith(lexicon.opening_words):
        return Meaning(adjective=next(period for part, period in lexicon.openings if word.startswith(part)))
    if not word.endswith(lexicon.endings):
        return NOTHING
    period = next((period for part, period in lexicon.compounds if word.startswith(part)), None)
    return Meaning(pay=2, adjective=period)


def is_blank_between(left: Token, right: Token) -> bool:
    """At most one blank stands between two tokens."""
    return right.start - left.end <= 1
