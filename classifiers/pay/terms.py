"""The terms that pay wants found by the shared matching pass: words for pay (the gate), policy phrases, words for equity."""

from __future__ import annotations

from collections.abc import Iterator

from classifiers.matching import Term
from classifiers.pay.lexicon import lexicon

CUES = "pay"
POLICY = "pay-policy"
EQUITY = "pay-equity"


def terms() -> tuple[Term, ...]:
    """All terms of the three lexicons."""
    return (*_cues(), *_policy(), *_equity())


def _cues() -> Iterator[Term]:
    for word in lexicon().cues:
        yield Term(CUES, word, word)


def _policy() -> Iterator[Term]:
    for name, phrases in lexicon().policy["policy"].items():
        for phrase in phrases:
            yield Term(POLICY, phrase, name)


def _equity() -> Iterator[Term]:
    for name, phrases in lexicon().policy["equity"].items():
        for phrase in phrases:
            yield Term(EQUITY, phrase, name)
