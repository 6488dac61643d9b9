"""Anchor phrases: their spellings, and that the tables hold no phrase that no text can match."""

from __future__ import annotations

from classifiers.remote.anchors import Anchor, spellings, terms
from pipeline.folding import fold


def test_spellings_of_groups_and_tildes() -> None:
    assert spellings("on~site (work|)") == ("on site work", "on site", "on-site work", "on-site", "onsite work", "onsite")
    assert spellings("(work~from|at) home") == ("work from home", "work-from home", "workfrom home", "at home")


def test_terms_are_folded_and_each_stands_once() -> None:
    patterns = [term.pattern for term in terms()]
    assert len(patterns) == len(set(patterns))
    assert all(pattern == fold(pattern).text.strip() and "~" not in pattern and "|" not in pattern for pattern in patterns)
    assert {term.key for term in terms()} == {anchor.value for anchor in Anchor}
