"""The end of a crawl: boards that could not be read are put on record, and every source gets its line."""

from __future__ import annotations

from collections.abc import Sequence

from flows.summary import source_name, unstored_row
from pipeline.config import SourceConfig
from pipeline.crawling import BoardResult, result_from_json
from pipeline.runs import SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind
from storage import leases, ledger
from storage.clock import database_now
from storage.queries.board_results import source_rows, stored_boards
from storage.store import Reading, Store

_NOT_REACHED = "the run was stopped before this board was reached; run again to go on"


def settle(store: Store, run_id: str, sources: Sequence[SourceConfig], skipped: Sequence[BoardResult]) -> tuple[SourceRow, ...]:
    """Put failures on record, so that boards go stale in time, and give the source table.

    A night in which nothing could be read says more of us than of the boards (no network), and a board that was not reached before
    a stop has not failed: neither is held against them.

    Args:
        store: the run's store.
        run_id: the run, of which nothing is crawled any more.
        sources: the night's, in the order of the table.
        skipped: those that were not due.
    """
    with store.engine.begin() as connection:
        ledger.stop(connection, run_id)
        leases.forget_ended(connection, database_now(connection))
        unstored = {name: result_from_json(value) for name, value in ledger.unstored(connection, run_id).items()}
    stored = stored_boards(store, run_id)
    unstored |= {source_name(result): result for result in skipped}
    left = [_outcome(source, unstored) for source in sources if (source.platform, source.board) not in stored]
    is_held_against = bool(stored) or any(result.status is BoardStatus.SKIPPED for result in left)
    companies = {source.source_id: source.company for source in sources}
    rows = []
    for result in left:
        is_failure = result.status is BoardStatus.FAILED and result.failure is not FailureKind.INTERRUPTED
        if is_failure and is_held_against:
            store.commit_board(run_id, result, {}, (), (), companies[source_name(result)], reading=Reading(result.notes))
        else:
            rows.append(unstored_row(result))
    order = {source.source_id: place for place, source in enumerate(sources)}
    return tuple(sorted((*rows, *source_rows(store, run_id)), key=lambda row: order[row.source_id]))


def _outcome(source: SourceConfig, unstored: dict[str, BoardResult]) -> BoardResult:
    """How a board ended; one that no attempt came to was not reached."""
    found = unstored.get(source.source_id)
    if found is not None:
        return found
    interrupted = FailureKind.INTERRUPTED
    return BoardResult(source.platform, source.board, BoardStatus.FAILED, failure=interrupted, reason=_NOT_REACHED)
