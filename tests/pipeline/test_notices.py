from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import parse
from pipeline.notices import Notice, asked_for, broken_notice, clean, night_notice, trial_notice
from pipeline.notify_config import NotifyConfig
from pipeline.vocabulary import BoardStatus, FailureKind, NoticeKind, NoticeTarget
from tests.rolecall.render.test_night import FAILED, READ, SUMMARY

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "reference" / "notice.schema.json").read_text(encoding="utf-8"))
NIGHT = date(2026, 1, 5)
SUSPECT = replace(
    READ, source_id="lever:beta", note="suspect: the answer is empty; slow",
    suspect="suspect: the answer is empty where 30 postings were open; nothing is closed (night 1 of 3 before it is believed)",
)  # fmt: skip
PARTIAL = replace(READ, source_id="lever:half", status=BoardStatus.PARTIAL, failure=FailureKind.TIMEOUT, note="page 3 timed out")
NOT_REACHED = replace(FAILED, source_id="ashby:late", failure=FailureKind.INTERRUPTED, note="the run was stopped")
CALM = replace(SUMMARY, sources=(READ,))


def check(notice: Notice) -> Notice:
    jsonschema.validate(json.loads(json.dumps(notice.value)), SCHEMA)
    assert notice.value["title"] == notice.title
    assert notice.value["text"] == notice.text
    assert len(notice.text.splitlines()) <= 15
    assert not [char for char in notice.title + notice.text if char != "\n" and unicodedata.category(char)[0] == "C"]
    return notice


@pytest.mark.parametrize(
    ("summary", "kinds", "title"),
    [
        (CALM, ("night",), "all went well with 1 source"),
        (replace(SUMMARY, sources=(READ, FAILED)), ("partial", "night"), "1 of 2 sources failed"),
        (replace(SUMMARY, sources=(READ, PARTIAL)), ("partial", "night"), "1 of 2 sources failed"),
        (replace(SUMMARY, sources=(READ, SUSPECT)), ("suspect", "night"), "1 answer suspect"),
        (replace(SUMMARY, sources=(SUSPECT, SUSPECT, FAILED)), ("partial", "suspect", "night"), "1 of 3 sources failed, 2 a"),
        (replace(SUMMARY, sources=(FAILED, FAILED)), ("failed", "night"), "none of 2 sources could be read"),
        (replace(SUMMARY, sources=(FAILED,)), ("failed", "night"), "its source could not be read"),
        (replace(CALM, interrupted=True), ("partial", "night"), "interrupted"),
        (replace(SUMMARY, sources=(READ, NOT_REACHED), interrupted=True), ("partial", "night"), "interrupted, 1 of 2 sources"),
    ],
)  # fmt: skip
def test_what_a_night_was(summary: object, kinds: tuple[str, ...], title: str) -> None:
    notice = check(night_notice(summary))  # type: ignore[arg-type]
    assert notice.kinds == kinds
    assert notice.value["kind"] == kinds[0]
    assert notice.title.startswith(f"Rolecall 2026-01-05: {title}")
    assert notice.text.splitlines()[-1] == "More: rolecall runs show 2026-01-05"


def test_the_text_says_what_failed_why_and_what_to_do() -> None:
    notice = check(night_notice(replace(SUMMARY, sources=(READ, FAILED, SUSPECT, PARTIAL))))
    assert notice.text.splitlines() == [
        "Run 2026-01-05: 2 of 4 sources failed, 1 answer suspect.",
        f"{3 * READ.new} new, {3 * READ.changed} changed, {3 * READ.closed} closed; 894 jobs are open.",
        "Failed or read in part:",
        f"- ashby:gamma (http status): {FAILED.note}",
        "- lever:half (timeout): page 3 timed out",
        "Suspect:",
        f"- lever:beta: {SUSPECT.suspect}",
        "More: rolecall runs show 2026-01-05",
    ]
    assert notice.value["failed"][0] == {"source": "ashby:gamma", "failure": "http_status", "why": FAILED.note}
    assert notice.value["counts"] == {
        "sources": 4, "failed": 2, "not_reached": 0, "suspect": 1,
        "new": 33, "changed": 12, "closed": 21, "open_jobs": 894,
    }  # fmt: skip


def test_a_source_that_was_not_reached_is_not_called_failed() -> None:
    notice = check(night_notice(replace(SUMMARY, sources=(READ, NOT_REACHED), interrupted=True)))
    assert notice.value["failed"] == []
    assert notice.value["counts"]["not_reached"] == 1
    assert "ashby:late" not in notice.text
    assert "goes on from there" in notice.text


def test_a_night_of_many_failures_stays_short() -> None:
    failed = [replace(FAILED, source_id=f"lever:{number}", note="x" * 5000) for number in range(300)]
    suspect = [replace(SUSPECT, source_id=f"ashby:{number}") for number in range(300)]
    notice = check(night_notice(replace(SUMMARY, sources=(*failed, *suspect), interrupted=True)))
    assert "- and 296 more" in notice.text
    assert "- and 297 more" in notice.text
    assert len(notice.value["failed"]) == len(notice.value["suspect"]) == 100
    assert notice.value["counts"]["failed"] == 300
    assert max(map(len, notice.text.splitlines())) <= 300


def test_hostile_words_cannot_steer_a_terminal_or_a_mail() -> None:
    evil = "HTTP 500\r\nBcc: victim@example.org\x1b[2J\u202egnp.exe\u2028\ud800\x00"
    row = replace(FAILED, source_id="lever:a\r\nSubject: b", note=evil, suspect=evil)
    notice = check(night_notice(replace(SUMMARY, run_id="2026\r\nX: y", sources=(row,))))
    assert "\r" not in notice.title + notice.text
    assert "\n" not in notice.title
    assert "- lever:a Subject: b (http status): HTTP 500 Bcc: victim@example.org [2J gnp.exe" in notice.text.splitlines()
    json.dumps(notice.value).encode("utf-8")
    notice.text.encode("utf-8")


@given(st.text(), st.integers(1, 40))
def test_clean_is_one_short_line(text: str, most: int) -> None:
    line = clean(text, most)
    assert len(line) <= most
    assert len(line.splitlines()) <= 1
    assert clean(line, most) == line
    line.encode("utf-8")


def test_a_night_that_broke() -> None:
    notice = check(broken_notice("the database postgresql+psycopg://me:s3cr3t@db/x is away", NIGHT, "2026-01-05-2"))
    assert notice.kinds == ("failed", "night")
    assert "s3cr3t" not in json.dumps(notice.value)
    assert notice.title == "Rolecall 2026-01-05: the night broke: the database postgresql+psycopg://…@db/x is away"
    assert notice.text.startswith("The run 2026-01-05-2 broke: ")
    assert notice.value["run_id"] == "2026-01-05-2"
    assert check(broken_notice("another run holds the lock", NIGHT)).value["run_id"] is None


def block(*on: NoticeKind) -> NotifyConfig:
    return NotifyConfig(NoticeTarget.WEBHOOK, on, "A")


def test_who_asks_for_a_notice() -> None:
    failed, suspect, always = block(NoticeKind.FAILED), block(NoticeKind.SUSPECT), block(NoticeKind.NIGHT)
    blocks = (failed, suspect, always)
    assert asked_for(night_notice(CALM), blocks) == (always,)
    assert asked_for(night_notice(replace(SUMMARY, sources=(READ, SUSPECT, FAILED))), blocks) == (suspect, always)
    assert asked_for(broken_notice("x", NIGHT), blocks) == (failed, always)
    assert asked_for(check(trial_notice(NIGHT)), blocks) == blocks


def test_what_the_page_shows_is_right() -> None:
    page = (DOCS / "how-to" / "be-told.md").read_text(encoding="utf-8")
    (toml,), values = (re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL) for kind in ("toml", "json"))
    assert values
    assert [block.to for block in parse(toml).notify] == ["webhook", "apprise", "email"]
    for value in values:
        jsonschema.validate(json.loads(value), SCHEMA)
