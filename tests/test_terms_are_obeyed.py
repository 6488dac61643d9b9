"""Terms as data, each clause of each record held against what obeys it: crawler, configuration, exports, ``sources terms``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

import storage.exports as exports
from flows.plan import delay_seconds, put_off, require_keys, shards
from pipeline.config import Config, CrawlerConfig, SourceConfig, parse
from pipeline.errors import ConfigError, UsageError
from pipeline.personal_data import clean_payload
from pipeline.terms import Platform, attribution, forbids, platforms, targets
from pipeline.vocabulary import BoardStatus, FailureKind
from rolecall.cli.root import root
from spiders.registry import names, spider_for

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
ALL = list(platforms().values())
BOARDS = {"adzuna": "gb/data", "usajobs": "1560", "rss": "feed.example/jobs", "workday": "acme.wd5/External"}
SIZES = ("limit", "count", "hitsPerPage", "results_per_page", "ResultsPerPage", "pageSize", "per_page")
"""What platforms call the number of postings that a request asks for."""


def only(condition: str) -> list[Platform]:
    return [row for row in ALL if getattr(row, condition)]


def board_of(row: Platform) -> str:
    return BOARDS.get(row.name, row.name if row.feed else "acme")


def by_name(row: Platform) -> str:
    return row.name


def addresses(row: Platform) -> Iterator[str]:
    for address in spider_for(row.name)().addresses(board_of(row)):
        yield address if isinstance(address, str) else address.address


@pytest.mark.parametrize("row", only("page_size"), ids=by_name)
def test_no_request_asks_for_more_postings_than_a_page_may_hold(row: Platform) -> None:
    asked = [int(value) for one in addresses(row) for key in SIZES for value in parse_qs(urlsplit(one).query).get(key, ())]
    assert row.page_size is not None
    assert all(size <= row.page_size for size in asked)


@pytest.mark.parametrize("row", ALL, ids=by_name)
def test_no_delay_goes_below_the_platforms_floor(row: Platform) -> None:
    config = Config(CrawlerConfig("a@acme.example", 0.0))
    source = SourceConfig(row.name, board_of(row), delay_seconds=0.0)
    assert delay_seconds(source, config) == row.delay_seconds
    assert delay_seconds(source, config) >= 1.0
    (shard,) = shards([source], config)
    assert [order.delay_seconds for order in shard.sources] == [row.delay_seconds]
    assert delay_seconds(replace(source, delay_seconds=90.0), config) == 90.0


@pytest.mark.parametrize("row", only("least_interval_hours"), ids=by_name)
def test_a_source_rests_until_its_interval_has_passed(row: Platform) -> None:
    source = SourceConfig(row.name, board_of(row))
    hours = timedelta(hours=row.least_interval_hours)
    result = put_off(source, NOW - hours + timedelta(minutes=1), NOW)
    assert result is not None
    assert (result.status, result.failure) == (BoardStatus.SKIPPED, FailureKind.LEAST_INTERVAL)
    assert put_off(source, NOW - hours, NOW) is None


@pytest.mark.parametrize("row", only("off_because"), ids=by_name)
def test_a_platform_that_is_off_is_refused_with_its_reason_until_its_terms_are_accepted(row: Platform, tmp_path: Any) -> None:
    block = f'[[source]]\nplatform = "{row.name}"\nboard = "{board_of(row)}"\n'
    with pytest.raises(ConfigError) as refused:
        parse(block)
    assert str(row.off_because) in str(refused.value)
    assert "accept_terms = true" in str(refused.value)
    assert parse(block + "accept_terms = true\n").sources[0].accept_terms
    (tmp_path / "rolecall.toml").write_text(block, encoding="utf-8")
    done = CliRunner().invoke(root, ["--config", str(tmp_path / "rolecall.toml"), "nightly"])
    assert done.exit_code == 2
    assert str(row.off_because) in done.stderr
    shown = CliRunner().invoke(root, ["--config", str(tmp_path / "rolecall.toml"), "sources", "terms", row.name])
    words = " ".join(shown.stdout.split())  # at the width of the screen a sentence goes on in the next line
    assert (shown.exit_code, str(row.off_because) in words) == (0, True), "what the refusal refers to is shown all the same"


@pytest.mark.parametrize("row", only("keys"), ids=by_name)
def test_a_platform_that_answers_to_a_key_is_off_without_it(row: Platform) -> None:
    source = SourceConfig(row.name, board_of(row))
    with pytest.raises(UsageError, match=row.keys[0]):
        require_keys([source], {})
    require_keys([source], dict.fromkeys(row.keys, "x"))


@pytest.mark.parametrize("row", only("personal_fields"), ids=by_name)
def test_what_holds_people_is_dropped_before_it_is_stored(row: Platform) -> None:
    for path in row.personal_fields:
        payload: Any = "Somebody"
        for step in reversed(path.split(".")):
            payload = [payload] if step == "*" else {step: payload}
        assert "Somebody" not in json.dumps(clean_payload(payload, row.name)), path


@pytest.mark.parametrize("row", only("not_to"), ids=by_name)
def test_postings_do_not_go_where_their_terms_keep_them_from(row: Platform) -> None:
    lines = [{"platform": row.name, "title": "x"}, {"platform": "greenhouse", "title": "y"}]
    for target in targets():
        told = exports.Exported()
        kept = [line["platform"] for line in exports.allowed(lines, told, target)]
        assert (row.name in kept) is (target not in row.not_to and "export" not in row.not_to)
        assert told.forbidden == ({} if row.name in kept else {row.name: 1})
        assert "greenhouse" in kept


def test_who_may_be_sent_no_file_may_be_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    strict = {**platforms(), "lever": replace(platforms()["lever"], not_to=("export",))}
    monkeypatch.setattr("pipeline.terms.platforms", lambda: strict)
    assert [target for target in ("export", "feeds", "site") if not forbids("lever", target)] == []


def test_an_unknown_target_offers_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'google-jobs'"):
        exports.allowed([], exports.Exported(), "google-job")


@pytest.mark.parametrize("row", only("credit"), ids=by_name)
def test_every_credit_names_its_source(row: Platform) -> None:
    assert row.credit is not None
    assert row.credit.name in attribution(row.name, "Acme")
    assert row.credit.link == "posting", "exports carry the posting's address at the source as source_url"


def test_an_employers_own_board_credits_the_employer() -> None:
    assert attribution("greenhouse", "Acme") == "Acme on Greenhouse"


def test_every_spider_has_a_record() -> None:
    assert set(names()) == set(platforms())


@pytest.mark.parametrize("row", ALL, ids=by_name)
def test_the_command_shows_the_whole_record(row: Platform, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "400")
    for name in row.keys:
        monkeypatch.delenv(name, raising=False)
    (shown,) = json.loads(CliRunner().invoke(root, ["sources", "terms", row.name, "--json"]).stdout)
    assert shown["state"] == ("off" if row.off_because else "no key" if row.keys else "on")
    for key in ("terms", "source", "delay_seconds", "least_interval_hours", "page_size", "off_because", "closes_after_days"):
        assert shown[key] == getattr(row, key)
    for key in ("not_to", "keys", "personal_fields"):
        assert shown[key] == list(getattr(row, key))
    assert (shown["credit"] or {}).get("name") == (row.credit.name if row.credit else None)
    text = CliRunner().invoke(root, ["sources", "terms", row.name]).stdout
    said = [row.title, row.terms, row.source, row.off_because, row.credit and row.credit.name]
    said += [*row.not_to, *row.keys, *row.personal_fields]
    assert [one for one in said if one and one not in text] == []


def test_all_terms_fit_one_table(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    done = CliRunner().invoke(root, ["sources", "terms"])
    assert len(done.stdout.splitlines()) == len(ALL) + 1
    assert max(len(line) for line in done.stdout.splitlines()) <= 120
    assert CliRunner().invoke(root, ["sources", "terms", "remotve"]).stderr.endswith("did you mean 'remotive'?\n")


def test_accepted_terms_are_shown_as_such(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rolecall.toml").write_text('[[source]]\nplatform = "weworkremotely"\naccept_terms = true\n', encoding="utf-8")
    (shown,) = json.loads(CliRunner().invoke(root, ["sources", "terms", "weworkremotely", "--json"]).stdout)
    assert shown["state"] == "accepted"
