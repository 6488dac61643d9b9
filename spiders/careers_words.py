"""What careers pages look like, as data: ``data/careers.toml`` as frozen records, its words folded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.folding import fold_name


@dataclass(frozen=True, slots=True)
class Kind:
    """A system whose pages are alike from employer to employer."""

    name: str
    hosts: tuple[str, ...]
    """Endings of host names."""
    posting: re.Pattern[str]
    """What a posting's path looks like."""
    lists: tuple[str, ...] = ()
    """List pages where the board names none; ``{tenant}`` is the first step of the board's path."""
    asked_with: str = ""
    """Added to the query of what is asked; no part of a posting's address."""
    is_shared: bool = False
    """One host for many employers, told apart by the first step of the path."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Points of a page without schema.org data."""

    needed: int
    least_text: int
    address: int
    row: int
    fact: int
    section: int
    apply: int


@dataclass(frozen=True, slots=True)
class CareersWords:
    """The data file; each name is that of its table and key."""

    noise_keys: frozenset[str]
    page_keys: frozenset[str]
    generic_links: frozenset[str]
    title_parts: re.Pattern[str]
    generic_titles: frozenset[str]
    separators: tuple[str, ...]
    chrome_words: frozenset[str]
    most_chrome_share: float
    apply_words: frozenset[str]
    section_words: tuple[str, ...]
    gone_phrases: tuple[str, ...]
    longest_gone_text: int
    empty_phrases: tuple[str, ...]
    evidence: Evidence
    kinds: tuple[Kind, ...]

    def kind_of(self, host: str) -> Kind | None:
        """The system that a host belongs to; None for an employer's own."""
        return next((kind for kind in self.kinds if f".{host.lower()}".endswith(kind.hosts)), None)


@cache
def careers_words() -> CareersWords:
    """The words, read once."""
    rows = tomllib.loads(files("spiders").joinpath("data/careers.toml").read_text(encoding="utf-8"))
    parts = "|".join(re.escape(part) for part in sorted(_folded(rows["links"]["titles"])))
    return CareersWords(
        noise_keys=frozenset(rows["links"]["noise"]),
        page_keys=frozenset(rows["links"]["pages"]),
        generic_links=_folded(rows["links"]["generic"]),
        title_parts=re.compile(rf"\b(?:{parts})(?:s|in|innen)?\b"),
        generic_titles=_folded(rows["titles"]["generic"]),
        separators=tuple(rows["titles"]["separators"]),
        chrome_words=frozenset(rows["chrome"]["words"]),
        most_chrome_share=rows["chrome"]["most_share"],
        apply_words=_folded(rows["apply"]["words"]),
        section_words=tuple(rows["sections"]["words"]),
        gone_phrases=tuple(rows["gone"]["phrases"]),
        longest_gone_text=rows["gone"]["longest_text"],
        empty_phrases=tuple(rows["empty"]["phrases"]),
        evidence=Evidence(**rows["evidence"]),
        kinds=tuple(_kind(row) for row in rows["kind"]),
    )


def _kind(row: Mapping[str, Any]) -> Kind:
    hosts = tuple(host if host.startswith(".") else f".{host}" for host in row["hosts"])
    return Kind(**{**row, "hosts": hosts, "lists": tuple(row["lists"]), "posting": re.compile(row["posting"], re.IGNORECASE)})


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold_name, words))
