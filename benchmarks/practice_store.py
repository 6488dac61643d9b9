"""A store of the practice world's nights, without a crawl: what was published is parsed, labelled and stored, and summed up."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from flows.classify import label_board
from flows.sources import Night
from flows.summary import save_summary, summarise
from pipeline.config import SourceConfig
from pipeline.crawling import BoardResult
from pipeline.personal_data import clean_payload
from pipeline.records import RawPosting
from pipeline.vocabulary import BoardStatus
from spiders.practice.calendar import night_date, night_now
from spiders.practice.scenario import Scenario, load_scenario
from spiders.practice.server import boards
from spiders.practice.shapes import SHAPES
from spiders.practice.world import Published, world
from storage.queries.board_results import source_rows
from storage.store import Reading, Store


def fill(data_dir: Path, nights: Sequence[int] = (1, 2, 3), one_in: int = 1) -> None:
    """Make a store in a folder and let the nights pass, in which every board answers.

    Args:
        data_dir: of the store.
        nights: numbers of the practice calendar, rising.
        one_in: one board in so many is read.
    """
    scenario = load_scenario("default")
    with Store.open(f"sqlite:///{data_dir / 'rolecall.db'}", data_dir, create=True) as store:
        for night in nights:
            _pass(store, scenario, night, one_in)


def close_night(store: Store, run_id: str, night: Night, began: float) -> None:
    """Sum a night up and end its run, as the nightly job does; ``began`` is a reading of the monotonic clock."""
    rows = tuple(source_rows(store, run_id))
    summary = summarise(run_id, night, rows, store, interrupted=False, began=began, seconds_by_phase={})
    save_summary(summary, store.data_dir / "runs" / run_id)
    store.finish_run(run_id, summary.to_json())


def _pass(store: Store, scenario: Scenario, number: int, one_in: int) -> None:
    began, now = time.monotonic(), night_now(number)
    run_id = store.begin_run(night_date(number), now)
    standing: dict[tuple[str, str], list[RawPosting]] = defaultdict(list)
    for posting in world(scenario, number):
        if posting.platform in SHAPES:  # pages with JSON-LD are read by the crawler's own parser
            standing[posting.platform, posting.board].append(_raw(posting, number))
    known = [board for board in boards(scenario) if board[:2] in standing][::one_in]
    for platform, board, company in known:
        raws = standing[platform, board]
        read = label_board(raws, company, store.known_hashes(platform, board))
        result = BoardResult(platform, board, BoardStatus.COMPLETE, postings=len(raws))
        store.commit_board(run_id, result, read.seen, read.labelled, read.raws, company, reading=Reading(fill=read.fill))
    night = Night(now, tuple(SourceConfig(platform, board, company) for platform, board, company in known))
    close_night(store, run_id, night, began)


def _raw(posting: Published, night: int) -> RawPosting:
    payload = clean_payload(SHAPES[posting.platform](posting), posting.platform)
    return RawPosting(posting.platform, posting.board, posting.external_id, posting.url, night_now(night), payload)
