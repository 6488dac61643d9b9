"""``rolecall sources``: what is configured, and whether it answers."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.opening import stored
from rolecall.cli.streams import out, out_json_list, say, width
from rolecall.cli.words import AS_OF
from rolecall.exit_codes import CHECK_FAILED, DONE
from rolecall.settings import Settings

if TYPE_CHECKING:
    from pipeline.config import SourceConfig
    from pipeline.crawling import BoardResult

_NONE = "no sources are configured; copy rolecall.toml.example to rolecall.toml and set its contact"


@click.group(cls=LazyGroup)
def sources() -> None:
    """The boards and feeds of the configuration.

    \b
      rolecall sources list
    """


@sources.command("list", cls=Command)
@AS_OF
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@pass_settings
def list_sources(settings: Settings, as_of: date | None, as_json: bool) -> None:
    """Show each configured source, its pace and when it was last read.

    \b
      rolecall sources list
      rolecall sources list --json
    """
    from rolecall.render.sources import sources_table

    rows = [_row(settings, source) for source in settings.config.sources]
    with stored(settings, as_of) as store:
        for row in rows:
            last = store.last_complete(row["platform"], row["board"]) if store else None
            row["last_complete_at"] = last.isoformat() if last else None
    if as_json:
        out_json_list(rows)
    elif rows:
        out(sources_table(rows, width()))
    if not rows:
        say(settings, _NONE)


def _row(settings: Settings, source: SourceConfig) -> dict[str, Any]:
    from flows.plan import delay_seconds
    from pipeline.terms import platform

    terms = platform(source.platform)
    return {
        "source_id": source.source_id,
        "platform": source.platform,
        "board": source.board,
        "company": source.company.name,
        "listing": terms.listing.value,
        "delay_seconds": delay_seconds(source, settings.config),
        "least_interval_hours": terms.least_interval_hours,
        "base_url": source.base_url,
        "terms": terms.terms,
    }


@sources.command(cls=Command)
@click.argument("source", nargs=-1, metavar="[SOURCE...]")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@pass_settings
def check(settings: Settings, source: tuple[str, ...], as_json: bool) -> int:
    """Read the given sources (default: all) as a night would, store nothing, and say which of them answer.

    \b
      rolecall sources check
      rolecall sources check lever:spotify
    """
    from flows.plan import chosen, require_contact, require_keys
    from rolecall.render.sources import check_table

    wanted = chosen(settings.config.sources, source)
    require_contact(wanted, settings.config)
    require_keys(wanted, os.environ)
    rows = [_check_row(result) for result in _read(settings, wanted)]
    if as_json:
        out_json_list(rows)
    elif rows:
        out(check_table(rows, width()))
    if not rows:
        say(settings, _NONE)
    bad = [row for row in rows if not row["is_ok"]]
    if bad:
        click.echo(f"Error: {len(bad)} of {len(rows)} sources did not answer as they should", err=True)
    return CHECK_FAILED if bad else DONE


def _read(settings: Settings, wanted: Iterable[SourceConfig]) -> list[BoardResult]:
    """Crawl into a folder that goes away again, a shard after another."""
    from flows.plan import shards
    from flows.shards import run_shard
    from pipeline.crawling import ShardOrder

    results: list[BoardResult] = []
    with tempfile.TemporaryDirectory(prefix="rolecall-check-") as folder:
        for shard in shards(tuple(wanted), settings.config, {}):
            contact = settings.config.crawler.contact
            order = ShardOrder(shard.shard_id, shard.host, datetime.now(UTC), contact, folder, shard.sources)
            results += run_shard(order, threading.Event(), lambda result: say(settings, f"{_name(result)} {result.status.value}"))
    return results


def _name(result: BoardResult) -> str:
    from pipeline.config import SourceConfig

    return SourceConfig(result.platform, result.board).source_id


def _check_row(result: BoardResult) -> dict[str, Any]:
    from pipeline.vocabulary import BoardStatus

    return {
        "source_id": _name(result),
        "is_ok": result.status is BoardStatus.COMPLETE,
        "status": result.status.value,
        "postings": result.postings,
        "requests": result.requests,
        "failure": result.failure.value if result.failure else None,
        "reason": result.reason,
        "notes": list(result.notes),
    }
