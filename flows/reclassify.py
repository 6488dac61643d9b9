"""A replay: parser and classifiers of today over the payloads that are stored. Nothing is asked of the network.

read payloads (``storage.payloads``) -> parse and label, over the cores or on Dask (``flows.batches``) -> compare and write
(``storage.relabelling``), batch by batch and in order, whoever has labelled them. How far the replay has come is kept file by
file, so that an interrupted one goes on where it was; what it does twice changes nothing.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from classifiers.classify import versions
from flows.batches import Batches, InThisProcess, over_cores
from flows.classify import LabelledRows, label_rows
from flows.stopping import stop_on_signals
from pipeline.config import TechnologyConfig
from pipeline.errors import RolecallError
from pipeline.lines import labels_to_json
from pipeline.records import CompanyFacts, RawPosting
from pipeline.runs import Progress
from storage import replays
from storage.dataset.manifest import DatasetFile
from storage.payloads import count_payloads, payload_files, payloads
from storage.relabelling import Relabelled, relabel
from storage.replays import Cursor
from storage.run import Run
from storage.store import Store
from storage.working import open_working

EXAMPLES = 3
"""Examples a change of a label."""
_Begun = tuple[Run, Cursor, bool]
"""The run, how far it has come, and whether it goes on with an interrupted one."""


class OtherVersionError(RolecallError):
    """A worker labels with another version of this program."""


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
    workers: int | None = None
    """Processes that label; None takes the cores, 1 labels in this one, as do few postings."""
    dask: str | None = None
    """In their place a Dask scheduler's address, or ``local:3`` for a cluster of three on this machine."""
    rows_a_batch: int | None = None
    """None takes what suits those who label."""


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
            return _labelling(request, report, lambda batches: _replay(store, request, report, None, batches))
    with (
        Store.open_reading(request.database_url, request.data_dir, request.dataset),  # a replay never makes a database
        open_working(request.database_url, request.data_dir, request.dataset, request.now) as working,
    ):
        store = working.store

        def work(batches: Batches) -> ReplaySummary:
            begun = replays.begin(store, request.now, request.since, versions(request.technologies))
            return _replay(store, request, report, begun, batches, working.require)

        return _labelling(request, report, work)


def _labelling(
    request: ReplayRequest, report: Callable[[Progress], None], work: Callable[[Batches], ReplaySummary]
) -> ReplaySummary:
    """Do the work with those who label for it."""

    def tell(sentence: str) -> None:
        report(Progress("note", text=sentence))

    if request.dask is not None:
        from flows.dask_batches import on_dask  # Prefect and Dask take seconds to import

        return on_dask(request.dask, request.data_dir, work)
    with over_cores(request.workers, tell) as batches:
        return work(batches)


def _replay(
    store: Store,
    request: ReplayRequest,
    report: Callable[[Progress], None],
    begun: _Begun | None,
    batches: Batches,
    require: Callable[[], None] = lambda: None,
) -> ReplaySummary:
    run, cursor, goes_on = begun or (Run("", 0, request.now.date(), request.now), Cursor(None, {}), False)
    total, told, stop = count_payloads(store, request.since), _Told(), threading.Event()
    if total < batches.least:
        batches = InThisProcess()
    files = [file for file in payload_files(store, request.since) if file.path not in set(cursor.files_done)]
    parts = _parts(store, files, request.since, request.rows_a_batch or batches.rows(total))
    with stop_on_signals(stop):
        for part, made in _labelled(parts, request, batches):
            if stop.is_set():
                break
            require()
            with store.engine.begin() as connection:
                outcome = relabel(connection, run, made.items, request.is_written)
                cursor = cursor.plus(made.rows, outcome.rewritten, len(outcome.relabelled))
                if begun and part.ends:
                    cursor = replace(cursor, files_done=(*cursor.files_done, *part.ends))
                    # a file that goes on in the next part is read again from its beginning after an interruption
                    replays.save(connection, run.run_id, replace(cursor, seen=cursor.seen - part.rest))
            told.unreadable += made.unreadable  # what today's parser cannot read keeps what an earlier one read
            told.add(outcome.relabelled)
            report(Progress("relabel", min(cursor.seen, total), total, f"{cursor.relabelled} relabelled"))
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


@dataclass(frozen=True, slots=True)
class _Part:
    """Payloads that are labelled and written together, of one file or of several small ones."""

    rows: list[tuple[RawPosting, CompanyFacts]]
    ends: tuple[str, ...]
    """Files whose last payload it holds."""
    rest: int
    """How many of its rows belong to a file that goes on in the next part."""


def _parts(store: Store, files: Iterable[DatasetFile], since: date | None, size: int) -> Iterator[_Part]:
    """The payloads of files in parts of ``size``, the last one smaller."""
    rows: list[tuple[RawPosting, CompanyFacts]] = []
    ends: list[str] = []
    rest = 0
    for file in files:
        for batch in payloads(store, file, since):
            for one in batch:
                if len(rows) >= size:
                    yield _Part(rows, tuple(ends), rest)
                    rows, ends, rest = [], [], 0
                rows.append((one.raw, one.company))
                rest += 1
        ends.append(file.path)
        rest = 0
    if ends:
        yield _Part(rows, tuple(ends), rest)


def _labelled(parts: Iterable[_Part], request: ReplayRequest, batches: Batches) -> Iterator[tuple[_Part, LabelledRows]]:
    """Each part with its labels, in order."""
    here, on_their_way = versions(request.technologies), deque[_Part]()

    def rows() -> Iterator[list[tuple[RawPosting, CompanyFacts]]]:
        for part in parts:
            on_their_way.append(replace(part, rows=[]))
            yield part.rows

    for made in batches.map(partial(label_rows, technologies=request.technologies), rows()):
        for item in made.items[:1]:
            there = labels_to_json(item.labels)["versions"]
            if there != here:
                other = ", ".join(f"{room} {there[room]} instead of {version}" for room, version in here.items())
                raise OtherVersionError(f"a worker labels with {other}; install the same version of rolecall on every worker")
        yield on_their_way.popleft(), made


def _stored(store: Store) -> int:
    from storage.queries.counts import stored_postings

    return stored_postings(store)
