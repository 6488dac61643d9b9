from __future__ import annotations

from pathlib import Path

from storage.exports.kinds import Kind, kind, unit
from storage.exports.reference import reference
from storage.queries.jobs import COLUMNS

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "exports.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run `python -m storage.exports.reference > docs/reference/exports.md`"


def test_kinds_follow_the_names() -> None:
    assert [name for name in COLUMNS if name.startswith(("is_", "has_")) and kind(name) is not Kind.FLAG] == []
    assert [name for name in COLUMNS if name.endswith("_on") and kind(name) is not Kind.DATE] == []
    assert [name for name in COLUMNS if name.endswith("_at") and (kind(name), unit(name)) != (Kind.INSTANT, "UTC")] == []
    assert [name for name in COLUMNS if name.endswith("_usd") and unit(name) != "US dollars a year"] == []
    assert [name for name in COLUMNS if name.endswith("url") and kind(name) is not Kind.LINK] == []
