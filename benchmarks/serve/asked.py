"""What readers ask for: random filters in the mix of people who look for a job, the same for every run."""

from __future__ import annotations

import random
from typing import Any

from benchmarks.serve.world import COMPANIES, INDUSTRIES, PLATFORMS, SIGNALS, SIZES, TECHNOLOGIES
from pipeline.filters import CLOSED_VALUES, Sort

_COMMON = ("Python", "SQL", "Java", "Kubernetes", "React", "Go", "Terraform", "PyTorch", "Rust")
_STEMS = ("pipeline", "models", "reviewing", "partner", "release", "metrics", '"data pipeline"', "model report")
_COUNTRIES = ("DE", "US", "GB", "FR", "IN", "PL", "BR", "NZ", "JP")


def filters(draw: random.Random) -> dict[str, Any]:
    """Filters by name, as an address has them: on average three."""
    words: dict[str, Any] = {}
    if draw.random() < 0.6:
        words["remote"] = draw.choice(("remote-first", "remote-first", "remote-friendly", "on-site"))
    if draw.random() < 0.5:
        names = (draw.choice(_COMMON), draw.choice(TECHNOLOGIES[:200]))
        words["stack"] = [names[0]] if draw.random() < 0.7 else list(names)
    if draw.random() < 0.3:
        words["country"] = draw.choice(_COUNTRIES)
    if draw.random() < 0.3:
        words["pay_min"] = str(draw.randrange(40, 250) * 1000 + draw.randrange(1000))
        words["currency"] = draw.choice(("USD", "USD", "EUR", "GBP"))
    if draw.random() < 0.2:
        words["text"] = draw.choice(_STEMS) if draw.random() < 0.5 else f"word{int(15_000 * draw.random() ** 3)}"
    if draw.random() < 0.25:
        words["level"] = draw.choice(("junior", "mid", "senior", "staff"))
    if draw.random() < 0.4:
        words["sort"] = draw.choice([sort.value for sort in Sort])
    if draw.random() < 0.25:
        words |= _seldom(draw)
    return words


def _seldom(draw: random.Random) -> dict[str, Any]:
    return draw.choice(
        (
            {"company": f"company {draw.randrange(COMPANIES // 100)}"},
            {"industry": draw.choice(INDUSTRIES)},
            {"size": draw.choice(SIZES)},
            {"stage": draw.choice(CLOSED_VALUES["stage"])},
            {"signal": draw.choice(SIGNALS)},
            {"platform": draw.choice(list(PLATFORMS))},
            {"utc": draw.choice(("+1", "-5", "+5:30"))},
            {"since": draw.choice(("1d", "7d", "30d"))},
            {"role": draw.choice(CLOSED_VALUES["role"])},
            {"visa": "yes"},
            {"state": "all"},
        )
    )
