"""The generated world of ``benchmarks.storage``, as varied as a list of jobs is where people filter it: many platforms, employers,
technologies and countries, bands in three currencies, copies, places left out, and half a year of opening days.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from benchmarks.storage.world import AT, NIGHT, Batch
from pipeline.countries import country_code, country_names
from pipeline.filters import CLOSED_VALUES
from pipeline.folding import fold_name
from pipeline.identity import company_key

PLATFORMS = {"greenhouse": 50, "lever": 20, "ashby": 15, "himalayas": 8, "remoteok": 4, "weworkremotely": 3}
"""Platform by its share in percent; the terms of the last one keep its postings from the site."""
COMPANIES = 12_000
TECHNOLOGIES = tuple(f"Tool {number}" for number in range(1_500))
INDUSTRIES = tuple(f"industry-{number:02d}" for number in range(40))
SIZES = ("1-10", "11-50", "51-200", "201-500", "501-1000", "1001-5000", "5001-10000", "10001+")
SIGNALS = ("async", "remote_benefits", "says_remote_first", "flexible_hours", "home_office_budget", "coworking", "off_sites")
_CURRENCIES = {"USD": 1.0, "EUR": 1.1, "GBP": 1.25}
_DAYS = 26 * 7
_REGION = 27
"""Countries that a posting names which is open to a whole region."""


def varied(batch: Batch) -> Batch:
    """The batch with more to choose from; the same batch always varies the same way."""
    draw = random.Random(batch.postings[0]["text_id"])
    beside = {name: list(rows) for name, rows in batch.beside.items()}
    beside["eligible_countries"] = []
    beside["signals"] = []
    rows: list[dict[str, Any]] = []
    for row in batch.postings:
        rows.append(_posting(draw, row, rows[-1] if rows else None))
        _lists(draw, beside, row["posting_id"])
    beside["pay_bands"] = [_band(draw, band) for band in batch.beside["pay_bands"]]
    return Batch(rows, batch.texts, batch.labels, beside)


def _posting(draw: random.Random, row: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    company = f"Company {int(COMPANIES * draw.random() ** 2)}"
    opened = AT - timedelta(days=int(draw.random() * _DAYS))
    hours = draw.randint(-8, 4) if draw.random() < 0.2 else None
    remote = row["remote_class"]
    changed = {
        "platform": draw.choices(tuple(PLATFORMS), tuple(PLATFORMS.values()))[0],
        "company": company, "company_key": company_key(company), "company_order": company.lower(), "opened_at": opened,
        "newest_on": min(opened.date() + timedelta(days=3), NIGHT), "industry": _sometimes(draw, INDUSTRIES, 0.5),
        "stage": _sometimes(draw, CLOSED_VALUES["stage"], 0.4), "size": _sometimes(draw, SIZES, 0.4),
        "visa_sponsorship": draw.choices(("yes", "no", "unstated"), (5, 10, 85))[0],
        "arrangement": draw.choice(("onsite", "hybrid", "unstated")) if remote == "on-site" else row["arrangement"],
        "utc_min": None if hours is None else float(hours), "utc_max": None if hours is None else float(hours + draw.randint(0, 6)),
        "state": "unknown" if draw.random() < 0.03 else row["state"],
    }  # fmt: skip
    if before is not None and draw.random() < 0.06:
        changed |= {"job_id": before["job_id"], "job_reason": "same_words", "is_primary": False}
    return {**row, **changed}


def _sometimes(draw: random.Random, values: Sequence[str], share: float) -> str | None:
    return draw.choice(values) if draw.random() < share else None


def _lists(draw: random.Random, beside: dict[str, list[dict[str, Any]]], id_: str) -> None:
    more = dict.fromkeys(draw.choices(TECHNOLOGIES, cum_weights=_falling(len(TECHNOLOGIES)), k=draw.randint(0, 9)))
    beside["technologies"] += [
        {"posting_id": id_, "name": name, "name_key": fold_name(name), "category": "tool", "need": "mentioned", "place": 20 + place}
        for place, name in enumerate(more)
    ]
    beside["signals"] += [{"posting_id": id_, "signal": one} for one in draw.sample(SIGNALS, draw.choice((0, 0, 1, 2)))]
    codes = _countries()
    if draw.random() < 0.1:
        named = list(codes[:_REGION])
    else:
        named = list(dict.fromkeys(draw.choices(codes, cum_weights=_falling(len(codes)), k=draw.choice((0, 1, 1, 2, 3)))))
    beside["eligible_countries"] += [{"posting_id": id_, "country": code} for code in named]
    if draw.random() < 0.01:
        beside["excluded_places"].append({"posting_id": id_, "place": draw.choice(codes)})


def _band(draw: random.Random, band: dict[str, Any]) -> dict[str, Any]:
    currency = draw.choices(tuple(_CURRENCIES), (85, 10, 5))[0]
    rate = _CURRENCIES[currency]
    return {**band, "currency": currency, "upper_annual": band["upper_annual"] / rate, "max": band["max"] / rate, "usd_rate": rate}


@cache
def _countries() -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for word in country_names() if (code := country_code(word))))


@cache
def _falling(number: int) -> tuple[float, ...]:
    """Added-up weights of a vocabulary in which the first words are common and most are rare."""
    return tuple(accumulate(1 / (rank + 3) for rank in range(number)))
