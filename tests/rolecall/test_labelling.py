from __future__ import annotations

from typing import Any

import orjson

from pipeline.labels import Labels
from pipeline.records import LabelledPosting, Posting
from rolecall.labelling import label_lines
from tests.rolecall.store_of_jobs import JOBS, labelled_posting

LABELS: Labels = labelled_posting(JOBS[0]).labels


def label(posting: Posting) -> LabelledPosting:
    if posting.title == "boom":
        raise RuntimeError("no such thing")
    return LabelledPosting(posting, LABELS)


def lines(*given: bytes, with_text: bool = False) -> list[dict[str, Any]]:
    return [orjson.loads(line.text) for line in label_lines(given, label, with_text=with_text)]


def test_one_line_of_output_for_each_of_input_in_order() -> None:
    found = lines(b'{"id":"a","title":"t","description_text":"x"}', b"no json", b'{"id":7}', b"\n", b'["a"]')
    assert [line["id"] for line in found] == ["a", None, 7, None, None]
    assert [("error" in line) for line in found] == [False, True, True, True, True]
    assert "'title' is missing" in found[2]["error"]


def test_a_posting_that_breaks_a_classifier_costs_nobody_else_the_label() -> None:
    found = lines(b'{"id":1,"title":"boom","description_text":"x"}', b'{"id":2,"title":"t","description_text":"x"}')
    assert found[0] == {"id": 1, "error": "could not be labelled: RuntimeError: no such thing"}
    assert found[1]["remote_class"] == "remote-first"


def test_our_own_text_of_html_is_carried_and_a_given_text_only_on_demand() -> None:
    html = b'{"title":"t","description_html":"<p>Hello</p>"}'
    text = b'{"title":"t","description_text":"Hello"}'
    assert lines(html)[0]["description_text"] == "Hello"
    assert "description_text" not in lines(text)[0]
    assert lines(text, with_text=True)[0]["description_text"] == "Hello"


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert lines(b'\xef\xbb\xbf{"id":1,"title":"t","description_text":"x"}')[0]["id"] == 1
