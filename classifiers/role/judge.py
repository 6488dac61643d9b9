"""The verdict on the role: its level and family, the years that are asked for, the type of employment."""

from __future__ import annotations

from classifiers.matching import Term
from classifiers.reading import Reading
from classifiers.role.employment import employment_type
from classifiers.role.family import family
from classifiers.role.level import level
from classifiers.role.management import management
from classifiers.role.rules import version
from classifiers.role.years import years_asked
from pipeline.labels import RoleVerdict

__all__ = ["judge", "terms", "version"]


def terms() -> tuple[Term, ...]:
    """Nothing for the shared pass: titles are short, and the text is read only where the title is silent."""
    return ()


def judge(reading: Reading) -> RoleVerdict:
    """Level, role family, years, employment type and whether it manages people, each with the words it rests on."""
    years = years_asked(reading.description)
    role_level, level_evidence = level(reading, years)
    role_family, family_evidence = family(reading)
    employment, employment_evidence = employment_type(reading)
    is_management, management_evidence = management(role_level, reading.description)
    years_evidence = years.evidence if years else None
    told = (level_evidence, family_evidence, employment_evidence, management_evidence, years_evidence)
    evidence = tuple(dict.fromkeys(e for e in told if e is not None))
    fewest = years.fewest if years else None
    return RoleVerdict(role_level, role_family, fewest, employment, evidence, version(), is_management)
