"""What the classifiers say of a posting: one verdict a question, each with its evidence and the version of what decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.vocabulary import (
    Arrangement,
    EmploymentType,
    Level,
    Need,
    PayKind,
    PayPeriod,
    PayPolicy,
    RemoteClass,
    RoleFamily,
    Sponsorship,
    TechCategory,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a label rests on: ``quote == text_of(field)[start:end]``.

    A structured field has no offsets; its quote is ``key=value`` with the value as JSON, without quotes around a string.
    """

    field: str
    """``title``, ``location``, ``description_text``, ``structured_remote`` or ``structured_salary``; ``person`` where someone set
    the label and named no words of the posting."""
    start: int | None
    """Code points from the start of the field; None in a structured field and where a person set the label."""
    end: int | None
    quote: str
    signal: str
    """Name of what was read there: ``says_remote_first``, ``office_days``, ``pay_policy`` ..."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements of one posting that cannot both hold, the one that was believed first."""

    question: str
    """``remote`` or ``pay``."""
    believed: Evidence
    refused: Evidence


@dataclass(frozen=True, slots=True)
class RemoteVerdict:
    """How remote the job is (shared/gold definitions: class, arrangement, office days, scope)."""

    remote_class: RemoteClass
    remote_probability: Mapping[RemoteClass, float]
    """Sums to 1 over the three classes."""
    arrangement: Arrangement
    office_days: float | None
    """Fewest days a week in an office that satisfy the posting; None where not stated."""
    remote_scope: tuple[str, ...] | None
    """``worldwide``, ISO 3166 countries and subdivisions (``US``, ``US-WA``), region names; None where unknown."""
    signals: tuple[str, ...]
    """Public names of the signals found, the remote-first ones (``async``, ``remote_benefits``, ``says_remote_first``,
    ``location_independent_pay``) and those that only inform (``flexible_hours``)."""
    evidence: tuple[Evidence, ...]
    """Most decisive first; empty only where the arrangement is ``unstated``."""
    conflicts: tuple[Conflict, ...]
    version: str
    signal_evidence: tuple[Evidence, ...] = ()
    """The first words that show each of ``signals``."""
    is_text_read: bool = True
    """False where the text is in a language whose sentences are not read: the verdict rests on fields, title and location."""


@dataclass(frozen=True, slots=True)
class EligibilityVerdict:
    """Who may hold the job, apart from how remote it is."""

    is_worldwide: bool
    """The posting says that the worker may live anywhere."""
    countries: tuple[str, ...]
    """ISO 3166: where the worker may live, or the country of the place of work; empty where it is not known (or worldwide)."""
    excluded: tuple[str, ...]
    """Countries and states that the posting leaves out."""
    utc_min: float | None
    """Hours from UTC, winter time: westernmost clock of the worker; None where no time zone is stated."""
    utc_max: float | None
    overlap_hours: float | None
    """Hours a day that have to overlap with the zone stated."""
    visa_sponsorship: Sponsorship
    work_authorisation: tuple[str, ...]
    """Countries whose permission to work is asked for."""
    needs_clearance: bool | None
    """Whether a security clearance is asked for; None where none is mentioned."""
    languages: tuple[str, ...]
    """ISO 639-1 codes of the languages asked for."""
    evidence: tuple[Evidence, ...]
    version: str


@dataclass(frozen=True, slots=True)
class PayBand:
    """One stated range or figure; ``min`` or ``max`` is None on an open side. Amounts are in ``currency`` a ``period``."""

    min: float | None
    max: float | None
    currency: str | None
    """ISO 4217, or None where the posting does not make it certain."""
    period: PayPeriod
    kind: PayKind
    zone: str | None
    """The place, level or tier that the band is for, verbatim."""
    quote: str
    field: str
    start: int | None
    end: int | None
    min_annual_usd: float | None
    """Comparable figure beside the stated one: annual, US dollars at the ECB rate of the posting's date."""
    max_annual_usd: float | None
    note: str | None = None
    """``gross`` or ``net`` where the posting says so."""
    usd_rate: float | None = None
    """US dollars for one unit of the currency, as used for the annual figures (European Central Bank reference rates)."""
    usd_rate_on: str | None = None
    """ISO date of that rate: the posting's, or the last trading day before it; None for the US dollar itself."""


@dataclass(frozen=True, slots=True)
class PayVerdict:
    bands: tuple[PayBand, ...]
    policy: PayPolicy | None
    policy_evidence: tuple[Evidence, ...]
    equity: bool
    conflicts: tuple[Conflict, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Technology:
    """One technology that the posting names for the role, at its first or most telling mention."""

    name: str
    """Canonical name: ``PostgreSQL``."""
    category: TechCategory
    need: Need
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Concept:
    """A field of work that is no technology (NLP, computer vision); never part of the stack."""

    name: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TechVerdict:
    stack: tuple[Technology, ...]
    """In order of first mention, each canonical name once."""
    concepts: tuple[Concept, ...]
    version: str


@dataclass(frozen=True, slots=True)
class RoleVerdict:
    level: Level
    role_family: RoleFamily
    years_min: float | None
    """Fewest years of experience that are asked for."""
    employment_type: EmploymentType | None
    evidence: tuple[Evidence, ...]
    version: str
    is_management: bool = False
    """Whether the person hired manages people: the level says so, or the text does."""


@dataclass(frozen=True, slots=True)
class CompanyVerdict:
    """Facts of the employer: of the configuration, the platform or the posting's own sentence; None where nobody stated one."""

    stage: str | None
    size: str | None
    industry: str | None
    evidence: tuple[Evidence, ...]
    """Only of what the posting's text said."""
    version: str


@dataclass(frozen=True, slots=True)
class Override:
    """A remote class that a person set: it wins over the classifiers until it is taken back."""

    remote_class: RemoteClass
    arrangement: Arrangement | None
    """None where the person did not say it: what the classifiers read holds as far as it agrees with the class."""
    quote: str | None
    """The posting's words that it rests on, verbatim."""
    note: str | None
    """Why, in the person's words."""
    made_at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class SetByPerson:
    """What a person set, and what the classifiers say in its place."""

    override: Override
    read: RemoteVerdict
    is_worldwide: bool
    """As the classifiers read it; someone who works on site cannot live anywhere."""


@dataclass(frozen=True, slots=True)
class Labels:
    """All verdicts on one posting."""

    remote: RemoteVerdict
    pay: PayVerdict
    tech: TechVerdict
    role: RoleVerdict
    eligibility: EligibilityVerdict
    company: CompanyVerdict
    language: str | None
    """ISO 639-1 of the description, None where there is too little text."""
    set_by_person: SetByPerson | None = None
    """None where the classifiers alone decided."""
