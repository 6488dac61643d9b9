"""The table of pairs, in both orders: what is found by the keys, and what is decided."""

from __future__ import annotations

import pytest

from pipeline.duplicates.clusters import Clusters
from pipeline.vocabulary import JobReason
from tests.pipeline.duplicates.pairs import APART, Pair, Told, pairs

PAIRS = pairs()


def _decided(first: Told, second: Told) -> str:
    clusters = Clusters()
    clusters.add(first.sighting, first.text)
    match = clusters.add(second.sighting, second.text)
    return APART if match.reason is JobReason.FIRST else match.reason


def test_the_table_is_long_and_half_of_it_are_traps() -> None:
    traps = sum(pair.expected == APART for pair in PAIRS)
    assert len(PAIRS) >= 60
    assert 0.45 <= traps / len(PAIRS) <= 0.6
    assert {pair.expected for pair in PAIRS} == {APART, *JobReason} - {JobReason.FIRST}
    assert len({pair.why for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.why)
def test_a_pair_is_one_job_or_two(pair: Pair) -> None:
    assert _decided(pair.one, pair.two) == pair.expected


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.why)
def test_the_order_of_a_pair_makes_no_difference(pair: Pair) -> None:
    assert _decided(pair.two, pair.one) == pair.expected
