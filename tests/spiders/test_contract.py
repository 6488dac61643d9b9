"""What every platform's spider owes: one name everywhere, recorded answers of the platform's exact shape, and their readings."""

from __future__ import annotations

import inspect
import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipeline.payloads import UnreadablePosting, to_posting
from pipeline.records import CompanyFacts, RawPosting
from pipeline.terms import platforms
from spiders.answer import Answer, LeftOut, Part
from spiders.board import Ask
from spiders.detailed import DetailedSpider
from spiders.registry import class_name, names, spider_for

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
NOW = datetime(2026, 11, 1, 2, tzinfo=UTC)
BOARDS = {
    "jsonld": "osprey.example",
    "careers": "osprey.example",
    "rss": "osprey.example/feed.xml",
    "greenhouse": "larkspur",
    "lever": "quillmark",
    "ashby": "fernbank",
    "workday": "workday.wd5/External",
}
LONGEST_SPIDER = 60
SITES = {"jsonld", "careers"}
"""Platforms that are read page by page; the page with several postings is called ``several``."""
NEEDED = {
    "remotive": {"id", "title"},
    "himalayas": {"guid", "title"},
    "jobicy": {"id", "jobTitle"},
    "arbeitnow": {"slug", "title"},
    "workingnomads": {"url", "title"},
    "weworkremotely": {"guid", "title"},
    "rss": {"guid", "title"},
    # employers' own systems
    "recruitee": {"id", "title"},
    "workable": {"shortcode", "title"},
    "personio": {"id", "name"},
    "teamtailor": {"id", "title"},
    "bamboohr": {"id", "jobOpeningName"},
    "pinpoint": {"id", "title"},
    "breezy": {"id", "name"},
    "jazzhr": {"code", "title"},
    "rippling": {"id", "name"},
    "smartrecruiters": {"id", "name"},
    "workday": {"externalPath", "title"},
    "usajobs": {"MatchedObjectId", "PositionTitle"},
    "adzuna": {"id", "title"},
}
"""Keys without which an item of an answer is no posting; with nothing else it is the platform's smallest."""


def _board(platform: str) -> str:
    return BOARDS.get(platform, platform)


def _fixtures(platform: str) -> list[Path]:
    return sorted(path for path in (FIXTURES / platform).iterdir() if path.is_file() and not path.name.endswith(".golden.json"))


def _parts(path: Path) -> list[Part]:
    """What a recorded answer gives, with the postings' own answers that ``details/`` holds by their ids."""
    platform, spider = path.parent.name, spider_for(path.parent.name)()
    address = f"https://osprey.example/jobs/{path.stem}" if platform in SITES else None
    if not isinstance(spider, DetailedSpider):
        return list(spider.read(path.read_bytes(), _board(platform), address=address, now=NOW))
    details = {detail.stem: detail.read_bytes() for detail in (path.parent / "details").iterdir()}
    return list(spider.read(path.read_bytes(), _board(platform), now=NOW, details=details))


def _read(path: Path) -> dict[str, Any]:
    """What a recorded answer gives, as plain values."""
    parts = _parts(path)
    read: dict[str, Any] = {
        "left_out": dict(Counter(part.why for part in parts if isinstance(part, LeftOut))),
        "asks": [part.address for part in parts if isinstance(part, Ask)],
        "postings": [],
        "unreadable": [],
    }
    for raw in (part for part in parts if isinstance(part, RawPosting)):
        try:
            read["postings"].append(asdict(to_posting(raw, CompanyFacts())))
        except UnreadablePosting as error:
            read["unreadable"].append(str(error))
    plain: dict[str, Any] = json.loads(
        json.dumps(read, default=lambda value: value.isoformat() if isinstance(value, date) else str(value))
    )
    return plain


ALL_FIXTURES = [path for platform in names() for path in _fixtures(platform)]


@pytest.mark.parametrize("path", ALL_FIXTURES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_recorded_answer_is_read_as_its_golden_output_says(path: Path, request: pytest.FixtureRequest) -> None:
    golden = path.with_suffix(".golden.json")
    read = _read(path)
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(json.dumps(read, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{golden.relative_to(ROOT)} was written anew: review it, then commit")
    assert read == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("platform", names())
def test_fixtures_hold_postings_with_public_addresses_and_ids_of_their_own(platform: str) -> None:
    assert "fullest" in {path.stem for path in _fixtures(platform)}
    for path in _fixtures(platform):
        postings = _read(path)["postings"]
        assert postings, path
        assert all(urlsplit(posting["url"]).scheme == "https" and urlsplit(posting["url"]).hostname for posting in postings)
    fullest = next(path for path in _fixtures(platform) if path.stem == ("several" if platform in SITES else "fullest"))
    ids = [posting["posting_id"] for posting in _read(fullest)["postings"]]
    assert len(ids) == len(set(ids)) > 1


@pytest.mark.parametrize("platform", NEEDED)
def test_an_item_with_nothing_optional_is_a_posting_and_one_with_less_is_none(platform: str) -> None:
    path = next(path for path in _fixtures(platform) if path.stem == "fullest")
    spider = spider_for(platform)()
    raws = [part for part in _parts(path) if isinstance(part, RawPosting) and part.payload.keys() >= NEEDED[platform]]
    assert raws
    answer = Answer(platform, _board(platform), NOW, Ask(f"https://{platform}.example/"), b"")
    for raw in raws:
        smallest = {key: value for key, value in raw.payload.items() if key in NEEDED[platform]}
        again = spider.part(smallest, answer)
        assert isinstance(again, RawPosting)
        assert again.external_id == raw.external_id
        assert to_posting(again, CompanyFacts()).title == to_posting(raw, CompanyFacts()).title
        for key in smallest:
            assert isinstance(spider.part({**smallest, key: None}, answer), LeftOut), key


@pytest.mark.parametrize("platform", names())
def test_the_fullest_fixture_fills_what_the_platform_can_fill(platform: str) -> None:
    """Each field of a posting is filled by some posting of the fixtures, unless the platform has nothing for it."""
    undated = {"updated_text", "updated_at", "expires_text", "expires_on", "requisition_id"}
    cannot = {
        "greenhouse": {"tags"},
        "lever": undated,
        "ashby": undated,
        "remoteok": undated | {"department", "employment_type_text", "structured_remote"},
        "remotive": undated | {"apply_url"},
        "himalayas": {"updated_text", "updated_at", "requisition_id"},
        "jobicy": undated,
        "arbeitnow": undated | {"apply_url", "department", "structured_salary"},
        "workingnomads": undated | {"employment_type_text", "structured_remote", "structured_salary"},
        "weworkremotely": {"updated_text", "updated_at", "requisition_id", "structured_salary"},
        "rss": {"requisition_id"},
        "usajobs": {"updated_text", "updated_at"},
        "adzuna": undated | {"structured_remote"},
        "hn": undated | {"department", "structured_remote", "structured_salary", "tags"},
        "jsonld": {"apply_url"},
        "careers": set(),
        # employers' own systems
        "recruitee": {"requisition_id"},
        "workable": {"updated_text", "updated_at", "expires_text", "expires_on", "structured_salary"},
        "personio": undated | {"apply_url", "structured_remote", "structured_salary"},
        "teamtailor": {"apply_url"},
        "bamboohr": undated | {"apply_url"},
        "pinpoint": {"updated_text", "updated_at", "published_text", "published_on", "apply_url"},
        "breezy": {"updated_text", "updated_at", "requisition_id", "apply_url"},
        "jazzhr": {"updated_text", "updated_at", "requisition_id", "apply_url"},
        "rippling": undated | {"apply_url"},
        "smartrecruiters": undated - {"requisition_id"},
        "workday": {"updated_text", "updated_at", "apply_url", "department", "structured_salary", "tags"},
    }
    postings = [posting for path in _fixtures(platform) for posting in _read(path)["postings"]]
    unfilled = {field for field in postings[0] if not any(posting[field] for posting in postings)}
    assert unfilled == cannot.get(platform, set())


@pytest.mark.parametrize("platform", names())
def test_name_file_class_fixtures_terms_and_docs_heading_agree(platform: str) -> None:
    spider = spider_for(platform)
    docs = (ROOT / "docs" / "reference" / "platforms.md").read_text(encoding="utf-8")
    assert spider.name == platform
    assert Path(inspect.getfile(spider)).stem == platform
    assert spider.__name__ == class_name(platform)
    assert (FIXTURES / platform).is_dir()
    assert platform in platforms()
    assert f"\n## {platform}\n" in docs


def test_every_platform_of_the_terms_has_a_spider() -> None:
    assert set(names()) == set(platforms())


@pytest.mark.parametrize("platform", names())
def test_a_spider_begins_at_public_https_addresses_and_names_its_sources(platform: str) -> None:
    spider = spider_for(platform)()
    addresses = [ask.address if isinstance(ask, Ask) else ask for ask in spider.addresses("a b/c")]
    assert all(urlsplit(address).scheme == "https" for address in addresses)
    assert "a b" not in addresses[0]
    assert spider.__doc__
    host = platforms()[platform].host
    assert host is None or spider.hosts(_board(platform)) == {host}


def test_a_platforms_spider_is_short() -> None:
    lengths = sorted(len(inspect.getsource(spider_for(platform)).splitlines()) for platform in names())
    assert lengths[len(lengths) // 2] < LONGEST_SPIDER


@pytest.mark.parametrize("platform", names())
def test_no_personal_data_is_left_in_a_raw_posting(platform: str) -> None:
    for path in _fixtures(platform):
        kept = json.dumps([part.payload for part in _parts(path) if isinstance(part, RawPosting)])
        for personal in ("robin.vale@", "maria.keller@", "sam.ortega@", "Sam Ortega", "555) 010", "someone1", "RMTkyLjAuMi43"):
            assert personal not in kept
