"""``rolecall.toml``: frozen types and a pure ``parse``; every error names file and line.

Reading the file is the business of ``rolecall`` and ``flows``; a shard never sees it, it gets an order.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pipeline.config_reader import Reader, blocks, key_line, one_of, syntax_error
from pipeline.errors import ConfigError, did_you_mean
from pipeline.feed_fields import feed_fields
from pipeline.notify_config import NotifyConfig, read_notify
from pipeline.records import CompanyFacts
from pipeline.search_config import SearchConfig, read_searches
from pipeline.site_config import SiteConfig, read_site
from pipeline.terms import platforms
from pipeline.vocabulary import TechCategory

MOST_WORKERS = 100
SHORTEST_LEASE_SECONDS, LONGEST_LEASE_SECONDS = 5.0, 3600.0
DEFAULT_DATABASE = "sqlite:///data/rolecall.db"
DEFAULT_DATASET = "data"
_CRAWLER_KEYS = {"contact": str, "delay_seconds": (int, float), "pool": str, "workers": int, "lease_seconds": (int, float)}
_STORAGE_KEYS = {"database": str, "dataset": str, "work": str}
_SOURCE_KEYS = {
    "platform": str, "board": str, "base_url": str, "accept_terms": bool, "delay_seconds": (int, float), "company": dict,
    "fields": dict,
}  # fmt: skip
_COMPANY_KEYS = {"name": str, "industry": str, "stage": str, "size": str}
_TECHNOLOGY_KEYS = {"name": str, "aliases": list, "category": str, "parent": str, "strength": str}
_STRENGTHS = ("strong", "exact", "brand", "weak")
_TABLES = ("crawler", "storage", "source", "search", "technology", "notify", "site")


@dataclass(frozen=True, slots=True)
class CrawlerConfig:
    contact: str | None = None
    """Address that the User-Agent names; required before anything but loopback is asked."""
    delay_seconds: float = 1.0
    """Least seconds between two requests to a host; a platform's own floor wins where larger."""
    pool: str | None = None
    """Prefect work pool whose workers crawl; None crawls in the night's own process."""
    workers: int = 2
    """Crawls that the pool is asked for at a time."""
    lease_seconds: float = 60.0
    """How long a worker, or the night itself, may be silent until another takes over."""


@dataclass(frozen=True, slots=True)
class StorageConfig:
    database: str = DEFAULT_DATABASE
    dataset: str = DEFAULT_DATASET
    """A folder, or ``s3://bucket/prefix``."""
    work: str | None = None
    """Folder of the runs, locks and crawl files; None takes the data set's own where that is a folder."""


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """One ``[[source]]`` block: a board, or a platform that is one feed."""

    platform: str
    board: str
    company: CompanyFacts = field(default_factory=CompanyFacts)
    base_url: str | None = None
    accept_terms: bool = False
    delay_seconds: float | None = None
    """This source's own delay; None where the crawler's holds."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Of a feed (platform rss): the element of an item for a name of ``pipeline/data/feed_fields.toml``."""
    line: int | None = None
    """Line of the block in the configuration; None for sources that no file names."""

    @property
    def source_id(self) -> str:
        return self.platform if platforms()[self.platform].feed and self.board == self.platform else f"{self.platform}:{self.board}"


@dataclass(frozen=True, slots=True)
class TechnologyConfig:
    """One ``[[technology]]`` block: an entry of the user's own for the technology lexicon."""

    name: str
    """Canonical name; a name that the lexicon holds already gets these forms besides its own."""
    aliases: tuple[str, ...] = ()
    category: TechCategory = TechCategory.TOOL
    parent: str | None = None
    strength: str = "strong"
    """``strong`` (any case), ``exact`` (as written), ``brand`` or ``weak`` (backed by what stands around it)."""


@dataclass(frozen=True, slots=True)
class Config:
    crawler: CrawlerConfig = field(default_factory=CrawlerConfig)
    storage: StorageConfig = field(default_factory=StorageConfig)
    sources: tuple[SourceConfig, ...] = ()
    searches: tuple[SearchConfig, ...] = ()
    technologies: tuple[TechnologyConfig, ...] = ()
    notify: tuple[NotifyConfig, ...] = ()
    site: SiteConfig = field(default_factory=SiteConfig)


def parse(text: str, name: str = "rolecall.toml") -> Config:
    """The configuration that a text means.

    Args:
        text: contents of the file.
        name: what errors call it.

    Raises:
        ConfigError: one sentence with file, line, what is wrong and what would be right.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(syntax_error(str(error), text, name)) from None
    for key in document:
        if key not in _TABLES:
            hint = did_you_mean(key, _TABLES) or f"; choose from {', '.join(_TABLES)}"
            raise ConfigError(f"{name} line {key_line(text, key)}: table '{key}' is unknown{hint}")
    reader = Reader(text, name)
    return Config(
        crawler=_crawler(reader, document.get("crawler", {})),
        storage=_storage(reader, document.get("storage", {})),
        sources=_sources(reader, document.get("source", [])),
        searches=read_searches(reader, document.get("search", [])),
        technologies=_technologies(reader, document.get("technology", [])),
        notify=read_notify(reader, document.get("notify", [])),
        site=read_site(reader, document.get("site", {})),
    )


def _crawler(reader: Reader, value: Any) -> CrawlerConfig:
    line = reader.block_line("crawler")
    block = reader.table(value, "crawler", line)
    reader.check(block, _CRAWLER_KEYS, "crawler", line)
    contact = block.get("contact")
    if contact is not None and not re.match(r"(https?://[^\s/]+\S*|mailto:\S+@\S+|[^\s@]+@[^\s@]+\.[^\s@]+)$", contact):
        raise reader.fail(reader.line_of("contact", line), f"contact '{contact}' must be a web address or an e-mail address")
    workers, lease = block.get("workers", 2), float(block.get("lease_seconds", 60.0))
    if not 1 <= workers <= MOST_WORKERS:
        raise reader.fail(reader.line_of("workers", line), f"workers {workers} must be 1 to {MOST_WORKERS}")
    if not SHORTEST_LEASE_SECONDS <= lease <= LONGEST_LEASE_SECONDS:
        span = f"{SHORTEST_LEASE_SECONDS:g} to {LONGEST_LEASE_SECONDS:g}"
        raise reader.fail(reader.line_of("lease_seconds", line), f"lease_seconds {lease:g} must be {span}")
    return CrawlerConfig(contact or None, _delay(reader, block, line, 1.0) or 0.0, block.get("pool") or None, workers, lease)


def _storage(reader: Reader, value: Any) -> StorageConfig:
    line = reader.block_line("storage")
    block = reader.table(value, "storage", line)
    reader.check(block, _STORAGE_KEYS, "storage", line)
    database = block.get("database", DEFAULT_DATABASE)
    if not database.startswith(("sqlite:///", "postgresql+psycopg://")):
        where = reader.line_of("database", line)
        raise reader.fail(where, f"database '{database}' must begin with sqlite:/// or postgresql+psycopg://")
    dataset = block.get("dataset", DEFAULT_DATASET)
    if "://" in dataset and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]+(/[^?#@\s]*)?", dataset):
        where = reader.line_of("dataset", line)
        shown = re.sub(r"//[^/]*@", "//…@", dataset)  # someone may have put a key there
        raise reader.fail(where, f"dataset '{shown}' must be a folder or s3://bucket/prefix; credentials come from the environment")
    return StorageConfig(database, dataset, block.get("work"))


def _sources(reader: Reader, value: Any) -> tuple[SourceConfig, ...]:
    sources: dict[str, SourceConfig] = {}
    for index, block in enumerate(blocks(reader, value, "source")):
        source = _source(reader, block, reader.block_line("source", index))
        if source.source_id in sources:
            first = sources[source.source_id].line
            raise reader.fail(
                source.line or 1, f"source '{source.source_id}' stands already at line {first}; remove one of the two"
            )
        sources[source.source_id] = source
    return tuple(sources.values())


def _source(reader: Reader, block: Mapping[str, Any], line: int) -> SourceConfig:
    reader.check(block, _SOURCE_KEYS, "source", line)
    name = block.get("platform")
    known = platforms()
    if name is None:
        raise reader.fail(line, 'this source has no platform; add platform = "greenhouse" or another one')
    if name not in known:
        hint = did_you_mean(name, known) or f"; choose from {', '.join(known)}"
        raise reader.fail(reader.line_of("platform", line), f"platform '{name}' is unknown{hint}")
    board = str(block.get("board", "")).strip()
    if not board and not known[name].feed:
        raise reader.fail(line, f'this {name} source has no board; add board = "…", the employer\'s name on {known[name].title}')
    off_because = known[name].off_because
    if off_because and not block.get("accept_terms", False):
        raise reader.fail(
            line, f"{name} is off: {off_because} ({known[name].source}); set accept_terms = true, or remove the source"
        )
    return SourceConfig(
        platform=name,
        board=board or name,
        company=_company(reader, block, line),
        base_url=_base_url(reader, block, line),
        accept_terms=bool(block.get("accept_terms", False)),
        delay_seconds=_delay(reader, block, line, None),
        fields=_fields(reader, block, line),
        line=line,
    )


def _fields(reader: Reader, block: Mapping[str, Any], line: int) -> Mapping[str, str]:
    fields: Mapping[str, Any] = block.get("fields", {})
    where = reader.line_of("fields", line)
    if fields and block["platform"] != "rss":
        raise reader.fail(where, f"'fields' is for rss sources, not for {block['platform']}; remove it")
    reader.check(fields, dict.fromkeys(feed_fields(), str), "source.fields", where)
    return fields


def _company(reader: Reader, block: Mapping[str, Any], line: int) -> CompanyFacts:
    facts = block.get("company", {})
    reader.check(facts, _COMPANY_KEYS, "source.company", line)
    return CompanyFacts(**facts)


def _base_url(reader: Reader, block: Mapping[str, Any], line: int) -> str | None:
    address = block.get("base_url")
    if address is None:
        return None
    try:
        parts = urlsplit(address)
        usable = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and not parts.query
            and not parts.fragment
            and parts.port != 0
        )
    except ValueError:
        usable = False
    if not usable:
        where = reader.line_of("base_url", line)
        raise reader.fail(where, f"base_url '{address}' must be a web address without ? and #, as in http://127.0.0.1:8801")
    return str(address).rstrip("/")


def _delay(reader: Reader, block: Mapping[str, Any], line: int, default: float | None) -> float | None:
    seconds = block.get("delay_seconds", default)
    if seconds is not None and not 0 <= seconds <= 3600:
        raise reader.fail(reader.line_of("delay_seconds", line), f"delay_seconds must lie between 0 and 3600, not {seconds}")
    return None if seconds is None else float(seconds)


def _technologies(reader: Reader, value: Any) -> tuple[TechnologyConfig, ...]:
    found: dict[str, TechnologyConfig] = {}
    for index, block in enumerate(blocks(reader, value, "technology")):
        line = reader.block_line("technology", index)
        reader.check(block, _TECHNOLOGY_KEYS, "technology", line)
        name = block.get("name", "").strip()
        if not name:
            raise reader.fail(line, 'this technology has no name; add name = "…"')
        if name in found:
            raise reader.fail(line, f"technology '{name}' stands already in another block; put all its aliases into one")
        aliases = tuple(block.get("aliases", ()))
        if not all(isinstance(alias, str) and alias.strip() for alias in aliases):
            raise reader.fail(reader.line_of("aliases", line), "'aliases' must be a list of texts in quotes")
        category = one_of(reader, block, "category", TechCategory.TOOL.value, [kind.value for kind in TechCategory], line)
        strength = one_of(reader, block, "strength", "strong", _STRENGTHS, line)
        found[name] = TechnologyConfig(name, aliases, TechCategory(category), block.get("parent") or None, strength)
    return tuple(found.values())
