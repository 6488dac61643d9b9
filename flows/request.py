"""What a night is asked to do, resolved at the edge.

No module below reads the configuration file, the clock or the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.config import Config
from pipeline.runs import Progress

Report = Callable[[Progress], None]
"""Told of each step of a night, from several threads."""


@dataclass(frozen=True, slots=True)
class NightlyRequest:
    """One night's work order."""

    config: Config
    database_url: str
    data_dir: Path
    """Folder of the runs and the engine's own files, and of the data set where ``dataset`` names no other place."""
    now: datetime
    """System clock at the start, UTC; a practice night has a clock of its own."""
    dataset: str | None = None
    """Where the Parquet files go: a folder, or ``s3://bucket/prefix``."""
    practice: bool = False
    """Crawl the built-in practice server instead of the configured sources."""
    night: int | None = None
    """Night of the practice calendar, 1 = 2026-01-05; None is night 1 for practice, the system clock otherwise."""
    faults: bool = False
    """Let the practice server show its lasting faults."""
    payloads: Path | None = None
    """Folder of recorded payloads to crawl instead of the configured sources."""
    payload_map: Path | None = None
    """File map of that folder; None takes the one that ships."""
    config_path: Path | None = None
    """Where the configuration stands, absolute: what the workers of a pool read on their machines."""
    only: tuple[str, ...] = ()
    """Source ids to crawl; empty means all."""

    @property
    def is_invented(self) -> bool:
        """A practice night, or one over recorded payloads: nobody hears of it, and no site is made of it."""
        return self.practice or self.payloads is not None
