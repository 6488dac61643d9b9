"""An address says its filters in the command's words, and reads back as the same."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.filters import Filters, parse_filters
from rolecall.web.addresses import MOST_VALUES, Asked, query, read_query, with_value, without_value
from tests.pipeline.test_filter_words import FILTERS


@given(FILTERS, st.integers(1, 999))
def test_reads_back_as_what_it_was_written_from(filters: Filters, page: int) -> None:
    assert read_query(parse_qsl(query(filters, page))) == Asked(filters, page)


def test_empty_fields_of_a_form_are_as_if_not_given() -> None:
    assert read_query([("remote", "remote-first"), ("pay-min", ""), ("text", " ")]) == read_query([("remote", "remote-first")])


def test_rows_and_offset() -> None:
    assert (read_query([("limit", "10"), ("page", "3")]).offset, read_query([]).rows) == (20, 25)


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([("remot", "remote-first")], "filter 'remot' is unknown; did you mean 'remote'?"),
        ([("remote", "remote-frist")], "did you mean 'remote-first'?"),
        ([("pay-min", "1"), ("pay_min", "2")], "'pay-min' stands twice in the address; leave one out"),
        ([("page", "0")], "page: '0' must be a number from 1 on"),
        ([("page", "٣")], "must be a number from 1 on"),
        ([("limit", "201")], "limit: a page holds 1 to 200 jobs; the exports hold them all"),
        ([("limit", "0")], "a page holds 1 to 200 jobs"),
        ([("stack", "x")] * (MOST_VALUES + 1), "more than 40 values"),
    ],
)
def test_refuses_in_one_sentence(pairs: list[tuple[str, str]], sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        read_query(pairs)
    assert sentence in str(error.value)


def test_a_value_more_and_a_value_less() -> None:
    filters = parse_filters({"remote": ["remote-first", "on-site"], "pay_min": 5})
    assert without_value(filters, "remote", "on-site").remote == ("remote-first",)
    assert without_value(filters, "pay_min", 5.0).pay_min is None
    assert with_value(filters, "remote", "remote-friendly").remote == ("remote-first", "on-site", "remote-friendly")
    assert with_value(filters, "pay_min", 7.0).pay_min == 7
