from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.duplicates.places import Closeness, Place, closeness, places

LOCATIONS = (
    None, "", "Remote", "Anywhere", "Berlin", "Berlin, Germany", "Berlin (Hybrid)", "Germany", "Remote - Germany",
    "Munich; Berlin", "München, Bayern", "Austin, TX", "Austin, Texas, United States", "Texas", "Remote (US)",
    "Portland, OR", "Portland, ME", "EMEA", "London or Paris", "New York, NY", "NYC", "Toronto, ON", "Toronto, Canada",
    "Hybrid - London, UK", "Sydney, NSW, Australia", "Europe", "Greater London Area", "Remote - US; Remote - Canada",
    "San Francisco, CA", "Georgia", "Atlanta, Georgia", "Tbilisi, Georgia",
)  # fmt: skip


def _close(one: str | None, other: str | None) -> Closeness:
    return closeness(places(one), places(other))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Berlin, Germany", "Berlin", Closeness.SAME),
        ("Berlin (Hybrid)", "Hybrid - Berlin, DE", Closeness.SAME),
        ("München, Bayern", "Munich, Germany", Closeness.SAME),
        ("Austin, TX", "Austin, Texas, United States", Closeness.SAME),
        ("Austin TX", "Austin, Texas", Closeness.SAME),
        ("New York, NY", "NYC", Closeness.SAME),
        ("Greater London Area", "London, England, United Kingdom", Closeness.SAME),
        ("Toronto, ON", "Toronto, Canada", Closeness.SAME),
        ("San Francisco, CA", "San Francisco, California, USA", Closeness.SAME),
        ("Remote (US)", "United States", Closeness.SAME),
        ("Remote", "", Closeness.SAME),
        ("Munich; Berlin", "Berlin, Germany", Closeness.SHARED),
        ("Remote", "Berlin", Closeness.POSSIBLE),
        ("Remote - Germany", "Berlin, Germany", Closeness.POSSIBLE),
        ("Remote - Germany", "Berlin", Closeness.POSSIBLE),
        ("EMEA", "Berlin, Germany", Closeness.POSSIBLE),
        ("Texas", "Austin, TX", Closeness.POSSIBLE),
        ("Georgia", "Atlanta, GA", Closeness.POSSIBLE),
        ("Berlin", "Munich", Closeness.APART),
        ("Portland, OR", "Portland, ME", Closeness.APART),
        ("Atlanta, Georgia", "Tbilisi, Georgia", Closeness.APART),
        ("Remote - US", "Remote - Canada", Closeness.APART),
        ("Remote - US", "Berlin, Germany", Closeness.APART),
        ("EMEA", "Remote (US)", Closeness.APART),
        ("Texas", "Portland, OR", Closeness.APART),
    ],
)
def test_places_agree_or_not(one: str, other: str, expected: Closeness) -> None:
    assert _close(one, other) is _close(other, one) is expected


@given(st.sampled_from(LOCATIONS), st.sampled_from(LOCATIONS))
def test_closeness_is_symmetric_and_a_place_is_its_own(one: str | None, other: str | None) -> None:
    assert _close(one, other) is _close(other, one)
    assert _close(one, one) is Closeness.SAME


@given(st.text(max_size=60))
def test_any_text_is_a_location(text: str) -> None:
    assert closeness(places(text), places(text)) is Closeness.SAME


def test_places_are_read_as_cities_and_areas() -> None:
    assert places("Berlin, Germany; Remote") == (Place("berlin", frozenset({"DE"})),)
    assert places("Atlanta, Georgia") == (Place("atlanta", frozenset({"US-GA", "GE"})),)
    assert places("Indianapolis, IN") == (Place("indianapolis", frozenset({"US-IN", "IN"})),)
    assert places("Hybrid") == places("2 locations") == ()
