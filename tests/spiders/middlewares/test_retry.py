from __future__ import annotations

import pytest

from spiders.middlewares.retry import retry_after_seconds

DATE = "Mon, 05 Jan 2026 02:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        ("5", None, 5.0),
        (" 120 ", None, 120.0),
        ("0", None, 0.0),
        ("999999999999", None, 999999999.0),
        ("Mon, 05 Jan 2026 02:00:07 GMT", DATE, 7.0),
        ("Mon, 05 Jan 2026 01:00:00 GMT", DATE, 0.0),
        ("Monday, 05-Jan-26 02:00:09 GMT", DATE, 9.0),
        ("soon", DATE, None),
        ("-3", DATE, None),
        ("", None, None),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(value: str, date: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, date) == seconds


def test_a_date_without_the_servers_clock_is_counted_from_ours() -> None:
    assert retry_after_seconds("Mon, 05 Jan 2015 02:00:00 GMT", None) == 0.0
    assert (retry_after_seconds("Fri, 05 Jan 2125 02:00:00 GMT", None) or 0) > 1e9
