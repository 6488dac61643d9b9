"""Every parser against payloads that lack keys, hold nulls, or hold values of any other type: a posting or a clear refusal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.payloads import UnreadablePosting, to_posting
from pipeline.records import CompanyFacts, Posting, RawPosting
from spiders.detailed import DetailedSpider
from spiders.registry import spider_for

NOW = datetime(2026, 11, 1, 2, tzinfo=UTC)
FIXTURES = Path(__file__).parents[2] / "fixtures"
TITLES = {
    "greenhouse": "title",
    "lever": "text",
    "ashby": "title",
    "remoteok": "position",
    "remotive": "title",
    "himalayas": "title",
    "jobicy": "jobTitle",
    "arbeitnow": "title",
    "workingnomads": "title",
    "weworkremotely": "title",
    "rss": "title",
    "usajobs": "PositionTitle",
    "adzuna": "title",
    "hn": "comment_text",
    "jsonld": "title",
    # employers' own systems
    "recruitee": "title",
    "workable": "title",
    "personio": "name",
    "teamtailor": "title",
    "bamboohr": "jobOpeningName",
    "pinpoint": "title",
    "breezy": "name",
    "jazzhr": "title",
    "rippling": "name",
    "smartrecruiters": "name",
    "workday": "title",
}
JOB_POSTING = {
    "@type": "JobPosting",
    "title": "Baker",
    "description": "<p>Bread.</p>",
    "identifier": {"value": 7},
    "datePosted": "2026-10-12",
    "validThrough": "2027-01-01",
    "employmentType": ["FULL_TIME"],
    "hiringOrganization": {"name": "Acme", "department": {"name": "Oven"}},
    "jobLocationType": "TELECOMMUTE",
    "applicantLocationRequirements": [{"name": "Spain"}],
    "jobLocation": [{"name": "HQ", "address": {"addressLocality": "Madrid", "addressCountry": {"name": "Spain"}}}],
    "baseSalary": {"currency": "EUR", "value": {"minValue": 1, "maxValue": 2, "unitText": "YEAR"}},
    "qualifications": "Hands",
    "industry": ["Food"],
}


def _payloads() -> Iterator[tuple[str, dict[str, Any]]]:
    for platform in TITLES:
        if platform == "jsonld":
            yield platform, JOB_POSTING
            continue
        path = next(path for path in (FIXTURES / platform).glob("fullest.*") if not path.name.endswith(".golden.json"))
        spider = spider_for(platform)()
        if isinstance(spider, DetailedSpider):
            details = {detail.stem: detail.read_bytes() for detail in (path.parent / "details").iterdir()}
            parts = spider.read(path.read_bytes(), platform, now=NOW, details=details)
        else:
            parts = spider.read(path.read_bytes(), platform, now=NOW)
        yield from ((platform, dict(part.payload)) for part in parts if isinstance(part, RawPosting))


PAYLOADS = list(_payloads())
ODD: list[Any] = [[], {}, [None, 1, "x", {}, []], {"name": None, "value": [1]}, "0", "<p>&amp;nbsp;"]
ANYTHING = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(ODD)
)


def _parse(platform: str, payload: dict[str, Any], company: CompanyFacts | None = None) -> Posting:
    return to_posting(RawPosting(platform, "acme", "1", "https://a.example/1", NOW, payload), company or CompanyFacts())


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths to every value inside a payload."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from _places(one, (*path, key))


def _changed(payload: Any, path: tuple[Any, ...], value: Any, is_dropped: bool) -> Any:
    copy = json.loads(json.dumps(payload))
    holder = copy
    for key in path[:-1]:
        holder = holder[key]
    if is_dropped and isinstance(holder, dict):
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return copy


@given(st.data())
def test_no_missing_null_or_wrongly_typed_field_breaks_a_parser(data: st.DataObject) -> None:
    platform, payload = data.draw(st.sampled_from(PAYLOADS))
    for _ in range(data.draw(st.integers(1, 4))):
        places = list(_places(payload))
        if not places:
            break
        payload = _changed(payload, data.draw(st.sampled_from(places)), data.draw(ANYTHING), data.draw(st.booleans()))
    try:
        posting = _parse(platform, payload)
    except UnreadablePosting:
        return
    assert posting.title
    assert posting.title == posting.title.strip()
    assert len(posting.content_hash) == len(posting.posting_id) == 16
    assert posting.structured_remote is None or all(value is not None for value in posting.structured_remote.values())
    json.dumps([posting.structured_remote, posting.structured_salary, posting.location])


@pytest.mark.parametrize("platform", TITLES)
@pytest.mark.parametrize("payload", [{}, {"title": None, "text": "", "position": [], "comment_text": " "}, {"metadata": 3}])
def test_a_payload_without_a_title_is_refused_by_name(platform: str, payload: dict[str, Any]) -> None:
    with pytest.raises(UnreadablePosting, match=rf"the {platform} \w+ 1 has no "):
        _parse(platform, payload)


def test_a_payload_that_nests_without_end_is_refused() -> None:
    salary: Any = "1"
    for _ in range(2000):
        salary = [salary]
    with pytest.raises(UnreadablePosting, match="nests too deeply"):
        _parse("jsonld", {"title": "x", "baseSalary": salary})


def test_a_platform_without_a_parser_is_unknown() -> None:
    with pytest.raises(UsageError, match="did you mean 'lever'"):
        _parse("levr", {})


@pytest.mark.parametrize(("platform", "payload"), PAYLOADS)
def test_facts_of_the_configuration_win_over_the_payloads_name(platform: str, payload: dict[str, Any]) -> None:
    facts = CompanyFacts(name="Configured", industry="finance", stage="public", size="51-200")
    assert _parse(platform, payload, facts).company == facts
    nameless = CompanyFacts(industry="finance")
    assert _parse(platform, payload, nameless).company.industry == "finance"


@pytest.mark.parametrize(("platform", "payload"), PAYLOADS)
def test_the_hash_moves_with_words_and_not_with_markup_or_touch(platform: str, payload: dict[str, Any]) -> None:
    posting = _parse(platform, payload)
    touched = {
        "updated_at": "2026-10-31T00:00:00Z",
        "publishedAt": "2020-01-01",
        "epoch": 1,
        "tracking": "x",
        "dateModified": "2026-10-31",
    }
    same = {**payload, **{key: value for key, value in touched.items() if key in payload or key == "tracking"}}
    assert _parse(platform, same).content_hash == posting.content_hash
    renamed = {**payload, TITLES[platform]: f"Other {payload[TITLES[platform]]}"}
    assert _parse(platform, renamed).content_hash != posting.content_hash


def test_the_hash_of_html_does_not_see_attributes() -> None:
    one = _parse("ashby", {"title": "x", "descriptionHtml": '<p style="a">Words</p>'})
    two = _parse("ashby", {"title": "x", "descriptionHtml": "<p>Words</p>"})
    assert one.content_hash == two.content_hash


def test_greenhouse_keeps_only_metadata_on_the_place_of_work() -> None:
    metadata = [
        {"name": "Remote Eligible", "value": True},
        {"name": "Work Location Type", "value": ["Hybrid", "Remote"]},
        {"name": "Remote stipend", "value": {"amount": 3}},
        {"name": "Cost Center", "value": "R1"},
        {"name": "Hybrid days", "value": None},
        {"name": None, "value": "x"},
        7,
    ]
    posting = _parse("greenhouse", {"title": "x", "metadata": metadata})
    assert posting.structured_remote == {"Remote Eligible": True, "Work Location Type": ["Hybrid", "Remote"]}


def test_a_salary_of_nothing_is_none() -> None:
    assert _parse("lever", {"text": "x", "salaryRange": {"min": 0, "max": 0, "currency": "USD"}}).structured_salary is None
    assert _parse("remoteok", {"position": "x", "salary_min": 0, "salary_max": 0}).structured_salary is None
    assert _parse("jsonld", {"title": "x", "baseSalary": {"value": {"minValue": "", "maxValue": "0"}}}).structured_salary is None
    assert (
        _parse(
            "ashby", {"title": "x", "compensation": {"compensationTiers": [], "compensationTierSummary": None}}
        ).structured_salary
        is None
    )
    assert _parse("greenhouse", {"title": "x", "pay_input_ranges": []}).structured_salary is None


def test_the_readers_tag_goes_and_the_rest_of_a_remoteok_text_stays() -> None:
    tag = "RMTAuMC4wLjE="
    text = (
        f"Work.<br>Please mention the word **SUN** and tag {tag} when applying to show you read the job post completely (#{tag}). "
        "This is a beta feature to avoid spam applicants."
    )
    assert _parse("remoteok", {"position": "x", "description": text}).description_text == "Work."
    honest = "Please mention the word salary."
    assert _parse("remoteok", {"position": "x", "description": honest}).description_text == honest


def test_text_decoded_twice_is_mended_and_good_text_is_not_touched() -> None:
    assert _parse("remoteok", {"position": "x", "description": "Don\u00e2\u0080\u0099t"}).description_text == "Don’t"
    assert _parse("remoteok", {"position": "VOILÉ» Ã©"}).title == "VOILÉ» Ã©"
