from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.vocabulary import FailureKind
from spiders.failures import BoardFailure
from spiders.middlewares.strict_body import decompress

LIMIT = 100_000


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)  # without the time, so that tests have the same names in every process


def _raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@given(st.binary(max_size=400))
def test_a_whole_body_comes_back(body: bytes) -> None:
    assert decompress(gzip.compress(body), "gzip", LIMIT, "x") == body
    assert decompress(gzip.compress(body), "X-GZIP", LIMIT, "x") == body
    assert decompress(zlib.compress(body), "deflate", LIMIT, "x") == body
    assert decompress(gzip.compress(zlib.compress(body)), "deflate, gzip", LIMIT, "x") == body
    assert decompress(gzip.compress(body) + gzip.compress(body) + b"\0\0", "gzip", LIMIT, "x") == body * 2
    assert decompress(body, "identity", LIMIT, "x") == body


def test_deflate_without_its_header_is_read_too() -> None:
    assert decompress(_raw_deflate(b"text" * 50), "deflate", LIMIT, "x") == b"text" * 50


@given(st.binary(min_size=1, max_size=400), st.integers(1, 40))
def test_a_body_cut_short_anywhere_is_broken(body: bytes, cut: int) -> None:
    packed = gzip.compress(body)
    with pytest.raises(BoardFailure) as caught:
        decompress(packed[: max(1, len(packed) - cut)], "gzip", LIMIT, "x")
    assert caught.value.kind is FailureKind.BROKEN_BODY


@pytest.mark.parametrize(
    ("body", "encoding", "kind"),
    [
        (_packed(b"a" * (LIMIT + 1)), "gzip", FailureKind.TOO_LARGE),
        (_packed(_packed(b"a" * 10_000_000)), "gzip, gzip", FailureKind.TOO_LARGE),
        (_packed(b"a" * LIMIT) + _packed(b"a"), "gzip", FailureKind.TOO_LARGE),
        (b"nonsense", "gzip", FailureKind.BROKEN_BODY),
        (b"x", "br", FailureKind.BROKEN_BODY),
        (b"x", "zstd", FailureKind.BROKEN_BODY),
        (_packed(b"text")[:-8] + b"\0" * 8, "gzip", FailureKind.BROKEN_BODY),
    ],
)
def test_bombs_and_nonsense_are_failures(body: bytes, encoding: str, kind: FailureKind) -> None:
    with pytest.raises(BoardFailure) as caught:
        decompress(body, encoding, LIMIT, "x")
    assert caught.value.kind is kind


def test_a_body_of_exactly_the_limit_passes() -> None:
    assert len(decompress(gzip.compress(b"a" * LIMIT), "gzip", LIMIT, "x")) == LIMIT
