"""Rows as ``storage.queries.jobs.rows`` gives them, made by hand, and what hostile employers would write into them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from storage.exports.about import About
from storage.queries.jobs import COLUMNS

NIGHT = datetime(2026, 1, 5, 2, tzinfo=UTC)
ABOUT = About("Remote <first> & more", NIGHT, "--remote remote-first", "remote=remote-first")
NAMES = tuple(COLUMNS)
_ROW: dict[str, Any] = {
    **dict.fromkeys(NAMES),
    "platform": "greenhouse", "board": "acme", "title": "Data Engineer", "company": "Acme", "remote_class": "remote-first",
    "remote_class_probability": 0.9, "remote_quote": "We are remote-first", "arrangement": "remote",
    "eligible_countries": ["US", "DE"], "is_worldwide": False, "excluded_places": [],
    "visa_sponsorship": "unstated", "languages": [], "signals": [],
    "stack": ["Python", "C++"], "level": "senior", "role_family": "data-engineering", "is_management": False, "location": "Berlin",
    "pay_min": 100_000.0, "pay_max": 120_000.5, "pay_currency": "EUR", "pay_period": "year", "pay_kind": "base", "has_equity": True,
    "state": "open", "published_on": date(2026, 1, 2), "opened_at": NIGHT, "moved_at": NIGHT, "last_seen_on": NIGHT.date(),
    "sightings": 1, "source_name": "Greenhouse", "attribution": "Acme on Greenhouse",
}  # fmt: skip


def row(number: int = 1, **values: Any) -> dict[str, Any]:
    """A job of Acme; every column can be given."""
    address = f"https://boards.example/acme/{number}"
    ids = {"job_id": f"{number:016x}", "posting_id": f"{number + 2**60:016x}", "external_id": str(number)}
    return {**_ROW, **ids, "url": address, "source_url": address, **values}


HOSTILE = (
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "＝1", "</script><script>alert(1)</script>", "]]>", "<r><t>x</r>",
    "a|b\n| c |", "\u202egnp.exe", "\u2067x\u2069", "👩\u200d💻 dev", "\x00\x01\x0b\x1f", "\ufffe\uffff", "x" * 40_000,
    "é" * 17_000 + "👩" * 17_000, "", "   ",
    "_x0041_", "a\r\nb\rc", "[x](javascript:alert(1))", "`a` *b* _c_ \\", "&lt;b&gt;", "a;b,c:\\n", '"quoted"',
)  # fmt: skip
_TEXT = st.sampled_from(HOSTILE) | st.text(max_size=40)
_DATES = st.none() | st.dates()
_ADDRESSES = st.sampled_from(
    [
        "https://x.example/a?b=c&d='e'", "javascript:alert(1)", "http://x.example/\u202e", "https://x.example/<>|", "",
        f"https://x.example/{'a' * 3000}",
    ]
)  # fmt: skip
ROWS = st.lists(
    st.builds(
        lambda number, title, company, quote, stack, url, closes: row(
            number, title=title, company=company, remote_quote=quote, stack=stack, url=url, apply_url=url, expires_on=closes,
            location=title, attribution=f"{company} on Greenhouse",
        ),
        st.integers(0, 2**50), _TEXT, st.none() | _TEXT, st.none() | _TEXT, st.lists(_TEXT, max_size=3), _ADDRESSES, _DATES,
    ),
    max_size=4, unique_by=lambda one: one["job_id"],
)  # fmt: skip
