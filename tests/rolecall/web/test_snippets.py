"""Hits of a search are marked where the words stand, and nothing of a text is taken for markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from rolecall.web.snippets import hits, marked, passage
from storage.full_text import query_terms, words


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Senior Python Engineer", "python", ["Python"]),
        ("Ingénieur données, Zürich", "ingenieur zurich", ["Ingénieur", "Zürich"]),
        ("C++ and C# and C", "c++", ["C++"]),
        ("a feature store, no feature of a store", '"feature store"', ["feature store"]),
        ("Straße nach Köln", "strasse", ["Straße"]),
        ("pythonic", "python", []),
    ],
)
def test_hits(text: str, wanted: str, found: list[str]) -> None:
    assert [text[first:last] for first, last in hits(text, query_terms(wanted))] == found


_TEXT = st.text(st.sampled_from("ab <&>\n-é"), max_size=300)


@given(_TEXT, st.lists(st.sampled_from(["a", "ab", "b", "é"]), min_size=1, max_size=3))
def test_marking_changes_no_letter(text: str, wanted: list[str]) -> None:
    terms = query_terms(" ".join(wanted))
    assert re.sub("</?mark>", "", marked(text, terms)) == escape(text)


@given(_TEXT, st.sampled_from(["a", "ab", "b"]))
def test_a_passage_is_there_where_the_word_is(text: str, word: str) -> None:
    shown = passage(text, query_terms(word))
    assert (shown is not None) == (word in words(text))
    if shown is not None:
        assert "<mark>" in shown
        assert len(shown) < 2500


def test_a_passage_is_cut_at_words_and_says_so() -> None:
    text = "word " * 60 + "we use python here\n- and there\n- daily " + "word " * 60
    shown = passage(text, query_terms("python"))
    assert shown is not None
    assert shown.startswith("… word")
    assert shown.endswith(" …")
    assert "<mark>python</mark> here · and there · daily" in shown
