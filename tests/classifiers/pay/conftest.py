"""What the tests of pay share: a posting in one line, judged."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import classifiers.pay
from classifiers.matching import Matcher
from classifiers.reading import Reading, read
from pipeline.labels import PayBand, PayVerdict
from pipeline.lines import posting_from_line

Judge = Callable[..., PayVerdict]


@cache
def _matcher() -> Matcher:
    return Matcher(classifiers.pay.terms())


def _reading(text: str, location: str | None = "Austin, TX", title: str = "Data Engineer", **fields: Any) -> Reading:
    line = {"id": 1, "title": title, "description_text": text, "location": location, **fields}
    return read(posting_from_line(line).posting, _matcher())


@pytest.fixture(scope="session")
def judge() -> Judge:
    """Judge a description; location, title and structured fields by name."""
    return lambda text, **fields: classifiers.pay.judge(_reading(text, **fields))


@pytest.fixture(scope="session")
def bands_of(judge: Judge) -> Callable[..., list[tuple[Any, ...]]]:
    """The bands of a description as (min, max, currency, period)."""

    def short(band: PayBand) -> tuple[Any, ...]:
        return band.min, band.max, band.currency, band.period.value

    return lambda text, **fields: [short(band) for band in judge(text, **fields).bands]
