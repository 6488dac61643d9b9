"""Countries as people write them."""

from __future__ import annotations

import pytest

from pipeline.countries import country_code, country_words


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


def test_every_code_is_one_of_its_own_words() -> None:
    codes = {code for word in country_words() if (code := country_code(word))}
    assert len(codes) >= 240
    assert {country_code(code) for code in codes} == codes
