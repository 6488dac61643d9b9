"""Names to codes, regions to countries, locations to countries."""

from __future__ import annotations

import pytest

from classifiers.places.locating import countries_of_location
from classifiers.places.names import codes_in, names
from classifiers.places.regions import countries_of


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Remote (US or Canada)", ("US", "CA")),
        ("anywhere in the world", ("worldwide",)),
        ("Texas, Ohio and the UK", ("US-TX", "US-OH", "GB")),
        ("open in CA, NY or WA", ("US-CA", "US-NY", "US-WA")),
        ("EMEA", ("EMEA",)),
        ("Washington, D.C.", ("US-DC",)),
        ("four hours overlap with Ireland", ()),
        ("business", ()),
    ],
)
def test_codes_of_the_places_in_a_text(text: str, codes: tuple[str, ...]) -> None:
    assert codes_in(text) == codes


def test_a_global_team_is_no_place_to_live_in() -> None:
    assert codes_in("a global team", is_sentence=True) == ()


@pytest.mark.parametrize(
    ("codes", "some", "none"),
    [
        (("EU",), {"DE", "FR", "PL"}, {"GB", "CH", "US"}),
        (("EMEA",), {"DE", "ZA", "AE", "GB"}, {"US", "IN", "BR"}),
        (("LATAM",), {"BR", "MX", "AR"}, {"US", "ES"}),
        (("DACH",), {"DE", "AT", "CH"}, {"FR"}),
        (("US-WA", "CA-ON"), {"US", "CA"}, {"MX"}),
        (("worldwide", "US time"), set(), {"US"}),
    ],
)
def test_regions_take_in_their_countries(codes: tuple[str, ...], some: set[str], none: set[str]) -> None:
    found = set(countries_of(codes))
    assert some <= found
    assert not none & found


def test_every_region_that_a_posting_may_name_has_countries() -> None:
    named = {code for code in names().codes.values() if code != "worldwide"}
    assert [code for code in named if not countries_of((code,))] == []


@pytest.mark.parametrize(
    ("location", "countries"),
    [
        ("Austin, TX", ("US",)),
        ("Toronto, ON", ("CA",)),
        ("London", ("GB",)),
        ("Dublin, OH", ("US",)),
        ("Dublin", ("IE",)),
        ("München / Remote", ("DE",)),
        ("Warszawa; Gdańsk", ("PL",)),
        ("São Paulo, Brasil", ("BR",)),
        ("Wien or Zürich", ("AT", "CH")),
        ("Hybrid - Leeds", ("GB",)),
        ("Remote (US)", ("US",)),
        ("Paesi Bassi", ("NL",)),
        ("Remote", ()),
        ("Anywhere", ()),
        ("", ()),
    ],
)
def test_countries_of_a_location(location: str, countries: tuple[str, ...]) -> None:
    assert countries_of_location(location) == countries
