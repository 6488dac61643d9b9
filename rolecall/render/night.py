"""The end of a night in words: the source table, the counts, the files, what to try next."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.runs import RunSummary, SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind, RemoteClass
from rolecall.render.figures import count, duration, plural, share
from rolecall.render.tables import Column, cut, table, table_in_full, wrap


def _note_tone(text: str) -> str | None:
    return "red" if text.startswith("FAILED") else "yellow" if text.startswith("PARTIAL") else None


_COLUMNS = (
    Column("source", weight=6, least=20),
    Column("fetched", is_number=True),
    Column("new", is_number=True),
    Column("changed", is_number=True),
    Column("closed", is_number=True),
    Column("note", weight=4, least=12, tone=_note_tone),
)
_LABEL = 11


def source_table(rows: Sequence[SourceRow], width: int) -> str:
    """One line a source, a line of sums where there are several, and in full below it each note that the table had to cut."""
    lines = [_source_cells(row) for row in rows]
    if len(rows) > 1:
        sums = [sum(getattr(row, name) for row in rows) for name in ("fetched", "new", "changed", "closed")]
        lines.append([plural(len(rows), "source"), *map(count, sums), ""])
    return table_in_full(_COLUMNS, lines, width)


def _source_cells(row: SourceRow) -> list[str]:
    if row.failure is FailureKind.INTERRUPTED:
        return [row.source_id, "-", "-", "-", "-", "not reached"]
    kind = f" ({row.failure.value.replace('_', ' ')})" if row.failure else ""
    if row.status is BoardStatus.FAILED:
        return [row.source_id, "-", "-", "-", "-", f"FAILED{kind}: {row.note or 'no reason given'}"]
    if row.status is BoardStatus.SKIPPED:
        return [row.source_id, "-", "-", "-", "-", f"put off: {row.note}"]
    notes = [f"PARTIAL{kind}"] if row.status is BoardStatus.PARTIAL else []
    notes += ["not modified"] if row.not_modified else []
    notes += [f"{row.reopened} reopened"] if row.reopened else []
    notes += [row.note] if row.note else []
    figures = [row.fetched, row.new, row.changed, row.closed]
    shown = [count(figure) for figure in figures]
    if row.not_modified and not row.fetched:
        shown[0] = "-"
    return [row.source_id, *shown, "; ".join(notes)]


def totals(summary: RunSummary, width: int) -> str:
    """The counts by remote class, the pay, and where the files are."""
    by_class = [f"{name.value} {count(summary.by_class.get(name.value, 0))}" for name in RemoteClass]
    if summary.not_stated:
        by_class[-1] += f" ({count(summary.not_stated)} not stated)"
    moved = f"{count(summary.new)} new, {count(summary.changed)} changed, {count(summary.closed)} closed"
    lines = [
        ("jobs open", f"{count(summary.open_jobs)}: {' · '.join(by_class)}"),
        ("tonight", moved),
        (
            "with pay",
            f"{count(summary.with_pay)} ({share(summary.with_pay, summary.open_jobs)}) · "
            f"duplicates merged: {count(summary.duplicates_merged)}",
        ),
        ("wrote", ", ".join(summary.wrote) or "nothing"),
        ("took", _took(summary)),
    ]
    return "".join(_labelled(label, text, width) for label, text in lines)


def _took(summary: RunSummary) -> str:
    phases = ", ".join(f"{name} {duration(seconds)}" for name, seconds in summary.seconds_by_phase.items() if seconds >= 0.05)
    return duration(summary.seconds) + (f" (in shards side by side: {phases})" if phases else "")


def _labelled(label: str, text: str, width: int) -> str:
    first, *more = wrap(text, width - _LABEL - 1)
    return "".join([f" {label:<{_LABEL - 1}} {first}\n", *(" " * (_LABEL + 1) + line + "\n" for line in more)])


def closing_sentence(summary: RunSummary) -> str | None:
    """What did not go well, in one sentence; None for a night without fault."""
    if summary.interrupted:
        return (
            f"Stopped after {count(len(summary.sources) - len(summary.failed))} sources; "
            "what they gave is stored, and the same command goes on from there."
        )
    if not summary.failed:
        return None
    failed, whole = len(summary.failed), len(summary.sources)
    if summary.exit_code == 4:
        first = summary.failed[0]
        return (
            f"No source could be read ({plural(whole, 'source')}; {first.source_id}: {_short(first.note)}). Nothing was changed; "
            f"{plural(summary.open_jobs, 'open job')} stay as they were. Query them with `rolecall jobs list`, "
            "or try `rolecall nightly --practice`."
        )
    named = ", ".join(row.source_id for row in summary.failed[:4]) + (f" and {failed - 4} more" if failed > 4 else "")
    return (
        f"{count(failed)} of {plural(whole, 'source')} failed ({named}); what was stored of them stays as it was, "
        "and nothing of it is counted as closed."
    )


def _short(note: str) -> str:
    return cut(note.split("; ")[0], 160).rstrip(".") or "no reason given"


def left_out(summary: RunSummary, width: int) -> str:
    """Recorded files that answer no list, each with its reason."""
    if not summary.left_out:
        return ""
    columns = (Column("left out", weight=4, least=16), Column("why", weight=3, least=16))
    return "\n" + table(columns, summary.left_out, width)


def next_steps(start: str) -> str:
    """What to try; ``start`` is how the program is called, with the options that name this data."""
    lines = [
        f"{start} jobs list --remote remote-first --stack python --limit 10",
        f"{start} export csv --remote remote-first --pay-min 100000 -o jobs.csv",
        f"{start} serve",
    ]
    return "Try next:\n" + "".join(f"  {line}\n" for line in lines)
