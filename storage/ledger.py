"""The shard ledger of a run: planned, leased, done. A worker that dies loses its lease, and another takes the shard over.

A shard is held together with its lane (the hosts that it asks), so that no host is ever asked from two sides, on any worker. A
board that is stored is never crawled again in the same run; one that failed for a passing reason is planned again, for later.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, or_, select, update

from pipeline.errors import RolecallError
from storage import leases, schema
from storage.bulk import insert

PLANNED, LEASED, DONE, STOPPED = "planned", "leased", "done", "stopped"
_TABLE = schema.shards
_AT = _TABLE.c
_HOST = "host:"
_CLAIMS = 0x636C616D
"""Key of the advisory lock under which workers choose, one after another: two that chose the same would wait for each other.

Everything else locks a host's lease first and its shard second, so that no two can wait in a circle.
"""


class LeaseLost(RolecallError):
    """Another worker holds the shard now: what this one has not stored yet is that one's to store."""


@dataclass(frozen=True, slots=True)
class NewShard:
    """A shard of the plan."""

    shard_id: str
    lane: str
    work: Mapping[str, Any]
    """What a worker must know, as JSON."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Who takes shards."""

    name: str
    """In words: ``process 12 on host``."""
    lease_seconds: float = leases.LEASE_SECONDS
    flow_run_id: str | None = None
    place: str | None = None
    """Machine and folder where no other process works: what a former process there held is free. None where several do."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A shard that a worker holds."""

    run_id: str
    shard_id: str
    lane: str
    token: str
    attempt: int
    """From 1."""
    work: Mapping[str, Any]
    unstored: Mapping[str, Any]
    """How boards ended in earlier attempts that are not stored, by source id."""
    took_over_from: str | None
    """The worker whose lease ended."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run is, in shards."""

    planned: int
    leased: int
    done: int
    stopped: int
    lost: int
    """Of the leased ones: not renewed in time."""

    @property
    def is_over(self) -> bool:
        return not self.planned and not self.leased


def plan(connection: Connection, run_id: str, planned: Sequence[NewShard]) -> None:
    """Write a run's shards; those of earlier runs are removed."""
    connection.execute(delete(_TABLE))
    rows = (
        {
            "run_id": run_id, "shard_id": shard.shard_id, "position": position, "lane": shard.lane, "state": PLANNED, "attempts": 0,
            "work": shard.work, "unstored": {},
        }
        for position, shard in enumerate(planned)
    )  # fmt: skip
    insert(connection, _TABLE, rows)


def claim(connection: Connection, run_id: str, worker: Worker, now: datetime) -> Claim | None:
    """Take a shard whose hosts are free, one of the lane with the most work left; None where there is none now.

    Args:
        connection: the transaction.
        run_id: the run.
        worker: who takes it.
        now: the database's clock.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CLAIMS})")
    columns = (_AT.run_id, _AT.shard_id, _AT.position, _AT.lane, _AT.state, _AT.attempts, _AT.worker, _AT.unstored)
    free = list(connection.execute(select(*columns).where(_AT.run_id == run_id, _is_free(now))))
    left = Counter(row.lane for row in free)
    for row in sorted(free, key=lambda row: (-left[row.lane], row.position)):
        token, seconds = uuid.uuid4().hex, worker.lease_seconds
        if not leases.take(connection, _HOST + row.lane, token, worker.name, now, seconds, worker.place):
            continue
        if _lease(connection, row, worker, token, now):
            before = row.worker if row.state == LEASED else None
            key = _AT.run_id == run_id, _AT.shard_id == row.shard_id
            work = connection.execute(select(_AT.work).where(*key)).scalar_one()
            return Claim(run_id, row.shard_id, row.lane, token, row.attempts + 1, work, row.unstored, before)
        leases.release(connection, _HOST + row.lane, token)
    return None


def _is_free(now: datetime) -> Any:
    is_due = or_(_AT.not_before.is_(None), _AT.not_before <= now)
    return or_(and_(_AT.state == PLANNED, is_due), and_(_AT.state == LEASED, _AT.expires_at <= now))


def _lease(connection: Connection, row: Any, worker: Worker, token: str, now: datetime) -> bool:
    mine = update(_TABLE).where(_AT.run_id == row.run_id, _AT.shard_id == row.shard_id, _is_free(now))
    values = {
        "state": LEASED, "attempts": row.attempts + 1, "token": token, "worker": worker.name, "flow_run_id": worker.flow_run_id,
        "leased_at": now, "expires_at": now + timedelta(seconds=worker.lease_seconds), "not_before": None,
    }  # fmt: skip
    return connection.execute(mine.values(**values)).rowcount == 1


def renew(connection: Connection, held: Claim, now: datetime, seconds: float) -> bool:
    """Keep a shard and its hosts; False where another worker or a stop has taken them."""
    values = {"expires_at": now + timedelta(seconds=seconds)}
    is_held = leases.renew(connection, _HOST + held.lane, held.token, now, seconds)
    return is_held and connection.execute(update(_TABLE).where(*_is_mine(held)).values(**values)).rowcount == 1


def require(connection: Connection, held: Claim) -> None:
    """Make sure, inside the transaction that stores a board, that the shard is still held; it stays so until the transaction ends.

    Raises:
        LeaseLost: another worker has it.
    """
    if connection.execute(select(_AT.shard_id).where(*_is_mine(held)).with_for_update()).first() is None:
        raise LeaseLost(f"shard {held.shard_id} went to another worker, since this one was silent for too long")


def end(connection: Connection, held: Claim, unstored: Mapping[str, Any], now: datetime) -> None:
    """Every board of the shard is stored, or has failed for good."""
    _leave(connection, held, {"state": DONE, "unstored": unstored, "done_at": now})


def put_back(connection: Connection, held: Claim, unstored: Mapping[str, Any], not_before: datetime) -> None:
    """Some boards failed for a passing reason: they are asked again later, by whoever is free then."""
    _leave(connection, held, {"state": PLANNED, "unstored": unstored, "not_before": not_before})


def stop(connection: Connection, run_id: str) -> None:
    """Nothing more of a run is crawled: its planned shards are not taken, and those that are held cannot be renewed."""
    connection.execute(
        update(_TABLE).where(_AT.run_id == run_id, _AT.state.in_((PLANNED, LEASED))).values(state=STOPPED, token=None)
    )


def standing(connection: Connection, run_id: str, now: datetime) -> Standing:
    """How far a run is."""
    is_lost = and_(_AT.state == LEASED, _AT.expires_at <= now)
    query = select(_AT.state, is_lost, func.count()).where(_AT.run_id == run_id).group_by(_AT.state, is_lost)
    counts: Counter[str] = Counter()
    lost = 0
    for state, gone, number in connection.execute(query):
        counts[state] += number
        lost += number if gone else 0
    return Standing(counts[PLANNED], counts[LEASED], counts[DONE], counts[STOPPED], lost)


def unstored(connection: Connection, run_id: str) -> dict[str, Any]:
    """How the boards of a run ended that are not stored, by source id."""
    told: dict[str, Any] = {}
    for found in connection.execute(select(_AT.unstored).where(_AT.run_id == run_id).order_by(_AT.position)).scalars():
        told |= found
    return told


def _leave(connection: Connection, held: Claim, values: Mapping[str, Any]) -> None:
    leases.release(connection, _HOST + held.lane, held.token)
    connection.execute(update(_TABLE).where(*_is_mine(held)).values(token=None, **values))


def _is_mine(held: Claim) -> tuple[Any, ...]:
    return _AT.run_id == held.run_id, _AT.shard_id == held.shard_id, _AT.state == LEASED, _AT.token == held.token
