from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.personal_data import _EMAIL, _PHONE, _email, _phone, clean_payload, may_hold_email, may_hold_phone, redact


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Write to anna.schmidt@firm.example.", "Write to [e-mail]."),
        ("Write to jobs@firm.example or hiring-eu@firm.example", "Write to jobs@firm.example or hiring-eu@firm.example"),
        ("bob [at] firm [dot] example", "[e-mail]"),
        ("mailto:bob%40firm.example", "mailto:[e-mail]"),
        ("call +49 30 1234 5678 now", "call [phone] now"),
        ("call (555) 010-9999 or 555-010-9999", "call [phone] or [phone]"),
        ("tel. 030 1234 5678", "tel. [phone]"),
        ("at +12345678, now", "at [phone], now"),
        ("at +12\u2009345\xa0678 now", "at [phone] now"),
        ("write a@b.cc", "write [e-mail]"),
    ],
)
def test_personal_addresses_and_numbers_go(text: str, redacted: str) -> None:
    assert redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "$120,000 - $150,000 a year",
        "80.000 - 100.000 EUR",
        "between 2019-2024 and 2026-01-05",
        "reference 20260105123 of 1,200,000,000 requests",
        "ISO 27001, RFC 9309, 24/7, 401(k)",
        "see https://firm.example/jobs/5550109999",
        "version 3.11.7 of 10.0.0.1",
        "₹12,00,000 - ₹18,00,000",
        "100 000 - 120 000 PLN",
    ],
)
def test_figures_that_are_no_telephone_number_stay(text: str) -> None:
    assert redact(text) == text


_PIECES = (
    *("a@b.cc", "bob", "%40", "&#64;", "&#X40;", "[AT]", "(at)", "{at}", "firm.example", "+49", "(555)", "010-9999", "030", "1234"),
    *("5678", "٣٤٥٦", " ", "\xa0", "\u2009", ".", "/", "-", "(", ")", "\x1c", "\n", ",", "$"),
)


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)))
def test_what_is_not_looked_through_holds_nothing(text: str) -> None:
    assert may_hold_email(text) or _EMAIL.sub(_email, text) == text
    assert may_hold_phone(text) or _PHONE.sub(_phone, text) == text


@given(st.text(max_size=200))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


def test_a_payload_loses_its_personal_fields_and_keeps_the_rest() -> None:
    payload = {
        "author": "someone", "_tags": ["comment", "author_someone"], "objectID": "5550109999",
        "comment_text": "Acme | mail anna@acme.example", "url": "https://acme.example/5550109999", "parent_id": 7,
    }  # fmt: skip
    assert clean_payload(payload, "hn") == {
        "objectID": "5550109999",
        "comment_text": "Acme | mail [e-mail]",
        "url": "https://acme.example/5550109999",
        "parent_id": 7,
    }
    nested = {"hiringOrganization": {"name": "Acme", "employee": {"name": "Anna"}}, "author": [{"name": "B"}], "title": "Engineer"}
    assert clean_payload(nested, "jsonld") == {"hiringOrganization": {"name": "Acme"}, "title": "Engineer"}
