"""Verdicts survive the way into JSON and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.labels import Conflict, Labels
from pipeline.lines import labels_to_json
from pipeline.stored_labels import labels_from_json
from tests.storage.factory import band, labelled, posting


def _asked(conflicts: tuple[Conflict, ...], question: str) -> tuple[Conflict, ...]:
    return tuple(replace(one, question=question) for one in conflicts)


def _possible(labels: Labels) -> Labels:
    """Conflicts under the question that they belong to."""
    labels = replace(
        labels,
        remote=replace(labels.remote, conflicts=_asked(labels.remote.conflicts, "remote")),
        pay=replace(labels.pay, conflicts=_asked(labels.pay.conflicts, "pay")),
    )
    word = labels.set_by_person
    if word is None:
        return labels
    read = replace(word.read, conflicts=_asked(word.read.conflicts, "remote"))
    return replace(labels, set_by_person=replace(word, read=read))


@given(st.builds(_possible, st.from_type(Labels)))
@settings(max_examples=60)
def test_what_is_written_is_read_back(labels: Labels) -> None:
    written = json.dumps(labels_to_json(labels))
    assert json.dumps(labels_to_json(labels_from_json(json.loads(written)))) == written


def test_what_an_earlier_version_did_not_ask_is_nothing_found() -> None:
    made = labelled(posting("a"), bands=(band(1.0, 2.0),)).labels
    value: dict[str, Any] = json.loads(json.dumps(labels_to_json(made)))
    for name in ("eligibility", "company_stage", "company_size", "industry", "company_evidence", "signal_evidence"):
        del value[name]
    del value["versions"]["eligibility"], value["versions"]["company"]
    labels = labels_from_json(value)
    assert (labels.remote, labels.pay, labels.tech, labels.role) == (made.remote, made.pay, made.tech, made.role)
    assert (labels.eligibility.countries, labels.company.industry, labels.set_by_person) == ((), None, None)
