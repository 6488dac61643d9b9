from __future__ import annotations

from flows.summary import source_row
from pipeline.crawling import BoardResult
from pipeline.vocabulary import BoardStatus
from storage.changes import BoardChange


def test_a_suspect_answer_stands_in_a_field_of_its_own_and_in_the_note() -> None:
    result = BoardResult("lever", "acme", BoardStatus.COMPLETE, postings=1, notes=("waited 2 s",))
    row = source_row(result, BoardChange(suspect="the answer has 1 postings where 30 were open"))
    assert row.suspect == "the answer has 1 postings where 30 were open"
    assert row.note == "the answer has 1 postings where 30 were open; waited 2 s"
    assert source_row(result, BoardChange()).suspect is None
    assert source_row(result).suspect is None
