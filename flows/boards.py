"""One board's answer, from the files of its shard into the store: parse and label (``flows.classify``), then one transaction."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from flows.bench import Bench
from flows.classify import LabelledBoard, label_board
from flows.shards import read_postings
from flows.summary import source_name
from pipeline.crawling import BoardResult
from pipeline.errors import RolecallError
from pipeline.records import CompanyFacts
from pipeline.shard_work import ShardWork
from pipeline.vocabulary import BoardStatus, FailureKind
from storage import ledger
from storage.ledger import Claim
from storage.store import BoardChange, Reading

_SHOWN_UNREADABLE = 3
_REASON_LENGTH = 200


def keep_board(bench: Bench, claim: Claim, work: ShardWork, result: BoardResult) -> tuple[BoardResult, BoardChange | None]:
    """Label and store a board that was read; one that failed or was put off is left as it is.

    Returns:
        The result, failed where our own code could not label the board, and what storing it moved (None: it was not stored).

    Raises:
        LeaseLost: another worker has the shard.
        SQLAlchemyError: the database cannot be reached.
    """
    if result.status in (BoardStatus.FAILED, BoardStatus.SKIPPED):
        return result, None
    company = work.companies.get(source_name(result), CompanyFacts())
    try:
        board = _label(bench, work, result, company)
    except (RolecallError, SQLAlchemyError):
        raise
    except Exception as error:  # noqa: BLE001  one page that breaks our code must not end the night of the others
        return _broken(result, error), None

    def guard(connection: Connection) -> None:
        ledger.require(connection, claim)

    with bench.storing, bench.timed("store", within="crawl"):
        change = bench.store.commit_board(
            bench.run_id, result, board.seen, board.labelled, board.raws, company,
            reading=_reading(result, board, claim), guard=guard,
        )  # fmt: skip
    return result, change


def _label(bench: Bench, work: ShardWork, result: BoardResult, company: CompanyFacts) -> LabelledBoard:
    known = bench.store.known_hashes(result.platform, result.board)
    with bench.labelling, bench.timed("label", within="crawl"):
        return label_board(read_postings(bench.boards_dir, result), company, known, work.technologies, bench.batches)


def _reading(result: BoardResult, board: LabelledBoard, claim: Claim) -> Reading:
    notes = list(result.notes)
    if board.unreadable:
        shown = "; ".join(board.unreadable[:_SHOWN_UNREADABLE])
        notes.append(f"{len(board.unreadable)} postings could not be read and are kept raw: {shown}")
    before = claim.unstored.get(source_name(result))
    if before:
        notes.append(f"answered when asked again; before that it failed ({str(before['failure']).replace('_', ' ')})")
    fill = {} if result.not_modified else board.fill
    return Reading(tuple(notes), len(board.unreadable), fill, claim.attempt)


def _broken(result: BoardResult, error: Exception) -> BoardResult:
    detail = f"{type(error).__name__}: {error}"[:_REASON_LENGTH]
    reason = f"its postings could not be labelled ({detail}); please report it"
    return replace(result, status=BoardStatus.FAILED, failure=FailureKind.CRASHED, reason=reason, validators={})
