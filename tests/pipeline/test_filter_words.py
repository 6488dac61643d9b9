from __future__ import annotations

import shlex
from datetime import date
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from pipeline.filter_words import as_options, as_query
from pipeline.filters import CLOSED_VALUES, Filters, parse_filters

_NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(str.strip).filter(bool)
_MANY = {name: st.lists(st.sampled_from(CLOSED_VALUES[name]), unique=True, max_size=3).map(tuple) for name in ("remote", "level")}
FILTERS = st.builds(
    Filters,
    **_MANY,
    stack=st.lists(_NAMES, unique=True, max_size=3).map(tuple),
    country=st.sampled_from([(), ("DE",), ("DE", "US")]),
    utc=st.sampled_from([None, 1.0, -5.5, 0.0]),
    visa=st.booleans(),
    pay_min=st.sampled_from([None, 150_000.0, 62.5, 12_345_678.0]),
    currency=st.sampled_from(["USD", "EUR"]),
    company=st.none() | _NAMES,
    since=st.sampled_from([None, "7d", "2026-01-05"]),
    as_of=st.sampled_from([None, date(2026, 1, 5)]),
    state=st.sampled_from(CLOSED_VALUES["state"]),
    text=st.none() | _NAMES,
    limit=st.sampled_from([None, 20]),
)


@given(FILTERS)
def test_an_address_reads_back_as_the_same_filters(filters: Filters) -> None:
    assert parse_filters(_query(as_query(filters))) == filters


def _query(text: str) -> dict[str, object]:
    several = ("remote", "level", "stack", "country")
    return {name: found if name in several else found[0] for name, found in parse_qs(text).items()}


@given(FILTERS)
def test_options_read_back_as_the_same_filters(filters: Filters) -> None:
    words: dict[str, list[str]] = {}
    rest = iter(shlex.split(as_options(filters)))
    for option in rest:
        words.setdefault(option.removeprefix("--"), []).append("yes" if option == "--visa" else next(rest))
    single = {name: found if name in ("remote", "level", "stack", "country") else found[0] for name, found in words.items()}
    assert parse_filters(single) == filters


def test_the_words_are_what_one_would_type() -> None:
    filters = parse_filters(
        {"remote": ["remote-first"], "stack": ["C++", "feature store"], "pay_min": "150k", "utc": "+1", "visa": 1}
    )
    assert as_options(filters) == "--remote remote-first --stack C++ --stack 'feature store' --utc +1 --visa --pay-min 150000"
    assert as_query(filters) == "remote=remote-first&stack=C%2B%2B&stack=feature%20store&utc=%2B1&visa=yes&pay-min=150000"
    assert as_options(Filters()) == as_query(Filters()) == ""
