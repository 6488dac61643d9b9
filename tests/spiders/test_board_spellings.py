"""A board is spelled one way: what an address is recognised as is what the platform's spider asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.board_addresses import recognise
from pipeline.curated_boards import curated_boards
from spiders.registry import spider_for

TABLE = Path(__file__).parents[1] / "pipeline" / "board_addresses.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
BOARDS = dict.fromkeys([(row[1], row[2]) for row in ROWS if row[2] != "-"])


def asked(platform: str, board: str) -> tuple[str, str | None]:
    """Platform and board that the spider's first address is recognised as, names in small letters."""
    first = next(iter(spider_for(platform)().addresses(board)))
    found = recognise(first if isinstance(first, str) else first.address)
    assert found is not None
    return found.platform, found.board and found.board.casefold()


@pytest.mark.parametrize(("platform", "board"), BOARDS)
def test_the_spider_asks_for_the_board_that_was_recognised(platform: str, board: str) -> None:
    assert asked(platform, board) == (platform, board.casefold())


def test_so_does_every_board_of_the_curated_list() -> None:
    wrong = [one.source_id for one in curated_boards() if asked(one.platform, one.board) != (one.platform, one.board.casefold())]
    assert wrong == []
