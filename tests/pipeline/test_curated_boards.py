from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from classifiers.company.lexicon import industries, tables
from pipeline.board_addresses import known_platforms
from pipeline.curated_boards import COLUMNS, curated_boards, named_boards, parse_boards
from pipeline.errors import UsageError

ROOT = Path(__file__).parents[2]
HEAD = "\t".join(COLUMNS)
ROW = "lever\tacme\tAcme\tsoftware\tpublic\t51-200\tyes\tdata,ml\t2026-05-01\thn\tjobs.lever.co/acme"


def test_two_hundred_boards_on_many_platforms_with_remote_first_employers_among_them() -> None:
    boards = curated_boards()
    assert len(boards) >= 200
    assert len({board.platform for board in boards}) >= 10
    assert sum(board.is_remote_first is True for board in boards) >= 20
    assert all({board.platform for board in boards if word in board.hires} for word in ("data", "ml", "software"))


def test_facts_are_in_the_words_of_the_filters() -> None:
    for board in curated_boards():
        assert board.platform in known_platforms()
        assert board.company.industry is None or board.company.industry in industries()
        assert board.company.stage is None or board.company.stage in tables()["stage"]
        assert board.company.size is None or board.company.size in tables()["bands"]
        assert date(2018, 1, 1) <= board.seen_on <= date(2026, 11, 30)


def test_the_starter_list_is_a_selection_of_it() -> None:
    sources = tomllib.loads((ROOT / "rolecall.toml.example").read_text(encoding="utf-8"))["source"]
    listed = {board.source_id: board for board in curated_boards()}
    boards = [source for source in sources if "board" in source]
    assert [f"{one['platform']}:{one['board']}" for one in boards if f"{one['platform']}:{one['board']}" not in listed] == []
    wrong = [one for one in boards if one["company"]["name"] != listed[f"{one['platform']}:{one['board']}"].company.name]
    assert wrong == []


@pytest.mark.parametrize("word", ["gitlab", "GitLab", "greenhouse:gitlab", "GREENHOUSE:GitLab", "Git Lab"])
def test_a_board_has_several_names(word: str) -> None:
    assert [board.source_id for board in named_boards([word])] == ["greenhouse:gitlab"]


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(UsageError, match="'mixpannel' is not in the curated list; did you mean 'Mixpanel'"):
        named_boards(["mixpannel"])
    with pytest.raises(UsageError, match="sources list --curated"):
        named_boards(["qqqqqqqq"])


def test_a_name_of_two_boards_asks_which() -> None:
    text = f"{HEAD}\n{ROW}\n{ROW.replace('lever', 'ashby').replace('jobs.ashby.co', 'jobs.ashbyhq.com')}\n"
    with pytest.raises(UsageError, match="say 'lever:acme' or 'ashby:acme'"):
        named_boards(["Acme"], parse_boards(text))


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (ROW.replace("jobs.lever.co/acme", "jobs.lever.co/other"), "does not name lever:acme"),
        (ROW.replace("\tyes\t", "\tmaybe\t"), "line 2: a company is missing, or a word"),
        (ROW.replace("data,ml", "sales"), "a word stands there"),
        (ROW.replace("2026-05-01", "May"), "isoformat"),
        (ROW + "\tmore", "12 cells, not 11"),
        (f"{ROW}\n{ROW.replace('acme', 'Acme')}", "stands there twice"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(row: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        parse_boards(f"{HEAD}\n{row}\n")


def test_without_the_row_of_columns_nothing_is_read() -> None:
    with pytest.raises(ValueError, match="must name the columns"):
        parse_boards(ROW)
