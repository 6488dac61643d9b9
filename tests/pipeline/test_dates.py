from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates import parse_date, parse_instant

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("2026-07-06T20:34:18-04:00", datetime(2026, 7, 7, 0, 34, 18, tzinfo=UTC)),
        ("2026-07-06T20:34:18.123Z", datetime(2026, 7, 6, 20, 34, 18, 123000, tzinfo=UTC)),
        ("2026-01-05 08:00:00 UTC", datetime(2026, 1, 5, 8, tzinfo=UTC)),
        ("2026-01-05", datetime(2026, 1, 5, tzinfo=UTC)),
        (1767571200, datetime(2026, 1, 5, tzinfo=UTC)),
        (1767571200000, datetime(2026, 1, 5, tzinfo=UTC)),
        ("1767571200", datetime(2026, 1, 5, tzinfo=UTC)),
        ("Mon, 05 Jan 2026 02:00:00 +0000", NOW),
        ("May 30, 2026", datetime(2026, 5, 30, tzinfo=UTC)),
        ("5 January 2026", datetime(2026, 1, 5, tzinfo=UTC)),
        ("05-Jan-2026", datetime(2026, 1, 5, tzinfo=UTC)),
        ("5. Januar 2026", datetime(2026, 1, 5, tzinfo=UTC)),
        ("30 maj 2026", datetime(2026, 5, 30, tzinfo=UTC)),
        ("30 de março de 2026", datetime(2026, 3, 30, tzinfo=UTC)),
        ("30 augenblick 2026", None),
        ("Posted 8 Days Ago", NOW - timedelta(days=8)),
        ("Posted 30+ days ago", NOW - timedelta(days=30)),
        ("Posted Today", NOW),
        ("Posted Yesterday", NOW - timedelta(days=1)),
        ("2026-13-40", None),
        ("soon", None),
        ("", None),
        (None, None),
        (True, None),
        (0, None),
        ({}, None),
    ],
)
def test_instants(value: object, instant: datetime | None) -> None:
    assert parse_instant(value, NOW) == instant


def test_a_day_is_the_day_that_the_source_wrote() -> None:
    assert parse_date("2026-07-06T20:34:18-04:00") == date(2026, 7, 6)
    assert parse_date("Posted 2 days ago") is None


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.none()))
def test_no_value_breaks_the_parser(value: object) -> None:
    parse_date(value, NOW)


@given(st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2099, 1, 1), timezones=st.just(UTC)))
def test_iso_round_trip(instant: datetime) -> None:
    assert parse_instant(instant.isoformat()) == instant
    assert parse_instant(instant.strftime("%Y-%m-%dT%H:%M:%SZ")) == instant.replace(microsecond=0)
