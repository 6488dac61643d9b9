"""The site at the end of a night: built by a process of its own where the configuration wants it, and never to the night's harm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flows.following import write_searches
from flows.request import NightlyRequest
from flows.site import SiteError, build_site
from pipeline.config import parse
from storage.store import Store
from tests.rolecall.store_of_jobs import NOW, fill


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("night")
    (folder / "data").mkdir()
    fill(folder / "data")
    return folder / "data"


def _request(stored: Path, folder: Path, told: str = "build = true") -> NightlyRequest:
    path = folder / "rolecall.toml"
    path.write_text(f'[site]\n{told}\ntitle = "Nightly"\nfolder = "public"\n', encoding="utf-8")
    config = parse(path.read_text(encoding="utf-8"), path.name)
    return NightlyRequest(config, f"sqlite:///{stored / 'rolecall.db'}", stored, NOW, config_path=path)


def _notes(request: NightlyRequest) -> list[str]:
    with Store.open_reading(request.database_url, request.data_dir) as store:
        return list(write_searches(request, (), store, NOW))


def test_a_night_leaves_the_site_that_its_configuration_wants(stored: Path, tmp_path: Path) -> None:
    assert _notes(_request(stored, tmp_path)) == []
    assert "<title>5 open jobs | Nightly</title>" in (tmp_path / "public" / "index.html").read_text(encoding="utf-8")


def test_none_is_built_unasked_or_of_an_invented_night(stored: Path, tmp_path: Path) -> None:
    assert _notes(_request(stored, tmp_path, "build = false")) == []
    assert _notes(replace(_request(stored, tmp_path), practice=True)) == []
    assert not (tmp_path / "public").exists()


def test_a_site_that_cannot_be_built_is_a_sentence_of_the_night(stored: Path, tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "thesis.txt").write_text("mine")
    (told,) = _notes(_request(stored, tmp_path))
    assert told.startswith("the site was not built (ended with 2: ")
    assert "holds something that is no site of ours" in told
    assert told.endswith("`rolecall site build` builds it again")
    assert [path.name for path in (tmp_path / "public").iterdir()] == ["thesis.txt"]


def test_a_build_that_hangs_is_given_up(stored: Path, tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"the site was not built in 0\.01 s"):
        build_site(_request(stored, tmp_path), timeout_seconds=0.01)
