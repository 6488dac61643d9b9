"""One board's answer into SQL: what is new, what changed, what the answer says of the postings that it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from pipeline.crawling import BoardResult, raw_to_json
from pipeline.identity import posting_id
from pipeline.lifecycle import BoardHistory, BoardNight, Held, Judgement, judge_board
from pipeline.records import LabelledPosting, RawPosting
from pipeline.terms import platform as platform_terms
from pipeline.vocabulary import BoardStatus, ClosedReason, EventKind, PostingState
from storage import schema
from storage.jobs import assign_job
from storage.rows import changed_fields, posting_row, side_rows, text_row
from storage.upsert import replace_row

_CHUNK = 500
_POSTINGS = schema.postings


@dataclass(frozen=True, slots=True)
class BoardCommit:
    """Everything that one board's commit needs."""

    run_id: str
    night: date
    now: datetime
    result: BoardResult
    seen: Mapping[str, str]
    labelled: Sequence[LabelledPosting]
    raws: Sequence[RawPosting]
    company: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BoardChange:
    """What a board's commit moved."""

    new: int = 0
    changed: int = 0
    closed: int = 0
    reopened: int = 0
    suspect: str | None = None
    """A sentence to say aloud."""


def commit(connection: Connection, work: BoardCommit) -> BoardChange:
    """Store one board's answer; the caller's transaction makes it whole."""
    held = _held(connection, work)
    judgement = judge_board(_history(connection, work), held, _tonight(work))
    before = _rows_by_id(connection, [item.posting.posting_id for item in work.labelled])
    events: list[dict[str, Any]] = []
    jobs: set[str] = set()
    for item in work.labelled:
        row = before.get(item.posting.posting_id)
        if row is None or row.content_hash != item.posting.content_hash:
            events.append(_write_posting(connection, work, item, row, jobs))
    events += _move_states(connection, work, held, judgement, jobs)
    if events:
        connection.execute(insert(schema.events), events)
    _spool(connection, work)
    _choose_primaries(connection, jobs)
    _save_board(connection, work, judgement)
    kinds = [event["kind"] for event in events]
    change = BoardChange(
        new=kinds.count(EventKind.OPENED.value),
        changed=sum(event["kind"] == EventKind.CHANGED.value and "state" not in event["fields"] for event in events),
        closed=kinds.count(EventKind.CLOSED.value),
        reopened=kinds.count(EventKind.REOPENED.value),
        suspect=judgement.suspect,
    )
    _save_result(connection, work, change)
    return change


def _history(connection: Connection, work: BoardCommit) -> BoardHistory:
    table = schema.boards
    row = connection.execute(
        select(table).where(table.c.platform == work.result.platform, table.c.board == work.result.board)
    ).one_or_none()
    if row is None:
        return BoardHistory()
    return BoardHistory(
        last_complete_on=row.last_complete_on,
        suspect=ClosedReason(row.suspect) if row.suspect else None,
        suspect_on=tuple(date.fromisoformat(day) for day in row.suspect_on or ()),
        failed_on=tuple(date.fromisoformat(day) for day in row.failed_on or ()),
    )


def _tonight(work: BoardCommit) -> BoardNight:
    terms = platform_terms(work.result.platform)
    unreadable = {posting_id(raw.platform, raw.board, raw.external_id) for raw in work.raws}
    return BoardNight(
        night=work.night,
        status=work.result.status,
        listing=terms.listing,
        held_ids=frozenset(work.seen) | unreadable,
        not_modified=work.result.not_modified,
        failure=work.result.failure,
        closes_after_days=terms.closes_after_days,
    )


def _held(connection: Connection, work: BoardCommit) -> dict[str, Held]:
    columns = _POSTINGS.c
    query = select(
        columns.posting_id, columns.state, columns.state_reason, columns.missing_since, columns.last_seen_on, columns.expires_on
    ).where(columns.platform == work.result.platform, columns.board == work.result.board)
    return {
        row.posting_id: Held(
            PostingState(row.state),
            ClosedReason(row.state_reason) if row.state_reason else None,
            row.missing_since,
            row.last_seen_on,
            row.expires_on,
        )
        for row in connection.execute(query)
        if row.state != PostingState.CLOSED or row.posting_id in work.seen
    }


def _rows_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for first in range(0, len(ids), _CHUNK):
        query = select(_POSTINGS).where(_POSTINGS.c.posting_id.in_(ids[first : first + _CHUNK]))
        rows |= {row.posting_id: row for row in connection.execute(query)}
    return rows


def _write_posting(
    connection: Connection, work: BoardCommit, item: LabelledPosting, before: Any | None, jobs: set[str]
) -> dict[str, Any]:
    row = posting_row(item, work.run_id, work.now)
    id_ = row["posting_id"]
    if before is None:
        job_id = assign_job(connection, row)
        jobs.add(job_id)
        born = {"job_id": job_id, "state": PostingState.OPEN.value, "opened_at": work.now, "is_primary": False}
        row_id = connection.execute(insert(_POSTINGS).values(**row, **born).returning(_POSTINGS.c.row_id)).scalar_one()
    else:
        jobs.add(before.job_id)
        row_id = before.row_id
        connection.execute(update(_POSTINGS).where(_POSTINGS.c.posting_id == id_).values(**row))
    _write_beside(connection, item, row_id, is_new=before is None)
    if before is None:
        return _event(work, id_, EventKind.OPENED, None)
    return _event(work, id_, EventKind.CHANGED, changed_fields(before._asdict(), row))


def _write_beside(connection: Connection, item: LabelledPosting, row_id: int, is_new: bool) -> None:
    id_ = item.posting.posting_id
    if not is_new:
        for table in (schema.posting_texts, *(schema.metadata.tables[name] for name in side_rows(item))):
            connection.execute(delete(table).where(table.c.posting_id == id_))
        connection.execute(text("DELETE FROM postings_text WHERE rowid = :row_id"), {"row_id": row_id})
    connection.execute(insert(schema.posting_texts), [text_row(item)])
    for name, rows in side_rows(item).items():
        if rows:
            connection.execute(insert(schema.metadata.tables[name]), rows)
    connection.execute(
        text("INSERT INTO postings_text (rowid, title, company, body) VALUES (:row_id, :title, :company, :body)"),
        {
            "row_id": row_id,
            "title": item.posting.title,
            "company": item.posting.company.name,
            "body": item.posting.description_text,
        },
    )


def _move_states(
    connection: Connection, work: BoardCommit, held: Mapping[str, Held], judgement: Judgement, jobs: set[str]
) -> list[dict[str, Any]]:
    if not judgement.changed:
        return []
    values: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for id_, after in judgement.changed.items():
        closed_now = after.state is PostingState.CLOSED and held[id_].state is not PostingState.CLOSED
        values.append(
            {
                "id_": id_,
                "state": after.state.value,
                "state_reason": after.reason and after.reason.value,
                "missing_since": after.missing_since,
                "last_seen_on": after.last_seen_on,
                "closed_at": work.now if closed_now else None,
            }
        )
        events += _state_event(work, id_, held[id_], after)
    statement = update(_POSTINGS).where(_POSTINGS.c.posting_id == bindparam("id_"))
    connection.execute(
        statement.values(
            {name: bindparam(name) for name in ("state", "state_reason", "missing_since", "last_seen_on", "closed_at")}
        ),
        values,
    )
    ids = list(judgement.changed)
    for first in range(0, len(ids), _CHUNK):
        query = select(_POSTINGS.c.job_id).where(_POSTINGS.c.posting_id.in_(ids[first : first + _CHUNK]))
        jobs.update(connection.execute(query).scalars())
    return events


def _state_event(work: BoardCommit, id_: str, before: Held, after: Held) -> Iterable[dict[str, Any]]:
    if before.state is after.state:
        return ()
    if after.state is PostingState.CLOSED:
        return (_event(work, id_, EventKind.CLOSED, {"reason": [None, after.reason and after.reason.value]}),)
    if before.state is PostingState.CLOSED:
        return (_event(work, id_, EventKind.REOPENED, None),)
    return (_event(work, id_, EventKind.CHANGED, {"state": [before.state.value, after.state.value]}),)


def _event(work: BoardCommit, id_: str, kind: EventKind, fields: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"run_id": work.run_id, "night": work.night, "at": work.now, "posting_id": id_, "kind": kind.value, "fields": fields}


def _spool(connection: Connection, work: BoardCommit) -> None:
    for raw in work.raws:
        id_ = posting_id(raw.platform, raw.board, raw.external_id)
        replace_row(connection, schema.raw_spool, {"run_id": work.run_id, "posting_id": id_, "raw": raw_to_json(raw)})


def _choose_primaries(connection: Connection, jobs: Iterable[str]) -> None:
    """Of each touched job, the posting that stands for it: an open one, from the employer's own board, the oldest."""
    ids = sorted(jobs)
    columns = _POSTINGS.c
    for first in range(0, len(ids), _CHUNK):
        part = ids[first : first + _CHUNK]
        by_job: dict[str, list[Any]] = {}
        query = select(columns.posting_id, columns.job_id, columns.state, columns.platform, columns.opened_at, columns.is_primary)
        found: Any = connection.execute(query.where(columns.job_id.in_(part)))
        for row in found:
            by_job.setdefault(row.job_id, []).append(row)
        moves = []
        for rows in by_job.values():
            best = min(rows, key=_standing)
            moves += [{"id_": row.posting_id, "chosen": row is best} for row in rows if row.is_primary != (row is best)]
        if moves:
            connection.execute(
                update(_POSTINGS).where(columns.posting_id == bindparam("id_")).values(is_primary=bindparam("chosen")), moves
            )


def _standing(row: Any) -> tuple[bool, bool, datetime, str]:
    return row.state != PostingState.OPEN, platform_terms(row.platform).feed, row.opened_at, row.posting_id


def _save_board(connection: Connection, work: BoardCommit, judgement: Judgement) -> None:
    history, result = judgement.history, work.result
    row: dict[str, Any] = {
        "platform": result.platform,
        "board": result.board,
        "company": dict(work.company),
        "last_complete_on": history.last_complete_on,
        "suspect": history.suspect and history.suspect.value,
        "suspect_on": [day.isoformat() for day in history.suspect_on],
        "failed_on": [day.isoformat() for day in history.failed_on],
    }
    if result.status is BoardStatus.COMPLETE:
        row["last_complete_at"] = work.now
        if judgement.suspect:
            row["validators"] = {}  # a suspect answer is asked for in full again, or "not modified" would pass for a calm night
        elif result.validators:
            row["validators"] = {address: asdict(value) for address, value in result.validators.items()}
    replace_row(connection, schema.boards, row)


def _save_result(connection: Connection, work: BoardCommit, change: BoardChange) -> None:
    result = work.result
    row = {
        "run_id": work.run_id,
        "platform": result.platform,
        "board": result.board,
        "status": result.status.value,
        "failure": result.failure and result.failure.value,
        "reason": result.reason,
        "suspect": change.suspect,
        "fetched": result.postings,
        "new": change.new,
        "changed": change.changed,
        "closed": change.closed,
        "reopened": change.reopened,
        "requests": result.requests,
        "seconds": result.seconds,
    }
    replace_row(connection, schema.board_results, row)
