"""Files of saved searches and the site at the end of a night: what fails there is a sentence, never an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.following import write_searches
from flows.request import NightlyRequest
from flows.site import SiteError, build_site
from pipeline.config import Config
from pipeline.search_config import SearchConfig
from pipeline.site_config import SiteConfig
from storage.store import Store
from tests.storage.factory import NOW
from tests.storage.feeds.nights import FIRST, night

SEARCH = SearchConfig("first", "Remote first", {"remote": ["remote-first"]})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'rolecall.db'}", tmp_path, create=True) as opened:
        night(opened, 0, {"a": FIRST})
        yield opened


@pytest.fixture
def request_(tmp_path: Path) -> NightlyRequest:
    return NightlyRequest(Config(), f"sqlite:///{tmp_path / 'rolecall.db'}", tmp_path, NOW)


def test_one_search_that_cannot_be_written_leaves_the_others(store: Store, request_: NightlyRequest, tmp_path: Path) -> None:
    (tmp_path / "feeds" / "broken.atom").mkdir(parents=True)
    broken = replace(SEARCH, id="broken")
    (sentence,) = write_searches(request_, [broken, SEARCH], store, NOW)
    assert sentence.startswith("search broken: not all of its files were written: ")
    assert sentence.endswith("; `rolecall searches write broken` tries again")
    assert (tmp_path / "feeds" / "first.atom").is_file()


def test_a_site_that_cannot_be_built_is_a_sentence_and_invented_nights_build_none(
    store: Store, request_: NightlyRequest, tmp_path: Path
) -> None:
    config = Config(site=SiteConfig(build=True))
    request_ = replace(request_, config=config, config_path=tmp_path / "gone.toml")
    (sentence,) = write_searches(request_, [], store, NOW)
    assert sentence.startswith("the site was not built (ended with 2: Error: ")
    assert sentence.endswith("; `rolecall site build` builds it again")
    assert list(write_searches(replace(request_, practice=True), [], store, NOW)) == []


def test_a_night_does_not_wait_for_a_site_that_hangs(request_: NightlyRequest) -> None:
    with pytest.raises(SiteError, match=r"the site was not built in 0.01 s; `rolecall site build` builds it again"):
        build_site(request_, timeout_seconds=0.01)
