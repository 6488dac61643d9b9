"""A labelled posting as rows: one dict a table, keyed by column names. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pipeline.duplicates.wording import words_digest
from pipeline.folding import fold_name
from pipeline.identity import company_key
from pipeline.labels import EligibilityVerdict, Evidence, PayBand
from pipeline.lines import labels_to_json
from pipeline.records import LabelledPosting, Posting
from pipeline.vocabulary import PayKind, RemoteClass

COMPARED = (
    "title", "company", "location", "url", "apply_url", "department", "employment_type", "published_on", "expires_on",
    "remote_class", "arrangement", "office_days", "level", "role_family",
    "visa_sponsorship", "pay_min", "pay_max", "pay_currency", "pay_period",
    "pay_kind", "pay_policy", "has_equity",
)  # fmt: skip
"""Columns whose old and new values a ``changed`` event names."""


_LAST_OF_ALL = "\U0010fffd"
"""Sorts after every name."""


def content_row(labelled: LabelledPosting, opened_on: date) -> dict[str, Any]:
    """The content columns of ``postings`` that the posting itself decides (not the runs that wrote it).

    Args:
        labelled: the posting.
        opened_on: the night that first held it.
    """
    posting, labels = labelled.posting, labelled.labels
    share = labels.remote.remote_probability
    return {
        **_identity(posting),
        "newest_on": posting.published_on or opened_on,
        "language": labels.language,
        "remote_class": labels.remote.remote_class.value,
        "remote_first_probability": share[RemoteClass.REMOTE_FIRST],
        "remote_friendly_probability": share[RemoteClass.REMOTE_FRIENDLY],
        "on_site_probability": share[RemoteClass.ON_SITE],
        "arrangement": labels.remote.arrangement.value,
        "office_days": labels.remote.office_days,
        "level": labels.role.level.value,
        "role_family": labels.role.role_family.value,
        "is_management": labels.role.is_management,
        "years_min": labels.role.years_min,
        **_eligibility(labels.eligibility),
        "industry": labels.company.industry,
        "stage": labels.company.stage,
        "size": labels.company.size,
        "employment_type": labels.role.employment_type and labels.role.employment_type.value,
        **_pay(labels.pay.bands),
        "pay_policy": labels.pay.policy and labels.pay.policy.value,
        "has_equity": labels.pay.equity,
    }


def label_row(labelled: LabelledPosting, labelled_at: datetime) -> dict[str, Any]:
    """The row of ``labels``."""
    labels = labelled.labels
    return {
        "posting_id": labelled.posting.posting_id,
        "verdicts": labels_to_json(labels),
        "remote_version": labels.remote.version,
        "pay_version": labels.pay.version,
        "tech_version": labels.tech.version,
        "role_version": labels.role.version,
        "eligibility_version": labels.eligibility.version,
        "company_version": labels.company.version,
        "labelled_at": labelled_at,
    }


def _identity(posting: Posting) -> dict[str, Any]:
    company = posting.company
    return {
        "posting_id": posting.posting_id,
        "text_digest": words_digest(posting.description_text),
        "platform": posting.platform,
        "board": posting.board,
        "external_id": posting.external_id,
        "url": posting.url,
        "apply_url": posting.apply_url,
        "title": posting.title,
        "title_order": posting.title.lower(),
        "company": company.name,
        "company_order": company.name.lower() if company.name else _LAST_OF_ALL,
        "company_key": company_key(company.name) if company.name else None,
        "location": posting.location,
        "department": posting.department,
        "employment_type_text": posting.employment_type_text,
        "published_text": posting.published_text,
        "published_on": posting.published_on,
        "updated_at": posting.updated_at,
        "expires_text": posting.expires_text,
        "expires_on": posting.expires_on,
        "requisition_id": posting.requisition_id,
        "content_hash": posting.content_hash,
    }


def _eligibility(verdict: EligibilityVerdict) -> dict[str, Any]:
    return {
        "is_worldwide": verdict.is_worldwide,
        "utc_min": verdict.utc_min,
        "utc_max": verdict.utc_max,
        "visa_sponsorship": verdict.visa_sponsorship.value,
        "needs_clearance": verdict.needs_clearance,
    }


def _pay(bands: Sequence[PayBand]) -> dict[str, Any]:
    """The band that lists show (base before total before OTE, then as in the posting) and the figure that lists sort by."""
    order = {PayKind.BASE: 0, PayKind.TOTAL: 1, PayKind.OTE: 2}
    shown = min(bands, key=lambda band: order[band.kind], default=None)
    uppers = [band.max_annual_usd or band.min_annual_usd for band in bands if band.kind is not PayKind.OTE]
    upper = max((one for one in uppers if one is not None), default=None)
    return {
        "pay_min": shown and shown.min,
        "pay_max": shown and shown.max,
        "pay_currency": shown and shown.currency,
        "pay_period": shown and shown.period.value,
        "pay_kind": shown and shown.kind.value,
        "pay_min_annual_usd": shown and shown.min_annual_usd,
        "pay_max_annual_usd": shown and shown.max_annual_usd,
        "pay_upper_annual_usd": upper,
        "pay_order": -1.0 if upper is None else upper,
        "has_pay": bool(bands),
    }


def text_row(labelled: LabelledPosting) -> dict[str, Any]:
    posting = labelled.posting
    return {
        "posting_id": posting.posting_id,
        "description_text": posting.description_text,
        "description_html": posting.description_html,
        "structured_remote": posting.structured_remote and dict(posting.structured_remote),
        "structured_salary": posting.structured_salary and dict(posting.structured_salary),
    }


def side_rows(labelled: LabelledPosting) -> dict[str, list[dict[str, Any]]]:
    """Rows of the tables beside ``postings``, by table name."""
    id_, labels = labelled.posting.posting_id, labelled.labels
    return {
        "technologies": [
            {
                "posting_id": id_,
                "name": t.name,
                "name_key": fold_name(t.name),
                "category": t.category.value,
                "need": t.need.value,
                "place": n,
            }
            for n, t in enumerate(labels.tech.stack)
        ],
        "signals": [{"posting_id": id_, "signal": signal} for signal in dict.fromkeys(labels.remote.signals)],
        "remote_scopes": [{"posting_id": id_, "place": place} for place in dict.fromkeys(labels.remote.remote_scope or ())],
        "eligible_countries": [{"posting_id": id_, "country": code} for code in dict.fromkeys(labels.eligibility.countries)],
        "excluded_places": [{"posting_id": id_, "place": code} for code in dict.fromkeys(labels.eligibility.excluded)],
        "required_languages": [{"posting_id": id_, "language": code} for code in dict.fromkeys(labels.eligibility.languages)],
        "pay_bands": [_band_row(id_, place, band) for place, band in enumerate(labels.pay.bands)],
        "evidence": [
            *_evidence_rows(id_, "remote", labels.remote.evidence),
            *_evidence_rows(id_, "signals", labels.remote.signal_evidence),
            *_evidence_rows(id_, "pay_policy", labels.pay.policy_evidence),
            *_evidence_rows(id_, "role", labels.role.evidence),
            *_evidence_rows(id_, "eligibility", labels.eligibility.evidence),
            *_evidence_rows(id_, "company", labels.company.evidence),
        ],
    }


def _band_row(id_: str, place: int, band: PayBand) -> dict[str, Any]:
    upper = band.min_annual_usd if band.max_annual_usd is None else band.max_annual_usd
    rate = band.usd_rate
    return {
        "posting_id": id_, "place": place, "min": band.min, "max": band.max, "currency": band.currency, "period": band.period.value,
        "kind": band.kind.value, "zone": band.zone, "quote": band.quote, "min_annual_usd": band.min_annual_usd,
        "max_annual_usd": band.max_annual_usd, "upper_annual": upper / rate if upper is not None and rate else None,
        "upper_annual_usd": upper, "usd_rate": rate, "usd_rate_on": band.usd_rate_on,
    }  # fmt: skip


def _evidence_rows(id_: str, question: str, items: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [
        {
            "posting_id": id_, "question": question, "place": place, "field": item.field, "start": item.start, "end": item.end,
            "quote": item.quote, "signal": item.signal,
        }
        for place, item in enumerate(items)
    ]  # fmt: skip


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Old and new value of every compared column that differs; ``description`` stands for a text that alone has changed."""
    moved = {name: [_plain(before[name]), _plain(after[name])] for name in COMPARED if before[name] != after[name]}
    return moved or {"description": [before["content_hash"], after["content_hash"]]}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
