"""JazzHR (the careers site's own ``/apply/jobs`` and ``/apply/{code}``; as recorded pages and other crawlers show them)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from bs4 import Tag

from spiders.answer import Answer, Identity
from spiders.detailed import DetailedSpider
from spiders.employers import employer_host
from spiders.markup import PAGE_ACCEPT, inner_html, job_posting, page_of, words

_CODE = re.compile(r"/apply/(?:jobs/details/)?(\w+)")
_LABEL = re.compile(r"^(?:location|type|employment|department|experience)\s*:\s*", re.IGNORECASE)
_ATTRIBUTES = {
    "Location": '[title="Location"]',
    "Type": '[title="Type"], #resumator-job-employment, #resumator-job-type',
    "Department": '[title="Department"], #resumator-job-department',
    "Experience": '[title="Experience"], #resumator-job-experience',
}
"""By title on the platform's own themes, by id on employers' ones."""


class JazzhrSpider(DetailedSpider):
    """Pages only: one table with the whole board, and a page for each posting.

    The rows stand a second time in a column for telephones, which is not read. An employer that left answers 200 without the table:
    a failure, since an empty board has the table. JSON-LD may describe the employer alone.
    """

    name = "jazzhr"
    accept = PAGE_ACCEPT

    def addresses(self, board: str) -> Iterable[str]:
        return (f"https://{employer_host(board, 'applytojob.com')}/apply/jobs",)

    def items(self, answer: Answer) -> Iterable[object]:
        page = page_of(answer)
        if page.select_one("#jobs_table") is None:
            answer.refuse("a page without the table of jobs; the employer may have left")
        return [_row(row) for row in page.select('#jobs_table tr[id^="row_job_"]')]

    def identify(self, item: Any, board: str) -> Identity:
        return Identity(item.get("code"), item.get("title"), self.detail_address(item, board))

    def detail_address(self, entry: Mapping[str, Any], board: str) -> str:
        return f"https://{employer_host(board, 'applytojob.com')}/apply/{quote(str(entry.get('code')), safe='')}"

    def detail(self, answer: Answer) -> Mapping[str, Any]:
        page, posting = page_of(answer), job_posting(answer)
        description = inner_html(page, "#job-description, #resumator-job-description")
        if posting is None and description is None:
            answer.refuse("a page with neither a JobPosting nor a description")
        said = {name: _LABEL.sub("", words(page, selector) or "") for name, selector in _ATTRIBUTES.items()}
        found = {"company": words(page, ".brand-text"), "title": words(page, ".job-header h2"), "code": _code(page)}
        read = {"description": description, "attributes": said, "JobPosting": posting}
        return {**read, **{key: value for key, value in found.items() if value}}


def _row(row: Tag) -> dict[str, str | None]:
    link = row.select_one('a[href*="/apply/jobs/details/"]')
    code = _CODE.search(str(link["href"])) if link else None
    return {
        "row": str(row["id"]),
        "code": code[1] if code else None,
        "title": words(row, "a.job_title_link") or words(row, "a"),
        "department": words(row, ".resumator_department"),
        "location": words(row, "td:nth-of-type(2)"),
    }


def _code(page: Tag) -> str | None:
    """The posting's code in the page's own address."""
    link = page.select_one('link[rel="canonical"][href]')
    code = _CODE.search(str(link["href"])) if link else None
    return code[1] if code else None
