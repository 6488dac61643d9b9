"""Which labels differ between two verdicts on one posting: what a person would call a change, not the evidence behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PLAIN = (
    "remote_class", "arrangement", "office_days", "remote_scope", "signals", "pay_policy", "equity", "level", "role_family",
    "is_management", "years_min", "employment_type", "company_stage", "company_size", "industry", "language",
)  # fmt: skip
_BAND = ("min", "max", "currency", "period", "kind", "zone")
_ELIGIBILITY = (
    "is_worldwide", "countries", "excluded", "utc_min", "utc_max", "overlap_hours", "visa_sponsorship", "work_authorisation",
    "needs_clearance", "languages",
)  # fmt: skip


def label_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Old and new value of every label that differs.

    Args:
        before: verdicts as ``pipeline.lines.labels_to_json`` gives them; a label that an old version did not give counts as None.
        after: the same of now.
    """
    old, new = labels_of(before), labels_of(after)
    return {name: [old.get(name), value] for name, value in new.items() if old.get(name) != value}


def labels_of(verdicts: Mapping[str, Any]) -> dict[str, Any]:
    """The labels alone, by name: bands by their figures, technologies and concepts by their names."""
    eligibility = verdicts.get("eligibility") or {}
    return {
        **{name: verdicts.get(name) for name in _PLAIN},
        "pay_bands": [[band.get(name) for name in _BAND] for band in verdicts.get("pay_bands") or ()],
        "tech_stack": sorted(item["name"] for item in verdicts.get("tech_stack") or ()),
        "concepts": sorted(item["name"] for item in verdicts.get("concepts") or ()),
        **{name: eligibility.get(name) for name in _ELIGIBILITY},
        "set_by_person": (verdicts.get("set_by_person") or {}).get("remote_class"),
    }
