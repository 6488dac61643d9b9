"""Postings that come as JSON lines from anywhere, and labelled postings as JSON lines (the contract of ``rolecall classify``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from pipeline.dates import parse_date
from pipeline.identity import digest, posting_id
from pipeline.labels import EligibilityVerdict, Labels, SetByPerson
from pipeline.records import CompanyFacts, LabelledPosting, Posting
from pipeline.text import html_to_text, unescape_once

PLATFORM = "line"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_TEXT_KEYS = ("title", "description_html", "description_text", "company", "location", "url", "employment_type")


class NotAPosting(ValueError):
    """A line that holds no posting; the message says what is missing or of the wrong type."""


@dataclass(frozen=True, slots=True)
class LinePosting:
    """A posting that came as a line, and what the output line must repeat."""

    id: Any
    """As given; None where the line had none."""
    posting: Posting
    is_own_text: bool
    """Whether ``description_text`` is our text of the given HTML, so that the output has to carry it."""


def posting_from_line(line: Any) -> LinePosting:
    """The posting of one parsed line.

    ``title`` and ``description_text`` stay to the letter, since evidence offsets refer to them. Label keys are ignored.

    Raises:
        NotAPosting: no object, no title, no description, or a field of the wrong type.
    """
    if not isinstance(line, Mapping):
        raise NotAPosting("the line is no JSON object")
    for key in _TEXT_KEYS:
        if not isinstance(line.get(key), str | None):
            raise NotAPosting(f"'{key}' must be a text, not {type(line[key]).__name__}")
    title, html, text = line.get("title"), line.get("description_html"), line.get("description_text")
    if title is None:
        raise NotAPosting("'title' is missing")
    if text is None and html is None:
        raise NotAPosting("'description_text' or 'description_html' is missing")
    description = text if text is not None else html_to_text(unescape_once(html or ""))
    published = line.get("published")
    posting = Posting(
        posting_id=posting_id(PLATFORM, "", str(line.get("id"))),
        platform=PLATFORM,
        board="",
        external_id=str(line.get("id")),
        url=line.get("url") or "",
        fetched_at=_NEVER,
        title=title,
        description_text=description,
        content_hash=digest((title, description)),
        description_html=html,
        location=line.get("location"),
        employment_type_text=line.get("employment_type"),
        structured_remote=_structured(line.get("structured_remote"), "structured_remote"),
        structured_salary=_structured(line.get("structured_salary"), "structured_salary"),
        published_text=None if published is None else str(published),
        published_on=parse_date(published),
        company=CompanyFacts(name=line.get("company")),
    )
    return LinePosting(line.get("id"), posting, is_own_text=text is None)


def _structured(value: Any, name: str) -> Mapping[str, Any] | None:
    """A structured field as an object: a bare text or boolean stands under the field's own name, null fields are left out."""
    if value is None or isinstance(value, str | bool):
        return None if value in (None, "") else {name: value}
    if not isinstance(value, Mapping):
        raise NotAPosting(f"'{name}' must be an object, a text or a boolean, not {type(value).__name__}")
    return {str(key): inner for key, inner in value.items() if inner is not None} or None


def line_from_labelled(id_: Any, labelled: LabelledPosting, with_text: bool) -> dict[str, Any]:
    """One output line, keys as the contract names them; ``with_text`` adds the description that offsets refer to."""
    posting = labelled.posting
    line = {"id": id_, **labels_to_json(labelled.labels)}
    if with_text:
        line["description_text"] = posting.description_text
    return line


def labels_to_json(labels: Labels) -> dict[str, Any]:
    """The verdicts as plain values, in the words of the public contract; ``set_by_person`` is there only where one did."""
    remote, pay, tech, role, company = labels.remote, labels.pay, labels.tech, labels.role, labels.company
    return {
        "remote_class": remote.remote_class.value,
        "remote_probability": {name.value: round(share, 4) for name, share in remote.remote_probability.items()},
        "arrangement": remote.arrangement.value,
        "office_days": remote.office_days,
        "remote_scope": None if remote.remote_scope is None else list(remote.remote_scope),
        "signals": list(remote.signals),
        "signal_evidence": [asdict(item) for item in remote.signal_evidence],
        "evidence": [asdict(item) for item in remote.evidence],
        "pay_bands": [asdict(band) for band in pay.bands],
        "pay_policy": None if pay.policy is None else pay.policy.value,
        "pay_policy_evidence": [asdict(item) for item in pay.policy_evidence],
        "equity": pay.equity,
        "tech_stack": [asdict(item) for item in tech.stack],
        "concepts": [asdict(item) for item in tech.concepts],
        "level": role.level.value,
        "role_family": role.role_family.value,
        "is_management": role.is_management,
        "years_min": role.years_min,
        "employment_type": None if role.employment_type is None else role.employment_type.value,
        "role_evidence": [asdict(item) for item in role.evidence],
        "eligibility": _eligibility(labels.eligibility),
        "company_stage": company.stage,
        "company_size": company.size,
        "industry": company.industry,
        "company_evidence": [asdict(item) for item in company.evidence],
        "language": labels.language,
        "is_text_read": remote.is_text_read,
        "conflicts": [asdict(conflict) for conflict in (*remote.conflicts, *pay.conflicts)],
        "versions": {"remote": remote.version, "pay": pay.version, "tech": tech.version, "role": role.version}
        | {"eligibility": labels.eligibility.version, "company": company.version},
        **({"set_by_person": _set_by_person(labels.set_by_person)} if labels.set_by_person else {}),
    }


def _eligibility(verdict: EligibilityVerdict) -> dict[str, Any]:
    plain = asdict(verdict)
    del plain["version"]
    return {**plain, "visa_sponsorship": verdict.visa_sponsorship.value}


def _set_by_person(word: SetByPerson) -> dict[str, Any]:
    """What was set, by whose reading it would stand otherwise. Probabilities are exact: they come back when it is taken back."""
    override, read = word.override, word.read
    return {
        "remote_class": override.remote_class.value,
        "arrangement": override.arrangement and override.arrangement.value,
        "quote": override.quote,
        "note": override.note,
        "made_at": override.made_at.isoformat(),
        "instead_of": {
            "remote_class": read.remote_class.value,
            "remote_probability": {name.value: share for name, share in read.remote_probability.items()},
            "arrangement": read.arrangement.value,
            "office_days": read.office_days,
            "remote_scope": None if read.remote_scope is None else list(read.remote_scope),
            "is_worldwide": word.is_worldwide,
            "evidence": [asdict(item) for item in read.evidence],
            "conflicts": [asdict(conflict) for conflict in read.conflicts],
            "version": read.version,
        },
    }
