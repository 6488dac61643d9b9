"""The real spiders against the practice server: every posting of the night, with its own id, address, title and employer."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from pipeline.payloads import to_posting
from pipeline.records import Posting
from pipeline.vocabulary import BoardStatus
from spiders.practice.scenario import load_scenario
from spiders.practice.server import serve


@pytest.fixture(scope="module")
def night(loopback: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with serve(load_scenario("tiny"), 1, faults=False) as server:
        sources = server.sources()
        orders = [loopback.SourceOrder(source.platform, source.board, source.base_url, 0.0, {}) for source in sources]
        run = loopback.crawl(tmp_path_factory.mktemp("practice"), orders)
        truth = list(server.truth())
        again = [
            loopback.SourceOrder(order.platform, order.board, order.base_url, 0.0, run.results[order.board].validators)
            for order in orders
        ]
        asked = len(server.requests)
        second = loopback.crawl(tmp_path_factory.mktemp("again"), again)
        return run, second, truth, {source.board: source.company for source in sources}, len(server.requests) - asked


def test_every_board_is_complete_and_its_ids_are_the_truths(night: Any) -> None:
    run, _, truth, companies, _ = night
    assert run.code == 0
    assert {result.status for result in run.results.values()} == {BoardStatus.COMPLETE}
    known = defaultdict(set)
    for row in truth:
        known[row["board"]].add(row["external_id"])
    assert set(run.results) == set(companies)
    for board in companies:
        assert {raw.external_id for raw in run.postings(board)} == known[board]
        assert not [raw.url for raw in run.postings(board) if not raw.url.startswith("https://") or "127.0.0.1" in raw.url]


def test_parsed_postings_say_what_the_truth_says(night: Any) -> None:
    run, _, truth, companies, _ = night
    postings: dict[tuple[str, str], Posting] = {
        (board, raw.external_id): to_posting(raw, companies[board]) for board in companies for raw in run.postings(board)
    }
    assert len(postings) == len(truth)
    for row in truth:
        posting = postings[row["board"], row["external_id"]]
        # an address has no place in the title of a comment
        assert posting.title == row["title"] or (row["platform"] == "hn" and "http" in row["title"])
        assert posting.company.name == row["company"]
        assert posting.description_text
        assert posting.published_on is not None


def test_a_second_crawl_spares_what_validators_can_spare(night: Any) -> None:
    _, second, _, companies, _ = night
    assert second.code == 0
    one_answer = {
        board for board, result in second.results.items() if result.platform in ("greenhouse", "lever", "ashby", "remoteok")
    }
    assert {board for board, result in second.results.items() if result.not_modified} >= one_answer
    assert sum(second.results[board].bytes for board in one_answer) == 0
    assert set(second.results) == set(companies)


def test_the_order_and_the_results_are_all_that_is_left(night: Any) -> None:
    out_dir: Path = night[0].out_dir
    assert {path.suffix for path in out_dir.iterdir()} == {".json", ".jsonl"}
