"""Amounts as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.amounts import amount
from pipeline.errors import UsageError
from pipeline.filters import Filters, parse_filters


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("150000", 150_000),
        ("100k", 100_000),
        ("100 K", 100_000),
        ("1.2M", 1_200_000),
        ("0.125m", 125_000),
        ("87,5k", 87_500),
        ("100,000", 100_000),
        ("100.000", 100_000),
        ("100 000", 100_000),
        ("100\u202f000", 100_000),
        ("100\u00a0000", 100_000),
        ("100'000", 100_000),
        ("100’000", 100_000),
        ("100_000", 100_000),
        ("1.234.567", 1_234_567),
        ("1,234,567.5", 1_234_567.5),
        ("1.234.567,50", 1_234_567.5),
        ("62.5", 62.5),
        ("0.001", 0),
        (" 0 ", 0),
    ],
)
def test_an_amount_is_read(written: str, meant: float) -> None:
    assert amount(written, "--pay-min") == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("€100.000", "names a currency, which --currency is for: --pay-min 100000 --currency CODE, as in EUR"),
        ("$ 1.2M", "names a currency, which --currency is for: --pay-min 1200000 --currency CODE, as in EUR"),
        ("120k EUR", "names a currency, which --currency is for: --pay-min 120000 --currency EUR"),
        ("120kgbp", "names a currency, which --currency is for: --pay-min 120000 --currency GBP"),
        ("CHF 120'000", "names a currency, which --currency is for: --pay-min 120000 --currency CHF"),
        ("1.234k", "could be two amounts; write it out, as in 150000"),
        ("1,250M", "could be two amounts; write it out, as in 150000"),
        ("100,00,000", "must be a number, as in 150000 or 100k"),
        ("1.234,567", "must be a number, as in 150000 or 100k"),
        ("100k k", "must be a number, as in 150000 or 100k"),
        ("lots of EUR", "must be a number, as in 150000 or 100k"),
        ("1e5", "must be a number, as in 150000 or 100k"),
        ("٣", "must be a number, as in 150000 or 100k"),
        ("-5k", "must be a number of at least 0"),
        ("999999999999M", "must be a number of at least 0 and below 1e+15"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_remedy(written: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        amount(written, "--pay-min")
    assert str(caught.value) == f"--pay-min: '{written}' {said}"


WHOLE = st.integers(0, 10**12)


@given(WHOLE, st.sampled_from([",", ".", " ", "'", "_", "\u00a0", "\u202f", ""]))
def test_thousands_may_be_set_apart_in_any_way(number: int, mark: str) -> None:
    assert amount(f"{number:,}".replace(",", mark), "--pay-min") == number


@given(
    st.integers(0, 999_999), st.integers(0, 99), st.sampled_from([("k", 1_000), ("K", 1_000), ("M", 1_000_000), (" m", 1_000_000)])
)
def test_a_suffix_multiplies(whole: int, hundredths: int, suffix: tuple[str, int]) -> None:
    letter, times = suffix
    meant = whole * times + hundredths * times // 100
    for point in ".,":
        assert amount(f"{whole}{point}{hundredths:02}{letter}", "--pay-min") == pytest.approx(meant)
    assert amount(f"{whole}{letter}", "--pay-min") == whole * times


@given(WHOLE, st.sampled_from(["€", "$", "£", "₹", "EUR", "usd ", "A$"]), st.booleans())
def test_a_currency_is_never_dropped_in_silence(number: int, currency: str, is_before: bool) -> None:
    with pytest.raises(UsageError):
        amount(f"{currency}{number}" if is_before else f"{number} {currency}", "--pay-min")


@given(st.text("0123456789.,'_ kKmM€EUR-\u00a0", max_size=14) | st.text())
def test_what_is_read_is_written_so_that_it_reads_the_same(written: str) -> None:
    with suppress(UsageError):
        read = amount(written, "--pay-min")
        assert amount(f"{read:.15g}", "--pay-min") == read


@given(st.floats(0, 1e12) | st.integers(0, 10**12))
def test_a_number_of_a_saved_search_is_that_number_to_the_hundredth(number: float) -> None:
    read = parse_filters({"pay_min": number}).pay_min
    assert read == round(number, 2)
    assert parse_filters({"pay_min": f"{read:.15g}"}) == Filters(pay_min=read)
