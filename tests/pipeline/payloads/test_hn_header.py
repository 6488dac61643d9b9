"""Headers of "Who is hiring?" comments, one example for each habit; all companies are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.payloads.hn_header import Header, is_way_to_apply, read_header


@pytest.mark.parametrize(
    ("line", "title", "company", "locations", "employment"),
    [
        ("Acme | Data Engineer | Berlin, Germany | Full-time", "Data Engineer", "Acme", ["Berlin, Germany"], "Full-time"),
        ("Acme (YC W23) | https://acme.example | SRE | REMOTE (US) | $180k–$220k", "SRE", "Acme", ["REMOTE (US)"], None),
        (
            "Acme https://acme.example - robots for bees | Head of AI (CV / Ops) | Remote",
            "Head of AI (CV / Ops)",
            "Acme",
            ["Remote"],
            None,
        ),
        ("Acme – The future of care | Designer | Remote (UK)", "Designer", "Acme", ["Remote (UK)"], None),
        ("Acme|Remote, Worldwide|Senior Node.js Engineer", "Senior Node.js Engineer", "Acme", ["Remote, Worldwide"], None),
        (
            "Acme | ONSITE | San Jose, CA | Engineer (Lead | Staff)",
            "Engineer (Lead | Staff)",
            "Acme",
            ["ONSITE", "San Jose, CA"],
            None,
        ),
        (
            "Cologne, Germany | Acme | Engineer | ONSITE (part remote)",
            "Engineer",
            "Acme",
            ["Cologne, Germany", "ONSITE (part remote)"],
            None,
        ),
        ("Senior Python Engineer | REMOTE (EMEA)", "Senior Python Engineer", None, ["REMOTE (EMEA)"], None),
        ("SEEKING FREELANCER | Acme | Designer | Remote", "Designer", "Acme", ["Remote"], None),
        ("(CLOSED) Acme | Developer | Remote", "Developer", "Acme", ["Remote"], None),
        ("# Acme | Oslo | Founding Engineer", "Founding Engineer", "Acme", ["Oslo"], None),
        ("Acme | .NET Developer | Remote | Contract or Full time", ".NET Developer", "Acme", ["Remote"], "Contract, Full time"),
        ("Acme | Engineer | QA Analyst | NYC · SF", "Engineer / QA Analyst", "Acme", ["NYC · SF"], None),
        ("Acme | Multiple roles | Remote", "Multiple roles", "Acme", ["Remote"], None),
        ("Acme | Multiple roles | Backend Engineer | Remote", "Backend Engineer", "Acme", ["Remote"], None),
        ("Acme | London, UK | On-site", "Acme | London, UK | On-site", "Acme", ["London, UK", "On-site"], None),
        ("Acme; Fulltime; Engineer; Onsite", "Engineer", "Acme", ["Onsite"], "Fulltime"),
        ("Engineering Square | AI Engineer | Bay Area, CA", "AI Engineer", "Engineering Square", ["Bay Area, CA"], None),
        (
            "Global Foods Inc (International) | Night Shift | Remote",
            "Global Foods Inc (International) | Night Shift | Remote",
            "Global Foods Inc",
            ["Remote"],
            None,
        ),
        ("Acme | Amsterdam (NL), Skopje | Remote or not | SRE", "SRE", "Acme", ["Amsterdam (NL), Skopje", "Remote or not"], None),
        ("Acme is hiring a Staff Platform Engineer. Onsite in Ghent.", "Staff Platform Engineer", "Acme", [], None),
        ("At Acme (https://acme.example) we're hiring!", "At Acme we're hiring!", "Acme", [], None),
        ("Acme Partners — Senior Director, Data", "Senior Director, Data", "Acme Partners", [], None),
        ("Editor for The Morning at The Daily Heron", "Editor for The Morning", "The Daily Heron", [], None),
        ("We are hiring engineers everywhere", "We are hiring engineers everywhere", None, [], None),
        ("Great thread, thanks", "Great thread, thanks", None, [], None),
    ],
)
def test_a_header_is_taken_apart(line: str, title: str, company: str | None, locations: list[str], employment: str | None) -> None:
    assert read_header(line) == Header(title, company, tuple(locations), employment)


def test_labelled_lines_are_read_by_their_labels() -> None:
    text = "Company: Acme\nLocation: REMOTE (US)\nRole: Senior Engineers\nType: Contract\nMore"
    assert read_header(text) == Header("Senior Engineers", "Acme", ("REMOTE (US)",), "Contract")


def test_only_the_first_line_is_the_header() -> None:
    assert read_header("\n \nAcme | SRE | Oslo\nWe | are | many") == Header("SRE", "Acme", ("Oslo",))


def test_a_paragraph_in_place_of_a_title_is_cut_at_a_word() -> None:
    header = read_header("words and more " * 40)
    assert header is not None
    assert len(header.title) < 160
    assert header.title.endswith("words …") or header.title.endswith("more …") or header.title.endswith("and …")


@pytest.mark.parametrize("blank", ["", " \n ", "|||", "---\n***"])
def test_a_blank_comment_has_no_header(blank: str) -> None:
    assert read_header(blank) is None


@given(st.text(max_size=200))
def test_any_text_has_a_header_with_a_title_or_none(text: str) -> None:
    header = read_header(text)
    assert header is None or header.title.strip()


def test_ways_to_apply_are_told_from_home_pages() -> None:
    assert is_way_to_apply("https://jobs.ashbyhq.com/acme/1")
    assert is_way_to_apply("https://acme.example/careers")
    assert not is_way_to_apply("https://acme.example/")
