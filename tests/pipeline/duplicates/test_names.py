from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.duplicates.names import Employers, employer, employers, grades, is_agency, is_vague, title_core, titles_agree

NAMES = (
    "Acme",
    "Acme Inc.",
    "Acme Robotics",
    "Mercury",
    "Harbour Lane Recruitment",
    "Confidential",
    None,
    "Teal Harbour",
    "Delta Dental",
    "Delta",
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sr. Data Engineer (m/w/d)", "Senior Data Engineer - Remote"),
        ("Software Engineer II", "Software Engineer 2"),
        ("Backend Developer", "Back-End Dev"),
        ("Data Analyst (Req #20417)", "Data Analyst"),
        ("Data Analyst - Full-time", "Data Analyst"),
        ("Werkstudent Data", "Working Student Data"),
    ],
)
def test_titles_that_mean_one_role(one: str, other: str) -> None:
    assert title_core(one) == title_core(other)


def test_places_and_employers_leave_a_title_at_its_ends_only() -> None:
    berlin = frozenset({"berlin"})
    assert title_core("Data Engineer, Berlin", berlin) == title_core("Data Engineer at Acme", berlin, "acme") == "data engineer"
    assert title_core("Berlin Office Manager", frozenset({"munich"})) == "berlin office manager"
    assert title_core("Berlin", berlin) == "berlin"
    assert title_core("Hiring Manager") == "hiring manager"


def test_levels_are_seen() -> None:
    assert grades(title_core("Sr. Engineer III")) == {"senior", "3"}
    assert titles_agree("data engineer", "data engineer platform")
    assert not titles_agree("data engineer", "senior data engineer")
    assert not titles_agree("data engineer platform", "data engineer mobile")
    assert is_vague(title_core("Multiple Roles"))


def test_employers_are_one_alike_or_others() -> None:
    def related(one: str | None, other: str | None) -> Employers:
        return employers(employer(one), employer(other))

    assert (
        related("Acme Inc.", "ACME")
        is related("Acme.io", "Acme (YC W21)")
        is related("Acme USA", "The Acme Group")
        is Employers.SAME
    )
    assert related("LedgerLark", "Ledger Lark") is Employers.SAME
    assert related("Acme", "Acme Robotics") is related("Delta Dental", "Delta Faucets") is Employers.ALIKE
    assert related("Acme", "Teal Harbour") is Employers.OTHER
    assert related("Acme", "Harbour Lane Recruitment") is Employers.AGENCY
    assert related("Acme", "Confidential") is related("Acme", None) is Employers.HIDDEN
    assert is_agency(employer("Northlight Talent"))
    assert not is_agency(employer("Talented Minds Software"))


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_relations_are_symmetric(one: str | None, other: str | None) -> None:
    assert employers(employer(one), employer(other)) is employers(employer(other), employer(one))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_a_title(one: str, other: str) -> None:
    first, second = title_core(one), title_core(other)
    assert titles_agree(first, second) == titles_agree(second, first)
    employer(one)
