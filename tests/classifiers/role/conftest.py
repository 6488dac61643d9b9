"""A posting of the test's own words, judged on its role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from classifiers import role
from classifiers.matching import Matcher
from classifiers.reading import read
from pipeline.labels import RoleVerdict
from pipeline.records import Posting


@pytest.fixture(scope="session")
def verdict() -> Callable[..., RoleVerdict]:
    matcher = Matcher(role.terms())

    def make(title: str, text: str = "", employment: str | None = None) -> RoleVerdict:
        posting = Posting(
            posting_id="0" * 16,
            platform="line",
            board="",
            external_id="1",
            url="",
            fetched_at=datetime(2026, 1, 5, tzinfo=UTC),
            title=title,
            description_text=text,
            content_hash="0" * 16,
            employment_type_text=employment,
        )
        return role.judge(read(posting, matcher))

    return make
