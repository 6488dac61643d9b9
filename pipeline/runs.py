"""A night's run as a value: what each source gave, what moved, where the files are.

Rendered on a terminal, saved as summary.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from pipeline.vocabulary import BoardStatus, FailureKind


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One line of the source table."""

    source_id: str
    """``greenhouse:acme``."""
    platform: str
    board: str
    status: BoardStatus
    fetched: int
    """Postings in tonight's answer; 0 where the server said that nothing changed."""
    new: int
    changed: int
    closed: int
    reopened: int
    unreadable: int
    """Postings of the answer that no parser could read; kept raw and counted."""
    not_modified: bool
    failure: FailureKind | None
    note: str
    """What a person should know: the failure's sentence, a suspect answer, what was survived."""
    requests: int = 0
    seconds: float = 0.0
    fill: Mapping[str, int] = field(default_factory=dict)
    """In how many of the fetched postings each field of ``pipeline.fill`` is filled; empty where nothing was read or counted."""
    suspect: str | None = None
    """The sentence of ``note`` that says that an answer is suspect; None where it is not."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """Everything that the end of a night says."""

    run_id: str
    night: date
    started_at: datetime
    """UTC, of the run's clock."""
    sources: tuple[SourceRow, ...]
    by_class: Mapping[str, int]
    """Open jobs by remote class."""
    not_stated: int
    """Open jobs whose class is on-site because nothing was said."""
    open_jobs: int
    open_postings: int
    with_pay: int
    """Open jobs with at least one pay band."""
    duplicates_merged: int
    """Open postings less open jobs."""
    wrote: tuple[str, ...]
    """Files and folders that the run wrote."""
    seconds: float
    """Wall time of the work, start-up of the engine left out."""
    interrupted: bool = False
    left_out: tuple[tuple[str, str], ...] = ()
    """Recorded payload files that answer no list, each with its reason."""
    seconds_by_phase: Mapping[str, float] = field(default_factory=dict)
    """Of shards side by side, so that the sum may be more than ``seconds``."""

    @property
    def new(self) -> int:
        return sum(row.new for row in self.sources)

    @property
    def changed(self) -> int:
        return sum(row.changed for row in self.sources)

    @property
    def closed(self) -> int:
        return sum(row.closed for row in self.sources)

    @property
    def failed(self) -> tuple[SourceRow, ...]:
        return tuple(row for row in self.sources if row.status in (BoardStatus.FAILED, BoardStatus.PARTIAL))

    @property
    def exit_code(self) -> int:
        """0 done; 3 some source failed; 4 none could be read, so nothing was stored; 130 interrupted."""
        if self.interrupted:
            return 130
        if not self.failed:
            return 0
        read = any(row.status in (BoardStatus.COMPLETE, BoardStatus.PARTIAL) for row in self.sources)
        return 3 if read or any(row.status is BoardStatus.SKIPPED for row in self.sources) else 4

    @property
    def sentence(self) -> str:
        """What the night gave: ``38 of 40 sources read: 31 new postings, 7 changed, 20 closed. 1,346 jobs are open.``"""
        read = sum(row.status in (BoardStatus.COMPLETE, BoardStatus.PARTIAL) for row in self.sources)
        sources = f"{read:,} of {len(self.sources):,} source{'s' * (len(self.sources) != 1)} read"
        moved = f"{self.new:,} new posting{'s' * (self.new != 1)}, {self.changed:,} changed, {self.closed:,} closed"
        return f"{sources}: {moved}. {self.open_jobs:,} job{' is' if self.open_jobs == 1 else 's are'} open."

    def to_json(self) -> dict[str, Any]:
        """Plain values for summary.json and ``--json``."""
        value = asdict(self)
        value |= {"new": self.new, "changed": self.changed, "closed": self.closed, "exit_code": self.exit_code}
        value["night"], value["started_at"] = self.night.isoformat(), self.started_at.isoformat()
        return value


_DERIVED = ("new", "changed", "closed", "exit_code")


def summary_from_json(value: Mapping[str, Any]) -> RunSummary:
    """The summary that ``to_json`` wrote; one of an earlier version lacks what was not counted then, which stays empty."""
    given = {name: one for name, one in value.items() if name not in _DERIVED}
    return RunSummary(
        **{
            **given,
            "night": date.fromisoformat(given["night"]),
            "started_at": datetime.fromisoformat(given["started_at"]),
            "sources": tuple(_source_row(row) for row in given["sources"]),
            "wrote": tuple(given["wrote"]),
            "left_out": tuple((name, reason) for name, reason in given["left_out"]),
        }
    )


def _source_row(row: Mapping[str, Any]) -> SourceRow:
    failure = row["failure"]
    return SourceRow(**{**row, "status": BoardStatus(row["status"]), "failure": FailureKind(failure) if failure else None})


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a running night, told to whoever watches (a progress bar, a log line)."""

    phase: str
    """``start``, ``crawl`` or ``classify``; ``note`` for a sentence that belongs to no phase."""
    done: int = 0
    total: int = 0
    text: str = ""
    """What has just been finished: a source with its status, or the sentence itself."""
