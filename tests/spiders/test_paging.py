from __future__ import annotations

import pytest

from spiders.paging import number_in


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://a.example/?page=7", 7),
        ("https://a.example/", 1),
        ("https://a.example/?page=", 1),
        ("https://a.example/?page=-2", 1),
    ],
)
def test_the_number_in_an_address_or_what_its_absence_means(address: str, number: int) -> None:
    assert number_in(address, "page", 1) == number
