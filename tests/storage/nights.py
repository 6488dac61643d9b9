"""Random nights of some boards, and what has to agree after each: the rules of the state machines.

A machine names its boards and says how an answer is committed and what is then shown; this file draws the nights and holds both
against ``tests.storage.model``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from storage.store import BoardChange
from tests.storage.model import KINDS, Answer, Board, Content

FIRST = date(2026, 1, 5)
IDS = [f"p{number:02}" for number in range(12)]
EXPIRES_AFTER_DAYS = {"p00": -9, "p01": 2, "p02": 5, "p03": 31, "p11": 12}
SAID = {"waits": "nothing is closed", "believed": "postings closed", "stale": "are unknown now"}
Event = tuple[date, str, str, Any]
"""Night, external id, kind, and the reason of a closing or the move of a state."""
Shown = tuple[str, str | None, date, date, date | None]
"""State, reason, last seen on, opened on, closed on."""


def content(id_: str, version: int) -> Content:
    """A posting as the employer wrote it; a new version moves its expiry date too."""
    days = EXPIRES_AFTER_DAYS.get(id_)
    return version, None if days is None else FIRST + timedelta(days=days + 9 * version)


def _answer(kind: str, ids: Iterable[str], rewritten: frozenset[str], unreadable: frozenset[str]) -> Answer:
    is_read = kind in ("complete", "partial")
    listed = {id_: None if id_ in unreadable else content(id_, int(id_ in rewritten)) for id_ in sorted(ids)}
    return {"kind": kind, "listed": listed if is_read else {}}


_SHAPES = [IDS, IDS[1:], IDS[2:], IDS[:5], IDS[:4], IDS[3:6], IDS[:2], []]
_IDS = st.one_of(st.sampled_from(_SHAPES), st.frozensets(st.sampled_from(IDS)))
_FEW = st.frozensets(st.sampled_from(IDS), max_size=2)
_KINDS = st.sampled_from(["complete"] * 4 + list(KINDS))
ANSWERS = st.builds(_answer, _KINDS, _IDS, _FEW, _FEW)
COMPLETE = st.builds(_answer, st.just("complete"), _IDS, _FEW, _FEW)
DAYS = st.sampled_from([1, 1, 1, 0, 2, 3])
SAME_AGAIN = st.lists(st.tuples(DAYS, st.sampled_from([None] * 5 + ["partial", "failed"])), min_size=2, max_size=6)
_NO_ANSWER = st.sampled_from(["failed"] * 6 + ["404", "skipped", "interrupted"])
NO_ANSWERS = st.lists(st.tuples(_NO_ANSWER, st.sampled_from([1, 1, 1, 1, 0])), min_size=12, max_size=20)


class Nights(RuleBasedStateMachine):
    """The boards, their models, and the rules; a subclass gives the thing under test."""

    BOARDS: ClassVar[Mapping[str, tuple[bool, int | None]]]
    """By name: whether it is a window, and after how many days it closes what is absent."""

    def __init__(self) -> None:
        super().__init__()
        self.models = {name: Board(*rules) for name, rules in self.BOARDS.items()}
        self.night = FIRST
        self.log: dict[str, list[Event]] = {name: [] for name in self.BOARDS}

    def run_night(self, answers: Mapping[str, Answer]) -> dict[str, BoardChange]:
        """Commit some boards' answers of ``self.night`` in a run of their own."""
        raise NotImplementedError

    def shown(self) -> Mapping[str, Mapping[str, Shown]]:
        """Each posting by board and external id."""
        raise NotImplementedError

    def events(self) -> Mapping[str, Sequence[Event]]:
        """Everything that is on record of each board, in the order of writing."""
        raise NotImplementedError

    def pass_night(self, days: int, answers: Mapping[str, Answer]) -> None:
        """Commit some boards' answers some days after the last night, and compare all boards with their models."""
        self.night += timedelta(days=days)
        asked = {name: self._answerable(name, answer) for name, answer in answers.items()}
        before = {name: len(model.events) for name, model in self.models.items()}
        said = {name: self.models[name].apply(self.night, answer) for name, answer in asked.items()}
        changes = self.run_night(asked)
        shown, events = self.shown(), self.events()
        for name, model in self.models.items():
            tonight = model.events[before[name] :]
            if name in asked:
                self._compare_change(changes[name], tonight, said[name])
            self._compare_events(name, events.get(name, ()), tonight)
            self._compare_shown(name, shown.get(name, {}))

    @initialize(ids=_IDS)
    def the_first_night(self, ids: Sequence[str]) -> None:
        self.pass_night(0, dict.fromkeys(self.BOARDS, _answer("complete", ids, frozenset(), frozenset())))

    @rule(data=st.data(), answer=ANSWERS, days=DAYS)
    def one_board_answers(self, data: st.DataObject, answer: Answer, days: int) -> None:
        self.pass_night(days, {self._draw_board(data): answer})

    @rule(data=st.data(), days=DAYS)
    def all_boards_answer(self, data: st.DataObject, days: int) -> None:
        self.pass_night(days, {name: data.draw(ANSWERS, name) for name in self.BOARDS})

    @rule(data=st.data(), answer=ANSWERS, nights=SAME_AGAIN)
    def the_same_for_some_nights(self, data: st.DataObject, answer: Answer, nights: list[tuple[int, str | None]]) -> None:
        name = self._draw_board(data)
        for days, instead in nights:
            tonight = answer if instead is None else {"kind": instead, "listed": answer["listed"] if instead == "partial" else {}}
            self.pass_night(days, {name: tonight})

    @rule(data=st.data(), answers=NO_ANSWERS)
    def no_answer_for_many_nights(self, data: st.DataObject, answers: list[tuple[str, int]]) -> None:
        name = self._draw_board(data)
        for kind, days in answers:
            self.pass_night(days, {name: {"kind": kind, "listed": {}}})

    @rule(data=st.data(), answer=COMPLETE)
    def weeks_pass(self, data: st.DataObject, answer: Answer) -> None:
        """Until a month after the last night, and night by night over that day."""
        name = self._draw_board(data)
        for days in (28, 1, 1, 1):
            self.pass_night(days, {name: answer})

    def _draw_board(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.BOARDS)), "board")

    def _answerable(self, name: str, answer: Answer) -> Answer:
        """No server says "not modified" to a crawler that brings nothing to compare with."""
        is_impossible = answer["kind"] == "not modified" and self.models[name].last_answer is None
        return {"kind": "skipped", "listed": {}} if is_impossible else answer

    def _compare_change(self, change: BoardChange, tonight: Sequence[Event], said: set[str]) -> None:
        kinds = Counter("state" if kind == "changed" and detail else kind for _, _, kind, detail in tonight)
        expected = (kinds["opened"], kinds["changed"], kinds["closed"], kinds["reopened"])
        assert (change.new, change.changed, change.closed, change.reopened) == expected
        sentence = change.suspect or ""
        assert {word for word, part in SAID.items() if part in sentence} == said, sentence
        assert bool(sentence) == bool(said), sentence
        if "believed" in said:
            assert f"{kinds['closed']} postings closed" in sentence

    def _compare_events(self, name: str, log: Sequence[Event], tonight: Sequence[Event]) -> None:
        before = len(self.log[name])
        assert list(log[:before]) == self.log[name], "what is on record never changes"
        assert sorted(log[before:], key=repr) == sorted(tonight, key=repr)
        self.log[name] = list(log)

    def _compare_shown(self, name: str, shown: Mapping[str, Shown]) -> None:
        told = {id_: (one["state"], one["reason"], one["seen"]) for id_, one in self.models[name].postings.items()}
        assert {id_: (state, reason, seen) for id_, (state, reason, seen, _, _) in shown.items()} == told
        folded = {id_: (state, reason, opened, closed) for id_, (state, reason, _, opened, closed) in shown.items()}
        assert fold(self.log[name]) == folded


def fold(events: Iterable[Event]) -> dict[str, tuple[str, str | None, date, date | None]]:
    """What the events of each posting add up to: state, reason, opened on, closed on."""
    folded: dict[str, tuple[str, str | None, date, date | None]] = {}
    for night, id_, kind, detail in events:
        if kind == "opened":
            assert id_ not in folded, "a posting opens once"
            folded[id_] = ("open", None, night, None)
        state, reason, opened, closed = folded[id_]
        if kind == "closed":
            state, reason, closed = "closed", detail, night
        elif kind == "reopened":
            assert state == "closed"
            state, reason, closed = "open", None, None
        elif detail:
            assert state == detail[0]
            state, reason = detail[1], "stale" if detail[1] == "unknown" else None
        folded[id_] = (state, reason, opened, closed)
    return folded
