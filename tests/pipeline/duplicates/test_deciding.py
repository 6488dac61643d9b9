"""Keys and decisions beyond pairs: many candidates, several jobs, several nights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.duplicates.clusters import Clusters
from pipeline.duplicates.comparing import is_barred
from pipeline.duplicates.deciding import TEXTS, Match, decide, new_job_id, with_job
from pipeline.duplicates.keys import CANDIDATES_A_KEY, SIGHTINGS_A_JOB, keys
from pipeline.duplicates.wording import words_digest
from pipeline.vocabulary import JobReason
from tests.pipeline.duplicates.pairs import APART, Told, pairs, told

PAIRS = pairs()
BOARD = {"on": "greenhouse/larkfield", "company": "Larkfield"}
FEED = {"on": "remoteok/remoteok", "company": "Larkfield"}


def _job(clusters: Clusters, number: int, **fields: Any) -> str:
    one = told(fields, number)
    return clusters.add(one.sighting, one.text).job_id


def test_keys_are_the_same_on_every_machine() -> None:
    one = told({**BOARD, "req": "R-1001", "text": ["template"]}, 1)
    found = keys(one.sighting, one.text)
    assert found == tuple(sorted(set(found)))
    assert all(-(2**63) <= key < 2**63 for key in found)
    assert found[0] == -8724767613850244754
    assert len(found) == 14


@given(st.sampled_from(PAIRS))
def test_keys_of_one_job_meet(pair: Any) -> None:
    ours, theirs = (set(keys(one.sighting, one.text)) for one in (pair.one, pair.two))
    assert pair.expected == APART or not ours.isdisjoint(theirs)
    assert set(keys(replace(pair.one.sighting, posting_id="f" * 16), pair.one.text)) == ours


@given(st.sampled_from(PAIRS), st.sampled_from(PAIRS))
def test_what_bars_one_job_bars_it_both_ways(first: Any, second: Any) -> None:
    assert is_barred(first.one.sighting, second.two.sighting) == is_barred(second.two.sighting, first.one.sighting)


@given(st.sampled_from(PAIRS), st.permutations(range(len(PAIRS))))
def test_the_order_of_candidates_makes_no_difference(pair: Any, order: list[int]) -> None:
    held = [with_job(one.one.sighting, new_job_id(one.one.sighting.posting_id)) for one in PAIRS]
    texts = {one.one.sighting.posting_id: one.one.text for one in PAIRS}
    new: Told = pair.two
    straight = decide(new.sighting, new.text, held, texts.__getitem__)
    assert decide(new.sighting, new.text, [held[place] for place in order], texts.__getitem__) == straight


def test_copies_of_two_openings_go_each_to_its_own() -> None:
    clusters = Clusters()
    first, second = _job(clusters, 1, **BOARD, text=["arms"]), _job(clusters, 2, **BOARD, text=["arms_again"])
    assert first != second
    assert _job(clusters, 3, **FEED, text=["arms_again", "+closing"]) == second
    assert _job(clusters, 4, **FEED, text=["arms", "+closing"]) == first
    # a summary may be of either: it is neither's
    assert _job(clusters, 5, **FEED, text=["summary"]) not in (first, second)
    assert _job(clusters, 6, **{**FEED, "on": "jobicy/jobicy"}, text=["summary", "+arms_line"]) not in (first, second)


def test_a_copy_of_several_cities_chains_no_two_of_them() -> None:
    clusters = Clusters()
    berlin, munich = _job(clusters, 1, **BOARD, at="Berlin"), _job(clusters, 2, **BOARD, at="Munich")
    both = _job(clusters, 3, **FEED, at="Berlin; Munich")
    remote = _job(clusters, 4, **FEED, at="Remote")
    assert len({berlin, munich, both}) == 3
    assert remote not in (berlin, munich)
    assert _job(clusters, 5, **FEED, at="Munich, Germany") == munich


def test_one_sighting_of_a_job_that_bars_bars_the_job() -> None:
    clusters = Clusters()
    remote = _job(clusters, 1, **FEED, at="Remote")
    assert _job(clusters, 2, **BOARD, at="Berlin") == remote
    assert _job(clusters, 3, on="himalayas/himalayas", company="Larkfield", at="Munich") != remote


def test_a_repost_needs_the_first_to_be_gone_where_its_words_differ() -> None:
    for is_gone in (False, True):
        clusters = Clusters()
        first = told(BOARD, 1)
        clusters.add(first.sighting, first.text)
        clusters.stand([] if is_gone else [first.sighting.posting_id])
        again = told({**BOARD, "text": ["ledger", "+revised"]}, 2)
        assert (clusters.add(again.sighting, again.text).reason is JobReason.SIMILAR_TEXT) == is_gone


def test_a_full_bucket_costs_no_more_than_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def counting(new: Any, text: str, candidates: Sequence[Any], text_of: Callable[[str], str]) -> Match | None:
        seen.append(len(candidates))
        return decide(new, text, candidates, text_of)

    monkeypatch.setattr("pipeline.duplicates.clusters.decide", counting)
    for is_one_job in (False, True):
        clusters = Clusters()
        for number in range(1, 2 * CANDIDATES_A_KEY):
            text = " ".join(f"word{0 if is_one_job else number}x{place}" for place in range(100))
            one = told({**BOARD, "title": "Driver"}, number).sighting
            clusters.add(replace(one, text_digest=words_digest(text)), text)
        assert len(set(clusters.jobs().values())) == (1 if is_one_job else 2 * CANDIDATES_A_KEY - 1)
    assert max(seen) == CANDIDATES_A_KEY == SIGHTINGS_A_JOB


def test_few_texts_are_read_for_one_posting() -> None:
    held = [with_job(told({**BOARD, "text": ["arms"]}, number).sighting, new_job_id(str(number))) for number in range(1, 500)]
    asked: list[str] = []

    def text_of(posting_id: str) -> str:
        asked.append(posting_id)
        return told({**BOARD, "text": ["arms"]}, 1).text

    new = told({**FEED, "text": ["arms_again"]}, 1_000)
    assert decide(new.sighting, new.text, held, text_of) is None
    assert len(asked) == TEXTS


def test_a_job_is_named_after_the_posting_that_opened_it() -> None:
    clusters = Clusters()
    one = told(BOARD, 1)
    match = clusters.add(one.sighting, one.text)
    assert match.job_id == new_job_id(one.sighting.posting_id)
    assert (match.reason, match.posting_id) == (JobReason.FIRST, one.sighting.posting_id)
    assert one.sighting.posting_id in clusters
