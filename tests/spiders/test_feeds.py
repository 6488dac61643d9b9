from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.vocabulary import FailureKind
from spiders.failures import BoardFailure
from spiders.feeds import MOST_ITEMS, read_feed

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (b"%d" % (n - 1) if n > 1 else b"") * 10) for n in range(1, 10))
    + b"]><rss><channel><item><title>&a9;</title><link>https://a.example/</link></item></channel></rss>"
)


def _items(inner: str) -> list[object]:
    return [dict(item) for item in read_feed(f"<rss><channel>{inner}</channel></rss>".encode(), "x").items]


def test_elements_become_texts_objects_and_lists() -> None:
    inner = '<item><a>1</a><a>2</a><b c="3"/><d><e>4</e></d><f></f><g x="5">6</g></item>'
    assert _items(inner) == [{"a": ["1", "2"], "b": {"@c": "3"}, "d": {"e": "4"}, "g": "6"}]


def test_entities_of_the_document_are_not_resolved() -> None:
    item = read_feed(LAUGHS, "x").items[0]
    assert len(str(item)) < 200
    secret = b'<!DOCTYPE r [<!ENTITY s SYSTEM "file:///etc/hostname">]><rss><item><a>&s;</a><b>1</b></item></rss>'
    assert read_feed(secret, "x").items[0]["b"] == "1"


def test_a_feed_that_breaks_off_gives_the_items_before() -> None:
    body = b"<rss><channel><item><title>One</title></item><item><title>Two & more</title></item><item><ti"
    titles = [item.get("title") for item in read_feed(body, "x").items]
    assert titles[0] == "One"


def test_there_is_an_end_of_items_and_of_nesting() -> None:
    feed = read_feed(b"<rss>" + b"<item><title>x</title></item>" * (MOST_ITEMS + 1) + b"</rss>", "x")
    assert (len(feed.items), feed.is_cut) == (MOST_ITEMS, True)
    deep = b"<rss><item>" + b"<a>" * 200 + b"1" + b"</a>" * 200 + b"</item></rss>"
    assert str(read_feed(deep, "x").items[0]).count("a") < 10


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FailureKind.BROKEN_BODY),
        (b"nothing at all", FailureKind.WRONG_SHAPE),
        (b"<html><body>Sign in</body></html>", FailureKind.WRONG_SHAPE),
        (b"<html><head><title>Just a moment...</title></head></html>", FailureKind.CHALLENGE),
        (b"<opml><body/></opml>", FailureKind.WRONG_SHAPE),
    ],
)
def test_what_is_no_feed_is_a_failure(body: bytes, kind: FailureKind) -> None:
    with pytest.raises(BoardFailure) as caught:
        read_feed(body, "x")
    assert caught.value.kind is kind


def test_an_empty_feed_has_no_items() -> None:
    assert read_feed(b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "x").items == ()


@given(st.binary(max_size=300) | st.text(alphabet="<>/&;!\"'=abitemrss ", max_size=200).map(str.encode))
def test_any_bytes_are_items_or_a_failure(body: bytes) -> None:
    for candidate in (body, b"<rss>" + body + b"</rss>"):
        with suppress(BoardFailure):
            assert len(read_feed(candidate, "x").items) <= body.count(b"item")
