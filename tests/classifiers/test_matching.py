from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from classifiers.matching import Hit, Matcher, Term, longest

PATTERNS = ["remote", "remote desktop", "r", "c++", "c", ".net", "go", "asp.net", "office", "e-mail"]
MATCHER = Matcher([*(Term("tech", p, p) for p in PATTERNS), Term("anchor", "remote", "offers")])


def _found(text: str) -> set[tuple[str, int]]:
    return {(hit.term.pattern, hit.start) for hit in MATCHER.find(text).get("tech", ())}


def test_terms_stand_alone() -> None:
    assert _found("remotely in r&d, c++ and go-to; asp.net") == {
        ("r", 12), ("c++", 17), ("c", 17), ("go", 25), ("asp.net", 32), (".net", 35),
    }  # fmt: skip


def test_each_lexicon_gets_its_own_hits() -> None:
    hits = MATCHER.find("remote desktop")
    assert [hit.term.pattern for hit in hits["tech"]] == ["remote desktop", "remote"]
    assert [hit.term.key for hit in hits["anchor"]] == ["offers"]


@given(st.lists(st.sampled_from([*PATTERNS, "x", " ", ", ", "\n", "remoter", "2"]), max_size=12).map("".join))
def test_hits_equal_those_of_one_plain_search_a_term(text: str) -> None:
    expected = set()
    for pattern in PATTERNS:
        left = r"(?<!\w)" if pattern[0].isalnum() else ""
        right = r"(?!\w)" if pattern[-1].isalnum() else ""
        for match in re.finditer(f"(?={left}{re.escape(pattern)}{right})", text):
            expected.add((pattern, match.start()))
    assert _found(text) == expected


def test_longest_drops_what_overlaps() -> None:
    term = Term("t", "x", "x")
    hits = [Hit(term, 0, 14), Hit(term, 0, 6), Hit(term, 7, 14), Hit(term, 20, 22)]
    assert longest(hits) == (hits[0], hits[3])
