"""A replay: parser and classifiers of today over the payloads that are stored. Nothing is asked of the network.

read payloads (``storage.payloads``) -> parse and label -> compare and write (``storage.relabelling``), batch by batch. How far the
replay has come is kept file by file, so that an interrupted one goes on where it was; what it does twice changes nothing.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from classifiers.classify import classify, versions
from flows.stopping import stop_on_signals
from pipeline.config import TechnologyConfig
from pipeline.payloads import to_posting
from pipeline.payloads.common import UnreadablePosting
from pipeline.records import LabelledPosting
from pipeline.runs import Progress
from storage import replays
from storage.lock import run_lock
from storage.payloads import StoredPayload, count_payloads, payload_files, payloads
from storage.relabelling import Relabelled, Relabelling, relabel
from storage.replays import Cursor
from storage.run import Run
from storage.store import Store

EXAMPLES = 3
"""Examples a change of a label."""


@dataclass(frozen=True, slots=True)
class ReplayRequest:
    """One replay's work order."""

    database_url: str
    data_dir: Path
    dataset: str
    now: datetime
    """UTC; the night that the relabelling stands under."""
    since: date | None = None
    """Only payloads of that night or later."""
    technologies: tuple[TechnologyConfig, ...] = ()
    is_written: bool = True
    """False only says what would change."""


@dataclass(frozen=True, slots=True)
class LabelChange:
    """One change of one label, with how often and examples."""

    label: str
    before: Any
    after: Any
    postings: int
    examples: tuple[Relabelled, ...]


@dataclass(frozen=True, slots=True)
class ReplaySummary:
    """What a replay did."""

    run_id: str | None
    """None where nothing was to be written."""
    goes_on: bool
    """It went on with an interrupted one."""
    seen: int
    without_payload: int
    """Postings whose payload is not in the data set: they keep their labels."""
    unreadable: int
    rewritten: int
    relabelled: int
    changes: tuple[LabelChange, ...]
    """Of this call, the most frequent first."""
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        return 130 if self.interrupted else 0

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "exit_code": self.exit_code}


@dataclass
class _Told:
    """What is counted on the way."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    values: dict[tuple[str, str], tuple[Any, Any]] = field(default_factory=dict)
    examples: dict[tuple[str, str], list[Relabelled]] = field(default_factory=dict)
    unreadable: int = 0

    def add(self, relabelled: Iterable[Relabelled]) -> None:
        for one in relabelled:
            for label, (before, after) in one.fields.items():
                key = label, f"{before!r} {after!r}"
                self.counts[key] += 1
                self.values[key] = before, after
                held = self.examples.setdefault(key, [])
                if len(held) < EXAMPLES:
                    held.append(one)

    def changes(self) -> tuple[LabelChange, ...]:
        ordered = sorted(self.counts, key=lambda key: (-self.counts[key], key))
        return tuple(LabelChange(key[0], *self.values[key], self.counts[key], tuple(self.examples[key])) for key in ordered)


def reclassify(request: ReplayRequest, report: Callable[[Progress], None]) -> ReplaySummary:
    """Label again what is stored.

    Args:
        request: the work order.
        report: told of each batch.

    Raises:
        RunLocked: another run works on the same data.
        DatabaseError: nothing is stored yet.
        DatasetError: the data set cannot be reached.
    """
    if not request.is_written:
        with Store.open_reading(request.database_url, request.data_dir, request.dataset) as store:
            return _replay(store, request, report, None)
    with (
        Store.open_reading(request.database_url, request.data_dir, request.dataset),  # a replay never makes a database
        run_lock(request.data_dir, request.now),
        Store.open(request.database_url, request.data_dir, create=True, dataset=request.dataset) as store,
    ):
        return _replay(store, request, report, replays.begin(store, request.now, request.since, versions(request.technologies)))


def _replay(
    store: Store, request: ReplayRequest, report: Callable[[Progress], None], begun: tuple[Run, Cursor, bool] | None
) -> ReplaySummary:
    run, cursor, goes_on = begun or (Run("", 0, request.now.date(), request.now), Cursor(None, {}), False)
    total, told, stop = count_payloads(store, request.since), _Told(), threading.Event()
    done = set(cursor.files_done)
    with stop_on_signals(stop):
        for file in payload_files(store, request.since):
            if file.path in done:
                continue
            for batch in payloads(store, file, request.since):
                if stop.is_set():
                    break
                outcome = _batch(store, run, batch, request, told)
                cursor = cursor.plus(len(batch), outcome.rewritten, len(outcome.relabelled))
                told.add(outcome.relabelled)
                report(Progress("relabel", min(cursor.seen, total), total, f"{cursor.relabelled} relabelled"))
            if stop.is_set():
                break
            cursor = replace(cursor, files_done=(*cursor.files_done, file.path))
            if begun:
                with store.engine.begin() as connection:
                    replays.save(connection, run.run_id, cursor)
    interrupted = stop.is_set()
    summary = ReplaySummary(
        run.run_id or None, goes_on, cursor.seen, max(0, _stored(store) - total) if request.since is None else 0, told.unreadable,
        cursor.rewritten, cursor.relabelled, told.changes(), interrupted,
    )  # fmt: skip
    if begun and not interrupted:
        with store.engine.begin() as connection:
            replays.end(connection, run.run_id)
        store.finish_run(run.run_id, {name: value for name, value in summary.to_json().items() if name != "changes"})
    return summary


def _stored(store: Store) -> int:
    from storage.queries.counts import stored_postings

    return stored_postings(store)


def _batch(store: Store, run: Run, batch: list[StoredPayload], request: ReplayRequest, told: _Told) -> Relabelling:
    items: list[LabelledPosting] = []
    for one in batch:
        try:
            items.append(classify(to_posting(one.raw, one.company), request.technologies))
        except UnreadablePosting:
            told.unreadable += 1  # what today's parser cannot read keeps what an earlier one read
    with store.engine.begin() as connection:
        return relabel(connection, run, items, request.is_written)


def transitions(changes: Iterable[LabelChange]) -> Mapping[str, int]:
    """How many changes each label had."""
    told: Counter[str] = Counter()
    for change in changes:
        told[change.label] += change.postings
    return told
