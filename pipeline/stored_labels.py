"""Stored verdicts back to ``Labels``: what ``pipeline.lines.labels_to_json`` of this version or an earlier one wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pipeline.labels import (
    CompanyVerdict,
    Concept,
    Conflict,
    EligibilityVerdict,
    Evidence,
    Labels,
    Override,
    PayBand,
    PayVerdict,
    RemoteVerdict,
    RoleVerdict,
    SetByPerson,
    Technology,
    TechVerdict,
)
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

Json = Mapping[str, Any]


def labels_from_json(value: Json) -> Labels:
    """The labels that were written; what an earlier version did not ask is as if nothing was found.

    Probabilities of the remote class have the four decimals that were written.
    """
    versions = value["versions"]
    remote = _remote(value, versions["remote"])
    return Labels(
        remote=remote,
        pay=_pay(value, versions["pay"]),
        tech=TechVerdict(
            tuple(
                Technology(**{**one, "category": TechCategory(one["category"]), "need": Need(one["need"])})
                for one in value["tech_stack"]
            ),
            tuple(Concept(**one) for one in value["concepts"]),
            versions["tech"],
        ),
        role=_role(value, versions["role"]),
        eligibility=_eligibility(value.get("eligibility") or {}, versions.get("eligibility", "")),
        company=CompanyVerdict(
            value.get("company_stage"),
            value.get("company_size"),
            value.get("industry"),
            _evidence(value.get("company_evidence")),
            versions.get("company", ""),
        ),
        language=value["language"],
        set_by_person=_set_by_person(value["set_by_person"], remote) if value.get("set_by_person") else None,
    )


def _remote(value: Json, version: str) -> RemoteVerdict:
    scope = value["remote_scope"]
    return RemoteVerdict(
        remote_class=RemoteClass(value["remote_class"]),
        remote_probability={RemoteClass(name): share for name, share in value["remote_probability"].items()},
        arrangement=Arrangement(value["arrangement"]),
        office_days=value["office_days"],
        remote_scope=None if scope is None else tuple(scope),
        signals=tuple(value["signals"]),
        evidence=_evidence(value["evidence"]),
        conflicts=_conflicts(value["conflicts"], "remote"),
        version=version,
        signal_evidence=_evidence(value.get("signal_evidence")),
        is_text_read=value.get("is_text_read", True),
    )


def _pay(value: Json, version: str) -> PayVerdict:
    bands = (PayBand(**{**one, "period": PayPeriod(one["period"]), "kind": PayKind(one["kind"])}) for one in value["pay_bands"])
    policy = value["pay_policy"]
    return PayVerdict(
        bands=tuple(bands),
        policy=PayPolicy(policy) if policy else None,
        policy_evidence=_evidence(value.get("pay_policy_evidence")),
        equity=value["equity"],
        conflicts=_conflicts(value["conflicts"], "pay"),
        version=version,
    )


def _role(value: Json, version: str) -> RoleVerdict:
    employment = value["employment_type"]
    return RoleVerdict(
        level=Level(value["level"]),
        role_family=RoleFamily(value["role_family"]),
        years_min=value["years_min"],
        employment_type=EmploymentType(employment) if employment else None,
        evidence=_evidence(value.get("role_evidence")),
        version=version,
        is_management=value.get("is_management", False),
    )


def _eligibility(value: Json, version: str) -> EligibilityVerdict:
    return EligibilityVerdict(
        is_worldwide=value.get("is_worldwide", False),
        countries=tuple(value.get("countries") or ()),
        excluded=tuple(value.get("excluded") or ()),
        utc_min=value.get("utc_min"),
        utc_max=value.get("utc_max"),
        overlap_hours=value.get("overlap_hours"),
        visa_sponsorship=Sponsorship(value.get("visa_sponsorship", Sponsorship.UNSTATED)),
        work_authorisation=tuple(value.get("work_authorisation") or ()),
        needs_clearance=value.get("needs_clearance"),
        languages=tuple(value.get("languages") or ()),
        evidence=_evidence(value.get("evidence")),
        version=version,
    )


def _set_by_person(value: Json, decided: RemoteVerdict) -> SetByPerson:
    """Signals and what was read of the text are the same, whoever decides the class."""
    arrangement, instead = value["arrangement"], value["instead_of"]
    override = Override(
        RemoteClass(value["remote_class"]),
        Arrangement(arrangement) if arrangement else None,
        value["quote"],
        value["note"],
        datetime.fromisoformat(value["made_at"]),
    )
    shared = {"signals": decided.signals, "signal_evidence": (), "is_text_read": decided.is_text_read}
    read = _remote({**shared, **instead}, instead["version"])
    return SetByPerson(override, replace(read, signal_evidence=decided.signal_evidence), instead["is_worldwide"])


def _evidence(items: Iterable[Json] | None) -> tuple[Evidence, ...]:
    return tuple(Evidence(**item) for item in items or ())


def _conflicts(items: Iterable[Json], question: str) -> tuple[Conflict, ...]:
    return tuple(
        Conflict(question, Evidence(**item["believed"]), Evidence(**item["refused"]))
        for item in items
        if item["question"] == question
    )
