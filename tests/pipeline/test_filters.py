from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError, did_you_mean
from pipeline.filters import Filters, parse_filters, since_date


def test_names_and_values_are_read_as_people_write_them() -> None:
    given_ = {
        "remote": ["Remote-First", "remote friendly"], "any-stack": "Go", "pay_min": "150k", "currency": "eur", "since": "7d",
        "limit": "5", "level": [], "company": None, "state": "all",
    }  # fmt: skip
    assert parse_filters(given_) == Filters(
        remote=("remote-first", "remote-friendly"),
        any_stack=("Go",),
        pay_min=150_000.0,
        currency="EUR",
        since="7d",
        limit=5,
        state="all",
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"remot": "x"}, "filter 'remot' is unknown; did you mean 'remote'?"),
        ({"country": "Germny"}, "--country: 'Germny' is no country; did you mean 'Germany'?"),
        ({"country": "Mars"}, "--country: 'Mars' is no country; give its letters or its English name, as in DE, DEU or Germany"),
        ({"country": "XQ"}, "--country: 'XQ' is no country"),
        ({"utc": "noon"}, "--utc: 'noon' must be hours from UTC, as in +1 or -5:30"),
        ({"utc": "+20"}, "--utc: '+20' is no time zone"),
        ({"visa": "perhaps"}, "--visa: 'perhaps' must be yes or no"),
        ({"remote": "remote-frist"}, "--remote: 'remote-frist' is unknown; did you mean 'remote-first'? choose from remote-first,"),
        ({"remote": "first"}, "--remote: 'first' is unknown; did you mean 'remote-first'? choose from remote-first,"),
        ({"level": ["senoir"]}, "--level: 'senoir' is unknown; did you mean 'senior'?"),
        ({"platform": "greenhose"}, "--platform: 'greenhose' is unknown; did you mean 'greenhouse'?"),
        ({"pay_min": "much"}, "--pay-min: 'much' must be a number, as in 150000"),
        ({"pay_min": "-1"}, "--pay-min: '-1' must be a number of at least 0"),
        ({"pay_min": "nan"}, "--pay-min: 'nan' must be a number, as in 150000 or 100k"),
        ({"pay_min": float("nan")}, "--pay-min: 'nan' must be a number of at least 0"),
        ({"pay_min": True}, "--pay-min: 'True' must be a number"),
        ({"limit": "-1"}, "--limit: '-1' must be a number of at least 0"),
        ({"limit": "1.5"}, "--limit: '1.5' must be a number"),
        ({"currency": "euros"}, "--currency: 'euros' must be a code of three letters"),
        ({"since": "last week"}, "--since: 'last week' must be a number of days or a date"),
        ({"sort": "salary"}, "--sort: 'salary' is unknown"),
        ({"remote": 5}, "--remote: '5' is unknown"),
        ({"text": "a\udcff"}, "--text: the value is not valid UTF-8"),
    ],
)
def test_what_is_wrong_is_said_with_the_remedy(values: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_filters(values)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"country": ["de", "Germany", "DEU", "United Kingdom", "usa"]}, Filters(country=("DE", "GB", "US"))),
        ({"utc": "+1"}, Filters(utc=1.0)),
        ({"utc": "UTC-5"}, Filters(utc=-5.0)),
        ({"utc": "+05:30"}, Filters(utc=5.5)),
        ({"utc": 0}, Filters(utc=0.0)),
        ({"visa": True}, Filters(visa=True)),
        ({"visa": "no"}, Filters()),
    ],
)
def test_who_may_hold_the_job(values: dict[str, object], expected: Filters) -> None:
    assert parse_filters(values) == expected


@given(
    st.dictionaries(
        st.sampled_from([*Filters.__dataclass_fields__, "any-stack", "x"]), st.one_of(st.text(), st.lists(st.text()), st.none())
    )
)
def test_no_words_raise_anything_else(values: dict[str, object]) -> None:
    try:
        filters = parse_filters(values)
    except UsageError:
        return
    assert set(filters.narrowing()) <= {name.replace("-", "_") for name in values}


def test_without_takes_one_filter_away() -> None:
    filters = parse_filters({"remote": "remote-first", "pay_min": 1, "limit": 3})
    assert filters.narrowing() == ("remote", "pay_min")
    assert filters.without("remote").narrowing() == ("pay_min",)
    assert since_date("7d", date(2026, 1, 8)) == date(2026, 1, 1)
    assert since_date("2025-12-31", date(2026, 1, 8)) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("first", "; did you mean 'remote-first'?"),
        ("Friendly", "; did you mean 'remote-friendly'?"),
        ("levr", "; did you mean 'lever'?"),
        ("in", ""),
        ("none", ""),
        ("to", ""),
    ],
)
def test_a_word_that_only_one_choice_has_as_a_part_is_that_choice(word: str, hint: str) -> None:
    assert did_you_mean(word, ("remote-first", "remote-friendly", "lever", "walk in", "second-to-none", "third-to-none")) == hint
