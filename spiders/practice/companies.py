"""Who hires in the practice world: the companies of the list, dealt out to platforms."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.records import CompanyFacts
from spiders.practice.scenario import Scenario

COUNTRY_NAMES = {
    "US": "the United States", "CA": "Canada", "GB": "the United Kingdom", "PT": "Portugal", "CH": "Switzerland", "IE": "Ireland",
    "DE": "Germany", "NL": "the Netherlands", "NO": "Norway", "PL": "Poland", "DK": "Denmark", "IN": "India", "ES": "Spain",
    "AU": "Australia", "EE": "Estonia", "FR": "France", "BE": "Belgium",
}  # fmt: skip
SHORT_COUNTRY = {"US": "US", "GB": "UK"}


@dataclass(frozen=True, slots=True)
class Company:
    """An invented employer on one platform."""

    name: str
    platform: str
    board: str
    does: str
    city: str
    country: str
    policy: str
    language: str
    facts: CompanyFacts
    weight: int
    """How many times the postings of a company of weight 1 it has."""

    @property
    def host(self) -> str:
        """Host of its e-mail addresses."""
        return f"{re.sub(r'[^a-z0-9]+', '-', self.name.lower()).strip('-')}.example"


@cache
def data(name: str) -> dict[str, Any]:
    """A data file of the practice server."""
    return tomllib.loads((files("spiders.practice") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def companies(scenario: Scenario) -> tuple[Company, ...]:
    """Companies of a scenario with the boards that they publish on; the last ones publish on the feeds only."""
    rows = data("companies")["company"]
    slots = [
        platform for platform in ("greenhouse", "lever", "ashby", "jsonld") for _ in range(scenario.platforms.get(platform, 0))
    ]
    slots += ["remoteok", "hn"][: max(len(rows) - len(slots), 0)]
    # dealt out by turns, so that every platform has companies of every policy; the order of the list decides, nothing is drawn
    order = (
        sorted(range(len(slots)), key=lambda place: (place * 7) % len(slots))
        if len(slots) > 12 and len(slots) % 7
        else range(len(slots))
    )
    return tuple(_company(rows[number], slots[place]) for number, place in enumerate(order))


def _company(row: dict[str, Any], platform: str) -> Company:
    slug = re.sub(r"[^a-z0-9]+", "-", row["name"].lower().replace("ö", "o")).strip("-")
    board = f"careers.{slug}.example" if platform == "jsonld" else slug
    facts = CompanyFacts(row["name"], row["industry"], row["stage"], row["size"])
    language = row.get("language", "en")
    return Company(
        row["name"], platform, board, row["does"], row["city"], row["country"], row["policy"], language, facts, row.get("weight", 1)
    )
