"""Every check, in the order in which a problem would show."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import RolecallError
from pipeline.runs import RunSummary, summary_from_json
from rolecall.checks import installation, machine, nights
from rolecall.checks.check import Check, Verdict
from rolecall.checks.sources import KnownSource, robots_check, sources_check
from rolecall.cli.opening import is_stored, opened
from rolecall.render.figures import plural
from rolecall.settings import Settings
from spiders.memory import HostMemory
from storage.summaries import histories_of, newest_first, up_to

_NIGHTS = 14


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the database knows."""

    check: Check
    clock: datetime | None = None
    """Of the server; None where there is none."""
    sources: tuple[KnownSource, ...] = ()


def all_checks(settings: Settings) -> Iterator[Check]:
    """Every check; without a readable configuration nobody knows where the data are, so the rest is left out then."""
    now = datetime.now(UTC)
    yield installation.python_check(sys.version_info[:2])
    yield installation.engine_check(installation.installed)
    config = installation.config_check(settings)
    yield config
    if config.verdict is Verdict.FAIL:
        return
    if settings.config.notify:
        from flows.notify import missing

        yield installation.notices_check({block.name: missing(block, os.environ) for block in settings.config.notify})
    runs = _runs(settings.data_dir / "runs")
    stored = _stored(settings)
    yield machine.clock_check(now, runs[0].started_at if runs else None, stored.clock)
    yield machine.disk_check(settings.data_dir)
    yield machine.data_dir_check(settings.data_dir)
    yield stored.check
    yield from _night_checks(settings, stored, runs, now)
    yield installation.model_check()
    yield installation.rates_check(now.date())


def _runs(folder: Path) -> tuple[RunSummary, ...]:
    """Those of the last nights, newest first."""
    newest = next(newest_first(folder), None)
    return up_to(folder, summary_from_json(newest), _NIGHTS)[::-1] if newest else ()


def _stored(settings: Settings) -> _Stored:
    if not is_stored(settings):
        return _Stored(Check("database", Verdict.WARN, f"none at {settings.database_file} yet; the first night makes it"))
    try:
        with opened(settings) as store:
            from storage.database import REVISION, server_clock
            from storage.queries.counts import open_counts

            text = f"revision {REVISION}, {plural(open_counts(store).jobs, 'open job')}"
            sources = tuple(
                KnownSource(
                    source,
                    store.last_complete(source.platform, source.board),
                    next(iter(store.validators(source.platform, source.board)), None),
                )
                for source in settings.config.sources
            )
            return _Stored(Check("database", Verdict.OK, text), server_clock(store.engine), sources)
    except RolecallError as error:
        return _Stored(Check("database", Verdict.FAIL, str(error)))


def _night_checks(settings: Settings, stored: _Stored, runs: Sequence[RunSummary], now: datetime) -> Iterator[Check]:
    """How the last nights went and what they say of the sources; nothing before the first night."""
    if not runs:
        if stored.check.verdict is Verdict.OK:
            yield nights.nights_check(())
        return
    yield nights.nights_check(runs)
    live = settings.config.sources
    if live:
        yield nights.missed_check([run.night for run in runs], now.date())
    names = [source.source_id for source in live] or None
    found = histories_of(settings.data_dir / "runs", runs[0], _NIGHTS, names)
    yield sources_check(stored.sources, found, runs[0].started_at)
    if live:
        yield robots_check(stored.sources, found, HostMemory(settings.data_dir / "hosts", now))
