"""RawPosting -> Posting: one parser a platform, found by the platform's name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from pipeline.payloads.common import UnreadablePosting
from pipeline.records import CompanyFacts, Posting, RawPosting
from pipeline.terms import platform as platform_terms

__all__ = ["UnreadablePosting", "to_posting"]

Parser = Callable[[RawPosting, CompanyFacts], Posting]


def to_posting(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting that a raw one means.

    Args:
        raw: as the spider or the store gives it.
        company: what the configuration says of the employer; empty facts where it says nothing.

    Raises:
        UnreadablePosting: the payload lacks what makes a posting.
        UsageError: no such platform.
    """
    try:
        return _parser(raw.platform)(raw, company)
    except RecursionError:
        raise UnreadablePosting(f"the {raw.platform} posting {raw.external_id} nests too deeply") from None


@cache
def _parser(platform: str) -> Parser:
    parser: Parser = import_module(f"pipeline.payloads.{platform_terms(platform).name}").parse
    return parser
