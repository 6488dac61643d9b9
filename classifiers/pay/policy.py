"""How pay follows the place where one lives, and whether equity is part of it: phrases found by the shared matching pass."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.matching import Hit, longest
from classifiers.pay.terms import EQUITY, POLICY
from classifiers.reading import Passage
from pipeline.labels import Evidence, PayBand
from pipeline.vocabulary import PayPolicy

_PAY_NEAR = 160
"""A phrase such as "based on location" speaks of pay only where a word for pay or a figure is this near (characters)."""
_ALONE = {PayPolicy.GLOBAL, PayPolicy.NATIONAL}


def policy_of(passage: Passage, cue_starts: Sequence[int], bands: Sequence[PayBand]) -> tuple[PayPolicy | None, tuple[Evidence, ...]]:
    """The policy that the posting states and the words that state it.

    A statement that pay varies by place beats one that it does not: a "national range" that "varies by location" is no national policy.
    """
    found: dict[PayPolicy, Evidence] = {}
    for hit in longest(passage.hits.get(POLICY, ())):
        policy = PayPolicy(hit.term.key)
        if policy not in found and _is_of_pay(hit, cue_starts):
            found[policy] = passage.evidence(hit.start, hit.end, "pay_policy")
    zoned = [band for band in bands if band.zone is not None and band.start is not None]
    for policy in (PayPolicy.ZONED, PayPolicy.LOCATION_DEPENDENT, PayPolicy.NATIONAL, PayPolicy.GLOBAL):
        if policy is PayPolicy.ZONED and policy not in found:
            continue
        if policy in found:
            return policy, (found[policy],)
    del zoned
    return None, ()


def _is_of_pay(hit: Hit, cue_starts: Sequence[int]) -> bool:
    return any(abs(start - hit.start) <= _PAY_NEAR for start in cue_starts)


def offers_equity(passages: Sequence[Passage]) -> bool:
    """Options, restricted stock or shares as a part of pay; a stock purchase plan alone is none, nor is "diversity, equity"."""
    return any(hit.term.key == "offered" for passage in passages for hit in longest(passage.hits.get(EQUITY, ())))
