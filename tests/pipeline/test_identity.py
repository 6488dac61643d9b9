from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.identity import company_key, digest, posting_id, title_key


def test_ids_are_the_same_on_every_machine() -> None:
    assert posting_id("greenhouse", "acme", "7") == "a6a52b91cc56d5dc"
    assert posting_id("greenhouse", "acme", "7") != posting_id("greenhouse", "acme7", "")


@given(
    st.lists(st.one_of(st.none(), st.text(max_size=5)), max_size=4), st.lists(st.one_of(st.none(), st.text(max_size=5)), max_size=4)
)
def test_different_parts_have_different_digests(first: list[str | None], second: list[str | None]) -> None:
    assert (digest(first) == digest(second)) == (first == second)


def test_names_that_mean_one_company_are_one() -> None:
    assert company_key("Acme, Inc.") == company_key("ACME") == company_key("Acmé GmbH")
    assert company_key("Acme Health") != company_key("Acme")


def test_titles_keep_their_level() -> None:
    assert title_key("Data Engineer (m/w/d) - Remote") == title_key("data engineer")
    assert title_key("Senior Data Engineer") != title_key("Data Engineer")
