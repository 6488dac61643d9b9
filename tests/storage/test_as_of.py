"""The past is what was shown then: random nights, each remembered as it was shown, then asked for again at the end."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from pipeline.crawling import BoardResult
from pipeline.errors import UsageError
from pipeline.filters import Filters, parse_filters
from pipeline.records import CompanyFacts, Posting
from pipeline.vocabulary import BoardStatus, FailureKind, RemoteClass
from storage.duck import query
from storage.queries.counts import open_counts
from storage.queries.jobs import count, find, left_out, rows
from storage.store import Store
from tests.storage.factory import NIGHT, NOW, band, eligible, labelled, posting, raw

NIGHTS = 9
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"state": "all"}, {"remote": "remote-first"}, {"stack": "python"}, {"any_stack": ["go", "sql"]}, {"country": "DE"},
    {"utc": "+1"}, {"pay_min": 80_000}, {"signal": "async"}, {"text": "kestrel"}, {"text": '"night shift"'}, {"since": "3d"},
    {"sort": "pay"}, {"sort": "title", "limit": 4}, {"state": "closed"}, {"platform": "remoteok"}, {"state": "unknown"},
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What a person saw."""

    lists: list[list[dict[str, Any]]]
    postings: list[dict[str, Any]]
    jobs: list[dict[str, Any]]
    counts: Any
    left_out: Any
    sql: list[tuple[Any, ...]]


def look(store: Store) -> Shown:
    everything = _filters(store, {"state": "all"})
    postings = list(rows(store, everything, each_posting=True))
    return Shown(
        [_answer(store, words) for words in QUESTIONS],
        postings,
        [find(store, row["posting_id"]) for row in postings[::3]],
        open_counts(store),
        [left_out(store, _filters(store, words)) for words in ({"country": "DE"}, {"pay_min": 1})],
        sorted(query(store, "select title, state, quote from jobs join evidence using (posting_id)")[1]),
    )


def _filters(store: Store, words: dict[str, Any]) -> Filters:
    return parse_filters({**words, "as_of": store.as_of and store.as_of.isoformat()})


def _answer(store: Store, words: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        filters = _filters(store, words)
        found = list(rows(store, filters))
        assert len(found) == min(count(store, filters), filters.limit or len(found))
        return found
    except UsageError as error:  # a technology that nothing named yet
        return [{"error": str(error)}]


def _drawn(draw: random.Random, number: int, version: int, platform: str, board: str) -> Posting:
    title = f"{draw.choice(['Senior ', 'Junior ', ''])}{draw.choice(['Cook', 'Analyst'])} {number if draw.random() < 0.7 else ''}"
    words = draw.choice(["kestrel", "owl", "the night shift", "shift at night"])
    return posting(str(number), platform=platform, board=board, title=title, description_text=f"We look after {words}, {version}.")


def _labelled(draw: random.Random, item: Posting) -> Any:
    stack = tuple(sorted(draw.sample(["Python", "Go", "SQL"], draw.randint(0, 2))))
    bands = (band(draw.randint(40, 120) * 1000, None),) if draw.random() < 0.5 else ()
    allowed = eligible(("DE", "US")[: draw.randint(0, 2)], is_worldwide=draw.random() < 0.2, utc_min=-2.0, utc_max=3.0)
    signals = ("async",) if draw.random() < 0.5 else ()
    return labelled(item, draw.choice(list(RemoteClass)), stack=stack, bands=bands, signals=signals, eligibility=allowed)


@dataclass
class World:
    """Two boards whose postings come, change, go and come back."""

    draw: random.Random
    boards: dict[tuple[str, str], dict[int, Posting]]

    def move(self, number: int) -> None:
        for (platform, board), held in self.boards.items():
            for id_ in range(number, number + self.draw.randint(0, 3)):
                held[id_] = _drawn(self.draw, id_, 0, platform, board)
            for id_ in list(held):
                if self.draw.random() < 0.2:
                    held[id_] = _drawn(self.draw, id_, number, platform, board)
                elif self.draw.random() < 0.2:
                    del held[id_]


def _commit(store: Store, world: World, night: int) -> None:
    day = timedelta(days=night)
    run_id = store.begin_run(NIGHT + day, NOW + day)
    for (platform, board), held in world.boards.items():
        fate = world.draw.random()
        result = BoardResult(platform, board, BoardStatus.COMPLETE, postings=len(held))
        if fate < 0.15:
            result = replace(result, status=BoardStatus.FAILED, failure=FailureKind.TIMEOUT)
        elif fate < 0.25:
            result = replace(result, not_modified=True)
        answer = list(held.values()) if result.status is BoardStatus.COMPLETE and not result.not_modified else []
        known = store.known_hashes(platform, board)
        moved = [_labelled(world.draw, item) for item in answer if known.get(item.posting_id) != item.content_hash]
        seen = {item.posting_id: item.content_hash for item in answer}
        store.commit_board(run_id, result, seen, moved, [raw(item.posting) for item in moved], CompanyFacts())
    store.finish_run(run_id, {})


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with Store.open(database_url, tmp_path, create=True) as opened:
        yield opened


def test_every_night_is_shown_as_it_was(store: Store, database_url: str, tmp_path: Path) -> None:
    world = World(random.Random(1), {("greenhouse", "acme"): {}, ("remoteok", "remoteok"): {}})
    seen: dict[date, Shown] = {}
    for number in range(NIGHTS):
        if number == 5:
            continue  # a night without a run is shown as the one before it
        world.move(number)
        _commit(store, world, number)
        if number % 4 == 3:  # a night that is run twice is shown as its second run left it
            world.move(number)
            _commit(store, world, number)
        seen[NIGHT + timedelta(days=number)] = look(store)
    seen[NIGHT + timedelta(days=5)] = seen[NIGHT + timedelta(days=4)]
    assert sum(len(shown.lists[3]) for shown in seen.values()) > 0
    assert sum(len(shown.lists[13]) for shown in seen.values()) > 0
    for night, shown in seen.items():
        with Store.open_reading(database_url, tmp_path, as_of=night) as past:
            assert look(past) == shown, night


def test_a_date_before_the_first_night_is_refused(store: Store, database_url: str, tmp_path: Path) -> None:
    _commit(store, World(random.Random(3), {("greenhouse", "acme"): {}}), 0)
    told = pytest.raises(UsageError, match="--as-of 2025-12-31: nothing was stored by then; the first night is 2026-01-05")
    with told, Store.open_reading(database_url, tmp_path, as_of=date(2025, 12, 31)):
        pass


def test_the_past_is_read_only_too(store: Store, database_url: str, tmp_path: Path) -> None:
    _commit(store, World(random.Random(3), {("greenhouse", "acme"): {}}), 0)
    with Store.open_reading(database_url, tmp_path, as_of=NIGHT) as past:
        assert list(rows(past, _filters(past, {}))) == []
        with pytest.raises(Exception, match=r"readonly|read-only"), past.engine.begin() as connection:
            connection.execute(text("DELETE FROM raw_spool"))
