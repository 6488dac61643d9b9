from __future__ import annotations

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.render.tables import Column, cells, cut, table, wrap

COLUMNS = (Column("name", weight=2, least=6), Column("n", is_number=True), Column("note", weight=3, least=6))


def test_numbers_stand_to_the_right_and_lines_have_no_trailing_space() -> None:
    text = click.unstyle(table(COLUMNS, [["a", "5", "x"], ["bb", "1,200", ""]], 80))
    assert text == "name      n  note\na         5  x\nbb    1,200\n"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_table_fits_its_width(width: int) -> None:
    text = click.unstyle(table(COLUMNS, [["greenhouse:a-very-long-board-name" * 2, "12,345", "a sentence " * 20]], width))
    assert max(cells(line) for line in text.splitlines()) <= width


def test_wide_characters_take_two_cells() -> None:
    assert cells("東京") == 4
    assert cut("東京都庁", 5) == "東京…"


def test_a_posting_cannot_steer_the_terminal() -> None:
    hostile = "a\x1b]0;owned\x07b\u202ecba"
    assert cut(hostile, 40) == "a]0;ownedbcba"
    assert wrap(hostile, 40) == ["a]0;ownedbcba"]


def test_a_line_break_in_a_cell_stays_on_the_line() -> None:
    assert len(table(COLUMNS, [["a\nb", "1", "c\r\nd"]], 80).splitlines()) == 2


@given(st.text(max_size=60), st.integers(min_value=2, max_value=30))
def test_cut_never_exceeds_its_width(text: str, width: int) -> None:
    assert cells(cut(text, width)) <= width


@given(st.text(alphabet="ab é東", max_size=80), st.integers(min_value=2, max_value=20))
def test_wrap_keeps_every_character(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
