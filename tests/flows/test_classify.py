"""Labelling a board: what the configuration adds reaches the labels."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flows.classify import label_board
from pipeline.config import TechnologyConfig
from pipeline.records import CompanyFacts, RawPosting

RAW = RawPosting(
    "greenhouse",
    "acme",
    "1",
    "https://example.org/1",
    datetime(2026, 1, 5, tzinfo=UTC),
    {"id": 1, "title": "Smith", "absolute_url": "https://example.org/1", "content": "<p>Requirements: Python, AnvilDB</p>"},
)


def test_technologies_of_the_configuration_are_labelled() -> None:
    def names(*own: TechnologyConfig) -> list[str]:
        board = label_board([RAW], CompanyFacts(), {}, own)
        assert board.unreadable == ()
        return [technology.name for technology in board.labelled[0].labels.tech.stack]

    assert names() == ["Python"]
    assert names(TechnologyConfig("AnvilDB")) == ["Python", "AnvilDB"]


def test_filled_fields_are_counted_over_the_whole_answer() -> None:
    placed = replace(RAW, external_id="2", payload={**RAW.payload, "id": 2, "location": {"name": "Oslo"}})
    untitled = replace(RAW, external_id="3", payload={"id": 3, "location": {"name": "Oslo"}})
    board = label_board([RAW, placed, untitled], CompanyFacts(), {})
    known = label_board([RAW, placed, untitled], CompanyFacts(), board.seen)
    assert len(known.labelled) == 0
    for one in (board, known):
        assert one.fill == {"text": 2, "location": 1, "company": 0, "department": 0, "published": 0, "remote": 0, "pay": 0}
