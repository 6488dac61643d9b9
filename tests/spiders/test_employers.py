from __future__ import annotations

import pytest

from spiders.employers import employer_host


@pytest.mark.parametrize(
    ("board", "host"),
    [
        ("acme", "acme.recruitee.com"),
        ("Acme ", "acme.recruitee.com"),
        ("jobs.acme.example", "jobs.acme.example"),
        ("a b/c", "a%20b%2Fc.recruitee.com"),
    ],
)
def test_a_board_is_a_name_at_the_platform_or_a_host_of_its_own(board: str, host: str) -> None:
    assert employer_host(board, "recruitee.com") == host
