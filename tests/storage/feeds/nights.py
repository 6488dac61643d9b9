"""Nights of one board in a real store, told as which posting stands there and whether it is remote-first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from pipeline.crawling import BoardResult
from pipeline.records import CompanyFacts, LabelledPosting
from pipeline.vocabulary import BoardStatus, RemoteClass
from storage.relabelling import relabel
from storage.run import RECLASSIFY, load
from storage.store import Store
from tests.storage.factory import NIGHT, NOW, labelled, posting

FIRST, OFFICE = RemoteClass.REMOTE_FIRST, RemoteClass.ON_SITE


def item(id_: str, remote_class: RemoteClass, version: int = 0, platform: str = "greenhouse") -> LabelledPosting:
    """A posting; another class or version is another content."""
    return labelled(posting(id_, platform=platform, title=f"{remote_class.value} {id_} {version}"), remote_class)


def night(store: Store, number: int, standing: Mapping[str, RemoteClass | LabelledPosting], platform: str = "greenhouse") -> str:
    """Store a night on which the board lists these postings; gives its run."""
    now = NOW + timedelta(days=number)
    run_id = store.begin_run(night_of(number), now)
    items = [one if isinstance(one, LabelledPosting) else item(id_, one, platform=platform) for id_, one in standing.items()]
    seen = {one.posting.posting_id: one.posting.content_hash for one in items}
    result = BoardResult(platform, "acme", BoardStatus.COMPLETE, postings=len(items))
    store.commit_board(run_id, result, seen, items, (), CompanyFacts(name="Acme"))
    store.finish_run(run_id, {})
    return run_id


def relabelled(store: Store, number: int, one: LabelledPosting) -> None:
    """Store a replay that says something else of a posting whose content is the same."""
    now = NOW + timedelta(days=number)
    run_id = store.begin_run(night_of(number), now, RECLASSIFY)
    with store.engine.begin() as connection:
        relabel(connection, load(connection, run_id), [one])
    store.finish_run(run_id, {})


def night_of(number: int) -> date:
    return NIGHT + timedelta(days=number)


def clock_of(number: int) -> datetime:
    return NOW + timedelta(days=number)
