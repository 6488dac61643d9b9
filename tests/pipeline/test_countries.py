"""Countries as people write them."""

from __future__ import annotations

import pytest

from pipeline.countries import country_asked, country_code, country_name, country_names, nearest_country


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("DE", "DE"),
        ("de", "DE"),
        ("Germany", "DE"),
        ("UNITED STATES", "US"),
        ("uk", "GB"),
        ("España", "ES"),
        ("xq", None),
        ("", None),
    ],
)
def test_code_or_name(word: str, code: str | None) -> None:
    assert country_code(word) == code


@pytest.mark.parametrize(
    ("word", "code"), [("DEU", "DE"), (" deu ", "DE"), ("gbr", "GB"), ("XKX", "XK"), ("uk", "GB"), ("XYZ", None)]
)
def test_three_letters_name_a_country_where_one_is_asked_for(word: str, code: str | None) -> None:
    assert country_asked(word) == code


def test_three_letters_in_a_text_are_a_word() -> None:
    assert [country_code(word) for word in ("CAN", "AND", "PER")] == [None, None, None]


def test_every_code_is_one_of_its_own_words() -> None:
    codes = {code for name in country_names() if (code := country_code(name))}
    assert len(codes) >= 240
    assert {country_code(code) for code in codes} == {country_asked(code) for code in codes} == codes


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("germny", "; did you mean 'Germany'?"),
        ("Brésil", "; did you mean 'Brasil'?"),
        ("emirates", "; did you mean 'United Arab Emirates'?"),
        ("guinea bisau", "; did you mean 'Guinea-Bissau'?"),
        ("Mars", ""),
        ("Atlantis", ""),
        ("XQ", ""),
        ("usaa", ""),
    ],
)
def test_a_hint_is_a_name_as_it_is_written_or_nothing(word: str, hint: str) -> None:
    assert nearest_country(word) == hint


def test_a_name_as_it_is_written_leads_back() -> None:
    assert country_name("ST") == "Sao Tome & Principe"
    assert country_name("IM") == "Isle of Man"
    assert country_name("VI") == "U.S. Virgin Islands"
    assert all(country_code(name) for name in country_names())
