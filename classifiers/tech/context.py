"""Which weak forms are technologies: the context model decides, form by form, from what stands around each."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.reading import Passage
from classifiers.tech.candidates import Candidate
from classifiers.tech.features import features
from classifiers.tech.lexicon import Strength
from classifiers.tech.model import model
from classifiers.tech.zones import Zones

_ROUNDS = 3


def settle(passage: Passage, found: Sequence[Candidate], zones: Zones) -> tuple[Candidate, ...]:
    """The candidates that are technologies or concepts: strong ones, and weak ones that their surroundings back.

    A weak form that was accepted backs its neighbours in the next round ("R, Go, C").
    """
    accepted = {i for i, c in enumerate(found) if c.strength in {Strength.STRONG, Strength.EXACT}}
    for _ in range(_ROUNDS):
        more = {
            i
            for i in range(len(found))
            if i not in accepted and model().probability(features(passage, found, i, accepted, zones)) >= model().enough
        }
        if not more:
            break
        accepted |= more
    return tuple(found[i] for i in sorted(accepted))
