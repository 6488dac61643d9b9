"""Which boards are crawled tonight, by which shard, at which pace. Pure functions."""

from __future__ import annotations

import ipaddress
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from pipeline.config import Config, SourceConfig
from pipeline.crawling import BoardResult, SourceOrder
from pipeline.errors import UsageError, did_you_mean
from pipeline.terms import platform as platform_terms
from pipeline.vocabulary import BoardStatus, FailureKind

USUAL_BOARDS_A_SHARD = 50
"""Few enough that little is crawled again after a worker's death, enough to be worth a process of its own."""
_LANES_OF_OWN_HOSTS = 4
MOST_SHARDS = 60
"""A night's, unless there are more lanes: every attempt is a task run, and three attempts of each are under 200."""


@dataclass(frozen=True, slots=True)
class PlannedShard:
    """Boards that one process crawls; shards of one lane follow each other, so that no host is ever asked from two sides."""

    shard_id: str
    lane: str
    host: str
    sources: tuple[SourceOrder, ...]


def is_loopback(address: str | None) -> bool:
    """Whether a ``base_url`` names this machine."""
    host = urlsplit(address).hostname if address else None
    if host is None:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def api_host(source: SourceConfig) -> str:
    """The host whose pace holds for a source: the platform's, else the board's own; a stand-in on loopback plays that host."""
    if source.base_url and not is_loopback(source.base_url):
        return urlsplit(source.base_url).netloc
    return platform_terms(source.platform).host or source.board.rpartition("://")[2].split("/")[0]


def delay_seconds(source: SourceConfig, config: Config) -> float:
    """Seconds between two requests: the source's own or the crawler's, never under the platform's floor outside loopback."""
    if is_loopback(source.base_url):
        return source.delay_seconds or 0.0
    asked = config.crawler.delay_seconds if source.delay_seconds is None else source.delay_seconds
    return max(asked, platform_terms(source.platform).delay_seconds)


def chosen(sources: Sequence[SourceConfig], only: Iterable[str]) -> tuple[SourceConfig, ...]:
    """The sources that a command names, in the configuration's order; all of them where it names none.

    Raises:
        UsageError: a name that no source has.
    """
    wanted = set(only)
    names = {source.source_id for source in sources}
    for name in sorted(wanted - names):
        hint = did_you_mean(name, names) or "; `rolecall sources list` shows the names"
        raise UsageError(f"source '{name}' is not configured{hint}")
    return tuple(source for source in sources if not wanted or source.source_id in wanted)


def require_contact(sources: Iterable[SourceConfig], config: Config) -> None:
    """Nothing but loopback is asked without an address that the asked can write to.

    Raises:
        UsageError: a source outside loopback and no contact.
    """
    outside = next((source for source in sources if not is_loopback(source.base_url)), None)
    if outside and not config.crawler.contact:
        raise UsageError(
            f"no contact address, and {outside.source_id} is not on this machine; "
            'add contact = "https://…" (or an e-mail address) under [crawler] in rolecall.toml'
        )


def require_keys(sources: Iterable[SourceConfig], environment: Mapping[str, str]) -> None:
    """A platform that answers to a key is off until the environment holds it.

    Raises:
        UsageError: a source outside loopback whose key is missing.
    """
    for source in sources:
        missing = [name for name in platform_terms(source.platform).keys if not environment.get(name)]
        if missing and not is_loopback(source.base_url):
            raise UsageError(
                f"{source.source_id} needs a key; set {' and '.join(missing)} in the environment, or remove the source"
            )


def require_for_pool(config: Config, database_url: str, environment: Mapping[str, str]) -> None:
    """The workers of a pool need a database and a Prefect server that they can reach too.

    Raises:
        UsageError: what is missing, and what would do.
    """
    if config.crawler.pool is None:
        return
    if not database_url.startswith("postgresql"):
        raise UsageError(
            f"the workers of the pool '{config.crawler.pool}' cannot share an SQLite file; "
            'set database = "postgresql+psycopg://…" under [storage], or remove pool under [crawler]'
        )
    if not environment.get("PREFECT_API_URL"):
        raise UsageError(
            f"the pool '{config.crawler.pool}' belongs to a Prefect server; set PREFECT_API_URL to its address, "
            "or remove pool under [crawler]"
        )


def put_off(source: SourceConfig, last: datetime | None, now: datetime) -> BoardResult | None:
    """The skipped result of a source whose least interval has not passed; None where it is due.

    A repeat of one night on loopback is always due: a practice night can be run again.
    """
    hours = platform_terms(source.platform).least_interval_hours
    if last is None or now - last >= timedelta(hours=hours) or (is_loopback(source.base_url) and now.date() == last.date()):
        return None
    due = last + timedelta(hours=hours)
    reason = f"fetched at {last:%Y-%m-%d %H:%M} UTC; its terms allow the next fetch from {due:%Y-%m-%d %H:%M} UTC on"
    return BoardResult(source.platform, source.board, BoardStatus.SKIPPED, failure=FailureKind.LEAST_INTERVAL, reason=reason)


def shards(sources: Sequence[SourceConfig], config: Config) -> tuple[PlannedShard, ...]:
    """Deal boards out to shards.

    A host with many boards is cut into shards of one lane; hosts with few boards share a shard of their platform. Many boards on
    hosts of their own make four lanes, by host, so that workers can crawl them side by side. With many boards the shards grow, and
    not their number.

    Args:
        sources: what is due tonight.
        config: for the pace.
    """
    lanes: dict[str, list[SourceOrder]] = defaultdict(list)
    hosts: dict[str, set[str]] = defaultdict(set)
    crowds = {lane for lane, boards in Counter(map(_lane, sources)).items() if boards > USUAL_BOARDS_A_SHARD}
    for source in sources:
        lane = _lane(source)
        if lane in crowds and has_own_host(source):
            lane = f"{lane}-{'abcd'[zlib.crc32(api_host(source).encode()) % _LANES_OF_OWN_HOSTS]}"
        delay = delay_seconds(source, config)
        lanes[lane].append(SourceOrder(source.platform, source.board, source.base_url, delay, fields=source.fields))
        hosts[lane].add(api_host(source))
    size = _boards_a_shard(len(sources), len(lanes))
    planned = []
    for lane, orders in lanes.items():
        (host,) = hosts[lane] if len(hosts[lane]) == 1 else (f"{len(hosts[lane])} hosts",)
        for number, first in enumerate(range(0, len(orders), size), 1):
            planned.append(PlannedShard(f"{lane}-{number}", lane, host, tuple(orders[first : first + size])))
    return tuple(planned)


def _boards_a_shard(boards: int, lanes: int) -> int:
    """A size at which the last, smaller shard of each lane still fits in."""
    return max(USUAL_BOARDS_A_SHARD, math.ceil(boards / max(1, MOST_SHARDS - lanes)))


def has_own_host(source: SourceConfig) -> bool:
    """Whether a board is asked on a host of its own, and not on one that it shares with the platform's other boards."""
    return platform_terms(source.platform).host is None and (source.base_url is None or is_loopback(source.base_url))


def _lane(source: SourceConfig) -> str:
    """Boards on hosts of their own go by platform, boards of a shared host by that host."""
    host = platform_terms(source.platform).host
    if source.base_url and not is_loopback(source.base_url):
        return urlsplit(source.base_url).netloc.replace(":", "-")
    return source.platform if host is None or is_loopback(source.base_url) else host
