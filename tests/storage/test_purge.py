"""A purge leaves no trace: not in SQL, not in history or full text, not in Parquet, feeds or what a crawl left; and says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from pipeline.crawling import BoardResult
from pipeline.errors import UsageError
from pipeline.filters import Filters, parse_filters
from pipeline.records import CompanyFacts, Posting
from pipeline.vocabulary import BoardStatus
from storage import schema
from storage.dataset.reading import stream
from storage.purge import Target, find_target, purge
from storage.queries.jobs import rows
from storage.removals import PurgeKind
from storage.store import Store
from tests.storage.factory import NIGHT, NOW, labelled, posting, raw

SECRET = CompanyFacts(name="Zyxomma GmbH")
OURS = [
    posting("1", title="Qwertzist", company=SECRET, description_text="Sphinx of black quartz."),
    posting("2", title="Cook", company=SECRET),
]
KEPT = [posting("3", title="Cook"), posting("4", platform="lever", board="acme", title="Analyst")]
COPY = posting(
    "9", platform="remoteok", board="remoteok", title="Qwertzist", company=SECRET, description_text="Sphinx of black quartz."
)


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with Store.open(database_url, tmp_path, create=True) as opened:
        changed = posting("1", title="Qwertzist II", company=SECRET, description_text="Sphinx of black onyx.")
        night(opened, 0, [*OURS, *KEPT, COPY])
        night(opened, 1, [changed, OURS[1], *KEPT, COPY])
        yield opened


def night(store: Store, number: int, items: list[Posting]) -> None:
    run_id = store.begin_run(NIGHT + timedelta(days=number), NOW + timedelta(days=number))
    for board in dict.fromkeys((item.platform, item.board) for item in items):
        held = [item for item in items if (item.platform, item.board) == board]
        seen = {item.posting_id: item.content_hash for item in held}
        result = BoardResult(*board, BoardStatus.COMPLETE, postings=len(held))
        store.commit_board(run_id, result, seen, [labelled(item) for item in held], [raw(item) for item in held], CompanyFacts())
    store.finish_run(run_id, {})


def everything(store: Store) -> str:
    """Every row of every table, and every row of the data set, as one text."""
    parts: list[str] = []
    with store.engine.connect() as connection:
        for table in schema.metadata.sorted_tables:
            parts += [repr(row) for row in connection.execute(select(table))]
    for kind in ("postings", "raw"):
        parts += [repr(batch.to_pylist()) for batch in stream(store.place, kind)]
    return "\n".join(parts)


def test_a_company_goes_everywhere_and_the_rest_stays(store: Store, database_url: str, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds"
    feeds.mkdir()
    (feeds / "with.xml").write_text(f"<id>{OURS[0].posting_id}</id>", encoding="utf-8")
    (feeds / "without.xml").write_text(f"<id>{KEPT[0].posting_id}</id>", encoding="utf-8")
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "x-2026-01-05.ics").write_bytes(f"UID:job-{OURS[0].posting_id[:9]}\r\n {OURS[0].posting_id[9:]}@x".encode())
    (exports / "x-2026-01-05.xlsx").write_bytes(b"packed: nobody can look for a name in it")
    left = tmp_path / "runs" / "killed" / "boards"
    left.mkdir(parents=True)
    (left / "greenhouse--acme.jsonl").write_text("Qwertzist", encoding="utf-8")
    before = {row["external_id"] for row in rows(store, Filters())}
    target = find_target(store, PurgeKind.COMPANY, "zyxomma")
    assert set(target.posting_ids) == {item.posting_id for item in (*OURS, COPY)}
    report = purge(store, target, NOW + timedelta(days=2), keep_out=False)
    assert (report.postings, report.feeds) == (3, ("with.xml", "x-2026-01-05.ics", "x-2026-01-05.xlsx"))
    assert report.rows > 20
    assert report.dataset_rows >= 8
    told = everything(store)
    assert "Qwertzist" not in told
    assert "Sphinx" not in told
    assert not any(item.posting_id in told for item in (*OURS, COPY))
    assert [path.name for path in feeds.iterdir()] == ["without.xml"]
    assert not list(left.iterdir())
    assert {row["external_id"] for row in rows(store, Filters())} == before - {"1", "2", "9"} == {"3", "4"}
    assert list(rows(store, parse_filters({"text": "sphinx"}))) == []
    with Store.open_reading(database_url, tmp_path, as_of=NIGHT) as past:
        shown = rows(past, parse_filters({"as_of": NIGHT.isoformat()}))
        assert {row["external_id"] for row in shown} == {"3", "4"}
    if store.engine.dialect.name == "sqlite":
        words = (tmp_path / "r.db").read_bytes() + (tmp_path / "r.db-wal").read_bytes()
        assert b"Qwertzist" not in words
        assert b"qwertzist" not in words


def test_a_purge_once_more_finds_nothing_and_names_the_nearest(store: Store) -> None:
    purge(store, find_target(store, PurgeKind.COMPANY, "Zyxomma"), NOW, keep_out=False)
    with pytest.raises(UsageError, match="--company: nothing stored is of 'Zyxomma'"):
        find_target(store, PurgeKind.COMPANY, "Zyxomma")
    with pytest.raises(UsageError, match="--company: nothing stored is of 'Acne'; did you mean 'Acme'"):
        find_target(store, PurgeKind.COMPANY, "Acne")
    with pytest.raises(UsageError, match="--source: nothing stored is of 'lever:acm'; did you mean 'lever:acme'"):
        find_target(store, PurgeKind.SOURCE, "lever:acm")


def test_what_is_kept_out_does_not_come_back(store: Store) -> None:
    purge(store, find_target(store, PurgeKind.COMPANY, "Zyxomma"), NOW, keep_out=True)
    purge(store, find_target(store, PurgeKind.POSTING, KEPT[1].posting_id), NOW, keep_out=True)
    night(store, 3, [*OURS, *KEPT, COPY])
    assert {row["external_id"] for row in rows(store, Filters(state="all"))} == {"3"}
    assert "Qwertzist" not in everything(store)


def test_what_is_not_kept_out_comes_back(store: Store) -> None:
    purge(store, find_target(store, PurgeKind.SOURCE, "remoteok"), NOW, keep_out=False)
    night(store, 3, [*OURS, *KEPT, COPY])
    found = {row["external_id"] for row in rows(store, Filters(state="all"), each_posting=True)}
    assert found == {"1", "2", "3", "4", "9"}


def test_the_job_of_a_purged_posting_has_another_to_stand_for_it(store: Store) -> None:
    (shown,) = [row for row in rows(store, Filters()) if row["company"] == SECRET.name and row["title"].startswith("Qwertzist")]
    assert shown["platform"] == "greenhouse"
    target = find_target(store, PurgeKind.POSTING, shown["posting_id"])
    assert target == Target(PurgeKind.POSTING, shown["posting_id"], (shown["posting_id"],), ("Qwertzist II",))
    purge(store, target, NOW, keep_out=False)
    (shown,) = [row for row in rows(store, Filters()) if row["title"].startswith("Qwertzist")]
    assert (shown["platform"], shown["sightings"]) == ("remoteok", 1)
