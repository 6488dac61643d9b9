"""Setting right what Prefect still believes to be running: a killed process cannot say that it has ended.

Prefect marks a run that its worker dropped as running for good, and counts it against limits. Our own ledger and lock know better.
"""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Crashed
from sqlalchemy.engine import make_url

from storage.database import sqlite_path

_UNDER_WAY = (StateType.RUNNING, StateType.PENDING)


def data_tag(database_url: str) -> str:
    """Tag of all runs on one database, since a Prefect server may serve several; it tells nothing of the address."""
    path = sqlite_path(database_url)
    shown = f"{socket.gethostname()}:{path.absolute()}" if path else make_url(database_url).render_as_string(hide_password=True)
    return f"data-{hashlib.sha256(shown.encode()).hexdigest()[:8]}"


def set_left_right(tag: str, own: Iterable[UUID]) -> int:
    """Mark runs that earlier nights left behind as crashed; the caller holds the run lock, so that none of them can be alive.

    Args:
        tag: of the runs on this database.
        own: runs that are alive: the caller's.

    Returns:
        How many there were.
    """
    alive = set(own)
    with get_client(sync_client=True) as client:
        left = [run for run in _under_way(client, tag) if run.id not in alive]
        for run in left:
            crash(client, run.id, "its process ended without a word; another run has found the lock free")
    return len(left)


def crash(client: SyncPrefectClient, flow_run_id: UUID, why: str) -> None:
    """Tell Prefect that a run has crashed; one that is gone there needs no telling."""
    with suppress(ObjectNotFound):
        client.set_flow_run_state(flow_run_id, Crashed(message=why), force=True)


def call_off(client: SyncPrefectClient, flow_run_id: UUID, why: str) -> None:
    """Tell Prefect that a run is not needed any more."""
    with suppress(ObjectNotFound):
        client.set_flow_run_state(flow_run_id, Cancelled(message=why), force=True)


def states(client: SyncPrefectClient, ids: Iterable[UUID]) -> dict[UUID, FlowRun]:
    """Runs as Prefect sees them now."""
    wanted = list(ids)
    found = client.read_flow_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=wanted))) if wanted else []
    return {run.id: run for run in found}


def _under_way(client: SyncPrefectClient, tag: str) -> list[FlowRun]:
    is_under_way = FlowRunFilterState(type=FlowRunFilterStateType(any_=list(_UNDER_WAY)))
    return list(client.read_flow_runs(flow_run_filter=FlowRunFilter(tags=FlowRunFilterTags(all_=[tag]), state=is_under_way)))
