"""What is known of the sources: which are in trouble, which were not read for long, and which robots.txt forbids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flows.plan import is_loopback
from pipeline.config import SourceConfig
from pipeline.health import SourceHistory, thresholds
from pipeline.vocabulary import FailureKind
from rolecall.checks.check import Check, Verdict
from rolecall.render.figures import plural
from rolecall.render.tables import first_named
from spiders.addresses import to_ask
from spiders.memory import HostMemory
from spiders.robots_text import forbids

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A configured source and what the database remembers of it."""

    config: SourceConfig
    last_complete: datetime | None
    """Clock of the night of its last complete answer, UTC."""
    address: str | None
    """The first public address that its last complete answer came from."""

    @property
    def name(self) -> str:
        return self.config.source_id


def sources_check(known: Sequence[KnownSource], histories: Sequence[SourceHistory], newest: datetime) -> Check:
    """Which sources are in trouble, and which have given no complete answer for days.

    Args:
        known: the configured ones.
        histories: those of the last nights; of a practice night, where none is configured.
        newest: clock of the newest run, from which days are counted.
    """
    troubled = [history for history in histories if history.first_bad]
    named = {history.source_id for history in troubled}
    oldest = newest - timedelta(days=thresholds().unread_days)
    unread = [one for one in known if one.last_complete and one.last_complete < oldest and one.name not in named]
    never = [one.name for one in known if one.last_complete is None and one.name not in named]
    told = [plural(len(known), "source") + " configured" if known else plural(len(histories), "source") + " on the last night"]
    told += [f"{first_named(never, _SHOWN)} not read yet"] if never else []
    if unread:
        since = [f"{one.name} (since {one.last_complete:%Y-%m-%d})" for one in unread]
        told.append(f"no complete answer for {plural(thresholds().unread_days, 'day')}: {first_named(since, _SHOWN)}")
    if troubled:
        since = [f"{one.source_id} since {one.first_bad.night} ({one.trouble})" for one in troubled if one.first_bad]
        told.append(f"in trouble: {first_named(since, _SHOWN)}")
    if not troubled and not unread:
        return Check("sources", Verdict.OK, "; ".join(told))
    first = troubled[0].source_id if troubled else unread[0].name
    told.append(
        f"`rolecall runs show --source {first}` shows its nights" + (f", `rolecall sources check {first}` asks it" if known else "")
    )
    return Check("sources", Verdict.WARN, "; ".join(told))


def robots_check(known: Sequence[KnownSource], histories: Sequence[SourceHistory], memory: HostMemory) -> Check:
    """Which sources the robots.txt of their servers forbids, by what is kept of it and by how they failed last."""
    refused = {one.source_id for one in histories if one.nights and one.nights[-1].row.failure is FailureKind.ROBOTS}
    read_at: dict[str, datetime] = {}
    for one in known:
        if one.address is None or is_loopback(one.config.base_url):
            continue
        address = to_ask(one.address, one.config.base_url, frozenset({urlsplit(one.address).hostname or ""}))
        root = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        record = memory.last_robots(root)
        if record is not None:
            read_at[root] = record.fetched_at
            if forbids(record.text, address):
                refused.add(one.name)
    told = [_ages(list(read_at.values()), memory.now) if read_at else "no robots.txt is kept yet; a live night reads them"]
    if refused:
        names = first_named(sorted(refused), _SHOWN)
        told.append(f"forbidden: {names}; they stay unread, so take them out of the configuration or ask the employer")
    return Check("robots", Verdict.WARN if refused else Verdict.OK, "; ".join(told))


def _ages(read_at: Sequence[datetime], now: datetime) -> str:
    """How many files are kept, and how old they are."""
    newest, oldest = _age(now - max(read_at)), _age(now - min(read_at))
    return (
        f"{plural(len(read_at), 'host')}, read {newest} ago"
        if newest == oldest
        else (f"{plural(len(read_at), 'host')}, read {newest} to {oldest} ago")
    )


def _age(age: timedelta) -> str:
    """``3 h`` or ``9 days``."""
    hours = max(0, round(age.total_seconds() / 3600))
    return f"{hours} h" if hours < 48 else plural(hours // 24, "day")
