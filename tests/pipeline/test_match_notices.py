from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import settings as drawn_so
from hypothesis import strategies as st

from pipeline.config import parse
from pipeline.match_notices import match_notice
from pipeline.notices import Notice, asked_for
from pipeline.vocabulary import NoticeKind

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "reference" / "notice.schema.json").read_text(encoding="utf-8"))
JOB: dict[str, Any] = {
    "job_id": "7f3a", "title": "ML Engineer", "company": "Acme", "remote_class": "remote-first", "arrangement": "remote",
    "pay_min": 150_000.0, "pay_max": 180_000.0, "pay_currency": "USD", "pay_period": "year", "url": "https://x.example/1",
    "attribution": "Acme on Greenhouse",
}  # fmt: skip
SEARCH = {"id": "first", "title": "Remote first"}


def made(jobs: list[dict[str, Any]], count: int, left_out: int = 0, **search: str) -> Notice:
    counts = {"count": count, "left_out": left_out}
    notice = match_notice({**SEARCH, **search}, jobs, counts, (3, 9), date(2026, 1, 5), "2026-01-05")
    jsonschema.validate(json.loads(json.dumps(notice.value)), SCHEMA)
    assert len(notice.text.splitlines()) <= 15
    assert not [char for char in notice.title + notice.text if char != "\n" and unicodedata.category(char)[0] == "C"]
    return notice


def test_the_text_says_what_where_and_whom_to_credit() -> None:
    bare = {**JOB, "company": None, "pay_period": None, "arrangement": "unstated", "remote_class": "on-site"}
    notice = made([JOB, bare], 12, 1)
    assert notice.title == "Rolecall 2026-01-05: 12 new jobs match Remote first"
    assert notice.text.splitlines() == [
        "12 new jobs match Remote first:",
        "- ML Engineer, Acme (remote-first; USD 150,000-180,000 a year): https://x.example/1 (Acme on Greenhouse)",
        "- ML Engineer (on-site (not stated)): https://x.example/1 (Acme on Greenhouse)",
        "- and 10 more",
        "1 job left out: the terms of the source keep such out of notices.",
        "All that match: rolecall jobs list --search first",
    ]
    assert notice.value["jobs"][0]["pay"] == "USD 150,000-180,000 a year"


def test_one_job_is_one_job_and_the_page_is_named_where_there_is_one() -> None:
    notice = made([JOB], 1, page="https://jobs.example.org/search/first.html")
    assert notice.title == "Rolecall 2026-01-05: 1 new job matches Remote first"
    assert notice.text.splitlines()[-1] == "All that match: https://jobs.example.org/search/first.html"


@given(st.lists(st.tuples(st.text(max_size=300), st.none() | st.text(max_size=300), st.text(max_size=700)), max_size=10))
@drawn_so(max_examples=25)
def test_whatever_a_posting_says_is_cut_and_tamed(drawn: list[tuple[str, str | None, str]]) -> None:
    made([{**JOB, "title": title, "company": company, "url": url} for title, company, url in drawn], 10)


def test_only_who_asks_for_matches_hears_of_them() -> None:
    block = '[[notify]]\nto = "webhook"\naddress_env = "{}"\n'
    blocks = parse(f'{block.format("ANY")}{block.format("OURS")}on = ["matches", "night"]\n').notify
    assert [one.address_env for one in asked_for(made([JOB], 1), blocks)] == ["OURS"]
    assert blocks[1].on == (NoticeKind.MATCHES, NoticeKind.NIGHT)
