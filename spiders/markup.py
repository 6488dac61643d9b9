"""What a page of a known make holds: its elements by CSS selector, as words and as markup."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from pipeline.vocabulary import FailureKind
from spiders.answer import Answer
from spiders.decoding import challenge_in
from spiders.failures import BoardFailure
from spiders.pages import read_page

PAGE_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"


def page_of(answer: Answer) -> Tag:
    """The page of an answer.

    Raises:
        BoardFailure: it is empty, or a bot challenge in place of the page.
    """
    if not answer.body.strip():
        raise BoardFailure(FailureKind.BROKEN_BODY, what=answer.address, detail="it is empty")
    mark = challenge_in(answer.body, is_page_due=True)
    if mark:
        raise BoardFailure(FailureKind.CHALLENGE, what=answer.address, detail=mark)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(answer.body, "lxml")


def words(root: Tag, selector: str) -> str | None:
    """The words of the first element that a selector finds, on one line; None where there are none."""
    found = root.select_one(selector)
    return " ".join(found.get_text(" ").split()) or None if found else None


def inner_html(root: Tag, selector: str) -> str | None:
    """The markup inside the first element that a selector finds; None where it holds no words."""
    found = root.select_one(selector)
    return found.decode_contents().strip() if found and found.get_text().strip() else None


def job_posting(answer: Answer) -> Mapping[str, Any] | None:
    """The first schema.org JobPosting of a page, None where it has none: a page's JSON-LD may well describe the employer alone."""
    return next(iter(read_page(answer.body, answer.address).postings), None)
