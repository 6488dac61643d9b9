from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from pipeline.errors import UsageError
from pipeline.folding import fold
from pipeline.text import html_to_text
from spiders.practice.calendar import night_date
from spiders.practice.scenario import load_scenario, parse_scenario, scenario_names
from spiders.practice.sites import page
from spiders.practice.world import truth, world

DIGEST = """
import hashlib
from spiders.practice.scenario import load_scenario
from spiders.practice.sites import page
from spiders.practice.world import truth, world
s = load_scenario("tiny")
print(hashlib.sha256(repr([(p.external_id, p.written) for n in (1, 5) for p in world(s, n)]).encode()).hexdigest())
"""


def _digest(hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DIGEST], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": hash_seed}, timeout=60
    )
    return done.stdout.strip()


def test_the_world_is_the_same_in_every_process() -> None:
    scenario = load_scenario("tiny")
    here = hashlib.sha256(repr([(p.external_id, p.written) for n in (1, 5) for p in world(scenario, n)]).encode()).hexdigest()
    assert _digest("1") == _digest("2") == here


def test_the_default_world_has_the_size_that_is_promised() -> None:
    postings = world(load_scenario("default"), 1)
    assert 1150 <= len(postings) <= 1350
    assert len({posting.company.name for posting in postings}) >= 40
    assert {posting.platform for posting in postings} == {"greenhouse", "lever", "ashby", "jsonld", "remoteok", "hn"}
    assert len({posting.company.facts.industry for posting in postings} & {"finance", "healthcare", "e-commerce"}) == 3
    texts = {posting.job: html_to_text(posting.written.html) for posting in postings}
    assert len(set(texts.values())) > 0.98 * len(texts)


def test_ids_are_unique_on_a_board() -> None:
    for night in (1, 9):
        keys = [(posting.platform, posting.board, posting.external_id) for posting in world(load_scenario("default"), night)]
        assert len(keys) == len(set(keys))


def test_nights_move_in_every_way() -> None:
    scenario = load_scenario("default")
    before = {(posting.platform, posting.external_id): posting for posting in world(scenario, 1)}
    opened = closed = changed = 0
    for night in range(2, 6):
        after = {(posting.platform, posting.external_id): posting for posting in world(scenario, night)}
        opened += len(after.keys() - before.keys())
        closed += len(before.keys() - after.keys())
        changed += sum(before[key].written != after[key].written for key in before.keys() & after.keys())
        before = after
    assert min(opened, closed, changed) > 20


def test_a_repost_is_the_same_job_under_a_new_id() -> None:
    scenario = load_scenario("default")
    first = {posting.job: posting.external_id for posting in world(scenario, 1) if posting.platform == "greenhouse"}
    later = {posting.job: posting.external_id for posting in world(scenario, 40) if posting.platform == "greenhouse"}
    assert any(first[job] != later[job] for job in first.keys() & later.keys())


def test_some_jobs_stand_on_two_sources() -> None:
    postings = world(load_scenario("default"), 1)
    share = 1 - len({posting.job for posting in postings}) / len(postings)
    assert 0.03 < share < 0.08


def test_the_truth_follows_from_the_text() -> None:
    scenario = load_scenario("default")
    texts = {(p.platform, p.board, p.external_id): p.written for p in world(scenario, 1)}
    for row in truth(scenario, 1):
        written = texts[row["platform"], row["board"], row["external_id"]]
        text = html_to_text(written.html)
        folded = fold(text).text
        assert all(fold(quote).text in folded for quote in row["evidence"])
        assert all(name in text for name in row["tech_stack"]), row["tech_stack"]
        for band in row["pay_bands"]:
            assert (band["min"] or 0) <= (band["max"] or float("inf"))
            assert any(character.isdigit() for character in text)


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_loads(name: str) -> None:
    assert world(load_scenario(name), 1)


def test_a_wrong_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="scenario 'defualt' is unknown; did you mean 'default'"):
        load_scenario("defualt")
    with pytest.raises(UsageError, match="fault kind 'slwo' is unknown; did you mean 'slow'"):
        parse_scenario("x", {"fault": [{"match": "/", "kind": "slwo"}]})
    with pytest.raises(UsageError, match="practice nights are numbered 1 to"):
        night_date(0)


def test_the_truth_of_later_nights_holds_what_moved() -> None:
    scenario = load_scenario("default")
    open_ids = {night: {row["posting_id"] for row in truth(scenario, night) if row["state"] == "open"} for night in (1, 2, 31)}
    second = list(truth(scenario, 2))
    assert {row["posting_id"] for row in second if row["state"] == "closed"} == open_ids[1] - open_ids[2]
    assert any(row["changed"] for row in second)
    assert 0.9 < len(open_ids[31]) / len(open_ids[1]) < 1.1
    assert {row["state"] for row in truth(scenario, 1)} == {"open"}


def test_sites_lead_to_their_pages_in_several_ways() -> None:
    urls = [f"https://a.example/jobs/{number}" for number in range(3)]
    assert page("list", "a.example", ["sitemap.xml"], urls) is None
    listed = page("list", "a.example", ["jobs"], urls)
    index = page("index", "a.example", ["sitemap.xml"], urls)
    halves = [page("index", "a.example", [f"sitemap-{number}.xml"], urls) for number in (0, 1)]
    stale = page("stale", "a.example", ["sitemap.xml"], urls)
    assert listed is not None
    assert all(url in listed.body for url in urls)
    assert index is not None
    assert "sitemap-1.xml" in index.body
    assert sum(half.body.count("<loc>") for half in halves if half) == 3
    assert stale is not None
    assert stale.body.count("<loc>") == 4
