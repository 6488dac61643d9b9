"""Files of saved searches: whole, the same bytes where nothing moved, a few nights of exports, nothing that terms forbid."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from lxml import etree  # type: ignore[import-untyped]

from pipeline.search_config import SearchConfig
from pipeline.site_config import SiteConfig
from pipeline.terms import platforms
from pipeline.vocabulary import ExportFormat
from storage.feeds.files import KEPT_NIGHTS, export_path, feed_paths, files_of, write_search
from storage.store import Store
from tests.storage.exports.test_feeds import ATOM, check_atom
from tests.storage.factory import NOW
from tests.storage.feeds.nights import FIRST, OFFICE, clock_of, item, night

SITE = SiteConfig(address="https://jobs.example.org")
SEARCH = SearchConfig("first", "Remote first", {"remote": ["remote-first"]}, exports=(ExportFormat.CSV, ExportFormat.XLSX))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as opened:
        night(opened, 0, {"a": FIRST, "b": OFFICE})
        yield opened


def updated(path: Path) -> str:
    return str(etree.parse(path).findtext("a:updated", namespaces=ATOM))


def test_a_search_has_two_feeds_and_its_exports(store: Store, tmp_path: Path) -> None:
    written = write_search(store, SEARCH, SITE, tmp_path, NOW)
    atom, json_feed, csv_file, xlsx = written.paths
    assert [path.relative_to(tmp_path).as_posix() for path in written.paths] == [
        "feeds/first.atom", "feeds/first.json", "exports/first-2026-01-05.csv", "exports/first-2026-01-05.xlsx",
    ]  # fmt: skip
    assert written.notes == ()
    document = check_atom(atom.read_bytes())
    assert document.xpath("a:id/text()", namespaces=ATOM) == ["tag:jobs.example.org,2026:search/first"]
    assert {link.get("rel"): link.get("href") for link in document.findall("a:link", ATOM)} == {
        "self": "https://jobs.example.org/feeds/first.atom", "alternate": "https://jobs.example.org/search/first.html",
    }  # fmt: skip
    value = json.loads(json_feed.read_bytes())
    assert value["feed_url"] == "https://jobs.example.org/feeds/first.json"
    assert [one["_rolecall"]["remote_class"] for one in value["items"]] == ["remote-first"]
    with csv_file.open(encoding="utf-8", newline="") as lines:
        assert [row["external_id"] for row in csv.DictReader(lines)] == ["a"]
    assert openpyxl.load_workbook(xlsx)["jobs"].max_row == 2
    assert files_of(tmp_path, SEARCH)[:2] == [atom, json_feed]
    assert set(files_of(tmp_path, SEARCH)) == set(written.paths)


def test_a_feed_of_the_same_jobs_keeps_its_bytes_and_another_says_when_it_moved(store: Store, tmp_path: Path) -> None:
    atom, json_feed = feed_paths(tmp_path, SEARCH.id)
    write_search(store, SEARCH, SITE, tmp_path, NOW)
    before = atom.read_bytes(), json_feed.read_bytes(), atom.stat().st_mtime_ns
    night(store, 1, {"a": FIRST, "b": OFFICE, "c": OFFICE})
    write_search(store, SEARCH, SITE, tmp_path, clock_of(1))
    assert (atom.read_bytes(), json_feed.read_bytes(), atom.stat().st_mtime_ns) == before
    night(store, 2, {"b": OFFICE, "c": OFFICE})
    night(store, 3, {"b": OFFICE, "c": OFFICE})  # now a is closed: what leaves a feed moves it too
    write_search(store, SEARCH, SITE, tmp_path, clock_of(3))
    assert updated(atom) == "2026-01-08T02:00:00Z"
    assert not check_atom(atom.read_bytes()).findall("a:entry", ATOM)
    write_search(store, SEARCH, SITE, tmp_path, clock_of(4))
    assert updated(atom) == "2026-01-08T02:00:00Z"


def test_an_entry_keeps_its_id_and_says_when_it_moved(store: Store, tmp_path: Path) -> None:
    atom, _ = feed_paths(tmp_path, SEARCH.id)
    entries = []
    for number in range(2):
        night(store, number + 1, {"a": item("a", FIRST, number), "b": OFFICE})
        write_search(store, SEARCH, SITE, tmp_path, clock_of(number + 1))
        (entry,) = check_atom(atom.read_bytes()).findall("a:entry", ATOM)
        entries.append([entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "published", "updated")])
    assert entries[0][:2] == entries[1][:2]
    assert (entries[0][2], entries[1][2]) == ("2026-01-05T02:00:00Z", "2026-01-07T02:00:00Z")


def test_exports_of_a_few_nights_stay(store: Store, tmp_path: Path) -> None:
    other = export_path(tmp_path, "first-2026-01-01", ExportFormat.CSV, NOW.date())
    other.parent.mkdir()
    other.touch()
    for number in range(KEPT_NIGHTS + 3):
        write_search(store, SEARCH, SITE, tmp_path, NOW + timedelta(days=number))
    kept = sorted(path.name for path in other.parent.glob("first-2026-01-??.csv"))
    assert kept == [f"first-2026-01-{5 + 3 + number:02}.csv" for number in range(KEPT_NIGHTS)]
    assert other.is_file(), "another search's id may begin with this one's"
    assert not list(tmp_path.rglob(".*.part"))


def test_a_word_that_nobody_knows_gives_empty_files_and_a_sentence(store: Store, tmp_path: Path) -> None:
    search = SearchConfig("rust", "Rust", {"stack": ["Rsut"]})
    written = write_search(store, search, SiteConfig(), tmp_path, NOW)
    assert len(written.notes) == 1
    assert written.notes[0].startswith("search rust: --stack: no posting names 'Rsut'")
    assert json.loads(written.paths[1].read_bytes())["items"] == []
    assert written.paths[2].read_text(encoding="utf-8").count("\n") == 1


def test_what_terms_forbid_is_left_out_and_said(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    night(store, 1, {"z": FIRST}, platform="lever")
    terms = {name: replace(row, not_to=("feeds",)) if name == "lever" else row for name, row in platforms().items()}
    monkeypatch.setattr("pipeline.terms.platforms", lambda: terms)
    written = write_search(store, SEARCH, SITE, tmp_path, NOW)
    assert written.notes == ("search first: 1 job left out: the terms of lever forbid feeds",)
    assert len(json.loads(written.paths[1].read_bytes())["items"]) == 1
    assert written.paths[2].read_text(encoding="utf-8").count("\n") == 3, "a file is no feed"
