"""Asking sources outside a night: through the same crawl, into a folder that goes away again."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import orjson

from flows.plan import put_off, require_contact, require_keys, shards
from flows.shards import read_postings, run_shard
from pipeline.config import Config, SourceConfig
from pipeline.crawling import LOOK, BoardResult, ShardOrder, SourceOrder
from pipeline.records import RawPosting
from pipeline.terms import platform
from rolecall.cli.opening import stored
from rolecall.settings import Settings

TRIAL_REQUESTS = 25
"""Of a trial: at the usual second between two requests it ends within half a minute."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How a source answered."""

    result: BoardResult
    postings: tuple[RawPosting, ...]


def ask_sources(
    settings: Settings,
    config: Config,
    sources: Sequence[SourceConfig],
    most_requests: int | None = None,
    on_board: Callable[[BoardResult], None] = lambda _: None,
) -> Iterator[Answered]:
    """Read sources as a night would, one shard after another; those that their terms do not let be read yet are skipped.

    Args:
        settings: where the data are; when a source was last read stands there.
        config: for contact and pace.
        sources: which.
        most_requests: a trial of so many requests a source; None reads whole boards.
        on_board: told of each result as it comes.

    Raises:
        UsageError: no contact, or no key for a platform that wants one.
    """
    now = datetime.now(UTC)
    require_contact(sources, config)
    require_keys(sources, os.environ)
    due = []
    for source, last in _last_asked(settings, sources):
        result = put_off(source, last, now)
        if result is None:
            due.append(source)
        else:
            on_board(result)
            yield Answered(result, ())
    for shard in shards(due, config):
        orders = tuple(replace(order, most_requests=most_requests) for order in shard.sources)
        order = ShardOrder(shard.shard_id, shard.host, now, config.crawler.contact, "", orders, _hosts_dir(settings))
        yield from _run(order, on_board)
    _remember(settings, [source for source in due if _is_limited(source)], now)


def look_at(settings: Settings, config: Config, address: str, base_url: str | None) -> Answered:
    """Read one page, and at most two behind it, to find out which boards they show."""
    order = SourceOrder(LOOK, address, base_url, 0.0 if base_url else config.crawler.delay_seconds)
    shard = ShardOrder(LOOK, address, datetime.now(UTC), config.crawler.contact, "", (order,), _hosts_dir(settings))
    (answered,) = _run(shard, lambda _: None)
    return answered


def _run(order: ShardOrder, on_board: Callable[[BoardResult], None]) -> Iterator[Answered]:
    with tempfile.TemporaryDirectory(prefix="rolecall-asking-") as folder:
        for result in run_shard(replace(order, out_dir=folder), lambda: False, on_board):
            yield Answered(result, tuple(read_postings(Path(folder), result)))


def _hosts_dir(settings: Settings) -> str | None:
    """Where nights remember of hosts what has to be kept to here too; nothing where no night made a data folder."""
    return str(settings.data_dir / "hosts") if settings.data_dir.is_dir() else None


def _is_limited(source: SourceConfig) -> bool:
    return platform(source.platform).least_interval_hours > 0


def _last_asked(settings: Settings, sources: Iterable[SourceConfig]) -> Iterator[tuple[SourceConfig, datetime | None]]:
    """When each source was last read by a night, or asked here, where its terms care."""
    listed = list(sources)
    if not any(_is_limited(source) for source in listed):
        yield from ((source, None) for source in listed)
        return
    asked = _asked(settings)
    with stored(settings) as store:
        for source in listed:
            night = store.last_complete(source.platform, source.board) if store and _is_limited(source) else None
            known = [at for at in (night, asked.get(source.source_id)) if at is not None]
            yield source, max(known, default=None)


def _asked_path(settings: Settings) -> Path:
    return settings.data_dir / "sources" / "asked.json"


def _asked(settings: Settings) -> dict[str, datetime]:
    path = _asked_path(settings)
    if not path.is_file():
        return {}
    return {source_id: datetime.fromisoformat(at) for source_id, at in orjson.loads(path.read_bytes()).items()}


def _remember(settings: Settings, sources: Iterable[SourceConfig], now: datetime) -> None:
    asked = {source.source_id: now for source in sources}
    if asked:
        write_json(_asked_path(settings), {key: at.isoformat() for key, at in {**_asked(settings), **asked}.items()})


def write_json(path: Path, value: object) -> None:
    """Write a small file of the user's data folder, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
    aside.replace(path)
