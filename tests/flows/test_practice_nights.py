"""Practice nights through labelling and the store, against the truth of the practice world: no crawl, no Prefect.

The truth knows at once what is gone. The store closes a posting of a full listing after two nights that leave it out, and one of a
window by age: those differences are computed by the model of DESIGN.md 2, and everything else has to agree.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from flows.classify import label_board
from pipeline.crawling import BoardResult
from pipeline.filters import Filters
from pipeline.personal_data import clean_payload
from pipeline.records import CompanyFacts, RawPosting
from pipeline.terms import platform as platform_terms
from pipeline.vocabulary import BoardStatus, FailureKind, ListingKind
from spiders.practice.calendar import night_date, night_now
from spiders.practice.scenario import Scenario, load_scenario
from spiders.practice.server import boards
from spiders.practice.shapes import SHAPES, jsonld
from spiders.practice.world import Published, truth, world
from storage.queries.jobs import rows
from storage.store import BoardChange, Store
from tests.storage.model import Board as Model

Key = tuple[str, str]
"""Platform and board."""
Whole = tuple[str, str, str]
"""Platform, board and external id."""

NIGHTS = [*range(1, 13), *range(16, 49, 4)]
"""Night 29 begins a new hiring thread; from night 31 on what the remote feed showed first is a month old; some are left out."""


@dataclass
class Practice:
    """A store, and the model that sees the same answers."""

    scenario: Scenario
    store: Store
    models: dict[Key, Model] = field(default_factory=dict)

    def pass_night(self, night: int, failing: Mapping[Key, str]) -> dict[Key, BoardChange]:
        """Commit every board of a night; ``failing`` gives those that do not answer in full, and how."""
        run_id = self.store.begin_run(night_date(night), night_now(night))
        standing = defaultdict(list)
        for posting in world(self.scenario, night):
            standing[posting.platform, posting.board].append(posting)
        changes = {}
        for platform, board, company in boards(self.scenario):
            key = platform, board
            kind = failing.get(key, "complete")
            held = standing[key] if kind == "complete" else standing[key][::2] if kind == "partial" else []
            changes[key] = self._commit(run_id, night, key, company, kind, held)
        self.store.finish_run(run_id, {})
        return changes

    def _commit(
        self, run_id: str, night: int, key: Key, company: CompanyFacts, kind: str, held: Sequence[Published]
    ) -> BoardChange:
        labelled = label_board((_raw(posting, night) for posting in held), company, self.store.known_hashes(*key))
        assert labelled.unreadable == ()
        terms = platform_terms(key[0])
        model = self.models.setdefault(key, Model(terms.listing is ListingKind.WINDOW, terms.closes_after_days))
        model.apply(night_date(night), {"kind": kind, "listed": {one.external_id: (one.written, None) for one in held}})
        status = {"complete": BoardStatus.COMPLETE, "partial": BoardStatus.PARTIAL}.get(kind, BoardStatus.FAILED)
        failure = {"complete": None, "404": FailureKind.NOT_FOUND}.get(kind, FailureKind.TIMEOUT)
        result = BoardResult(*key, status, postings=len(held), failure=failure)
        return self.store.commit_board(run_id, result, labelled.seen, labelled.labelled, labelled.raws, company)

    def stored(self) -> dict[Whole, tuple[str, str | None]]:
        """State and reason of every posting."""
        found = rows(self.store, Filters(state="all"), each_posting=True)
        return {(row["platform"], row["board"], row["external_id"]): (row["state"], row["state_reason"]) for row in found}

    def modelled(self) -> dict[Whole, tuple[str, str | None]]:
        """The same of the models."""
        return {
            (*key, id_): (one["state"], one["reason"]) for key, model in self.models.items() for id_, one in model.postings.items()
        }

    def told(self, night: int) -> dict[Key, tuple[int, int, int, int]]:
        """How many postings a night opened, changed, closed and reopened on each board."""
        today = night_date(night)
        counts = {key: Counter(kind for day, _, kind, _ in model.events if day == today) for key, model in self.models.items()}
        return {key: (kinds["opened"], kinds["changed"], kinds["closed"], kinds["reopened"]) for key, kinds in counts.items()}

    def rewritten(self, night: int) -> set[Whole]:
        """Postings whose content a night found changed."""
        return {
            (*key, id_)
            for key, model in self.models.items()
            for day, id_, kind, _ in model.events
            if day == night_date(night) and kind == "changed"
        }


def _raw(posting: Published, night: int) -> RawPosting:
    payload = _page(posting) if posting.platform == "jsonld" else SHAPES[posting.platform](posting)
    cleaned = clean_payload(payload, posting.platform)
    return RawPosting(posting.platform, posting.board, posting.external_id, posting.url, night_now(night), cleaned)


def _page(posting: Published) -> dict[str, Any]:
    """The JobPosting of a careers page."""
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', jsonld(posting), re.DOTALL)
    assert script
    value = json.loads(script[1], strict=False)
    found = value if isinstance(value, list) else value.get("@graph", [value])
    return next(one for one in found if one["@type"] == "JobPosting")


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as store:
        yield Practice(load_scenario("tiny"), store)


def test_the_store_says_what_the_truth_says_but_for_what_it_cannot_know_yet(practice: Practice) -> None:
    seen_on: dict[Whole, int] = {}
    explained = Counter[str]()
    for before, night in pairwise([0, *NIGHTS]):
        changes = practice.pass_night(night, {})
        assert [change.suspect for change in changes.values() if change.suspect] == []
        stored = practice.stored()
        assert stored == practice.modelled(), night
        true = {(row["platform"], row["board"], row["external_id"]): row for row in truth(practice.scenario, night)}
        assert _told(changes) == practice.told(night)
        if before == night - 1:
            rewritten = {key for key, row in true.items() if row["changed"]}
            assert rewritten <= practice.rewritten(night), "the truth compares with the night before"
        for key, (state, reason) in stored.items():
            if true[key]["state"] != state:
                explained[_explain(key, (true[key]["state"], state), (seen_on[key], before, night))] += 1
            elif state == "closed":
                explained[f"closed: {reason}"] += 1
        seen_on |= {key: night for key, row in true.items() if row["state"] == "open"}
        assert set(stored) == set(seen_on), "every posting that a committed night held, and no other"
    assert set(explained) == {"missed once", "gone from a window", "closed: absent", "closed: aged_out"}


def _explain(key: Whole, states: tuple[str, str], nights: tuple[int, int, int]) -> str:
    """Why the store does not know yet what the truth knows."""
    last_seen, before, night = nights
    terms = platform_terms(key[0])
    assert states == ("closed", "open"), (night, key)
    if terms.listing is ListingKind.FULL:
        assert last_seen == before, f"night {night} is the first that left {key} out"
        return "missed once"
    assert terms.closes_after_days
    assert night - last_seen < terms.closes_after_days, key
    return "gone from a window"


def _told(changes: Mapping[Key, BoardChange]) -> dict[Key, tuple[int, int, int, int]]:
    return {key: (change.new, change.changed, change.closed, change.reopened) for key, change in changes.items()}


def test_boards_that_fail_catch_up(practice: Practice) -> None:
    """Nights on which boards fail, answer by half or are not found, and then answer again."""
    wrong = {
        3: {("greenhouse", "ledgerlark"): "failed", ("remoteok", "remoteok"): "failed"},
        4: {("greenhouse", "ledgerlark"): "partial", ("hn", "hn"): "404"},
        5: {("greenhouse", "ledgerlark"): "404", ("hn", "hn"): "partial"},
    }
    for night in range(1, 7):
        changes = practice.pass_night(night, wrong.get(night, {}))
        assert practice.stored() == practice.modelled(), night
        assert _told(changes) == practice.told(night)
        assert {key for key, change in changes.items() if change.suspect} == {
            key for key, kind in wrong.get(night, {}).items() if kind == "404"
        }
    true = {(row["platform"], row["board"], row["external_id"]): row["state"] for row in truth(practice.scenario, 6)}
    opened = {key for key, (state, _) in practice.stored().items() if state == "open"}
    assert {key for key, state in true.items() if state == "open"} <= opened
