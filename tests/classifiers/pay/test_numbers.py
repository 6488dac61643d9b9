from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.pay.numbers import parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("60000", 60000),
        ("60,000", 60000),
        ("60.000", 60000),
        ("60 000", 60000),
        ("110'000", 110000),
        ("1,50,000", 150000),
        ("12,00,000", 1200000),
        ("1.234.567,89", 1234567.89),
        ("2.738,10", 2738.10),
        ("65,000.00", 65000),
        ("70.23", 70.23),
        ("3,5", 3.5),
        ("0.125", 0.125),
        ("23.4567", 23.4567),
        ("88 ,000", 88000),
    ],
)
def test_reads_the_number_of_each_locale(text: str, value: float) -> None:
    assert parse_number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["1,2,3", "10,0000", "1.2.3", "9,87600", "12.34.567", "1234567890123456"])
def test_refuses_what_fits_no_locale(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(1, 99_999_999), st.sampled_from([",", ".", " ", "'"]))
def test_thousands_read_back(value: int, separator: str) -> None:
    assert parse_number(f"{value:,}".replace(",", separator)) == value


@given(st.text(alphabet="0123456789.,' ", min_size=1, max_size=30).filter(lambda text: text[0].isdigit() and text[-1].isdigit()))
def test_never_raises(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0
