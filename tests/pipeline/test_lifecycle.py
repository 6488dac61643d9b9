"""Random nights of one board against a simple model of the rules, written apart from the code."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pipeline.lifecycle import BoardHistory, BoardNight, Held, judge_board
from pipeline.vocabulary import BoardStatus, FailureKind, ListingKind, PostingState

FIRST = date(2026, 1, 5)
IDS = [f"p{number:02}" for number in range(14)]
USUAL = [frozenset(IDS), frozenset(), frozenset(IDS[:3]), frozenset(IDS[1:])]
SUBSETS = st.one_of(st.sampled_from(USUAL), st.frozensets(st.sampled_from(IDS)))


class Model:
    """The rules as a person would tell them, with whole nights remembered instead of marks."""

    def __init__(self) -> None:
        self.state: dict[str, str] = {}
        self.misses: dict[str, set[date]] = {}
        self.streak: tuple[str, set[date]] = ("", set())
        self.failures: set[date] = set()
        self.last: frozenset[str] = frozenset()

    def open_count(self) -> int:
        return sum(state != "closed" for state in self.state.values())

    def _see(self, held: frozenset[str]) -> None:
        for id_ in held:
            self.state[id_] = "open"
            self.misses[id_] = set()

    def _miss(self, night: date, held: frozenset[str]) -> None:
        for id_, state in self.state.items():
            if state != "closed" and id_ not in held:
                self.misses[id_].add(night)
                if len(self.misses[id_]) >= 2:
                    self.state[id_] = "closed"

    def suspicion(self, held: frozenset[str], gone: bool) -> str:
        before = self.open_count()
        if not before:
            return ""
        if gone:
            return "gone"
        if not held:
            return "emptied"
        return "shrank" if before >= 10 and len(held) < 0.4 * before else ""

    def complete(self, night: date, held: frozenset[str]) -> None:
        suspicion = self.suspicion(held, gone=False)
        self._see(held)
        if suspicion:
            self._weigh(suspicion, night, held)
        else:
            self._miss(night, held)
            self.streak, self.failures = ("", set()), set()
        self.last = held

    def not_modified(self, night: date) -> None:
        """The same body as that of the last calm answer."""
        held = frozenset(id_ for id_, state in self.state.items() if state != "closed" and not self.misses[id_])
        self._see(held)
        self._miss(night, held)
        self.streak, self.failures = ("", set()), set()

    def _weigh(self, suspicion: str, night: date, held: frozenset[str]) -> None:
        nights = self.streak[1] | {night} if self.streak[0] == suspicion else {night}
        self.streak = (suspicion, nights)
        if len(nights) >= 3:
            for id_ in self.state:
                if id_ not in held and self.state[id_] != "closed":
                    self.state[id_] = "closed"
            self.streak, self.failures = ("", set()), set()

    def not_found(self, night: date) -> None:
        if self.open_count():
            self._weigh("gone", night, frozenset())
        else:
            self.failed(night)

    def failed(self, night: date) -> None:
        self.failures.add(night)
        if len(self.failures) >= 14:
            for id_, state in self.state.items():
                if state == "open":
                    self.state[id_] = "unknown"


class Nights(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.history = BoardHistory()
        self.held: dict[str, Held] = {}
        self.night = FIRST

    def _judge(
        self, status: BoardStatus, held: frozenset[str], failure: FailureKind | None = None, *, not_modified: bool = False
    ) -> None:
        tonight = BoardNight(self.night, status, ListingKind.FULL, held, not_modified, failure)
        known = {id_: one for id_, one in self.held.items() if one.state is not PostingState.CLOSED or id_ in held}
        judgement = judge_board(self.history, known, tonight)
        self.history = judgement.history
        self.held |= {id_: Held(PostingState.OPEN) for id_ in held if id_ not in self.held} | judgement.changed

    @rule(nights=st.integers(1, 3))
    def a_night_passes(self, nights: int) -> None:
        self.night += timedelta(days=nights)

    @rule(held=SUBSETS)
    def complete(self, held: frozenset[str]) -> None:
        self.model.complete(self.night, held)
        self._judge(BoardStatus.COMPLETE, held)

    @rule(held=SUBSETS, nights=st.integers(1, 4))
    def the_same_answer_for_some_nights(self, held: frozenset[str], nights: int) -> None:
        for _ in range(nights):
            self.night += timedelta(days=1)
            self.complete(held)

    @rule(nights=st.integers(0, 2))
    def not_modified(self, nights: int) -> None:
        self.night += timedelta(days=nights)
        self.model.not_modified(self.night)
        self._judge(BoardStatus.COMPLETE, frozenset(), not_modified=True)

    @rule(held=st.frozensets(st.sampled_from(IDS), min_size=1))
    def partial(self, held: frozenset[str]) -> None:
        self.model._see(held)
        self.model.failures = set()
        self._judge(BoardStatus.PARTIAL, held)

    @rule(nights=st.integers(1, 15))
    def fails(self, nights: int) -> None:
        for _ in range(nights):
            self.night += timedelta(days=1)
            self.model.failed(self.night)
            self._judge(BoardStatus.FAILED, frozenset(), FailureKind.TIMEOUT)

    @rule(nights=st.integers(1, 3))
    def is_not_found(self, nights: int) -> None:
        for _ in range(nights):
            self.night += timedelta(days=1)
            self.model.not_found(self.night)
            self._judge(BoardStatus.FAILED, frozenset(), FailureKind.NOT_FOUND)

    @rule()
    def is_put_off(self) -> None:
        self._judge(BoardStatus.SKIPPED, frozenset())

    @invariant()
    def states_agree(self) -> None:
        assert {id_: one.state.value for id_, one in self.held.items()} == self.model.state


TestNights = Nights.TestCase
TestNights.settings = settings(max_examples=150, stateful_step_count=25, deadline=None, derandomize=True, database=None)


def test_the_same_answer_on_the_same_night_moves_nothing_more() -> None:
    held = {id_: Held(PostingState.OPEN) for id_ in IDS}
    tonight = BoardNight(FIRST, BoardStatus.COMPLETE, ListingKind.FULL, frozenset(IDS[2:]))
    first = judge_board(BoardHistory(), held, tonight)
    again = judge_board(first.history, held | dict(first.changed), tonight)
    assert set(first.changed) == set(IDS[:2])
    assert (again.changed, again.history) == ({}, first.history)
