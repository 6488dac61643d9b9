"""A store of postings to label again: payloads in their platforms' shapes, and the labels of an older day beside them.

The postings are those of the practice world, each many times over under other boards and companies and with a line of its own, so
that no two are the same and each is read by its platform's real parser. The old labels are those of the first of a kind, worsened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from benchmarks.practice import label
from pipeline.crawling import BoardResult
from pipeline.payloads import to_posting
from pipeline.personal_data import clean_payload
from pipeline.records import CompanyFacts, LabelledPosting, RawPosting
from pipeline.vocabulary import BoardStatus, Level, RemoteClass
from spiders.practice.scenario import load_scenario
from spiders.practice.shapes import SHAPES
from spiders.practice.world import Published, world
from storage import schema
from storage.store import Store

NIGHT = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
LATER = datetime(2026, 2, 1, tzinfo=UTC)
_TEXT_KEY = {"greenhouse": "content", "lever": "descriptionPlain", "ashby": "descriptionHtml"}
"""Where a payload of the platform has its text; companies of these are known by the configuration alone."""
_TABLES = (schema.postings, schema.labels, *schema.BESIDE)
_CLOCKS = {"changed_at", "labelled_at", "run_id"}
"""Columns that say when something was written, which is the same for no two replays."""
_KINDS = 200
"""Different postings; enough that no two of a board are alike."""


def fill(folder: Path, postings: int, kinds: int = _KINDS) -> None:
    """Make a store of that many postings in a folder, each with its payload and with labels that a worse version made."""
    templates = _templates(kinds)
    with Store.open(f"sqlite:///{folder / 'rolecall.db'}", folder, create=True) as store:
        run_id = store.begin_run(NIGHT, AT)
        for number, first in enumerate(range(0, postings, len(templates))):
            for platform in _TEXT_KEY:
                chosen = [one for one in templates[: postings - first] if one[0].platform == platform]
                _commit(store, run_id, platform, number, chosen)
        store.finish_run(run_id, {})


def _templates(kinds: int) -> list[tuple[Published, LabelledPosting]]:
    published = [one for one in world(load_scenario("default"), 1) if one.platform in _TEXT_KEY]
    return [(one, _worsened(label(one, AT))) for one in published[:: max(1, len(published) // kinds)][:kinds]]


def _worsened(item: LabelledPosting) -> LabelledPosting:
    remote = replace(item.labels.remote, remote_class=RemoteClass.ON_SITE, version="remote-old")
    role = replace(item.labels.role, level=Level.MID, version="role-old")
    return replace(item, labels=replace(item.labels, remote=remote, role=role))


def _commit(store: Store, run_id: str, platform: str, number: int, templates: list[tuple[Published, LabelledPosting]]) -> None:
    board, company = f"{platform}-{number:05}", CompanyFacts(f"{platform.title()} Company {number}")
    raws = [_copy(published, board, number) for published, _ in templates]
    items = [replace(old, posting=to_posting(raw, company)) for raw, (_, old) in zip(raws, templates, strict=True)]
    seen = {item.posting.posting_id: item.posting.content_hash for item in items}
    result = BoardResult(platform, board, BoardStatus.COMPLETE, postings=len(items))
    store.commit_board(run_id, result, seen, items, raws, company)


def _copy(published: Published, board: str, number: int) -> RawPosting:
    payload: dict[str, Any] = dict(clean_payload(SHAPES[published.platform](published), published.platform))
    id_, key = f"{published.external_id}-{number}", _TEXT_KEY[published.platform]
    payload["id"] = id_
    payload[key] = f"{payload[key]} Reference number {number}."
    return RawPosting(published.platform, board, id_, f"{published.url}?copy={number}", AT, payload)


def rows(store: Store) -> Iterator[bytes]:
    """Every row of postings, labels, technologies, pay bands, evidence and the like, each table sorted; without clocks."""
    option = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    with store.engine.connect() as connection:
        for table in _TABLES:
            columns = [column for column in table.columns if column.name not in _CLOCKS]
            found = connection.execute(select(*columns)).mappings()
            yield from sorted(orjson.dumps([table.name, dict(row)], option=option, default=str) for row in found)


def digest(folder: Path) -> str:
    """SHA-256 over the sorted rows of a store."""
    summed = hashlib.sha256()
    with Store.open_reading(f"sqlite:///{folder / 'rolecall.db'}", folder) as store:
        for row in rows(store):
            summed.update(row + b"\n")
    return summed.hexdigest()
