"""A label that a person sets: at once, over nights and replays, for every posting of the job, in history and data set, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pipeline.crawling import BoardResult
from pipeline.errors import UsageError
from pipeline.filters import Filters
from pipeline.labels import Override
from pipeline.records import CompanyFacts, LabelledPosting
from pipeline.vocabulary import Arrangement, BoardStatus, RemoteClass
from storage import schema
from storage.duck import query
from storage.labelling import revoke_label, set_label
from storage.queries.jobs import find, rows
from storage.queries.set_labels import set_labels
from storage.relabelling import relabel
from storage.run import load
from storage.store import Store
from tests.storage.factory import NIGHT, NOW, eligible, labelled, posting, raw

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)
COOK, BAKER = posting("1", title="Cook"), posting("2", title="Baker", description_text="You bake bread at night in our bakery.")
COPY = posting("7", platform="lever", board="acme-jobs", title="Cook")


def read(item: Any) -> LabelledPosting:
    """As the classifiers would read it; a probability that has more than four decimals."""
    made = labelled(item, RemoteClass.REMOTE_FRIENDLY, eligibility=eligible(is_worldwide=True))
    shares = {RemoteClass.REMOTE_FIRST: 0.0123456, RemoteClass.REMOTE_FRIENDLY: 0.9, RemoteClass.ON_SITE: 0.0876544}
    return replace(made, labels=replace(made.labels, remote=replace(made.labels.remote, remote_probability=shares)))


def night(store: Store, number: int, items: Sequence[Any]) -> None:
    """A night whose boards hold exactly these postings."""
    run_id = store.begin_run(NIGHT + timedelta(days=number), NOW + timedelta(days=number))
    for platform, board in dict.fromkeys((item.platform, item.board) for item in items):
        there = [item for item in items if (item.platform, item.board) == (platform, board)]
        seen = {item.posting_id: item.content_hash for item in there}
        result = BoardResult(platform, board, BoardStatus.COMPLETE, postings=len(there))
        known = store.known_hashes(platform, board)
        moved = [read(item) for item in there if known.get(item.posting_id) != item.content_hash]
        store.commit_board(run_id, result, seen, moved, [raw(item) for item in there], CompanyFacts())
    store.finish_run(run_id, {})


def word(remote_class: RemoteClass, at: datetime = NOON, **more: Any) -> Override:
    return Override(**{"arrangement": None, "quote": None, "note": None, **more, "remote_class": remote_class, "made_at": at})


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with Store.open(database_url, tmp_path, create=True) as opened:
        night(opened, 0, [COOK, BAKER])
        yield opened


def classes(store: Store, **more: Any) -> dict[str, str]:
    return {row["title"]: row["remote_class"] for row in rows(store, Filters(**more))}


def test_it_holds_at_once_and_the_past_does_not_know_it(store: Store, database_url: str, tmp_path: Path) -> None:
    note = {"quote": "A remote-first TEAM", "note": "asked them"}
    done = set_label(store, COOK.posting_id[:10], word(RemoteClass.REMOTE_FIRST, **note))
    assert (done.before["remote_class"], done.after["remote_class"], done.postings) == ("remote-friendly", "remote-first", 1)
    assert classes(store) == {"Cook": "remote-first", "Baker": "remote-friendly"}
    job = find(store, COOK.posting_id)
    (evidence,) = job["labels"]["evidence"]
    assert job["description_text"][evidence["start"] : evidence["end"]] == evidence["quote"] == "a remote-first team"
    assert (job["labels"]["set_by_person"]["note"], job["labels"]["set_by_person"]["quote"]) == ("asked them", evidence["quote"])
    assert [event["kind"] for event in job["events"]] == ["opened", "relabelled"]
    assert job["events"][1]["fields"] == {
        "remote_class": ["remote-friendly", "remote-first"],
        "set_by_person": [None, "remote-first"],
    }
    with Store.open_reading(database_url, tmp_path, as_of=NIGHT) as past:
        assert classes(past, as_of=NIGHT)["Cook"] == "remote-friendly"
        assert "set_by_person" not in find(past, COOK.posting_id)["labels"]


def test_it_stands_in_the_data_set_as_a_run_of_its_own(store: Store) -> None:
    done = set_label(store, COOK.posting_id, word(RemoteClass.ON_SITE))
    _, found = query(store, "select run_id, title, remote_class from history where title = 'Cook' order by run_id")
    assert list(found) == [("2026-01-05", "Cook", "remote-friendly"), (done.run_id, "Cook", "on-site")]
    with store.engine.connect() as connection:
        run = connection.execute(select(schema.runs).where(schema.runs.c.run_id == done.run_id)).one()
    assert (run.kind, run.state, run.summary["after"]["remote_class"]) == ("label", "exported", "on-site")


def test_a_night_that_changes_the_posting_keeps_it(store: Store) -> None:
    set_label(store, COOK.posting_id, word(RemoteClass.ON_SITE, quote="You write Python"))
    night(store, 1, [replace(COOK, description_text="You write Python here. Every day.", content_hash="b" * 16), BAKER])
    job = find(store, COOK.posting_id)
    assert (job["remote_class"], job["arrangement"], job["is_worldwide"]) == ("on-site", "onsite", False)
    assert job["labels"]["evidence"][0]["start"] == 0
    assert [event["kind"] for event in job["events"]] == ["opened", "relabelled", "changed"]
    night(store, 2, [replace(COOK, description_text="Cook for us.", content_hash="c" * 16), BAKER])
    job = find(store, COOK.posting_id)
    assert (job["remote_class"], job["labels"]["evidence"][0]["field"]) == ("on-site", "person")
    assert job["labels"]["set_by_person"]["quote"] == "You write Python", "what it rested on is not forgotten"
    revoke_label(store, COOK.posting_id, NOON + timedelta(days=3))
    assert find(store, COOK.posting_id)["remote_class"] == "remote-friendly"


def test_a_replay_keeps_it_and_knows_what_is_read_now(store: Store) -> None:
    set_label(store, COOK.posting_id, word(RemoteClass.ON_SITE))
    better = read(COOK)
    remote = replace(better.labels.remote, remote_class=RemoteClass.REMOTE_FIRST, version="remote-2")
    better = replace(better, labels=replace(better.labels, remote=remote))
    run_id = store.begin_run(NOON.date(), NOON)
    with store.engine.begin() as connection:
        told = relabel(connection, load(connection, run_id), [better, read(BAKER)])
    store.finish_run(run_id, {})
    assert (told.relabelled, told.rewritten) == ((), 1), "the class is the person's; what was read stands beside it"
    with store.engine.begin() as connection:
        assert relabel(connection, load(connection, run_id), [better, read(BAKER)]).rewritten == 0
    assert classes(store)["Cook"] == "on-site"
    revoke_label(store, COOK.posting_id, NOON)
    assert (find(store, COOK.posting_id)["remote_class"], classes(store)["Baker"]) == ("remote-first", "remote-friendly")


def _unmoved(job: Mapping[str, Any]) -> dict[str, Any]:
    """A job without what says that it moved."""
    seen_on = [_unmoved(one) for one in job.get("seen_on", ())]
    return {**{name: value for name, value in job.items() if name not in ("events", "moved_at")}, "seen_on": seen_on}


def test_taken_back_it_leaves_no_trace_but_history(store: Store) -> None:
    before = find(store, COOK.posting_id)
    listed = list(rows(store, Filters()))
    set_label(store, COOK.posting_id, word(RemoteClass.ON_SITE, quote="Python"))
    revoke_label(store, COOK.posting_id, NOON)
    after = find(store, COOK.posting_id)
    assert [_unmoved(row) for row in rows(store, Filters())] == [_unmoved(row) for row in listed]
    assert _unmoved(after) == _unmoved(before)
    assert [event["fields"]["set_by_person"] for event in after["events"][1:]] == [[None, "on-site"], ["on-site", None]]
    with store.engine.connect() as connection:
        (row,) = connection.execute(select(schema.overrides)).all()
    assert (row.value, row.quote, row.revoked_at) == ("on-site", "Python", NOON)
    run_id = store.begin_run(NOON.date(), NOON)
    with store.engine.begin() as connection:
        assert relabel(connection, load(connection, run_id), [read(COOK)]).rewritten == 0, "to the last decimal"


def test_the_whole_job_has_it_and_a_copy_that_comes_later_too(store: Store) -> None:
    set_label(store, COOK.posting_id, word(RemoteClass.ON_SITE, note="asked", arrangement=Arrangement.ONSITE))
    night(store, 1, [COOK, BAKER, COPY])
    job = find(store, COPY.posting_id)
    assert job["job_id"] == find(store, COOK.posting_id)["job_id"]
    assert (job["remote_class"], job["arrangement"], job["labels"]["set_by_person"]["note"]) == ("on-site", "onsite", "asked")
    night(store, 2, [BAKER, COPY])
    night(store, 3, [BAKER, COPY])
    assert classes(store) == {"Cook": "on-site", "Baker": "remote-friendly"}, "the copy stands for the job now"
    assert [one.posting_id for one in set_labels(store)] == [COPY.posting_id]
    done = revoke_label(store, COOK.posting_id, NOON + timedelta(days=4))
    assert done.postings == 2
    assert {row["remote_class"] for row in find(store, COPY.posting_id)["seen_on"]} == {"remote-friendly"}
    assert set_labels(store) == []


def test_a_quote_of_any_posting_of_the_job_will_do(store: Store) -> None:
    night(store, 1, [COOK, BAKER, replace(COPY, location="Berlin, on-site")])
    set_label(store, COOK.posting_id, word(RemoteClass.ON_SITE, quote="berlin, ON-SITE"))
    evidence = {one["posting_id"]: find(store, one["posting_id"])["labels"]["evidence"] for one in rows(store, Filters(), True)}
    assert evidence[COPY.posting_id][0]["quote"] == "Berlin, on-site"
    assert evidence[COOK.posting_id][0]["field"] == "person"


def test_the_last_word_counts(store: Store) -> None:
    set_label(store, COOK.posting_id, word(RemoteClass.ON_SITE, note="one"))
    set_label(store, BAKER.posting_id, word(RemoteClass.ON_SITE, NOON + timedelta(hours=1)))
    set_label(store, COOK.posting_id, word(RemoteClass.REMOTE_FIRST, NOON + timedelta(hours=2), note="two"))
    told = [(one.title, one.remote_class, one.classifiers_say, one.note) for one in set_labels(store)]
    assert told == [("Cook", "remote-first", "remote-friendly", "two"), ("Baker", "on-site", "remote-friendly", None)]


def test_what_cannot_be_is_refused_and_begins_no_run(store: Store) -> None:
    with pytest.raises(UsageError, match="--quote: 'no such words' stands neither in title, location nor description of 'Cook'"):
        set_label(store, COOK.posting_id, word(RemoteClass.ON_SITE, quote="no such words"))
    with pytest.raises(UsageError, match="'remote' contradicts on-site, which goes with onsite or unstated"):
        set_label(store, COOK.posting_id, word(RemoteClass.ON_SITE, arrangement=Arrangement.REMOTE))
    with pytest.raises(UsageError, match="nobody has set a label of 'Cook'"):
        revoke_label(store, COOK.posting_id, NOON)
    with pytest.raises(UsageError, match="no job or posting has an id that begins with"):
        set_label(store, "f" * 16, word(RemoteClass.ON_SITE))
    assert store.run_ids() == ["2026-01-05"]
