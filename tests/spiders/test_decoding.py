from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.vocabulary import FailureKind
from spiders.decoding import challenge_in, decode_json
from spiders.failures import SENTENCES, BoardFailure

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES, st.booleans(), st.booleans())
def test_json_comes_back(value: Any, ascii_only: bool, with_bom: bool) -> None:
    body = json.dumps(value, ensure_ascii=ascii_only).encode()
    assert decode_json(b"\xef\xbb\xbf" * with_bom + body, "x") == value


@given(st.binary(max_size=60))
def test_any_bytes_are_a_value_or_a_failure_with_a_sentence(body: bytes) -> None:
    said = "https://a.example/x "
    try:
        decode_json(body, said.strip())
    except BoardFailure as failure:
        said = str(failure)
    assert said.startswith("https://a.example/x ")
    assert "\n" not in said


@given(st.binary(min_size=1, max_size=40))
def test_a_body_cut_short_is_never_a_value(tail: bytes) -> None:
    body = json.dumps({"jobs": [{"id": 1, "title": "é" * 20}]}).encode()
    with pytest.raises(BoardFailure):
        decode_json(body[: len(body) - min(len(tail), len(body) - 1)], "x")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FailureKind.BROKEN_BODY),
        (b" \n ", FailureKind.BROKEN_BODY),
        (b"<!doctype html><title>Log in</title>", FailureKind.NOT_JSON),
        (b"<title>x</title> captcha", FailureKind.CHALLENGE),
        (b"sorry", FailureKind.NOT_JSON),
        (b"[1, NaN]", FailureKind.BROKEN_BODY),
        (b'["\xff"]', FailureKind.BROKEN_BODY),
        (b"[" * 100_000, FailureKind.BROKEN_BODY),
    ],
)
def test_what_is_no_json_has_its_kind(body: bytes, kind: FailureKind) -> None:
    with pytest.raises(BoardFailure) as caught:
        decode_json(body, "x")
    assert caught.value.kind is kind


def test_small_sins_of_employers_are_forgiven() -> None:
    assert decode_json(b'{"a": "line\nbreak\ttab"}', "x") == {"a": "line\nbreak\ttab"}
    assert decode_json(b'{"a": "half \\ud83d of one"}', "x") == {"a": "half ? of one"}


def test_a_page_may_speak_of_captchas_without_being_one() -> None:
    page = b"<html><script src='/cdn-cgi/challenge-platform/x.js'></script> We study captcha usability."
    assert challenge_in(page, is_page_due=True) is None
    assert challenge_in(page, is_page_due=False)
    assert challenge_in(b"<title>Just a moment...</title>", is_page_due=True)


def test_every_kind_of_failure_has_a_sentence_with_a_remedy_or_a_prospect() -> None:
    assert set(SENTENCES) == set(FailureKind)
    for sentence in SENTENCES.values():
        assert ";" in sentence or ":" in sentence or "(" in sentence
        assert not sentence.endswith(".")
