from __future__ import annotations

from datetime import UTC, datetime

import orjson
from hypothesis import given
from hypothesis import strategies as st

from pipeline.crawling import raw_from_json, raw_to_json
from pipeline.records import RawPosting

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    TEXT,
    TEXT,
    TEXT,
    st.dictionaries(
        TEXT,
        st.none()
        | st.integers(-(2**53), 2**53)
        | st.floats(allow_nan=False, allow_infinity=False)
        | TEXT
        | st.lists(TEXT, max_size=3),
        max_size=4,
    ),
)
def test_the_fast_way_to_write_a_posting_is_the_agreed_one(board: str, id_: str, url: str, payload: dict[str, object]) -> None:
    raw = RawPosting("greenhouse", board, id_, url, datetime(2026, 1, 5, 2, 3, 4, 5, tzinfo=UTC), payload)
    written = orjson.loads(orjson.dumps(raw))
    assert written == raw_to_json(raw)
    assert raw_from_json(written) == raw
