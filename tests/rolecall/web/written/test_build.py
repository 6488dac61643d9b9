"""``rolecall site build``: what stands in the folder afterwards, and what never does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import unquote, urldefrag, urlsplit

import feedparser
import orjson
import pytest
from lxml import html

from pipeline.errors import UsageError
from rolecall.web.desk import Desk
from rolecall.web.links import STATIC
from rolecall.web.written.build import MARK, build
from tests.rolecall.conftest import Run
from tests.rolecall.store_of_site import EVIL, KEPT_OUT
from tests.rolecall.web.client import Client
from tests.rolecall.web.markup import faults, links


def _write(desk: Desk, folder: Path) -> None:
    build(desk, desk.shelf.shown(), folder, lambda *_: None)


def _pages(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.html"))}


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def folder(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("written") / "site"
    _write(desk, made)
    return made


def test_every_link_leads_to_a_file_and_every_anchor_to_a_place(folder: Path) -> None:
    pages = _pages(folder)
    lost = []
    for name, text in pages.items():
        for address in links(html.document_fromstring(text)):
            if urlsplit(address).scheme:
                continue
            path, anchor = urldefrag(address)
            target = (folder / name).parent / unquote(path.partition("?")[0]) if path else folder / name
            if not target.is_file() or (anchor and f'id="{anchor}"' not in target.read_text()):
                lost.append((name, address))
    assert lost == []
    assert {
        "index.html",
        "companies.html",
        "quality.html",
        "sources.html",
        "about.html",
        "searches.html",
        "search/python.html",
    } <= set(pages)


def test_no_page_has_a_fault(folder: Path) -> None:
    assert {name: wrong for name, text in _pages(folder).items() if (wrong := faults(text))} == {}
    assert all(EVIL not in text for text in _pages(folder).values())


def test_no_address_begins_at_a_root(folder: Path) -> None:
    begins = {
        (name, one) for name, text in _pages(folder).items() for one in links(html.document_fromstring(text)) if one.startswith("/")
    }
    assert begins == set()


def test_every_page_brings_a_policy_and_a_way_back(folder: Path) -> None:
    for name, text in _pages(folder).items():
        page = html.document_fromstring(text)
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == [
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'"
        ]
        assert page.xpath("//a[@class='brand']/@href") == [f"{'../' * name.count('/')}index.html"]


def test_names_that_are_hard_on_files_are_files_of_ours(folder: Path) -> None:
    names = sorted(path.name for path in (folder / "company").iterdir())
    assert "日本-sohne.html" in names
    assert all(len(name.encode()) < 200 and "/" not in name for name in names)
    stacks = {path.name for path in (folder / "stack").iterdir()}
    assert {"cpp.html", "csharp.html", "c.html", "python.html"} <= stacks
    assert {path.name for path in folder.parent.iterdir()} == {"site"}


def test_what_terms_keep_from_sites_is_left_out_and_counted(folder: Path, desk: Desk, tmp_path: Path) -> None:
    assert [name for name, content in _files(folder).items() if KEPT_OUT.encode() in content] == []
    built = build(desk, desk.shelf.shown(), tmp_path / "again", lambda *_: None)
    assert (built.jobs, built.kept_out) == (11, 1)
    assert "1 job not shown: the terms of Working Nomads keep them from sites" in (folder / "index.html").read_text()


def test_a_job_has_its_json_beside_it_as_the_server_gives_it(folder: Path, site: Client) -> None:
    found = sorted((folder / "job").glob("*.json"))
    assert len(found) == 11
    for path in found:
        assert orjson.loads(path.read_bytes()) == site.json(f"/job/{path.name}")


def test_the_feeds_of_saved_searches_are_read_by_readers(folder: Path) -> None:
    feed = feedparser.parse((folder / "feeds" / "python.atom").read_bytes())
    assert not feed.bozo
    assert {entry.title.partition(",")[0].partition(" at ")[0] for entry in feed.entries} >= {"Senior ML Engineer"}
    assert orjson.loads((folder / "feeds" / "python.json").read_bytes())["version"] == "https://jsonfeed.org/version/1.1"
    assert orjson.loads((folder / "feeds" / "none.json").read_bytes())["items"] == []


def test_the_same_store_gives_the_same_bytes(folder: Path, desk: Desk, tmp_path: Path) -> None:
    _write(desk, tmp_path / "site")
    assert _files(tmp_path / "site") == _files(folder)


def test_static_files_are_those_of_the_package(folder: Path) -> None:
    assert {path.name for path in (folder / "static").iterdir()} == set(STATIC)


@pytest.mark.parametrize("what", ["a file of the user's", "a file in place of the folder"])
def test_a_folder_that_is_not_ours_is_left_alone(desk: Desk, tmp_path: Path, what: str) -> None:
    folder = tmp_path / "kept"
    theirs = folder / "thesis.txt" if what == "a file of the user's" else folder
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_text("mine")
    with pytest.raises(UsageError, match="holds something that is no site of ours"):
        _write(desk, folder)
    assert theirs.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept"]


def test_a_build_that_fails_leaves_the_old_site_whole(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    _write(desk, folder)
    before = _files(folder)

    def stop(what: str, done: int, total: int) -> None:
        if what == "jobs":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(desk, desk.shelf.shown(), folder, stop)
    assert _files(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_is_gone_is_not_left_over(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    _write(desk, folder)
    (folder / "job" / "old.html").write_text("old")
    _write(desk, folder)
    assert not (folder / "job" / "old.html").exists()
    assert (folder / MARK).is_file()


def test_a_link_in_place_of_the_folder_is_followed_nowhere(desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs.txt").write_text("mine")
    (tmp_path / "site").symlink_to(outside)
    with pytest.raises(UsageError):
        _write(desk, tmp_path / "site")
    assert (outside / "theirs.txt").read_text() == "mine"


def test_the_command_says_where_the_site_is_and_what_is_left_out(
    run: Run, store_of_site: Path, configuration: Path, tmp_path: Path
) -> None:
    done = run("--config", str(configuration), "--data", str(store_of_site), "site", "build", "-o", "public")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert f"open {Path('public') / 'index.html'}" in done.stderr
    assert "1 open job left out: the terms of their source keep them from sites" in done.stderr
    assert "<title>11 open jobs | Acme finds jobs</title>" in (tmp_path / "public" / "index.html").read_text()


def test_without_data_nothing_is_made(process: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    done = process("--data", "none", "site", "build", "-o", "public")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
