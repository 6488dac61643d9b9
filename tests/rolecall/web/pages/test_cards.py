"""What a card has room for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.filters import Filters
from rolecall.web.pages.cards import cards
from storage.queries.jobs import rows
from storage.store import Store
from tests.rolecall.store_of_jobs import Job, fill

STACK = ("Python", "Docker", "Redis", "Kafka", "Ruby", "Node.js", "C++")


@pytest.mark.parametrize(
    ("asked", "shown", "more"),
    [
        ((), ("Python", "Docker", "Redis", "Kafka", "Ruby"), 2),
        (("c++", "kafka"), ("Kafka", "C++", "Python", "Docker", "Redis"), 2),
        (("nodejs",), ("Node.js", "Python", "Docker", "Redis", "Kafka"), 2),
        (("C++", "Ruby", "Kafka", "Redis", "Docker", "Node JS"), ("Docker", "Redis", "Kafka", "Ruby", "Node.js", "C++"), 1),
    ],
)
def test_what_was_asked_for_is_among_the_technologies_shown(
    tmp_path: Path, asked: tuple[str, ...], shown: tuple[str, ...], more: int
) -> None:
    fill(tmp_path, (Job("lever", "acme", "Engineer", "first", STACK),))
    with Store.open_reading(f"sqlite:///{tmp_path / 'rolecall.db'}", tmp_path) as store:
        [row] = rows(store, Filters())
        [card] = cards(store, [row["posting_id"]], date(2026, 1, 5), asked=asked)
    assert (card.skills, card.more_skills) == (shown, more)
