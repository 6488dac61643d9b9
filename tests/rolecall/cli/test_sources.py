from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from pipeline.config import parse

EXAMPLE = Path(__file__).parents[3] / "rolecall.toml.example"


def configure(text: str) -> None:
    Path("rolecall.toml").write_text(text, encoding="utf-8")


def test_the_starter_list_needs_a_contact_and_nothing_else(run: Any) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    config = parse(text)
    assert config.crawler.contact is None
    assert {source.platform for source in config.sources} == {"greenhouse", "lever", "ashby", "remoteok", "hn"}
    assert all(source.company.name for source in config.sources if source.platform in ("greenhouse", "lever", "ashby"))
    assert parse(text.replace("# contact", "contact")).crawler.contact == "https://example.org/bot"
    configure(text)
    done = run("nightly")
    assert done.exit_code == 2
    assert "no contact address" in done.stderr


def test_the_list_shows_pace_and_last_read(run: Any) -> None:
    configure('[[source]]\nplatform = "lever"\nboard = "acme"\ncompany = { name = "Acme" }\n\n[[source]]\nplatform = "remoteok"\n')
    done = run("sources", "list")
    assert done.exit_code == 0
    assert "lever:acme" in done.stdout
    assert "never" in done.stdout
    rows = json.loads(run("sources", "list", "--json").stdout)
    assert [row["source_id"] for row in rows] == ["lever:acme", "remoteok"]
    assert rows[0]["last_complete_at"] is None
    assert rows[1]["least_interval_hours"] == 1


def test_without_sources_it_says_how_to_get_some(run: Any) -> None:
    done = run("sources", "list", "--json")
    assert (done.exit_code, done.stdout) == (0, "[]\n")
    assert "copy rolecall.toml.example to rolecall.toml" in done.stderr


class OneBoard(BaseHTTPRequestHandler):
    """Answers one Lever board, and nothing else."""

    def do_GET(self) -> None:
        is_board = self.path.startswith("/v0/postings/acme")
        body = b"[]" if is_board else b"{}"
        self.send_response(200 if is_board else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def board() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), OneBoard) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_check_reads_as_a_night_would_and_stores_nothing(run: Any, board: str, tmp_path: Path) -> None:
    blocks = [f'[[source]]\nplatform = "lever"\nboard = "{name}"\nbase_url = "{board}"\n' for name in ("acme", "gone")]
    configure("\n".join(blocks))
    done = run("sources", "check", "--json")
    rows = {row["source_id"]: row for row in json.loads(done.stdout)}
    assert done.exit_code == 1
    assert rows["lever:gone"]["is_ok"] is False
    assert rows["lever:gone"]["failure"] == "not_found"
    assert rows["lever:acme"]["status"] == "complete"
    assert "1 of 2 sources did not answer as they should" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["rolecall.toml"]


def test_check_names_an_unknown_source(run: Any) -> None:
    configure('[[source]]\nplatform = "lever"\nboard = "acme"\n')
    done = run("sources", "check", "lever:acm")
    assert done.exit_code == 2
    assert "source 'lever:acm' is not configured; did you mean 'lever:acme'?" in done.stderr
