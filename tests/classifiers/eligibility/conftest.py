"""Verdicts on postings of a few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from classifiers.classify import classify
from pipeline.labels import EligibilityVerdict
from pipeline.lines import posting_from_line


@pytest.fixture(scope="session")
def eligible() -> Callable[..., EligibilityVerdict]:
    """Who may hold a job of the given text."""

    def made(text: str, **fields: Any) -> EligibilityVerdict:
        line = {"id": 1, "title": "Data Analyst", "location": "Remote", **fields, "description_text": text}
        return classify(posting_from_line(line).posting).labels.eligibility

    return made
