"""Marks of a posting's verdicts: in order, none over another, the class first."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rolecall.web.marks import Mark, Tone, cut_at, marks_of

_SPAN = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda pair: {"start": pair[0], "end": pair[0] + pair[1]})
_ITEM = st.builds(lambda span, field: {**span, "field": field}, _SPAN, st.sampled_from(["description_text", "title"]))
_ITEMS = st.lists(_ITEM, max_size=4)


def _labels(**found: Any) -> dict[str, Any]:
    return {"evidence": [], "pay_bands": [], "tech_stack": [], **found}


@given(_ITEMS, _ITEMS, _ITEMS)
def test_none_over_another_and_the_class_first(evidence: Any, bands: Any, stack: Any) -> None:
    marks = marks_of(_labels(evidence=evidence, pay_bands=bands, tech_stack=stack))
    assert all(one.end <= other.start for one, other in pairwise(marks))
    first = next((item for item in evidence if item["field"] == "description_text" and item["end"] > item["start"]), None)
    if first:
        assert Mark(first["start"], first["end"], Tone.REMOTE, evidence.index(first) + 1) in marks


def test_a_structured_field_is_not_marked() -> None:
    field = {"field": "structured_remote", "start": None, "end": None}
    assert marks_of(_labels(evidence=[field, {"field": "description_text", "start": 1, "end": 3}])) == (Mark(1, 3, Tone.REMOTE, 2),)


def test_a_mark_over_two_lines_is_numbered_once() -> None:
    marks = (Mark(2, 9, Tone.REMOTE, 1),)
    assert cut_at(marks, 0, 5) == [Mark(2, 5, Tone.REMOTE, 1)]
    assert cut_at(marks, 6, 12) == [Mark(0, 3, Tone.REMOTE, None)]
    assert cut_at(marks, 9, 12) == []
