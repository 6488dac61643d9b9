"""Who may hold a job: kinds of statement and what they make of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.labels import EligibilityVerdict

Judge = Callable[..., EligibilityVerdict]


@pytest.mark.parametrize(
    ("text", "fields", "countries", "is_worldwide"),
    [
        ("You know SQL.", {"location": "Remote"}, (), False),
        ("You know SQL.", {"location": "Remote (US or Canada)"}, ("US", "CA"), False),
        ("You know SQL.", {"location": "Remote, DACH"}, ("DE", "AT", "CH"), False),
        ("This job is fully remote, anywhere in the world.", {"location": "Remote - Worldwide"}, (), True),
        ("You know SQL.", {"location": "Austin, TX"}, ("US",), False),
        ("Hybrid, three days in our office.", {"location": "Kraków"}, ("PL",), False),
        ("You know SQL.", {"location": "Remote (Texas or Ohio)"}, ("US",), False),
    ],
)
def test_countries(eligible: Judge, text: str, fields: dict[str, Any], countries: tuple[str, ...], is_worldwide: bool) -> None:
    found = eligible(text, **fields)
    assert (found.countries, found.is_worldwide) == (countries, is_worldwide)


def test_what_is_left_out(eligible: Judge) -> None:
    found = eligible("Remote in the EU, excluding Spain and Poland.", location="Remote - EU")
    assert found.excluded == ("ES", "PL")
    assert "DE" in found.countries
    assert not {"ES", "PL"} & set(found.countries)
    states = eligible("We are unable to hire in Alaska or Hawaii.", location="Remote (US)")
    assert states.excluded == ("US-AK", "US-HI")
    assert eligible("Salary: $100,000 in all states except California.", location="Remote (US)").excluded == ()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Visa sponsorship is available.", "yes"),
        ("We sponsor visas and help you move.", "yes"),
        ("We are unable to sponsor work visas.", "no"),
        ("No visa sponsorship.", "no"),
        ("You must be authorized to work without sponsorship now or in the future.", "no"),
        ("Visa sponsorship: no", "no"),
        ("Wir bieten Unterstützung beim Visum.", "yes"),
        ("Nous ne proposons pas de parrainage de visa.", "no"),
        ("Ofrecemos patrocinio de visado.", "yes"),
        ("Will you now or in the future require visa sponsorship?", "unstated"),
        ("You work with the executive sponsor of the project.", "unstated"),
        ("You prepare H-1B petitions for our clients.", "unstated"),
        ("You know SQL.", "unstated"),
    ],
)
def test_visa_sponsorship(eligible: Judge, text: str, answer: str) -> None:
    assert eligible(text).visa_sponsorship == answer


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("An active secret clearance is required.", True),
        ("Ability to obtain a security clearance.", True),
        ("TS/SCI with polygraph.", True),
        ("No security clearance required.", False),
        ("A security clearance is a plus.", False),
        ("Our work strengthens public trust.", None),
        ("You know SQL.", None),
    ],
)
def test_clearance(eligible: Judge, text: str, needed: bool | None) -> None:
    assert eligible(text).needs_clearance is needed


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("You must be authorized to work in the United States.", ("US",)),
        ("Right to work in the UK is required.", ("GB",)),
        ("US citizenship is required.", ("US",)),
        ("Are you legally authorized to work in Canada?", ()),
    ],
)
def test_work_authorisation(eligible: Judge, text: str, countries: tuple[str, ...]) -> None:
    assert eligible(text).work_authorisation == countries


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Fluent in German and English.", ("de", "en")),
        ("Sehr gute Deutschkenntnisse und gutes Englisch.", ("de", "en")),
        ("Anglais courant exigé.", ("en",)),
        ("Inglés avanzado.", ("en",)),
        ("Je spreekt vloeiend Nederlands.", ("nl",)),
        ("Inglês fluente.", ("en",)),
        ("Ottima conoscenza dell'inglese.", ("en",)),
        ("Biegła znajomość angielskiego.", ("en",)),
        ("French is a plus.", ()),
        ("You polish our written documents.", ()),
        ("Customers in English-speaking countries.", ()),
        ("You know the query language SQL.", ()),
    ],
)
def test_languages_asked_for(eligible: Judge, text: str, codes: tuple[str, ...]) -> None:
    assert eligible(text).languages == codes


def test_every_answer_has_a_quote_at_its_offsets(eligible: Judge) -> None:
    text = "Fluent in French. Visa sponsorship is available. A secret clearance is required. Work hours: CET +/- 2 hours."
    found = eligible(text)
    assert {item.signal for item in found.evidence} == {"language", "visa", "clearance", "hours"}
    for item in found.evidence:
        assert text[item.start : item.end] == item.quote
