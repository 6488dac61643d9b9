from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.duplicates.shingles import BANDS, bands, overlap, shingles
from pipeline.duplicates.wording import count_words, plain_words, words_digest

TEXTS = st.lists(st.sampled_from("alpha beta gamma delta epsilon zeta eta theta iota kappa".split()), max_size=40).map(" ".join)


def test_case_blanks_punctuation_and_invisible_characters_are_no_words() -> None:
    assert plain_words("We pay\u00a0€50,000 – «a\u00adll» of it.\nR&D!") == "we pay 50 000 all of it r d"
    assert words_digest("One  TWO, three") == words_digest("one two\nthree") != words_digest("one three two")
    assert plain_words("Ｆｕｌｌ Straße ①") == "full straße 1"
    assert (count_words(""), count_words("one"), count_words("one-two")) == (0, 1, 2)


def test_numbers_are_the_same_on_every_machine() -> None:
    runs = shingles("one two three four five six")
    assert runs.tolist() == [4531046658987978764, 8011190938407273354]
    assert bands(runs)[0].hex() == "e7b27a223282946cdebedf45af315456"
    assert len(bands(runs)) == BANDS


@given(TEXTS, TEXTS)
def test_overlap_is_symmetric_and_within_bounds(one: str, other: str) -> None:
    ours, theirs = shingles(one), shingles(other)
    jaccard, share = overlap(ours, theirs)
    assert (jaccard, share) == overlap(theirs, ours)
    assert 0 <= jaccard <= share <= 1
    shared = set(ours.tolist()) & set(theirs.tolist())
    assert jaccard == (len(shared) / len({*ours.tolist(), *theirs.tolist()}) if len(ours) and len(theirs) else 0)


@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_runs_makes_no_difference_to_bands(text: str, chance: random.Random) -> None:
    runs = shingles(text).tolist()
    shuffled = runs[:]
    chance.shuffle(shuffled)
    assert bands(np.array(shuffled, np.uint64)) == bands(np.array(runs, np.uint64))


@given(TEXTS)
def test_runs_are_the_distinct_runs_of_five_words(text: str) -> None:
    words = text.split()
    expected = {tuple(words[at : at + 5]) for at in range(max(len(words) - 4, 1))} if words else set()
    assert len(shingles(text)) == len(expected)


def test_texts_that_share_four_fifths_share_a_band() -> None:
    words = [f"w{number}" for number in range(30_000)]
    found = []
    for number in range(400):
        begin = number * 60
        one, other = shingles(" ".join(words[begin : begin + 600])), shingles(" ".join(words[begin + 60 : begin + 660]))
        assert 0.8 < overlap(one, other)[0] < 0.83
        found.append(not set(enumerate(bands(one))).isdisjoint(enumerate(bands(other))))
    assert sum(found) / len(found) >= 0.97


def test_an_empty_text_has_no_band() -> None:
    assert bands(shingles("")) == ()
    assert overlap(shingles(""), shingles("one")) == (0.0, 0.0)
