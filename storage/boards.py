"""One board's answer into SQL: what is new, what changed, what the answer says of the postings that it leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, text

from pipeline.config import SourceConfig
from pipeline.crawling import BoardResult, raw_to_json
from pipeline.identity import posting_id
from pipeline.lifecycle import BoardHistory, BoardNight, Held, Judgement, judge_board
from pipeline.records import LabelledPosting, RawPosting
from pipeline.terms import platform as platform_terms
from pipeline.vocabulary import BoardStatus, ClosedReason, EventKind, PostingState
from storage import schema
from storage.bulk import upsert
from storage.changes import NOTHING_SAID, BoardChange, Reading
from storage.contents import write
from storage.jobs import Answer
from storage.looking import hashes_by_id
from storage.removals import KeptOut, kept_out
from storage.rows import changed_fields
from storage.run import Run
from storage.schema.postings import RESTLESS
from storage.statuses import choose_primaries, jobs_of, move
from storage.upsert import replace_row

_POSTINGS = schema.postings


@dataclass(frozen=True, slots=True)
class BoardCommit:
    """Everything that one board's commit needs."""

    run: Run
    result: BoardResult
    seen: Mapping[str, str]
    labelled: Sequence[LabelledPosting]
    raws: Sequence[RawPosting]
    company: Mapping[str, Any]
    reading: Reading = NOTHING_SAID


def commit(connection: Connection, work: BoardCommit) -> BoardChange:
    """Store one board's answer; the caller's transaction makes it whole. What a purge keeps out is left out."""
    work = _less_kept_out(work, kept_out(connection))
    held = _held(connection, work)
    history = _history(connection, work)
    judgement = judge_board(history, held, _tonight(work))
    events, jobs = _write_contents(connection, work, judgement.last_seen_on)
    events += _move_states(connection, work, held, judgement, jobs)
    if events:
        connection.execute(insert(schema.events), events)
    _spool(connection, work)
    choose_primaries(connection, work.run, jobs)
    last_complete = _save_board(connection, work, judgement)
    kinds = [event["kind"] for event in events]
    change = BoardChange(
        new=kinds.count(EventKind.OPENED.value),
        changed=sum(event["kind"] == EventKind.CHANGED.value and "state" not in event["fields"] for event in events),
        closed=kinds.count(EventKind.CLOSED.value),
        reopened=kinds.count(EventKind.REOPENED.value),
        suspect=judgement.suspect,
    )
    _save_result(connection, work, change, last_complete)
    return change


def _less_kept_out(work: BoardCommit, out: KeptOut) -> BoardCommit:
    if not (out.companies or out.sources or out.postings):
        return work
    source_id = SourceConfig(work.result.platform, work.result.board).source_id
    refused = {
        posting.posting_id
        for posting in (item.posting for item in work.labelled)
        if out.refuses(posting.posting_id, source_id, posting.company.name)
    }
    return replace(
        work,
        labelled=[item for item in work.labelled if item.posting.posting_id not in refused],
        raws=[raw for raw in work.raws if not _is_refused(raw, source_id, refused, out)],
    )


def _is_refused(raw: RawPosting, source_id: str, refused: set[str], out: KeptOut) -> bool:
    id_ = posting_id(raw.platform, raw.board, raw.external_id)
    return id_ in refused or out.refuses(id_, source_id, None)


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
        night=work.run.night,
        status=work.result.status,
        listing=terms.listing,
        held_ids=frozenset(work.seen) | unreadable,
        not_modified=work.result.not_modified,
        failure=work.result.failure,
        closes_after_days=terms.closes_after_days,
    )


def _held(connection: Connection, work: BoardCommit) -> dict[str, Held]:
    """The board's postings that tonight's answer may move. An answer that is the last one over again moves only the restless."""
    columns = _POSTINGS.c
    query = select(
        columns.posting_id, columns.state, columns.state_reason, columns.missing_since, columns.last_seen_on, columns.expires_on
    ).where(columns.platform == work.result.platform, columns.board == work.result.board)
    if work.result.status is BoardStatus.COMPLETE and work.result.not_modified:
        query = query.where(text(RESTLESS))
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


def _write_contents(connection: Connection, work: BoardCommit, last_seen_on: date | None) -> tuple[list[dict[str, Any]], set[str]]:
    """Write what is new or changed; gives its events, and the jobs whose primary is to be chosen again."""
    hashes = hashes_by_id(connection, (item.posting.posting_id for item in work.labelled))
    moved = {
        item.posting.posting_id: item for item in work.labelled if hashes.get(item.posting.posting_id) != item.posting.content_hash
    }
    if not moved:
        return [], set()
    written = write(connection, work.run, list(moved.values()), answer=_answer(work), last_seen_on=last_seen_on)
    events = []
    for id_, row in written.after.items():
        before = written.before.get(id_)
        kind = EventKind.OPENED if before is None else EventKind.CHANGED
        events.append(_event(work, id_, kind, None if before is None else changed_fields(before, row)))
    return events, set(written.shared_jobs)


def _answer(work: BoardCommit) -> Answer | None:
    """What stands on the board tonight, where the answer says it whole."""
    result = work.result
    return Answer(result.platform, result.board, work.seen) if result.status is BoardStatus.COMPLETE else None


def _move_states(
    connection: Connection, work: BoardCommit, held: Mapping[str, Held], judgement: Judgement, jobs: set[str]
) -> list[dict[str, Any]]:
    values: dict[str, dict[str, Any]] = {}
    events: list[dict[str, Any]] = []
    for id_, after in judgement.changed.items():
        closed_now = after.state is PostingState.CLOSED and held[id_].state is not PostingState.CLOSED
        values[id_] = {
            "state": after.state.value,
            "state_reason": after.reason and after.reason.value,
            "missing_since": after.missing_since,
            "last_seen_on": after.last_seen_on,
            "closed_at": work.run.at if closed_now else None,
        }
        events += _state_events(work, id_, held[id_], after)
    move(connection, work.run, values)
    jobs |= jobs_of(connection, (event["posting_id"] for event in events))
    return events


def _state_events(work: BoardCommit, id_: str, before: Held, after: Held) -> Sequence[dict[str, Any]]:
    if before.state is after.state:
        return ()
    if after.state is PostingState.CLOSED:
        return (_event(work, id_, EventKind.CLOSED, {"reason": [None, after.reason and after.reason.value]}),)
    if before.state is PostingState.CLOSED:
        return (_event(work, id_, EventKind.REOPENED, None),)
    return (_event(work, id_, EventKind.CHANGED, {"state": [before.state.value, after.state.value]}),)


def _event(work: BoardCommit, id_: str, kind: EventKind, fields: Mapping[str, Any] | None) -> dict[str, Any]:
    run = work.run
    return {
        "run_id": run.run_id, "run_number": run.number, "night": run.night, "at": run.at,
        "posting_id": id_, "kind": kind.value, "fields": fields,
    }  # fmt: skip


def _spool(connection: Connection, work: BoardCommit) -> None:
    rows = {posting_id(raw.platform, raw.board, raw.external_id): raw_to_json(raw) for raw in work.raws}
    upsert(connection, schema.raw_spool, ({"run_id": work.run.run_id, "posting_id": id_, "raw": raw} for id_, raw in rows.items()))


def _save_board(connection: Connection, work: BoardCommit, judgement: Judgement) -> dict[str, Any]:
    """Remember the board; gives the night and clock of its last complete answer."""
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
        row["last_complete_at"] = work.run.at
    if judgement.suspect or result.status is BoardStatus.PARTIAL:
        row["validators"] = {}  # asked for in full again: "not modified" would stand for the answer before this one
    elif result.status is BoardStatus.COMPLETE and result.validators:
        row["validators"] = {address: asdict(value) for address, value in result.validators.items()}
    replace_row(connection, schema.boards, row)
    at = schema.boards.c
    key = at.platform == result.platform, at.board == result.board
    return dict(connection.execute(select(at.last_complete_on, at.last_complete_at).where(*key)).mappings().one())


def _save_result(connection: Connection, work: BoardCommit, change: BoardChange, last_complete: Mapping[str, Any]) -> None:
    result = work.result
    row = {
        "run_id": work.run.run_id,
        "run_number": work.run.number,
        **last_complete,
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
        "not_modified": result.not_modified,
        "bytes": result.bytes,
        "unreadable": work.reading.unreadable,
        "attempts": work.reading.attempt,
        "notes": list(work.reading.notes),
        "fill": dict(work.reading.fill),
    }
    replace_row(connection, schema.board_results, row)
