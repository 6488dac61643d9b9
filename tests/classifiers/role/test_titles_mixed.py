"""Titles in which two families meet."""

from __future__ import annotations

import pytest

from classifiers.classify import classify
from pipeline.lines import posting_from_line


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Lead Functional Safety Software Engineer", "software"),
        ("Senior Software Quality Engineer", "software"),
        ("Software Engineer, Video", "software"),
        ("Software Design Engineer", "software"),
        ("Video Editor", "design"),
        ("Visual Designer", "design"),
        ("Artificial Intelligence Scientist", "ml-engineering"),
        ("Electrical Engineer", "other"),
    ],
)
def test_the_noun_that_names_the_work_decides(title: str, family: str) -> None:
    posting = posting_from_line({"id": 1, "title": title, "description_text": "Hello."}).posting
    assert classify(posting).labels.role.role_family == family
