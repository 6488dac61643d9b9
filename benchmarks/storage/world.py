"""A generated world of postings as database rows: invented, the same for every run, made fast enough for a million."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pipeline.identity import digest
from storage import schema

NIGHT = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
BOARDS = 1_000
_CLASSES = ("remote-first", "remote-friendly", "on-site", "on-site")
_ROLES = ("data-engineering", "data-science", "software", "business", "ml-engineering", "infrastructure", "product", "other")
_LEVELS = ("junior", "mid", "senior", "senior", "staff", "unstated")
_TECH = ("Python", "SQL", "Java", "Kubernetes", "React", "Go", "Terraform", "PyTorch", "Apache Spark", "dbt", "Rust", "Airflow")
_TECH_SHARE = (0.35, 0.35, 0.2, 0.15, 0.15, 0.1, 0.08, 0.05, 0.05, 0.03, 0.03, 0.02)
_COUNTRIES = ("US", "DE", "GB", "FR", "CA", "IN", "PL", "BR")
_STEMS = ("pipeline", "model", "review", "partner", "release", "metric", "design", "service", "owner", "report", "train", "plan")


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of some postings, by table."""

    postings: list[dict[str, Any]]
    texts: list[dict[str, Any]]
    labels: list[dict[str, Any]]
    beside: dict[str, list[dict[str, Any]]]


def batches(postings: int, text_bytes: int, size: int = 2_000) -> Iterator[Batch]:
    """Postings from the first to the last, over ``BOARDS`` boards.

    Args:
        postings: how many.
        text_bytes: about how long a description is.
        size: postings a batch.
    """
    draw = random.Random(6)
    pool = _sentences(draw, 4_000)
    for first in range(0, postings, size):
        yield _batch(draw, pool, range(first, min(first + size, postings)), text_bytes)


def board_of(number: int) -> str:
    """The board that a posting stands on."""
    return f"board{number % BOARDS:04d}"


def _sentences(draw: random.Random, number: int) -> list[str]:
    """Sentences of ten to twenty words over a vocabulary in which a few words are common and most are rare."""
    vocabulary = [f"{stem}{suffix}" for stem in _STEMS for suffix in ("", "s", "ing", "er")] + [f"word{n}" for n in range(20_000)]
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    return [" ".join(draw.choices(vocabulary, weights, k=draw.randint(10, 20))).capitalize() + "." for _ in range(number)]


def _batch(draw: random.Random, pool: list[str], numbers: range, text_bytes: int) -> Batch:
    made = Batch([], [], [], {table.name: [] for table in schema.BESIDE})
    long_fields = dict.fromkeys(("description_html", "structured_remote", "structured_salary"))
    for number in numbers:
        id_ = digest(("benchmark", str(number)))
        row, body = _posting(draw, id_, number), _body(draw, pool, text_bytes)
        made.postings.append(row)
        made.texts.append({"posting_id": id_, "description_text": body, **long_fields})
        made.labels.append(_labels(id_, row, body))
        _lists(draw, made.beside, id_, row, body)
    return made


def _body(draw: random.Random, pool: list[str], text_bytes: int) -> str:
    parts: list[str] = []
    length = 0
    while length < text_bytes:
        parts.append(pool[int(draw.random() * len(pool))])
        length += len(parts[-1]) + 1
    return " ".join(parts)


def _posting(draw: random.Random, id_: str, number: int) -> dict[str, Any]:
    remote, role, level = draw.choice(_CLASSES), draw.choice(_ROLES), draw.choice(_LEVELS)
    upper = draw.randrange(40, 260) * 1_000.0 if draw.random() < 0.6 else None
    published = NIGHT - timedelta(days=int(draw.random() * 120))
    title, company = f"{level.title()} {role.replace('-', ' ').title()} {number % 97}", f"Company {number % BOARDS}"
    return {
        **dict.fromkeys((column.name for column in schema.postings.columns if column.nullable), None),
        "text_id": number + 1, "posting_id": id_, "platform": "greenhouse", "board": board_of(number), "external_id": str(number),
        "url": f"https://boards.example/{board_of(number)}/{number}", "title": title, "title_order": title.lower(),
        "company": company, "company_key": company.lower(), "company_order": company.lower(), "location": "Berlin, Germany",
        "published_on": published, "newest_on": published, "content_hash": id_, "text_digest": id_, "changed_at": AT,
        "language": "en", "remote_class": remote, "remote_first_probability": 0.1, "remote_friendly_probability": 0.2,
        "on_site_probability": 0.7, "arrangement": "onsite" if remote == "on-site" else "remote", "level": level,
        "role_family": role, "is_management": False, "is_worldwide": draw.random() < 0.05, "visa_sponsorship": "unstated",
        "pay_max": upper, "pay_currency": upper and "USD", "pay_period": upper and "year", "pay_kind": upper and "base",
        "pay_max_annual_usd": upper, "pay_upper_annual_usd": upper, "pay_order": -1.0 if upper is None else upper,
        "has_pay": upper is not None, "has_equity": False, "run_id": "2026-01-05", "raw_run_id": "2026-01-05",
        "job_id": id_, "job_reason": "first", "is_primary": True, "state": "open" if draw.random() < 0.8 else "closed",
        "opened_at": AT, "text_from": 1, "content_from": 1, "status_from": 1,
    }  # fmt: skip


def _labels(id_: str, row: dict[str, Any], body: str) -> dict[str, Any]:
    quote = {"field": "description_text", "start": 0, "end": 40, "quote": body[:40], "signal": "says_remote"}
    verdicts = {
        "remote_class": row["remote_class"],
        "arrangement": row["arrangement"],
        "evidence": [quote] * 3,
        "level": row["level"],
    }
    versions = dict.fromkeys((c.name for c in schema.labels.columns if c.name.endswith("_version")), "benchmark-1")
    return {"posting_id": id_, "verdicts": verdicts, **versions, "labelled_at": AT}


def _lists(draw: random.Random, beside: dict[str, list[dict[str, Any]]], id_: str, row: dict[str, Any], body: str) -> None:
    named = [name for name, share in zip(_TECH, _TECH_SHARE, strict=True) if draw.random() < share]
    beside["technologies"] += [
        {"posting_id": id_, "name": name, "name_key": name.lower(), "category": "tool", "need": "required", "place": place}
        for place, name in enumerate(named)
    ]
    if row["remote_class"] == "remote-first":
        beside["signals"].append({"posting_id": id_, "signal": draw.choice(("async", "remote_benefits", "says_remote_first"))})
    beside["eligible_countries"] += [{"posting_id": id_, "country": code} for code in draw.sample(_COUNTRIES, 2)]
    beside["evidence"] += [
        {"posting_id": id_, "question": "remote", "place": place, "field": "description_text", "start": 0, "end": 40,
         "quote": body[:40], "signal": "says_remote"}
        for place in range(2)
    ]  # fmt: skip
    if row["pay_max"]:
        beside["pay_bands"].append(
            {"posting_id": id_, "place": 0, "min": None, "max": row["pay_max"], "currency": "USD", "period": "year", "kind": "base",
             "zone": None, "quote": "up to", "min_annual_usd": None, "max_annual_usd": row["pay_max"],
             "upper_annual": row["pay_max"], "upper_annual_usd": row["pay_max"], "usd_rate": 1.0, "usd_rate_on": None}
        )  # fmt: skip
