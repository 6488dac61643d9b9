"""Random nights, replays, searches and tellings that succeed, fail or are killed: no new match is skipped, none is invented.

The model remembers which jobs matched after each run, and of each target what it heard. What is new is told again from that, as
simply as can be: it matches now, and there is a run since the target's cursor before which it did not.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pipeline.filters import Filters, parse_filters
from pipeline.vocabulary import RemoteClass
from storage.feeds.cursors import cursors, move_cursor, newest_event
from storage.feeds.matches import new_matches, shown
from storage.queries.jobs import rows
from storage.store import Store
from tests.postgres import Postgres, opened_there
from tests.storage.feeds.nights import FIRST, OFFICE, clock_of, item, night, relabelled

IDS = ("a", "b", "c", "d")
SEARCHES = {
    "first": parse_filters({"remote": "remote-first"}),
    "office": parse_filters({"remote": "on-site", "limit": 1}),
    "all": Filters(),
}
_STANDING = st.fixed_dictionaries({}, optional=dict.fromkeys(IDS, st.tuples(st.sampled_from([FIRST, OFFICE]), st.integers(0, 1))))
_OUTCOMES = st.sampled_from(["told", "told", "failed", "killed"])


@dataclass
class Target:
    """What a target of one search knows."""

    begun: int
    """The run after which it began."""
    run: int
    """The last run that it was told of."""
    heard: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    """Of that, what a telling said which was killed before its cursor moved."""


class Tellings(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(tempfile.mkdtemp(prefix="rolecall-tellings-"))
        self.stack.callback(shutil.rmtree, folder, ignore_errors=True)
        self.store = self.stack.enter_context(self.open_store(folder))
        self.number = 0
        self.after: list[dict[str, set[str]]] = [{name: set() for name in SEARCHES}]
        """Which jobs matched each search after each run, the empty beginning first."""
        self.targets: dict[tuple[str, str], Target] = {}

    @staticmethod
    @contextmanager
    def open_store(folder: Path) -> Iterator[Store]:
        with Store.open(f"sqlite:///{folder / 'r.db'}", folder, create=True) as store:
            yield store

    def teardown(self) -> None:
        self.stack.close()

    def _remember(self) -> None:
        found = {name: {row["job_id"] for row in rows(self.store, _unlimited(filters))} for name, filters in SEARCHES.items()}
        self.after.append(found)

    @initialize(standing=_STANDING)
    def the_first_night(self, standing: dict[str, tuple[RemoteClass, int]]) -> None:
        self.a_night(standing)
        for search in SEARCHES:
            self._begin(search, "x")

    @rule(standing=_STANDING)
    def a_night(self, standing: dict[str, tuple[RemoteClass, int]]) -> None:
        self.number += 1
        night(self.store, self.number, {id_: item(id_, *content) for id_, content in standing.items()})
        self._remember()

    @rule(data=st.data(), remote_class=st.sampled_from([FIRST, OFFICE]))
    def a_replay_says_something_else(self, data: st.DataObject, remote_class: RemoteClass) -> None:
        held = {row["external_id"]: row for row in rows(self.store, Filters(state="all"), each_posting=True)}
        if not held:
            return
        row = held[data.draw(st.sampled_from(sorted(held)))]
        written, _, version = row["title"].rsplit(" ", 2)
        one = item(row["external_id"], RemoteClass(written), int(version))
        other = item(row["external_id"], remote_class, int(version))
        self.number += 1
        relabelled(self.store, self.number, type(one)(one.posting, other.labels))
        self._remember()

    @rule(search=st.sampled_from(sorted(SEARCHES)))
    def another_target_begins(self, search: str) -> None:
        self._begin(search, "y")

    def _begin(self, search: str, name: str) -> None:
        if (search, name) not in self.targets:
            move_cursor(self.store, search, name, newest_event(self.store), clock_of(self.number))
            self.targets[search, name] = Target(len(self.after) - 1, len(self.after) - 1)

    @rule(data=st.data())
    def the_night_tells(self, data: st.DataObject) -> None:
        for (search, name), target in self.targets.items():
            filters = SEARCHES[search]
            new = new_matches(self.store, filters, cursors(self.store, search)[name])
            expected = self._expected(search, target)
            assert new.job_ids == expected, (search, name)
            told = shown(self.store, filters, new)
            assert (told.count, told.left_out) == (len(expected), 0)
            assert {row["job_id"] for row in told.jobs} <= expected
            outcome = data.draw(_OUTCOMES, f"{search} to {name}")
            if outcome == "failed":
                continue
            target.heard.update(expected)
            if outcome == "killed":
                target.again.update(expected)
                continue
            target.run = len(self.after) - 1
            move_cursor(self.store, search, name, new.until_event, clock_of(self.number))
            became = self._became(search, target)
            assert {job for job in self.after[-1][search] if became[job]} <= set(target.heard), "no match is skipped"

    def _expected(self, search: str, target: Target) -> set[str]:
        now = self.after[-1][search]
        since = self.after[target.run : -1]
        return {job for job in now if any(job not in then[search] for then in since)}

    def _became(self, search: str, target: Target) -> Counter[str]:
        """How often each job became a match since the target began."""
        runs = pairwise(self.after[target.begun :])
        return Counter(job for before, now in runs for job in now[search] - before[search])

    @invariant()
    def nothing_is_told_twice_or_invented(self) -> None:
        for (search, _), target in self.targets.items():
            became = self._became(search, target)
            assert all(count - target.again[job] <= became[job] for job, count in target.heard.items())


def _unlimited(filters: Filters) -> Filters:
    return filters.without("limit")


SETTINGS = settings(max_examples=12, stateful_step_count=12, deadline=None, derandomize=True, database=None)
TestTellings = Tellings.TestCase
TestTellings.settings = SETTINGS


def test_the_same_on_postgresql(postgres: Postgres) -> None:
    class OnPostgres(Tellings):
        open_store = staticmethod(partial(opened_there, postgres))

    run_state_machine_as_test(OnPostgres, settings=settings(SETTINGS, max_examples=3))
