"""What is to be said of a night to people who did not watch it: a title, a short text, and a value for programs.

Whether anybody is told is decided by the ``[[notify]]`` blocks (``asked_for``); how, by ``flows.notify``. Parts of a notice come
from servers (reasons, names of boards), so every text is cut and loses its control characters before it goes anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.notify_config import NotifyConfig
from pipeline.runs import RunSummary, SourceRow
from pipeline.vocabulary import FailureKind, NoticeKind

VERSION = 1
"""Of the value; grows where a key changes its meaning or goes."""
_SHOWN_FAILED, _SHOWN_SUSPECT = 4, 3
"""Sources that the text names; the value has more."""
_MOST_ROWS = 100
_MOST_TITLE, _MOST_LINE, _MOST_REASON = 120, 300, 500
"""Characters."""
_NO_TEXT = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories of what steers a terminal, turns the direction of text, or is no character."""
_USER_IN_ADDRESS = re.compile(r"//[^/\s@]*@")


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told of one night."""

    kinds: tuple[NoticeKind, ...]
    """Why, the gravest first."""
    title: str
    """One line of at most 120 characters."""
    text: str
    """At most some fifteen lines."""
    value: Mapping[str, Any]
    """Plain values for webhooks; their schema is ``docs/reference/notice.schema.json``."""


def night_notice(summary: RunSummary) -> Notice:
    """The notice of a night that came to its end; a calm one has the kind ``night`` alone."""
    not_reached = tuple(row for row in summary.failed if row.failure is FailureKind.INTERRUPTED)
    failed = tuple(row for row in summary.failed if row.failure is not FailureKind.INTERRUPTED)
    suspect = tuple(row for row in summary.sources if row.suspect)
    kinds = _kinds(summary, suspect)
    said = _said(summary, failed, not_reached, suspect)
    title = clean(f"Rolecall {summary.night.isoformat()}: {said}", _MOST_TITLE)
    moved = f"{summary.new} new, {summary.changed} changed, {summary.closed} closed; {summary.open_jobs} jobs are open."
    lines = [f"Run {summary.run_id}: {said}.", moved]
    lines += _named("Failed or read in part:", [(row, row.note) for row in failed], _SHOWN_FAILED)
    lines += _named("Suspect:", [(row, row.suspect or "") for row in suspect], _SHOWN_SUSPECT)
    if summary.interrupted:
        lines.append("The same command goes on from there.")
    lines.append(f"More: rolecall runs show {summary.run_id}")
    value = {
        **head(kinds, title, lines, summary.run_id, summary.night),
        "exit_code": summary.exit_code,
        "counts": {
            "sources": len(summary.sources), "failed": len(failed), "not_reached": len(not_reached), "suspect": len(suspect),
            "new": summary.new, "changed": summary.changed, "closed": summary.closed, "open_jobs": summary.open_jobs,
        },
        "failed": [_plain(row, row.note) for row in failed[:_MOST_ROWS]],
        "suspect": [_plain(row, row.suspect or "") for row in suspect[:_MOST_ROWS]],
    }  # fmt: skip
    return Notice(kinds, title, value["text"], value)


def broken_notice(why: str, night: date, run_id: str | None = None) -> Notice:
    """The notice of a night that did not come to its end, or did not begin (another run holds the lock).

    Args:
        why: the sentence that the night ended with.
        night: its date.
        run_id: None where no run was begun.
    """
    reason = clean(_USER_IN_ADDRESS.sub("//…@", why), _MOST_REASON)
    title = clean(f"Rolecall {night.isoformat()}: the night broke: {reason}", _MOST_TITLE)
    named = f"run {run_id}" if run_id else f"night {night.isoformat()}"
    remedy = "What was finished is stored, and the next night goes on. `rolecall doctor` checks the installation."
    kinds = (NoticeKind.FAILED, NoticeKind.NIGHT)
    value = head(kinds, title, [f"The {named} broke: {reason}", remedy], run_id, night)
    return Notice(kinds, title, value["text"], {**value, "why": reason})


def trial_notice(night: date) -> Notice:
    """A notice that says that nothing happened, to try whether notices arrive."""
    title = "Rolecall: a test, nothing happened"
    kinds = (NoticeKind.TEST,)
    value = head(kinds, title, ["Someone ran `rolecall runs notify --test`: notices arrive here."], None, night)
    return Notice(kinds, title, value["text"], value)


def asked_for(notice: Notice, blocks: Iterable[NotifyConfig]) -> tuple[NotifyConfig, ...]:
    """The blocks that want to be told of such a night; a test goes to all."""
    return tuple(block for block in blocks if NoticeKind.TEST in notice.kinds or set(block.on) & set(notice.kinds))


def clean(text: str, most: int) -> str:
    """One line of at most so many characters, without any that steer a terminal or a mail."""
    spaced = "".join(" " if unicodedata.category(char) in _NO_TEXT else char for char in text[: 4 * most])
    line = " ".join(spaced.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _kinds(summary: RunSummary, suspect: Sequence[SourceRow]) -> tuple[NoticeKind, ...]:
    kinds = []
    if summary.exit_code == 4:
        kinds.append(NoticeKind.FAILED)
    elif summary.exit_code:
        kinds.append(NoticeKind.PARTIAL)
    if suspect:
        kinds.append(NoticeKind.SUSPECT)
    return (*kinds, NoticeKind.NIGHT)


def _said(summary: RunSummary, failed: Sequence[SourceRow], not_reached: Sequence[SourceRow], suspect: Sequence[SourceRow]) -> str:
    """The night in a few words: ``interrupted, 3 of 40 sources failed, 1 answer suspect``."""
    whole = _count(len(summary.sources), "source")
    parts = []
    if summary.interrupted:
        parts.append(f"interrupted, {len(not_reached)} of {whole} not reached" if not_reached else "interrupted")
    if summary.exit_code == 4:
        parts.append(f"none of {whole} could be read" if len(summary.sources) > 1 else "its source could not be read")
    elif failed:
        parts.append(f"{len(failed)} of {whole} failed")
    if suspect:
        parts.append(f"{_count(len(suspect), 'answer')} suspect")
    return ", ".join(parts) or f"all went well with {whole}"


def _named(head: str, rows: Sequence[tuple[SourceRow, str]], most: int) -> list[str]:
    if not rows:
        return []
    lines = [f"- {row.source_id}{_failure(row)}: {why or 'no reason given'}" for row, why in rows[:most]]
    left = len(rows) - most
    return [head, *lines, *([f"- and {left} more"] if left > 0 else [])]


def _failure(row: SourceRow) -> str:
    return f" ({row.failure.value.replace('_', ' ')})" if row.failure else ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _plain(row: SourceRow, why: str) -> dict[str, Any]:
    failure = row.failure.value if row.failure else None
    return {"source": clean(row.source_id, _MOST_LINE), "failure": failure, "why": clean(why, _MOST_REASON)}


def head(
    kinds: Sequence[NoticeKind], title: str, lines: Iterable[str], run_id: str | None, night: date, most_line: int = _MOST_LINE
) -> dict[str, Any]:
    """What the value of every notice has; lines lose what steers a terminal, and are cut."""
    return {
        "schema": "rolecall.notice",
        "version": VERSION,
        "kind": kinds[0].value,
        "kinds": [kind.value for kind in kinds],
        "title": title,
        "text": "\n".join(clean(line, most_line) for line in lines),
        "run_id": run_id,
        "night": night.isoformat(),
    }
