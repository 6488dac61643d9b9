"""``rolecall sources add`` against a loopback server that stands in for every host."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import rolecall.curated
from pipeline.config import parse
from pipeline.curated_boards import COLUMNS, parse_boards

GREENHOUSE = {
    "jobs": [
        {
            "id": n,
            "title": f"Data Engineer {n}",
            "absolute_url": f"https://www.acme.example/jobs?gh_jid={n}",
            "company_name": "Acme Ltd",
        }
        for n in range(1, 8)
    ]
}
EMBEDDED = '<div id="grnhse_app"></div><script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>'
JSON_LD = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "JobPosting", "title": "Analyst",'
    ' "identifier": "a1", "hiringOrganization": {"@type": "Organization", "name": "Site Ltd"}, "description": "Text"}</script>'
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://www.site.example/jobs/1</loc></url></urlset>'
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><item><title>Analyst</title><link>https://feed.example/1</link>
<guid>1</guid><description>Text</description></item></channel></rss>"""
OPENINGS = """<html><body><h1>Open positions</h1><ul>
<li><a href="/openings/data-engineer">Data Engineer</a> Berlin</li>
<li><a href="/openings/machine-learning-engineer">Machine Learning Engineer</a> Remote</li></ul></body></html>"""
OPENING = """<html><head><title>{title} - Plain</title></head><body><h1>{title}</h1><p>Location: Berlin</p><h2>What you will do</h2>
<p>Build what the team needs, and keep it running.</p><h2>Requirements</h2><ul><li>Python</li><li>SQL</li></ul>
<a href="/apply">Apply now</a></body></html>"""
PAGES: dict[str, str | dict[str, Any] | list[Any]] = {
    "/robots.txt": "User-agent: *\nDisallow: /forbidden\n",
    "/v1/boards/acme/jobs": GREENHOUSE,
    "/v0/postings/empty": [],
    "/v0/postings/acme": [{"id": "p1", "text": "ML Engineer", "hostedUrl": "https://jobs.lever.co/acme/p1"}],
    "/careers": EMBEDDED,
    "/bare": "<p>We hire.</p>",
    "/jobs/1": JSON_LD,
    "/sitemap.xml": SITEMAP,
    "/openings": OPENINGS,
    "/come-and-work": OPENINGS,
    "/openings/data-engineer": OPENING.format(title="Data Engineer"),
    "/openings/machine-learning-engineer": OPENING.format(title="Machine Learning Engineer"),
    "/feed.php": FEED,
    "/forbidden": EMBEDDED,
}
ASKED: list[tuple[str, str]] = []


class StandIn(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        ASKED.append((self.path, self.headers.get("User-Agent", "")))
        page = PAGES.get(self.path.partition("?")[0])
        body = (page if isinstance(page, str) else json.dumps(page)).encode()
        self.send_response(404 if page is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def stand_in() -> Iterator[str]:
    ASKED.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), StandIn) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def add(run: Any, stand_in: str) -> Any:
    return lambda *words: run("sources", "add", "--base-url", stand_in, *words)


def written() -> str:
    return Path("rolecall.toml").read_text(encoding="utf-8")


def sources() -> list[str]:
    return [source.source_id for source in parse(written()).sources]


def test_an_address_becomes_a_block_after_one_polite_question(add: Any) -> None:
    done = add("https://boards.greenhouse.io/acme/jobs/4", "--contact", "https://bot.example/about")
    assert done.exit_code == 0, done.stderr
    assert "greenhouse:acme  Acme Ltd" in done.stdout
    assert "7 postings, for example" in done.stdout
    assert "Data Engineer 5" in done.stdout
    assert "Data Engineer 6" not in done.stdout
    assert "added to rolecall.toml; `rolecall crawl greenhouse:acme` reads it now" in done.stderr
    assert sources() == ["greenhouse:acme"]
    assert 'company = { name = "Acme Ltd" }' in written()
    assert 'contact = "https://bot.example/about"' in written()
    assert [path.partition("?")[0] for path, _ in ASKED] == ["/robots.txt", "/v1/boards/acme/jobs"]
    assert all("rolecall/" in agent and "+https://bot.example/about" in agent for _, agent in ASKED)


def test_the_configuration_keeps_its_comments_and_a_second_time_says_so(add: Any) -> None:
    before = '# mine\n[crawler]\ncontact = "a@acme.example" # me\n\n[[search]]\nid = "x" # last\n'
    Path("rolecall.toml").write_text(before, encoding="utf-8")
    assert add("jobs.lever.co/acme").exit_code == 0
    assert written().startswith(before)
    again = add("https://jobs.lever.co/ACME/p1")
    assert again.exit_code == 0
    assert "lever:acme is configured already (rolecall.toml, line 8); nothing was added" in again.stderr
    assert sources() == ["lever:acme"]


def test_a_dry_run_asks_and_writes_nothing(add: Any, tmp_path: Path) -> None:
    done = add("--dry-run", "--name", "Acme", "https://www.acme.example/careers")
    assert done.exit_code == 0
    assert '[[source]]\nplatform = "greenhouse"\nboard = "acme"' in done.stdout
    assert 'company = { name = "Acme" }' in done.stdout
    assert "nothing was written (--dry-run)" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_page_says_what_a_marked_address_does_not(add: Any) -> None:
    done = add("https://www.acme.example/careers?gh_jid=3", "--json")
    (row,) = json.loads(done.stdout)
    assert (row["status"], row["source_id"], row["postings"]) == ("added", "greenhouse:acme", 7)


def test_where_the_page_is_silent_the_posting_proves_the_name_of_the_host(add: Any) -> None:
    assert add("https://careers.acme.example/bare?gh_jid=3").exit_code == 0
    assert sources() == ["greenhouse:acme"]
    assert "is configured already" in add("https://careers.acme.example/bare?gh_jid=4").stderr
    refused = add("https://careers.acme.example/bare?gh_jid=99")
    assert refused.exit_code == 4
    assert "greenhouse:acme (it does not hold the posting 99)" in refused.stderr


def test_a_page_with_postings_is_a_site_of_its_own(add: Any) -> None:
    assert add("https://www.site.example/jobs/1").exit_code == 0
    assert sources() == ["jsonld:www.site.example"]
    assert 'name = "Site Ltd"' in written()


@pytest.mark.parametrize("page", ["openings", "come-and-work"])
def test_a_careers_page_without_any_data_is_read_as_people_read_it(add: Any, page: str) -> None:
    done = add(f"https://www.plain.example/{page}")
    assert done.exit_code == 0, done.stderr
    assert sources() == [f"careers:www.plain.example/{page}"]
    assert "2 postings, for example" in done.stdout
    assert "Machine Learning Engineer" in done.stdout


def test_a_feed_is_known_by_its_answer(add: Any) -> None:
    done = add("https://feed.example/feed.php")
    assert done.exit_code == 0, done.stderr
    assert sources() == ["rss:feed.example/feed.php"]


def test_a_board_without_postings_is_a_board(add: Any) -> None:
    done = add("https://jobs.lever.co/empty")
    assert done.exit_code == 0
    assert "0 postings" in done.stdout


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("https://jobs.lever.co/gone", 4, "tried: lever:gone (https://api.lever.co/v0/postings/gone"),
        ("https://www.acme.example/nothing", 4, "tried: https://www.acme.example/nothing answered 404"),
        ("https://www.acme.example/forbidden", 4, "robots.txt"),
        ("https://www.recruitee.com/bare", 4, "https://www.recruitee.com/bare (no known board on it)"),
        ("acme", 2, "'acme' is no web address; give one as in https://jobs.lever.co/acme"),
        ("https://weworkremotely.com/", 2, "weworkremotely is off: its terms forbid"),
    ],
)
def test_a_wrong_or_dead_address_says_what_was_tried(add: Any, address: str, code: int, said: str) -> None:
    done = add(address)
    assert done.exit_code == code, done.stderr
    assert said in done.stderr
    assert not Path("rolecall.toml").exists()


def test_terms_are_accepted_by_a_word_and_written_down(run: Any) -> None:
    done = run("sources", "add", "--unasked", "--accept-terms", "https://weworkremotely.com/")
    assert done.exit_code == 0
    assert "accept_terms = true" in written()
    assert parse(written()).sources[0].accept_terms
    assert "rolecall.toml is new: set contact under [crawler]" in done.stderr


def test_without_a_contact_nobody_is_asked(run: Any) -> None:
    done = run("sources", "add", "https://jobs.lever.co/acme")
    assert done.exit_code == 2
    assert "no contact address, so nothing may be asked; give yours once with --contact" in done.stderr
    assert not Path("rolecall.toml").exists()


def test_several_addresses_go_on_after_one_that_fails(add: Any) -> None:
    done = add("https://jobs.lever.co/acme", "nonsense", "https://jobs.lever.co/empty", "--json")
    assert done.exit_code == 3
    assert [row["status"] for row in json.loads(done.stdout)] == ["added", "failed", "added"]
    assert sources() == ["lever:acme", "lever:empty"]
    assert "'nonsense' is no web address" in done.stderr


def test_a_wrong_configuration_is_left_alone(add: Any) -> None:
    Path("rolecall.toml").write_text("[crawler\n", encoding="utf-8")
    done = add("https://jobs.lever.co/acme")
    assert done.exit_code == 2
    assert "rolecall.toml line 1: this is not valid TOML" in done.stderr
    assert written() == "[crawler\n"


def test_a_name_of_the_curated_list_brings_its_facts(run: Any) -> None:
    done = run("sources", "add", "--curated", "--unasked", "GitLab", "lever:palantir")
    assert done.exit_code == 0
    assert sources() == ["greenhouse:gitlab", "lever:palantir"]
    assert 'company = { name = "GitLab", industry = "software", stage = "public" }' in written()
    unknown = run("sources", "add", "--curated", "--unasked", "gitlabb")
    assert unknown.exit_code == 2
    assert "'gitlabb' is not in the curated list; did you mean 'GitLab'?" in unknown.stderr


def test_a_feed_is_not_asked_again_before_its_terms_allow(run: Any, stand_in: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second question of a day is kept back: what was asked is remembered in the data folder."""
    from datetime import UTC, datetime, timedelta

    from pipeline.config import SourceConfig
    from rolecall.asking import ask_sources, write_json
    from rolecall.settings import Settings

    settings = Settings()
    asked_at = datetime.now(UTC) - timedelta(hours=1)
    write_json(settings.data_dir / "sources" / "asked.json", {"remotive": asked_at.isoformat()})
    config = parse('[crawler]\ncontact = "a@acme.example"\n')
    (answered,) = ask_sources(settings, config, [SourceConfig("remotive", "remotive")])
    assert answered.result.reason is not None
    assert "its terms allow the next fetch from" in answered.result.reason
    assert ASKED == []


def test_the_curated_list_is_checked_and_remembers_it(run: Any, stand_in: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    head = "\t".join(COLUMNS)
    rows = [
        "lever\tacme\tAcme\tsoftware\t\t\tyes\tml\t2026-05-01\thn\tjobs.lever.co/acme",
        "lever\tgone\tGone\tfinance\t\t\t\t\t2026-05-01\thn\tjobs.lever.co/gone",
        "smartrecruiters\tOff\tOff\t\t\t\t\t\t2026-05-01\thn\tjobs.smartrecruiters.com/Off",
    ]
    boards = tuple(replace(board, base_url=stand_in) for board in parse_boards("\n".join([head, *rows])))
    monkeypatch.setattr(rolecall.curated, "curated_boards", lambda: boards)
    done = run("sources", "check", "--curated", "--json")
    assert done.exit_code == 1
    assert [(row["source_id"], row["is_ok"]) for row in json.loads(done.stdout)] == [("lever:acme", True), ("lever:gone", False)]
    assert "1 board left out: off by their platform's terms (smartrecruiters)" in done.stderr
    listed = {row["source_id"]: row for row in json.loads(run("sources", "list", "--curated", "--json").stdout)}
    assert listed["lever:acme"]["postings"] == 1
    assert listed["lever:acme"]["checked_on"] is not None
    assert listed["lever:gone"]["is_ok"] is False
    assert listed["smartrecruiters:Off"]["checked_on"] is None
    shown = run("sources", "list", "--curated").stdout
    assert "1 posting" in shown
    assert "FAILED" in shown
