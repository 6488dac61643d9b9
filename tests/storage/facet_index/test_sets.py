"""Sets of jobs as bits against plain sets, and values against plain counting."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.facet_index import bits
from storage.facet_index.bits import Selection
from storage.facet_index.values import ValueSets

JOBS = st.integers(0, 200)


@st.composite
def two_sets(draw: st.DrawFn) -> tuple[int, set[int], set[int]]:
    jobs = draw(st.integers(1, 200))
    rows = st.sets(st.integers(0, jobs - 1))
    return jobs, draw(rows), draw(rows)


def packed(rows: set[int], jobs: int) -> bits.Bits:
    return bits.of_rows(np.array(sorted(rows), np.int32), jobs)


@given(two_sets())
def test_bits_are_sets(drawn: tuple[int, set[int], set[int]]) -> None:
    jobs, one, other = drawn
    a, b = packed(one, jobs), packed(other, jobs)
    assert set(bits.rows(a, jobs).tolist()) == one
    assert bits.size(a) == len(one)
    assert set(bits.rows(bits.in_all([a, b], jobs), jobs).tolist()) == one & other
    assert set(bits.rows(bits.in_any([a, b], jobs), jobs).tolist()) == one | other
    assert bits.size(bits.in_all([~a], jobs)) == jobs - len(one)
    assert Selection(a, jobs).count_in(b) == len(one & other)


@given(JOBS)
def test_every_job_and_none(jobs: int) -> None:
    assert bits.size(bits.every(jobs)) == bits.size(bits.in_all([], jobs)) == jobs
    assert bits.size(bits.none(jobs)) == bits.size(bits.in_any([], jobs)) == 0


@given(st.lists(st.integers(-1, 6), min_size=1, max_size=400), st.data())
def test_values_are_counted_in_a_selection(codes: list[int], data: st.DataObject) -> None:
    jobs = len(codes)
    names = [f"value {code}" for code in range(7)]
    sets = ValueSets.from_codes(np.array(codes, np.int32), names)
    chosen = data.draw(st.sets(st.integers(0, jobs - 1)))
    expected = Counter(names[codes[row]] for row in chosen if codes[row] >= 0)
    counts = sets.counts(Selection(packed(chosen, jobs), jobs))
    assert {value: number for value, number in zip(sets.values, counts.tolist(), strict=True) if number} == expected
    assert set(bits.rows(sets.stated, jobs).tolist()) == {row for row, code in enumerate(codes) if code >= 0}
    wanted = data.draw(st.sets(st.sampled_from(names)))
    assert set(bits.rows(sets.any_of(wanted), jobs).tolist()) == {
        r for r, code in enumerate(codes) if code >= 0 and names[code] in wanted
    }
    most = data.draw(st.integers(1, 8))
    first = [sets.values[place] for place in sets.most_frequent(counts, most)]
    assert first == sorted(expected, key=lambda value: (-expected[value], value))[:most]


@pytest.mark.parametrize("share", [0.001, 0.3, 1.0])
def test_common_and_rare_values_are_counted_alike(share: float) -> None:
    """Of many jobs a value of few is a list of rows, and a small selection is counted job by job."""
    draw = np.random.default_rng(3)
    jobs = 5_000
    groups = {
        f"v{number}": np.unique(draw.integers(0, jobs, size)).astype(np.int32) for number, size in enumerate((4_000, 900, 7, 1))
    }
    sets = ValueSets.from_rows(groups.items(), jobs, {"v2": "called otherwise"})
    assert (len(sets.common), len(sets.starts)) == (2, 2)
    assert sets.shown == ("v0", "v1", "called otherwise", "v3")
    flags = draw.random(jobs) < share
    flags[groups["v3"]] = True
    counts = sets.counts(Selection(bits.pack(flags), jobs))
    assert counts.tolist() == [int(flags[groups[value]].sum()) for value in sets.values]
    assert [bits.size(sets.bits(value)) for value in ("v2", "v1", "unknown")] == [len(groups["v2"]), len(groups["v1"]), 0]
