"""Postings made of a few words, and their verdicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from classifiers.matching import Matcher
from classifiers.reading import Reading, read
from classifiers.remote import judge, terms
from pipeline.labels import RemoteVerdict
from pipeline.lines import posting_from_line


@pytest.fixture(scope="session")
def reading_of() -> Callable[..., Reading]:
    """A reading of a posting of the given text, with other fields by name."""
    matcher = Matcher(terms())

    def made(text: str, **fields: Any) -> Reading:
        line = {"id": 1, "title": "Data Analyst", "location": "Springfield", **fields, "description_text": text}
        return read(posting_from_line(line).posting, matcher)

    return made


@pytest.fixture(scope="session")
def verdict_of(reading_of: Callable[..., Reading]) -> Callable[..., RemoteVerdict]:
    """The verdict on such a posting."""
    return lambda text, **fields: judge(reading_of(text, **fields))
