"""The rules of ``pipeline.lifecycle`` alone over random nights, against the model: many more nights than a database could pass."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

import pytest
from hypothesis import settings

from pipeline.lifecycle import BoardHistory, BoardNight, Held, Judgement, judge_board
from pipeline.vocabulary import BoardStatus, FailureKind, ListingKind, PostingState
from storage.store import BoardChange
from tests.storage.model import Answer, Content
from tests.storage.nights import FIRST, IDS, Event, Nights, Shown, fold

RESULTS = {
    "complete": (BoardStatus.COMPLETE, None),
    "not modified": (BoardStatus.COMPLETE, None),
    "partial": (BoardStatus.PARTIAL, None),
    "failed": (BoardStatus.FAILED, FailureKind.TIMEOUT),
    "404": (BoardStatus.FAILED, FailureKind.NOT_FOUND),
    "skipped": (BoardStatus.SKIPPED, FailureKind.LEAST_INTERVAL),
    "interrupted": (BoardStatus.FAILED, FailureKind.INTERRUPTED),
}


class PureNights(Nights):
    """``judge_board`` with the least that a store has to do around it."""

    BOARDS: ClassVar[Mapping[str, tuple[bool, int | None]]] = {
        "full": (False, None),
        "window": (True, 30),
        "endless window": (True, None),
    }

    def __init__(self) -> None:
        super().__init__()
        self.histories: dict[str, BoardHistory] = defaultdict(BoardHistory)
        self.held: dict[str, dict[str, Held]] = defaultdict(dict)
        self.contents: dict[tuple[str, str], Content] = {}
        self.written: dict[str, list[Event]] = defaultdict(list)

    def run_night(self, answers: Mapping[str, Answer]) -> dict[str, BoardChange]:
        return {name: self._commit(name, answer) for name, answer in answers.items()}

    def _commit(self, name: str, answer: Answer) -> BoardChange:
        is_window, closes_after_days = self.BOARDS[name]
        status, failure = RESULTS[answer["kind"]]
        listing = ListingKind.WINDOW if is_window else ListingKind.FULL
        listed, held = answer["listed"], self.held[name]
        is_same = answer["kind"] == "not modified"
        tonight = BoardNight(self.night, status, listing, frozenset(listed), is_same, failure, closes_after_days)
        known = {id_: one for id_, one in held.items() if one.state is not PostingState.CLOSED or id_ in listed}
        judgement = judge_board(self.histories[name], known, tonight)
        self.histories[name] = judgement.history
        tonights = [(self.night, *event) for event in self._store(name, listed, judgement)]
        self.written[name] += tonights
        kinds = ["state" if kind == "changed" and detail else kind for _, _, kind, detail in tonights]
        numbers = (kinds.count(kind) for kind in ("opened", "changed", "closed", "reopened"))
        return BoardChange(*numbers, suspect=judgement.suspect)

    def _store(self, name: str, listed: Mapping[str, Content | None], judgement: Judgement) -> list[tuple[str, str, object]]:
        held = self.held[name]
        events: list[tuple[str, str, object]] = []
        for id_, after in judgement.changed.items():
            events += _moved(id_, held[id_], after)
        held |= judgement.changed
        for id_, content in listed.items():
            if content is None:
                continue
            if id_ not in held:
                held[id_] = Held(PostingState.OPEN, last_seen_on=judgement.last_seen_on)
                events.append((id_, "opened", None))
            elif self.contents[name, id_] != content:
                events.append((id_, "changed", None))
            held[id_] = replace(held[id_], expires_on=content[-1])
            self.contents[name, id_] = content
        return events

    def shown(self) -> Mapping[str, Mapping[str, Shown]]:
        return {name: self._shown(name) for name in self.BOARDS}

    def _shown(self, name: str) -> dict[str, Shown]:
        last = self.histories[name].last_complete_on
        dates = fold(self.written[name])
        shown = {}
        for id_, one in self.held[name].items():
            seen = one.last_seen_on or last
            assert seen is not None
            shown[id_] = (one.state.value, one.reason and one.reason.value, seen, *dates[id_][2:])
        return shown

    def events(self) -> Mapping[str, Sequence[Event]]:
        return self.written


def _moved(id_: str, before: Held, after: Held) -> list[tuple[str, str, object]]:
    if before.state is after.state:
        assert before != after, "a record that stays as it is is not written"
        return []
    if after.state is PostingState.CLOSED:
        return [(id_, "closed", after.reason and after.reason.value)]
    if before.state is PostingState.CLOSED:
        return [(id_, "reopened", None)]
    return [(id_, "changed", (before.state.value, after.state.value))]


TestPureNights = PureNights.TestCase
TestPureNights.settings = settings(max_examples=60, stateful_step_count=30, deadline=None, derandomize=True, database=None)


def test_the_same_answer_on_the_same_night_moves_nothing_more() -> None:
    held = {id_: Held(PostingState.OPEN) for id_ in IDS}
    tonight = BoardNight(FIRST, BoardStatus.COMPLETE, ListingKind.FULL, frozenset(IDS[2:]))
    first = judge_board(BoardHistory(), held, tonight)
    again = judge_board(first.history, held | dict(first.changed), tonight)
    assert set(first.changed) == set(IDS[:2])
    assert (again.changed, again.history) == ({}, first.history)


def test_a_calm_night_writes_nothing_of_what_it_holds() -> None:
    held = {id_: Held(PostingState.OPEN) for id_ in IDS}
    tonight = BoardNight(date(2026, 2, 1), BoardStatus.COMPLETE, ListingKind.FULL, frozenset(IDS))
    assert judge_board(BoardHistory(last_complete_on=FIRST), held, tonight).changed == {}


def _pass(held: dict[str, Held], listing: ListingKind, answers: Sequence[tuple[str, int]]) -> tuple[list[str], BoardHistory]:
    """Nights of a board that was last complete on ``FIRST``: kinds of answer and how many postings each holds; what is said."""
    history = BoardHistory(last_complete_on=FIRST)
    told = []
    for day, (kind, size) in enumerate(answers, 1):
        status, failure = RESULTS[kind]
        listed = frozenset(sorted(held)[:size])
        known = {id_: one for id_, one in held.items() if one.state is not PostingState.CLOSED or id_ in listed}
        judgement = judge_board(history, known, BoardNight(FIRST + timedelta(days=day), status, listing, listed, failure=failure))
        history = judgement.history
        held |= judgement.changed
        told.append(judgement.suspect or "")
    return told, history


def _states(held: Mapping[str, Held]) -> list[str]:
    return [f"{one.state} {one.reason}" for one in held.values()]


def _board(size: int) -> dict[str, Held]:
    return {f"{number:02}": Held(PostingState.OPEN) for number in range(size)}


def test_a_further_drop_after_one_that_was_believed_is_suspect_again() -> None:
    held = _board(30)
    _pass(held, ListingKind.FULL, [("complete", 11)] * 3 + [("complete", 4)] * 2)
    assert Counter(_states(held)) == {"open None": 11, "closed board_shrank": 19}


def test_a_404_that_is_believed_is_no_complete_answer() -> None:
    held = _board(3)
    _, history = _pass(held, ListingKind.FULL, [("404", 0)] * 3)
    assert _states(held) == ["closed board_gone"] * 3
    assert history.last_complete_on == FIRST


@pytest.mark.parametrize(
    ("suspect", "half", "is_believed"),
    [
        (("complete", 3), ("partial", 3), True),
        (("complete", 3), ("partial", 6), False),
        (("complete", 0), ("partial", 1), False),
        (("404", 0), ("partial", 1), False),
        (("404", 0), ("failed", 0), True),
        (("404", 0), ("skipped", 0), True),
    ],
)
def test_half_an_answer_ends_the_suspicion_that_it_does_not_share(
    suspect: tuple[str, int], half: tuple[str, int], is_believed: bool
) -> None:
    told, _ = _pass(_board(12), ListingKind.FULL, [suspect, half, suspect, suspect])
    assert ("believed, " in told[-1]) == is_believed


def test_a_feed_that_is_not_found_on_the_fourteenth_night_without_an_answer() -> None:
    held = {"expired": Held(PostingState.OPEN, expires_on=FIRST), "other": Held(PostingState.OPEN)}
    told, _ = _pass(held, ListingKind.WINDOW, [("failed", 0)] * 11 + [("404", 0)] * 3)
    assert _states(held) == ["closed expired", "unknown stale"]
    assert "believed, 1 postings closed" in told[-1]
    assert "its 1 open postings are unknown now" in told[-1]
    assert not any(told[:11])
