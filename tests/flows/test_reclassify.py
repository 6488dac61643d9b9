"""Replays over stored payloads: what an older version said is relabelled, kept in history, gone on with when interrupted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import flows.batches
from classifiers.classify import classify
from flows.reclassify import ReplayRequest, ReplaySummary, reclassify
from pipeline.crawling import BoardResult
from pipeline.errors import RunLocked
from pipeline.filters import Filters
from pipeline.payloads import to_posting
from pipeline.records import CompanyFacts, LabelledPosting, RawPosting
from pipeline.runs import Progress
from pipeline.vocabulary import BoardStatus, Level, RemoteClass
from storage.database import DatabaseError
from storage.lock import run_lock
from storage.queries.jobs import find, rows
from storage.store import Store
from storage.working import open_working

NIGHT = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
ACME = CompanyFacts(name="Acme", industry="finance")
LATER = datetime(2026, 2, 1, tzinfo=UTC)


FIELDS = "Data Search Payments Fraud Pricing Imaging Speech Robotics Graph Compiler Kernel Sensor".split()


def payload(number: int, board: str) -> RawPosting:
    """One of twelve jobs that nobody takes for one another."""
    id_ = 4 * int(board[-1]) + number  # an id is one job's on all of Greenhouse
    field = FIELDS[id_]
    content = f"&lt;p&gt;We are a remote-first company and hire anywhere in Europe. You write Python for {field}.&lt;/p&gt;"
    job = {
        "id": id_, "title": f"Senior {field} Engineer", "content": content, "location": {"name": "Remote"},
        "absolute_url": f"https://boards.example/{board}/{id_}",
    }  # fmt: skip
    return RawPosting("greenhouse", board, str(id_), job["absolute_url"], AT, job)  # type: ignore[arg-type]


def old_labels(item: LabelledPosting) -> LabelledPosting:
    """As a worse version had labelled it."""
    remote = replace(item.labels.remote, remote_class=RemoteClass.ON_SITE, version="remote-old")
    role = replace(item.labels.role, level=Level.MID)
    return replace(item, labels=replace(item.labels, remote=remote, role=role))


@pytest.fixture
def request_(tmp_path: Path) -> ReplayRequest:
    url = f"sqlite:///{tmp_path / 'rolecall.db'}"
    with Store.open(url, tmp_path, create=True) as store:
        for night in range(3):  # a file of payloads each
            day = timedelta(days=night)
            run_id = store.begin_run(NIGHT + day, AT + day)
            raws = [payload(number, f"board{night}") for number in range(4)]
            items = [classify(to_posting(raw, ACME)) for raw in raws]
            labelled = [old_labels(item) if number < 3 else item for number, item in enumerate(items)]
            seen = {item.posting.posting_id: item.posting.content_hash for item in items}
            result = BoardResult("greenhouse", f"board{night}", BoardStatus.COMPLETE, postings=4)
            store.commit_board(run_id, result, seen, labelled, raws, ACME)
            store.finish_run(run_id, {})
    return ReplayRequest(url, tmp_path, str(tmp_path), LATER, workers=1, rows_a_batch=4)


def quiet(_: Progress) -> None:
    pass


def classes(request: ReplayRequest, as_of: date | None = None) -> list[str]:
    with Store.open_reading(request.database_url, request.data_dir, as_of=as_of) as store:
        return [row["remote_class"] for row in rows(store, Filters(as_of=as_of))]


def test_what_an_old_version_said_is_relabelled_and_remembered(request_: ReplayRequest) -> None:
    summary = reclassify(request_, quiet)
    assert (summary.seen, summary.relabelled, summary.rewritten, summary.unreadable, summary.without_payload) == (12, 9, 9, 0, 0)
    told = {change.label: change for change in summary.changes}
    assert (told["remote_class"].before, told["remote_class"].after, told["remote_class"].postings) == (
        "on-site",
        "remote-first",
        9,
    )
    assert (told["level"].before, told["level"].after) == ("mid", "senior")
    assert len(told["level"].examples) == 3
    assert "remote-first" in (told["remote_class"].examples[0].quote or "")
    assert classes(request_) == ["remote-first"] * 12
    assert sorted(classes(request_, NIGHT + timedelta(days=2))) == ["on-site"] * 9 + ["remote-first"] * 3
    with Store.open_reading(request_.database_url, request_.data_dir) as store:
        job = find(store, told["level"].examples[0].posting_id)
        assert [event["kind"] for event in job["events"]] == ["opened", "relabelled"]
        assert job["events"][1]["fields"]["remote_class"] == ["on-site", "remote-first"]
        assert job["labels"]["versions"]["remote"] != "remote-old"
    with Store.open_reading(request_.database_url, request_.data_dir, as_of=NIGHT + timedelta(days=2)) as past:
        assert find(past, job["posting_id"])["labels"]["versions"]["remote"] == "remote-old"


def test_a_second_replay_changes_nothing(request_: ReplayRequest) -> None:
    reclassify(request_, quiet)
    again = reclassify(request_, quiet)
    assert (again.seen, again.rewritten, again.changes, again.goes_on) == (12, 0, (), False)


def test_a_dry_run_says_the_same_and_writes_nothing(request_: ReplayRequest) -> None:
    before = request_.data_dir.joinpath("rolecall.db").read_bytes()
    said = reclassify(replace(request_, is_written=False), quiet)
    assert (said.run_id, said.relabelled) == (None, 9)
    assert request_.data_dir.joinpath("rolecall.db").read_bytes() == before
    assert reclassify(request_, quiet).changes == said.changes


@pytest.mark.slow
def test_over_the_cores_it_is_the_same(request_: ReplayRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    serial = reclassify(replace(request_, is_written=False), quiet)
    monkeypatch.setattr(flows.batches, "_LEAST_COLD", 1)
    shared = replace(request_, workers=2, rows_a_batch=3)  # parts that end in the middle of files
    with pytest.raises(Stopped):
        reclassify(shared, _stop_after(2))
    summary = reclassify(shared, quiet)
    assert (summary.seen, summary.relabelled, summary.rewritten, summary.goes_on) == (12, 9, 9, True)
    assert classes(request_) == ["remote-first"] * 12
    again = reclassify(shared, quiet)
    assert (again.seen, again.rewritten, again.changes) == (12, 0, ())
    assert serial.relabelled == 9


def test_since_leaves_earlier_nights_alone(request_: ReplayRequest) -> None:
    summary = reclassify(replace(request_, since=NIGHT + timedelta(days=1)), quiet)
    assert (summary.seen, summary.relabelled) == (8, 6)
    assert classes(request_).count("on-site") == 3


class Stopped(RuntimeError):
    """As a killed process: nothing of the replay runs after it."""


def _stop_after(batches: int) -> Any:
    told: list[Progress] = []

    def report(step: Progress) -> None:
        told.append(step)
        if len(told) == batches:
            raise Stopped

    return report


@pytest.mark.parametrize("batches", [1, 2, 3])
def test_an_interrupted_replay_goes_on(request_: ReplayRequest, batches: int) -> None:
    with pytest.raises(Stopped):
        reclassify(request_, _stop_after(batches))
    summary = reclassify(request_, quiet)
    assert summary.goes_on
    assert (summary.seen, summary.interrupted) == (12, False)
    assert sum(change.postings for change in summary.changes if change.label == "level") == 9 - 3 * batches
    assert classes(request_) == ["remote-first"] * 12
    assert sorted(classes(request_, NIGHT + timedelta(days=2))) == ["on-site"] * 9 + ["remote-first"] * 3
    assert not reclassify(request_, quiet).goes_on, "it has come to its end"


def test_a_night_between_the_two_halves_is_not_undone(request_: ReplayRequest) -> None:
    with pytest.raises(Stopped):
        reclassify(request_, _stop_after(1))
    with Store.open(request_.database_url, request_.data_dir, create=True) as store:
        run_id = store.begin_run(LATER.date(), LATER)
        raw = payload(0, "board2")
        item = classify(to_posting(replace(raw, payload={**raw.payload, "title": "Head of Data"}), ACME))
        result = BoardResult("greenhouse", "board2", BoardStatus.PARTIAL, postings=1)
        changed = replace(raw, payload={**raw.payload, "title": "Head of Data"})
        store.commit_board(run_id, result, {item.posting.posting_id: item.posting.content_hash}, [item], [changed], ACME)
        store.finish_run(run_id, {})
    reclassify(replace(request_, now=LATER + timedelta(days=1)), quiet)
    with Store.open_reading(request_.database_url, request_.data_dir) as store:
        job = find(store, item.posting.posting_id)
        assert job["title"] == "Head of Data"
        assert [event["kind"] for event in job["events"]] == ["opened", "changed"]


def test_nothing_stored_or_locked_is_one_sentence(request_: ReplayRequest, tmp_path: Path) -> None:
    with run_lock(request_.data_dir, LATER), pytest.raises(RunLocked):
        reclassify(request_, quiet)
    far = tmp_path / "far"  # another machine's folder, the same database
    with open_working(request_.database_url, far, request_.dataset, LATER), pytest.raises(RunLocked, match="on this database"):
        reclassify(request_, quiet)
    with pytest.raises(DatabaseError, match="there is no database"):
        reclassify(replace(request_, database_url=f"sqlite:///{tmp_path / 'none' / 'r.db'}"), quiet)
    assert not (tmp_path / "none").exists()


def test_the_summary_is_plain_values(request_: ReplayRequest) -> None:
    summary: ReplaySummary = reclassify(request_, quiet)
    value = summary.to_json()
    assert (value["relabelled"], value["exit_code"]) == (9, 0)
    assert value["changes"][0]["examples"][0]["title"].startswith("Senior ")
