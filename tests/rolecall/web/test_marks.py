"""Marks of a posting's verdicts: in order, none over another, the class first."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from rolecall.web.description import plain_html
from rolecall.web.marks import LEGEND, Mark, Tone, cut_at, is_shown, legend_of, marks_of

_SPAN = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda pair: {"start": pair[0], "end": pair[0] + pair[1]})
_ITEM = st.builds(lambda span, field: {**span, "field": field}, _SPAN, st.sampled_from(["description_text", "title"]))
_ITEMS = st.lists(_ITEM, max_size=4)
_TEXTS = st.text(st.sampled_from("ab -\n"), min_size=52, max_size=52)


def _labels(**found: Any) -> dict[str, Any]:
    return {"evidence": [], "pay_bands": [], "tech_stack": [], **found}


def _shown(item: Any, text: str) -> set[int]:
    """Places of the letters that an item claims."""
    is_there = item["field"] == "description_text"
    return {at for at in range(item["start"], item["end"]) if is_there and is_shown(text[at])}


@given(_ITEMS, _ITEMS, _ITEMS, _TEXTS)
def test_every_claimed_letter_is_marked_once_for_the_first_that_claims_it(evidence: Any, bands: Any, stack: Any, text: str) -> None:
    marks = marks_of(_labels(evidence=evidence, pay_bands=bands, tech_stack=stack), text).marks
    assert all(one.end <= other.start for one, other in pairwise(marks))
    toned = {at: mark.tone for mark in marks for at in range(mark.start, mark.end) if is_shown(text[at])}
    claims = {Tone.STACK: stack, Tone.PAY: bands, Tone.REMOTE: evidence}  # the last of a place stays
    assert toned == {at: tone for tone, items in claims.items() for item in items for at in _shown(item, text)}


@given(_ITEMS, _TEXTS)
def test_every_sentence_under_the_label_leads_to_a_mark_of_its_own_words(evidence: Any, text: str) -> None:
    """Whatever lies within, before or across what, in the description as it is sent."""
    marked = marks_of(_labels(evidence=evidence), text)
    page = fragment_fromstring(plain_html(text, marked.marks), create_parent="div")
    stands = {int(mark.get("id").removeprefix("evidence-")) for mark in page.iter("mark") if mark.get("id")}
    for number, item in enumerate(evidence, 1):
        claimed = _shown(item, text)
        assert (number in marked.found_at) == bool(claimed)
        if claimed:
            place = marked.found_at[number]
            assert place in stands
            there = (mark for mark in marked.marks if mark.number == place)
            assert claimed & {at for mark in there for at in range(mark.start, mark.end)}


def test_a_sentence_within_another_leads_to_that_one_and_one_over_its_end_to_its_own_rest() -> None:
    text = "a" * 40
    evidence = [{"field": "description_text", "start": start, "end": end} for start, end in ((10, 20), (12, 15), (15, 30), (5, 35))]
    marked = marks_of(_labels(evidence=evidence), text)
    assert [(one.start, one.end, one.number) for one in marked.marks] == [(5, 10, 4), (10, 20, 1), (20, 30, 3), (30, 35, 4)]
    assert marked.found_at == {1: 1, 2: 1, 3: 3, 4: 4}


def test_a_structured_field_is_not_marked() -> None:
    field = {"field": "structured_remote", "start": None, "end": None}
    marked = marks_of(_labels(evidence=[field, {"field": "description_text", "start": 1, "end": 3}]), "words")
    assert marked.marks == (Mark(1, 3, Tone.REMOTE, 2),)
    assert marked.found_at == {2: 2}


def test_a_mark_over_two_lines_is_cut_between_them() -> None:
    marks = (Mark(2, 9, Tone.REMOTE, 1),)
    assert cut_at(marks, 0, 5) == [Mark(2, 5, Tone.REMOTE, 1)]
    assert cut_at(marks, 6, 12) == [Mark(0, 3, Tone.REMOTE, 1)]
    assert cut_at(marks, 6, 6) == cut_at(marks, 9, 12) == []


def test_a_sign_of_remote_work_is_no_word_that_decides_and_gives_way_to_all_that_do() -> None:
    text = "a" * 60
    sign, deciding = ({"field": "description_text", "start": start, "end": end} for start, end in ((0, 40), (0, 10)))
    pay = {"field": "description_text", "start": 20, "end": 30}
    marked = marks_of(_labels(evidence=[deciding], pay_bands=[pay], signal_evidence=[sign, deciding]), text)
    assert [(one.start, one.end, one.tone) for one in marked.marks] == [
        (0, 10, Tone.REMOTE), (10, 20, Tone.SIGN), (20, 30, Tone.PAY), (30, 40, Tone.SIGN),
    ]  # fmt: skip


def test_the_legend_names_the_tones_that_are_there_alone() -> None:
    marks = [Mark(5, 7, Tone.STACK), Mark(1, 2, Tone.SIGN), Mark(8, 9, Tone.STACK)]
    assert legend_of(marks) == ((Tone.SIGN, "signs of remote work"), (Tone.STACK, "stack"))
    assert legend_of(()) == ()
    assert set(LEGEND) == set(Tone)
