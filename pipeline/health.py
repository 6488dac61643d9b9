"""Which nights of a source were bad, and since when it is in trouble: pure functions over the summaries of the last nights.

A night is bad that failed or is partial, that brought far fewer postings than usual, or whose postings lack a field that they
usually have: an answer can be well-formed and yet empty of what a parser looks for. What is usual is the median of the good nights
before.

Skipped nights and those that were stopped before the board was reached say nothing. "Not modified" says that the board answers and
holds what its last complete answer held: it is good where that was, and ends a row of failures; where that was bad it says nothing.
"""

from __future__ import annotations

import tomllib
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from statistics import median
from typing import Any

from pipeline.fill import FIELDS, share
from pipeline.runs import RunSummary, SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind

POSTINGS = "postings"
"""What a finding is about that counts the answer."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """``data/health.toml``; shares are 0 to 1."""

    usual_days: int
    postings_least: int
    postings_fall: float
    fill_least: int
    fill_well: float
    fill_fall: float
    unread_days: int


class Standing(StrEnum):
    """What a night says of a source."""

    GOOD = "good"
    BAD = "bad"
    SILENT = "silent"
    """Nothing: neither begins nor ends a row of bad nights."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that makes a night bad."""

    what: str
    """``failed``, ``partial``, ``postings``, or a field of ``pipeline.fill``."""
    text: str
    """The same in words: ``12 postings, usually 212``."""
    now: float | None = None
    """Postings, or the share that fills the field; None of a failure."""
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class JudgedNight:
    """One run's line of a source, and what it says."""

    run_id: str
    night: date
    row: SourceRow
    standing: Standing
    findings: tuple[Finding, ...] = ()
    """Empty unless the night is bad."""

    def to_json(self) -> dict[str, Any]:
        """Plain values; what the source's line always says is left out."""
        row = {name: value for name, value in asdict(self.row).items() if name not in ("source_id", "platform", "board")}
        findings = [asdict(finding) for finding in self.findings]
        return {
            "run_id": self.run_id,
            "night": self.night.isoformat(),
            "standing": self.standing.value,
            **row,
            "findings": findings,
        }


@dataclass(frozen=True, slots=True)
class SourceHistory:
    """A source over the last nights, oldest first."""

    source_id: str
    nights: tuple[JudgedNight, ...]

    @property
    def bad_row(self) -> tuple[JudgedNight, ...]:
        """The bad nights since the last good one, oldest first: its present trouble; empty where there is none."""
        row: list[JudgedNight] = []
        for one in reversed(self.nights):
            if one.standing is Standing.GOOD:
                break
            if one.standing is Standing.BAD:
                row.append(one)
        return tuple(reversed(row))

    @property
    def first_bad(self) -> JudgedNight | None:
        """With which night the present trouble began; None where there is none."""
        row = self.bad_row
        return row[0] if row else None

    @property
    def trouble(self) -> str:
        """The present trouble in words, as its newest bad night shows it; empty where there is none."""
        row = self.bad_row
        return "; ".join(finding.text for finding in row[-1].findings) if row else ""

    def since(self, day: date) -> tuple[JudgedNight, ...]:
        """The nights from one on."""
        return tuple(one for one in self.nights if one.night >= day)

    def to_json(self, day: date) -> dict[str, Any]:
        """Plain values, with the nights from one on."""
        first = self.first_bad
        return {
            "source_id": self.source_id,
            "first_bad_run": first.run_id if first else None,
            "first_bad_night": first.night.isoformat() if first else None,
            "trouble": self.trouble,
            "nights": [one.to_json() for one in self.since(day)],
        }


def histories(runs: Sequence[RunSummary], sources: Iterable[str] | None = None) -> tuple[SourceHistory, ...]:
    """Sources over some runs, those in trouble first, longest trouble first.

    Args:
        runs: oldest first; ``thresholds().usual_days`` more of them than are to be shown, so that the first have a past.
        sources: ids of those that are wanted; None takes those of the last night, whose runs may have read some each.
    """
    lines: dict[str, list[tuple[str, date, SourceRow]]] = {}
    for run in runs:
        for row in run.sources:
            lines.setdefault(row.source_id, []).append((run.run_id, run.night, row))
    if sources is None:
        sources = [row.source_id for run in runs if run.night == runs[-1].night for row in run.sources]
    wanted = dict.fromkeys(sources)
    found = [SourceHistory(name, judged(lines.get(name, ()), thresholds())) for name in wanted]
    return tuple(sorted(found, key=lambda one: one.first_bad.night if one.first_bad else date.max))


def judged(lines: Iterable[tuple[str, date, SourceRow]], by: Thresholds) -> tuple[JudgedNight, ...]:
    """Run id, night and row of one source, oldest first, each judged by the good ones before it."""
    good: deque[tuple[date, SourceRow]] = deque()
    nights: list[JudgedNight] = []
    is_last_answer_good = True
    for run_id, night, row in lines:
        while good and good[0][0] < night - timedelta(days=by.usual_days):
            good.popleft()
        findings = () if _is_unmeasured(row) else _findings(row, [one for _, one in good], by)
        standing = Standing.BAD if findings else Standing.GOOD
        if row.not_modified:
            standing = Standing.GOOD if is_last_answer_good else Standing.SILENT
        elif _is_unmeasured(row):
            standing = Standing.SILENT
        elif row.status is BoardStatus.COMPLETE:
            is_last_answer_good = not findings
            if not findings:
                good.append((night, row))
        nights.append(JudgedNight(run_id, night, row, standing, findings))
    return tuple(nights)


def _is_unmeasured(row: SourceRow) -> bool:
    return row.not_modified or row.status is BoardStatus.SKIPPED or row.failure is FailureKind.INTERRUPTED


def _findings(row: SourceRow, before: Sequence[SourceRow], by: Thresholds) -> tuple[Finding, ...]:
    if row.status is not BoardStatus.COMPLETE:
        kind = f" ({row.failure.value.replace('_', ' ')})" if row.failure else ""
        return (Finding(row.status.value, f"{row.status.value}{kind}"),)
    if not before:
        return ()
    found = [_shrunk(row, before, by)]
    if row.fetched >= by.fill_least:
        found += [_emptied(field, row, before, by) for field in FIELDS]
    return tuple(finding for finding in found if finding)


def _shrunk(row: SourceRow, before: Sequence[SourceRow], by: Thresholds) -> Finding | None:
    counts = [one.fetched for one in before]
    if row.fetched >= max(counts) * (1 - by.postings_fall):  # most do, and no median is greater than the greatest
        return None
    usual = median(counts)
    if usual < by.postings_least or row.fetched >= usual * (1 - by.postings_fall):
        return None
    return Finding(POSTINGS, f"{row.fetched:,} postings, usually {usual:,.0f}", row.fetched, usual)


def _emptied(field: str, row: SourceRow, before: Sequence[SourceRow], by: Thresholds) -> Finding | None:
    now = share(row.fill, field, row.fetched)
    if now is None or now >= 1 - by.fill_fall:  # most are, and no usual share is greater than 1
        return None
    shares = [
        one for past in before if past.fetched >= by.fill_least and (one := share(past.fill, field, past.fetched)) is not None
    ]
    if not shares:
        return None
    usual = median(shares)
    if usual < by.fill_well or now >= usual * (1 - by.fill_fall):
        return None
    return Finding(field, f"{field} filled in {now:.0%}, usually {usual:.0%}".replace("%", " %"), now, usual)


@cache
def thresholds() -> Thresholds:
    """Those that ship."""
    return parse_thresholds(files("pipeline").joinpath("data/health.toml").read_text(encoding="utf-8"))


_IS_IN_RANGE: Mapping[str, Callable[[Any], bool]] = {
    "int": lambda value: type(value) is int and value >= 1,
    "float": lambda value: type(value) is float and 0 < value < 1,
}


def parse_thresholds(text: str) -> Thresholds:
    """The thresholds of a file.

    Raises:
        ValueError: a name too many or missing, a count below 1, a share that is not between 0 and 1.
    """
    given = {f"{table}_{name}": value for table, rows in tomllib.loads(text).items() for name, value in rows.items()}
    known = {field.name: str(field.type) for field in fields(Thresholds)}
    if given.keys() != known.keys():
        raise ValueError(f"health.toml has other names than {', '.join(known)}: {', '.join(sorted(given.keys() ^ known.keys()))}")
    for name, value in given.items():
        if not _IS_IN_RANGE[known[name]](value):
            raise ValueError(f"{name} of health.toml is {value!r}, which is no {'count' if known[name] == 'int' else 'share'}")
    return Thresholds(**given)
