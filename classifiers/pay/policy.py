"""How pay follows the place where one lives, and whether equity is part of it: phrases found by the shared matching pass."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.matching import Hit, longest
from classifiers.pay.lexicon import Lexicon
from classifiers.pay.money import currencies_of_place
from classifiers.pay.scanning import words_of
from classifiers.pay.terms import EQUITY, POLICY
from classifiers.reading import Passage
from pipeline.labels import Evidence, PayBand
from pipeline.vocabulary import PayPolicy

_PAY_NEAR = 160
"""A phrase such as "based on location" speaks of pay only where a word for pay or a figure is this near (characters)."""
_STRONGEST_FIRST = (PayPolicy.ZONED, PayPolicy.LOCATION_DEPENDENT, PayPolicy.NATIONAL, PayPolicy.GLOBAL)


def policy_of(
    passage: Passage, cue_starts: Sequence[int], bands: Sequence[PayBand], lexicon: Lexicon
) -> tuple[PayPolicy | None, tuple[Evidence, ...]]:
    """The policy that the posting states and the words that state it.

    A statement that pay varies by place beats one that it does not: a "national range" that "varies by location" is no
    national policy.
    """
    found: dict[PayPolicy, Evidence] = {}
    for hit in longest(passage.hits.get(POLICY, ())):
        policy = PayPolicy(hit.term.key)
        if policy not in found and _is_of_pay(hit, cue_starts):
            found[policy] = passage.evidence(hit.start, hit.end, "pay_policy")
    zones = _zoned_bands(bands, lexicon)
    if zones:
        return PayPolicy.ZONED, tuple(Evidence(band.field, band.start, band.end, band.quote, "pay_policy") for band in zones)
    return next(((policy, (found[policy],)) for policy in _STRONGEST_FIRST if policy in found), (None, ()))


def _zoned_bands(bands: Sequence[PayBand], lexicon: Lexicon) -> list[PayBand]:
    """Bands of one currency whose labels name different places or numbered zones; empty for fewer than two."""
    labels: dict[str, PayBand] = {}
    for band in bands:
        label = band.zone.casefold() if band.zone is not None else ""
        is_place = any(word in lexicon.zone_places for word in words_of(label)) or bool(currencies_of_place(label, lexicon))
        if is_place and all(other.currency == band.currency for other in labels.values()):
            labels.setdefault(label, band)
    return list(labels.values()) if len(labels) > 1 else []


def _is_of_pay(hit: Hit, cue_starts: Sequence[int]) -> bool:
    return any(abs(start - hit.start) <= _PAY_NEAR for start in cue_starts)


def offers_equity(passages: Sequence[Passage]) -> bool:
    """Options, restricted stock or shares as a part of pay; a stock purchase plan alone is none, nor is "diversity, equity"."""
    return any(hit.term.key == "offered" for passage in passages for hit in longest(passage.hits.get(EQUITY, ())))
