from __future__ import annotations

import pytest

from pipeline.errors import UsageError
from pipeline.terms import platform, platforms
from pipeline.vocabulary import ListingKind


def test_every_platform_says_what_it_asks() -> None:
    for row in platforms().values():
        assert row.terms
        assert row.source
        assert row.delay_seconds >= 1.0
        assert row.host or not row.feed


def test_a_window_says_when_a_posting_ages_out() -> None:
    assert {row.name for row in platforms().values() if row.listing is ListingKind.WINDOW and not row.closes_after_days} == set()


def test_an_unknown_platform_gets_the_nearest_name() -> None:
    with pytest.raises(UsageError, match=r"platform .greenhose. is unknown; did you mean .greenhouse.\?"):
        platform("greenhose")
