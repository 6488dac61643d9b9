from __future__ import annotations

from pathlib import Path

from storage import schema
from storage.dictionary import dictionary

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "data-dictionary.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary(), (
        "run `python -m storage.dictionary > docs/reference/data-dictionary.md`"
    )


def test_every_table_and_column_has_its_line() -> None:
    for table in schema.metadata.tables.values():
        assert table.comment, table.name
        assert [column.name for column in table.columns if not column.comment] == []
