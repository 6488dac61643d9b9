"""Where one process reads shards: the store, the files of the crawl, and what several shards at once share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

from flows.batches import Batches
from pipeline.crawling import BoardResult
from storage.ledger import Worker
from storage.store import Store


@dataclass
class Bench:
    """One process at work on a run's shards."""

    store: Store
    run_id: str
    now: datetime
    """Clock of the night, UTC."""
    worker: Worker
    stop: threading.Event
    """Set to end in order: what is read is stored, what is not reached stays for the next run."""
    tell: Callable[[BoardResult], None]
    """Told of each board as soon as it is read, from several threads."""
    is_shared: bool = False
    """Other machines crawl too: what is learned of hosts goes through the database."""
    batches: Batches | None = None
    """Where large answers are labelled over the cores; None labels them here."""
    labelling: threading.Lock = field(default_factory=threading.Lock)
    """The cores are shared out to one board at a time."""
    storing: threading.Lock = field(default_factory=threading.Lock)
    """SQLite takes one writer at a time; better to wait here than for its lock."""
    seconds_by_phase: dict[str, float] = field(default_factory=lambda: {"crawl": 0.0, "label": 0.0, "store": 0.0})
    _counting: threading.Lock = field(default_factory=threading.Lock)

    @property
    def boards_dir(self) -> Path:
        """Where the shards leave what they read."""
        return self.store.data_dir / "runs" / self.run_id / "boards"

    @property
    def hosts_dir(self) -> Path:
        """What shards remember of hosts, over runs."""
        return self.store.data_dir / "hosts"

    @contextmanager
    def timed(self, phase: str, within: str | None = None) -> Iterator[None]:
        """Count the time of a block to a phase, and not to the one that it lies within.

        Shards stand side by side, so a second of the clock can have two of these.
        """
        began = monotonic()
        try:
            yield
        finally:
            with self._counting:
                spent = monotonic() - began
                self.seconds_by_phase[phase] += spent
                if within is not None:
                    self.seconds_by_phase[within] -= spent
