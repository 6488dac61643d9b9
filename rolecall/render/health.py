"""Sources over the last nights, as text: those in trouble with their first bad night, the sound ones in short."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.fill import FIELDS, share
from pipeline.health import JudgedNight, SourceHistory, Standing
from pipeline.runs import SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind
from rolecall.render.figures import count, plural
from rolecall.render.tables import Column, table, table_in_full, wrap

_BARS = "▁▂▃▄▅▆▇█"
_FEW = 10
"""So many sound sources are shown one by one."""
_LEGEND = (
    "A column a night, as high as its postings; × failed, = not modified, · put off or not reached, - not run. "
    "| stands before the first bad night."
)
_WITHOUT_FIGURES = "=·×"
_SHORT = {"department": "dept."}

_OVER_NIGHTS = (
    Column("source", weight=4, least=18),
    Column("postings a night"),
    Column("last", is_number=True),
    Column("in trouble since", weight=5, least=20, tone=lambda text: "red" if text else None),
)
_FILL = (Column("filled, in %", weight=1, least=18), *(Column(_SHORT.get(field, field), is_number=True) for field in FIELDS))
_NIGHTS = (
    Column(""),
    Column("run"),
    Column("status", tone=lambda text: {"failed": "red", "partial": "yellow"}.get(text)),
    Column("fetched", is_number=True),
    Column("new", is_number=True),
    Column("changed", is_number=True),
    Column("closed", is_number=True),
    Column("note", weight=1, least=12),
)
_NIGHTS_FILL = (Column(""), Column("filled, in %"), *(Column(_SHORT.get(field, field), is_number=True) for field in FIELDS))


def over_nights(histories: Sequence[SourceHistory], last: date, nights: int, width: int) -> str:
    """Every source in trouble, and the sound ones one by one where they are few, else in a line.

    Args:
        histories: those in trouble first.
        last: the night that the run belongs to.
        nights: how many to show, where the width allows it.
        width: cells of the terminal.
    """
    bad = [one for one in histories if one.first_bad]
    sound = [one for one in histories if not one.first_bad]
    shown = [*bad, *(sound if len(sound) <= _FEW else ())]
    known = min((one.nights[0].night for one in histories if one.nights), default=last)
    first = max(known, last - timedelta(days=min(nights, width // 3) - 1))
    told = f"Over the nights from {first} to {last}: {plural(len(histories), 'source')}, {count(len(bad))} in trouble\n"
    if shown:
        lines = [[one.source_id, spark(one, first, last), _last(one), _trouble(one)] for one in shown]
        told += "\n" + table_in_full(_OVER_NIGHTS, lines, width)
        counted = [one for one in shown if _fill(_last_answer(one))]
        if counted:
            told += "\n" + table(_FILL, [[one.source_id, *_percent(_last_answer(one))] for one in counted], width)
        told += "\n" + "\n".join(wrap(_LEGEND, width)) + "\n"
    if len(sound) > _FEW:
        told += "\n" + "\n".join(wrap(_in_short(sound), width)) + "\n"
    return told


def _in_short(sound: Sequence[SourceHistory]) -> str:
    """What many sound sources hold together."""
    answers = [answer for one in sound if (answer := _last_answer(one))]
    told = (
        f"{plural(len(sound), 'source')} are sound: {count(sum(one.row.fetched for one in answers))} postings in their last answers"
    )
    counted = [one for one in answers if one.row.fill]
    whole = sum(one.row.fetched for one in counted)
    if not whole:
        return f"{told}. --source NAME shows one of them."
    filled = ", ".join(f"{field} {sum(one.row.fill.get(field, 0) for one in counted) / whole:.0%}" for field in FIELDS)
    return f"{told}; filled: {filled.replace('%', ' %')}. --source NAME shows one of them."


def spark(history: SourceHistory, first: date, last: date) -> str:
    """A character a night; ``|`` stands before the first bad one."""
    by_night: dict[date, JudgedNight] = {}
    for one in history.since(first):
        if one.night not in by_night or one.standing is not Standing.SILENT:
            by_night[one.night] = one
    most = max((one.row.fetched for one in by_night.values()), default=0)
    first_bad = history.first_bad
    told = ""
    for night in (first + timedelta(days=day) for day in range((last - first).days + 1)):
        told += "|" if first_bad and first_bad.night == night else ""
        told += _bar(by_night.get(night), most)
    return told


def _bar(one: JudgedNight | None, most: int) -> str:
    if one is None:
        return "-"
    if one.row.not_modified:
        return "="
    if one.row.status is BoardStatus.SKIPPED or one.row.failure is FailureKind.INTERRUPTED:
        return "·"
    if one.row.status is BoardStatus.FAILED:
        return "×"
    return _BARS[round(one.row.fetched / most * (len(_BARS) - 1))] if most else _BARS[0]


def source_nights(history: SourceHistory, first: date, width: int) -> str:
    """One source, a line a run and the newest first; the first bad night of its present trouble is marked."""
    shown = history.since(first)[::-1]
    first_bad = history.first_bad
    told = table_in_full(_NIGHTS, [[_mark(one, first_bad), *_night_cells(one)] for one in shown], width, named_by=1)
    counted = [one for one in shown if _fill(one)]
    if counted:
        told += "\n" + table(_NIGHTS_FILL, [[_mark(one, first_bad), one.run_id, *_percent(one)] for one in counted], width)
    if first_bad:
        sentence = f"* {history.source_id} is in trouble since {first_bad.night}: {history.trouble}"
        told += "\n" + "\n".join(wrap(sentence, width)) + "\n"
    return told


def status_in_words(row: SourceRow) -> str:
    """How a source's crawl ended, as people see it."""
    if row.failure is FailureKind.INTERRUPTED:
        return "not reached"
    return "not modified" if row.not_modified else "put off" if row.status is BoardStatus.SKIPPED else row.status.value


def _mark(one: JudgedNight, first_bad: JudgedNight | None) -> str:
    return "*" if one is first_bad else ""


def _night_cells(one: JudgedNight) -> list[str]:
    row = one.row
    findings = "; ".join(finding.text for finding in one.findings if finding.what != row.status.value)
    figures = [count(figure) for figure in (row.fetched, row.new, row.changed, row.closed)]
    if _bar(one, 0) in _WITHOUT_FIGURES:
        figures = ["-"] * 4
    return [one.run_id, status_in_words(row), *figures, "; ".join(filter(None, [findings, row.note]))]


def _last_answer(history: SourceHistory) -> JudgedNight | None:
    """The newest night that holds an answer of its own."""
    return next((one for one in reversed(history.nights) if _bar(one, 0) in _BARS), None)


def _last(history: SourceHistory) -> str:
    answer = _last_answer(history)
    return count(answer.row.fetched) if answer else "-"


def _trouble(history: SourceHistory) -> str:
    return f"{history.first_bad.night}: {history.trouble}" if history.first_bad else ""


def _fill(one: JudgedNight | None) -> bool:
    return one is not None and bool(one.row.fill)


def _percent(one: JudgedNight | None) -> list[str]:
    """Each field's share; ``-`` where it was not counted."""
    shares = [share(one.row.fill, field, one.row.fetched) if one else None for field in FIELDS]
    return ["-" if part is None else f"{part * 100:.0f}" for part in shares]
