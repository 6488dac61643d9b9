"""Level, family, years and employment type, by kinds of title and text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.role.rules import family_phrases, level_rules, words_of
from pipeline.labels import RoleVerdict
from pipeline.vocabulary import EmploymentType, Level, RoleFamily

Verdict = Callable[..., RoleVerdict]

TITLES = [
    ("Senior Data Engineer", Level.SENIOR, RoleFamily.DATA_ENGINEERING),
    ("Sr. Machine Learning Engineer", Level.SENIOR, RoleFamily.ML_ENGINEERING),
    ("Junior Frontend Developer", Level.JUNIOR, RoleFamily.SOFTWARE),
    ("Data Scientist II", Level.MID, RoleFamily.DATA_SCIENCE),
    ("Data Analyst 3", Level.SENIOR, RoleFamily.DATA_ANALYSIS),
    ("Staff Site Reliability Engineer", Level.STAFF, RoleFamily.INFRASTRUCTURE),
    ("Lead Product Designer", Level.LEAD, RoleFamily.DESIGN),
    ("Engineering Manager, Security Platform", Level.MANAGER, RoleFamily.SECURITY),
    ("Head of Marketing", Level.DIRECTOR, RoleFamily.BUSINESS),
    ("VP of Product Management", Level.DIRECTOR, RoleFamily.PRODUCT),
    ("Software Engineering Intern", Level.INTERN, RoleFamily.SOFTWARE),
    ("Registered Nurse", Level.UNSTATED, RoleFamily.OTHER),
    ("Member of Technical Staff", Level.UNSTATED, RoleFamily.SOFTWARE),
    ("Chief of Staff", Level.UNSTATED, RoleFamily.BUSINESS),
    ("Lead Generation Specialist", Level.UNSTATED, RoleFamily.BUSINESS),
    ("Data Engineering Lead – Finance and Accounting", Level.LEAD, RoleFamily.DATA_ENGINEERING),
    ("Senior Softwareentwickler (m/w/d)", Level.SENIOR, RoleFamily.SOFTWARE),
    ("Werkstudent:in Data Science", Level.INTERN, RoleFamily.DATA_SCIENCE),
    ("Teamleiter IT-Sicherheit", Level.MANAGER, RoleFamily.SECURITY),
    ("Stage - Ingénieur données H/F", Level.INTERN, RoleFamily.DATA_ENGINEERING),
    ("Développeur confirmé PHP", Level.MID, RoleFamily.SOFTWARE),
    ("Desarrollador Senior Java", Level.SENIOR, RoleFamily.SOFTWARE),
    ("Becario de marketing", Level.INTERN, RoleFamily.BUSINESS),
    ("Medior ontwikkelaar", Level.MID, RoleFamily.SOFTWARE),
    ("Systeembeheerder", Level.UNSTATED, RoleFamily.INFRASTRUCTURE),
    ("Desenvolvedor(a) Pleno", Level.MID, RoleFamily.SOFTWARE),
    ("Cientista de Dados Sênior", Level.SENIOR, RoleFamily.DATA_SCIENCE),
    ("Sviluppatore Junior", Level.JUNIOR, RoleFamily.SOFTWARE),
    ("Tirocinio risorse umane", Level.INTERN, RoleFamily.BUSINESS),
    ("Młodszy programista", Level.JUNIOR, RoleFamily.SOFTWARE),
    ("Líder técnico Java", Level.LEAD, RoleFamily.SOFTWARE),
    ("Starszy inżynier danych", Level.SENIOR, RoleFamily.DATA_ENGINEERING),
]


@pytest.mark.parametrize(("title", "level", "family"), TITLES)
def test_titles_in_eight_languages(verdict: Verdict, title: str, level: Level, family: RoleFamily) -> None:
    found = verdict(title)
    assert (found.level, found.role_family) == (level, family)


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Senior/Staff Engineer", Level.SENIOR),
        ("Mid/Senior Designer", Level.MID),
        ("Intern or Junior Analyst", Level.INTERN),
        ("Senior Engineering Manager", Level.MANAGER),
        ("Sr. Lead Engineer", Level.LEAD),
        ("(Senior) Consultant", Level.MID),
        ("Senior Java Engineer, Account Executive", Level.UNSTATED),
        ("Software Engineers", Level.UNSTATED),
    ],
)
def test_two_levels_in_one_title(verdict: Verdict, title: str, level: Level) -> None:
    assert verdict(title).level is level


@pytest.mark.parametrize(
    ("text", "years", "level"),
    [
        ("You bring 5+ years of experience in sales.", 5, Level.SENIOR),
        ("3-5 years of professional experience required.", 3, Level.MID),
        ("Minimum 3 years in information security", 3, Level.MID),
        ("at least two (2) years of relevant experience", 2, Level.MID),
        ("7+ years of engineering, including 2+ years of experience with Go", 7, Level.SENIOR),
        ("Bring 4 years of experience. 10 years of experience is a plus.", 4, Level.MID),
        ("At least 1 year of experience", 1, Level.JUNIOR),
        ("1-3 years of experience", 1, Level.MID),
        ("Over 6 years of experience in data", 6, Level.SENIOR),
        ("ExperienceQualifications10+ years of experience", 10, Level.SENIOR),
        ("Mindestens 3 Jahre Berufserfahrung", 3, Level.MID),
        ("5 ans d'expérience minimum", 5, Level.SENIOR),
        ("3 años de experiencia", 3, Level.MID),
        ("Experiência de 5+ anos em engenharia", 5, Level.SENIOR),
        ("Co najmniej 2 lata doświadczenia", 2, Level.MID),
    ],
)
def test_years_tell_the_level_where_the_title_does_not(verdict: Verdict, text: str, years: float, level: Level) -> None:
    found = verdict("Engineer", text)
    assert (found.years_min, found.level) == (years, level)


@pytest.mark.parametrize(
    "text",
    [
        "For over 20 years we have built boats.",
        "Our company celebrates 15 years in business.",
        "Salaries are reviewed twice a year. You are 18 years old.",
        "In the last 3 years we grew. Options vest over 4 years.",
    ],
)
def test_a_companys_years_are_no_demand(verdict: Verdict, text: str) -> None:
    found = verdict("Engineer", text)
    assert (found.years_min, found.level) == (None, Level.UNSTATED)


def test_the_text_may_state_the_level(verdict: Verdict) -> None:
    assert verdict("Engineer", "We are looking for a senior engineer to join us.").level is Level.SENIOR
    assert verdict("Engineer", "Recent graduates are welcome.").level is Level.JUNIOR
    assert verdict("Operations Manager, Cafeteria", "x").level is Level.MANAGER
    assert verdict("Brand Manager", "You lead the brand and have five direct reports.").level is Level.MANAGER
    assert verdict("Brand Manager", "You need 3 years of experience.").level is Level.MID


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Engineering Manager", "x", True),
        ("Head of Data", "x", True),
        ("Tech Lead", "You have five direct reports.", True),
        ("Tech Lead", "This role has no direct reports.", False),
        ("Product Manager", "You own the roadmap.", False),
        ("Entwickler", "Sie tragen Personalverantwortung für vier Menschen.", True),
        ("Entwickler", "Eine Stelle ohne Personalverantwortung.", False),
        ("Développeur", "Vous allez encadrer une équipe de trois personnes.", True),
        ("Desarrollador", "Tendrás tres personas a cargo.", True),
        ("Ontwikkelaar", "Je gaat leidinggeven aan vier mensen.", True),
        ("Analista", "A vaga inclui gestão de pessoas.", True),
        ("Sviluppatore", "Dovrai gestire un team di sei persone.", True),
        ("Programista", "Do zadań należy zarządzanie zespołem.", True),
        ("Sales Intern", "You support managers with their direct reports.", False),
    ],
)
def test_management_is_told_by_the_level_or_by_the_text(verdict: Verdict, title: str, text: str, expected: bool) -> None:
    assert verdict(title, text).is_management is expected


def test_a_first_line_stands_in_for_a_title_that_names_no_role(verdict: Verdict) -> None:
    found = verdict("https://acme.example", "Acme | Senior Backend Developer | Remote\nWe make anvils.")
    assert (found.level, found.role_family) == (Level.SENIOR, RoleFamily.SOFTWARE)


@pytest.mark.parametrize(
    ("title", "field", "kind"),
    [
        ("Engineer", "FULL_TIME", EmploymentType.FULL_TIME),
        ("Engineer", "Part-time", EmploymentType.PART_TIME),
        ("Engineer (Contract)", None, EmploymentType.CONTRACT),
        ("Engineer", "Festanstellung, Vollzeit", EmploymentType.FULL_TIME),
        ("Engineer", "Salaried, SALARIED_FT", EmploymentType.FULL_TIME),
        ("Engineer", "Regular, HOURLY_PT", EmploymentType.PART_TIME),
        ("Engineer", "permanent, full-or-part-time", EmploymentType.FULL_TIME),
        ("Engineer", "permanent, part-time", EmploymentType.PART_TIME),
        ("Engineer", "working_student, part-time", EmploymentType.INTERNSHIP),
        ("Engineer", "Internship", EmploymentType.INTERNSHIP),
        ("Engineer", "Temporary", EmploymentType.TEMPORARY),
        ("Engineer", None, None),
    ],
)
def test_employment_type(verdict: Verdict, title: str, field: str | None, kind: EmploymentType | None) -> None:
    assert verdict(title, "", field).employment_type is kind


@given(st.text(max_size=60), st.text(max_size=200))
def test_evidence_quotes_its_field(verdict: Verdict, title: str, text: str) -> None:
    found = verdict(f"Senior {title}", f"{text} 5 years of experience")
    for evidence in found.evidence:
        field = f"Senior {title}" if evidence.field == "title" else f"{text} 5 years of experience"
        assert evidence.quote == field[evidence.start : evidence.end]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Entwickler:in (m/w/d) C#/.NET", " entwickler c# .net "),
        ("Full-Stack  Developer", " full stack developer "),
        ("Ingénieur (H/F)", " ingénieur "),
        ("R&D Engineer", " r&d engineer "),
    ],
)
def test_words_of_a_title(title: str, words: str) -> None:
    assert words_of(title) == words


def test_the_rules_are_whole() -> None:
    assert {phrase.family for phrase in family_phrases()} == set(RoleFamily)
    assert {rule.level for rule in level_rules()} == set(Level) - {Level.UNSTATED}
    assert all(1 <= phrase.weight <= 4 for phrase in family_phrases())
