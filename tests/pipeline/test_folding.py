from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.folding import fold, fold_name

ODD = "\u00a0\u00ad\u200b\u2013\u2014\u2019“”•ﬁİß\u0301é\u2003\u202f…²！ \t\n"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Remote\u00a0–\u2009First", "remote - first"),
        ("re\u00admote", "remote"),
        ("zero\u200bwidth", "zerowidth"),
        ("“We’re” distributed", '"we\'re" distributed'),
        ("a \r\n\n  b", "a\nb"),
        ("● item\n▪ item", "• item\n• item"),
        ("ﬁne oﬃce…", "fine office..."),
        ("e\u0301t", "ét"),
        ("ＦＵＬＬ", "full"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from(ODD)), max_size=200), st.data())
def test_a_span_goes_back_to_the_words_it_came_from(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    word = folded.text[start:end]
    if word.isascii() and word.isalpha():
        assert word in fold(text[first:last]).text


@given(st.text(max_size=100))
def test_folding_folded_text_changes_nothing_but_blanks(text: str) -> None:
    once = fold(text).text
    assert "  " not in once
    assert "\u00a0" not in once
    assert fold(once).text.split() == once.split() or not once.isascii()


def test_names_lose_accents() -> None:
    assert fold_name("  Société Générale ") == "societe generale"
