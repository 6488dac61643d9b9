"""A posting of the test's own words, read and judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from classifiers import tech
from classifiers.matching import Matcher
from classifiers.reading import Reading, read
from pipeline.labels import TechVerdict
from pipeline.records import CompanyFacts, Posting
from pipeline.vocabulary import Need

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher(tech.terms())


@pytest.fixture(scope="session")
def read_text(matcher: Matcher) -> Read:
    def make(text: str, title: str = "Worker", company: str | None = None) -> Reading:
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
            company=CompanyFacts(name=company),
        )
        return read(posting, matcher)

    return make


@pytest.fixture(scope="session")
def verdict(read_text: Read) -> Callable[..., TechVerdict]:
    return lambda text, **kwargs: tech.judge(read_text(text, **kwargs))


@pytest.fixture(scope="session")
def names(verdict: Callable[..., TechVerdict]) -> Callable[..., list[str]]:
    return lambda text, **kwargs: [technology.name for technology in verdict(text, **kwargs).stack]


@pytest.fixture(scope="session")
def needs(verdict: Callable[..., TechVerdict]) -> Callable[..., Mapping[str, Need]]:
    return lambda text, **kwargs: {technology.name: technology.need for technology in verdict(text, **kwargs).stack}
