from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.plan import (
    MOST_SHARDS,
    USUAL_BOARDS_A_SHARD,
    api_host,
    chosen,
    delay_seconds,
    is_loopback,
    put_off,
    require_contact,
    require_for_pool,
    require_keys,
    shards,
)
from pipeline.config import Config, CrawlerConfig, SourceConfig
from pipeline.errors import UsageError
from pipeline.vocabulary import BoardStatus

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
HERE = "http://127.0.0.1:8801"


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        (HERE, True),
        ("http://localhost:1/x", True),
        ("http://[::1]:8801", True),
        ("http://127.9.9.9", True),
        ("https://example.org", False),
        ("http://10.0.0.1", False),
        ("http://localhost.example.org", False),
        (None, False),
    ],
)
def test_loopback(address: str | None, inside: bool) -> None:
    assert is_loopback(address) is inside


def test_pace() -> None:
    config = Config(CrawlerConfig(delay_seconds=0.0))
    assert delay_seconds(SourceConfig("lever", "a"), config) == 1.0
    assert delay_seconds(SourceConfig("lever", "a", delay_seconds=7), config) == 7.0
    assert delay_seconds(SourceConfig("lever", "a", base_url=HERE), config) == 0.0
    assert delay_seconds(SourceConfig("lever", "a", base_url=HERE, delay_seconds=0.5), config) == 0.5
    assert delay_seconds(SourceConfig("lever", "a", base_url="https://proxy.example"), config) == 1.0


def test_the_host_is_the_platforms_the_boards_or_the_stand_ins() -> None:
    assert (
        api_host(SourceConfig("greenhouse", "a"))
        == api_host(SourceConfig("greenhouse", "b", base_url=HERE))
        == "boards-api.greenhouse.io"
    )
    assert (
        api_host(SourceConfig("jsonld", "careers.acme.example", base_url=f"{HERE}/careers.acme.example")) == "careers.acme.example"
    )
    assert api_host(SourceConfig("greenhouse", "a", base_url="https://proxy.example/x")) == "proxy.example"


@given(
    st.lists(st.tuples(st.sampled_from(["greenhouse", "lever", "jsonld", "hn"]), st.integers(0, 300)), max_size=400, unique=True)
)
def test_every_board_is_in_one_shard_and_every_host_in_one_lane(pairs: list[tuple[str, int]]) -> None:
    sources = [SourceConfig(platform, f"b{number}.example") for platform, number in pairs]
    planned = shards(sources, Config())
    dealt = [(order.platform, order.board) for shard in planned for order in shard.sources]
    assert sorted(dealt) == sorted((source.platform, source.board) for source in sources)
    assert all(len(shard.sources) <= USUAL_BOARDS_A_SHARD for shard in planned)
    assert len({shard.shard_id for shard in planned}) == len(planned)
    lanes: dict[str, set[str]] = {}
    for shard in planned:
        for order in shard.sources:
            lanes.setdefault(api_host(SourceConfig(order.platform, order.board)), set()).add(shard.lane)
    assert all(len(lane) == 1 for lane in lanes.values())


def test_a_source_is_put_off_until_its_interval_has_passed() -> None:
    feed = SourceConfig("remoteok", "remoteok")
    result = put_off(feed, NOW - timedelta(minutes=30), NOW)
    assert result is not None
    assert result.status is BoardStatus.SKIPPED
    assert result.reason == "fetched at 2026-01-05 01:30 UTC; its terms allow the next fetch from 2026-01-05 02:30 UTC on"
    assert put_off(feed, NOW - timedelta(hours=1), NOW) is None
    assert put_off(feed, None, NOW) is None
    assert put_off(SourceConfig("remoteok", "remoteok", base_url=HERE), NOW, NOW) is None


def test_a_command_names_sources() -> None:
    sources = (SourceConfig("lever", "acme"), SourceConfig("hn", "hn"))
    assert chosen(sources, ()) == sources
    assert chosen(sources, ["hn"]) == sources[1:]
    with pytest.raises(UsageError, match="source 'lever:acne' is not configured; did you mean 'lever:acme'"):
        chosen(sources, ["lever:acne"])


def test_nothing_outside_is_asked_without_a_contact() -> None:
    require_contact([SourceConfig("lever", "a", base_url=HERE)], Config())
    require_contact([SourceConfig("lever", "a")], Config(CrawlerConfig(contact="https://example.org/bot")))
    with pytest.raises(UsageError, match="no contact address, and lever:a is not on this machine; add contact"):
        require_contact([SourceConfig("lever", "a")], Config())


def test_a_platform_that_answers_to_a_key_is_off_without_it() -> None:
    keys = {"ROLECALL_USAJOBS_KEY": "x", "ROLECALL_USAJOBS_EMAIL": "me@example.org"}
    require_keys([SourceConfig("usajobs", "2210")], keys)
    require_keys([SourceConfig("usajobs", "2210", base_url=HERE), SourceConfig("lever", "a")], {})
    with pytest.raises(UsageError, match="usajobs:2210 needs a key; set ROLECALL_USAJOBS_EMAIL in the environment"):
        require_keys([SourceConfig("usajobs", "2210")], {"ROLECALL_USAJOBS_KEY": "x"})


def test_many_boards_on_hosts_of_their_own_can_be_crawled_side_by_side() -> None:
    def lanes(boards: int) -> set[str]:
        sources = [SourceConfig("jsonld", f"careers{number}.example") for number in range(boards)]
        return {shard.lane for shard in shards(sources, Config())}

    assert lanes(USUAL_BOARDS_A_SHARD) == {"jsonld"}
    assert lanes(300) == {"jsonld-a", "jsonld-b", "jsonld-c", "jsonld-d"}


@pytest.mark.parametrize("boards", [1, 3_000, 10_000, 200_000])
def test_many_boards_make_shards_larger_and_not_more(boards: int) -> None:
    platforms = ("greenhouse", "lever", "ashby", "workable", "recruitee")
    sources = [SourceConfig(platforms[number % 5], f"b{number}") for number in range(boards)]
    planned = shards(sources, Config())
    assert len(planned) <= MOST_SHARDS
    assert 3 * MOST_SHARDS < 200, "every shard at its last attempt"
    assert sum(len(shard.sources) for shard in planned) == boards


def test_a_pool_needs_what_its_workers_can_reach() -> None:
    pooled = Config(CrawlerConfig(pool="rolecall"))
    server = {"PREFECT_API_URL": "http://prefect:4200/api"}
    require_for_pool(Config(), "sqlite:///r.db", {})
    require_for_pool(pooled, "postgresql+psycopg://db/r", server)
    with pytest.raises(UsageError, match=r"'rolecall' cannot share an SQLite file; set database = "):
        require_for_pool(pooled, "sqlite:///r.db", server)
    with pytest.raises(UsageError, match="set PREFECT_API_URL"):
        require_for_pool(pooled, "postgresql+psycopg://db/r", {})
