from __future__ import annotations

from datetime import date

import pytest

from pipeline.lines import NotAPosting, posting_from_line


def test_text_as_given_stays_to_the_letter() -> None:
    line = posting_from_line(
        {"id": 7, "title": " Data  Engineer ", "description_text": "a\u00a0 b\n\n c", "published": "2026-01-05"}
    )
    assert (line.id, line.is_own_text) == (7, False)
    assert line.posting.title == " Data  Engineer "
    assert line.posting.description_text == "a\u00a0 b\n\n c"
    assert line.posting.published_on == date(2026, 1, 5)


def test_html_becomes_our_own_text() -> None:
    line = posting_from_line({"title": "x", "description_html": "<p>a</p><p>b</p>"})
    assert line.is_own_text
    assert line.id is None
    assert line.posting.description_text == "a\nb"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (True, {"structured_remote": True}),
        (False, {"structured_remote": False}),
        ("Hybrid", {"structured_remote": "Hybrid"}),
        ({"remote": False, "hybrid": None}, {"remote": False}),
        ({"remote": None}, None),
        ({}, None),
        ("", None),
        (None, None),
    ],
)
def test_structured_fields(value: object, kept: object) -> None:
    assert posting_from_line({"title": "x", "description_text": "", "structured_remote": value}).posting.structured_remote == kept


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ([], "the line is no JSON object"),
        ({"description_text": "x"}, "'title' is missing"),
        ({"title": "x"}, "'description_text' or 'description_html' is missing"),
        ({"title": 3, "description_text": "x"}, "'title' must be a text, not int"),
        (
            {"title": "x", "description_text": "x", "structured_salary": 3},
            "'structured_salary' must be an object, a text or a boolean",
        ),
    ],
)
def test_what_is_no_posting_is_refused_with_its_reason(line: object, message: str) -> None:
    with pytest.raises(NotAPosting, match=r"^" + message.replace("(", r"\(")):
        posting_from_line(line)
