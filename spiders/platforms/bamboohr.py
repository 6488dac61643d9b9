"""BambooHR (the careers site's own ``/careers/list``, ``/careers/{id}/detail`` and widget ``/jobs/embed2.php``; as recorded answers
and other crawlers show them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urljoin

from spiders.answer import Answer, Identity
from spiders.board import Ask, Board
from spiders.detailed import DetailedSpider
from spiders.employers import employer_host
from spiders.markup import PAGE_ACCEPT, page_of, words

_BOARD = ".BambooHR-ATS-board, .BambooHR-ATS-Department-List"
_ROW = "li[id^=bhrPositionID_]"
_DEPARTMENT = re.compile("bhrDepartmentID_")


class BamboohrSpider(DetailedSpider):
    """The list, or where there is none the widget that employers put into their own pages; text, pay and date stand in the detail.

    The widget shows a job under each of its departments. An unknown employer leads to bamboohr.com, a page of another kind.
    """

    name = "bamboohr"
    accept = f"application/json,{PAGE_ACCEPT}"

    def addresses(self, board: str) -> Iterable[Ask]:
        return (Ask(f"{_site(board)}/careers/list", may_be_refused=True),)

    def items(self, answer: Answer) -> Iterable[object]:
        if answer.body.lstrip()[:1] == b"<" and (answer.ask.address == _widget(answer.board) or b"BambooHR-ATS" in answer.body):
            return _rows(answer)
        value = answer.mapping()
        total = value["meta"].get("totalCount") if isinstance(value.get("meta"), dict) else None
        if total is not None:
            self.expect(answer, total)
        return answer.listing(value.get("result"), "result")

    def identify(self, item: Any, board: str) -> Identity:
        shared = item.get("jobOpeningShareUrl")
        id_ = item.get("id") or (shared.rstrip("/").split("/")[-1] if isinstance(shared, str) else None)
        return Identity(id_, item.get("jobOpeningName"), shared or f"{_site(board)}/careers/{id_}")

    def detail_address(self, entry: Mapping[str, Any], board: str) -> str:
        return f"{_site(board)}/careers/{quote(str(entry.get('id')), safe='')}/detail"

    def detail(self, answer: Answer) -> Mapping[str, Any]:
        result = answer.mapping().get("result")
        opening = result.get("jobOpening") if isinstance(result, dict) else None
        if not isinstance(opening, dict):
            answer.refuse("jobOpening should be an object")
        return {key: value for key, value in opening.items() if value is not None}

    def nothing_left(self, board: Board) -> tuple[Ask, ...]:
        if board.missing and not self.has_listed(board) and _widget(board.name) not in board.asked:
            return (Ask(_widget(board.name)),)
        return super().nothing_left(board)


def _site(board: str) -> str:
    return f"https://{employer_host(board, 'bamboohr.com')}"


def _widget(board: str) -> str:
    return f"{_site(board)}/jobs/embed2.php"


def _rows(answer: Answer) -> Iterator[Mapping[str, Any]]:
    """The widget's jobs by the names of the list, each once."""
    page = page_of(answer)
    if page.select_one(_BOARD) is None:
        answer.refuse("a page without the widget")
    seen: set[str] = set()
    for row in page.select(_ROW):
        id_, link = str(row["id"]).rpartition("_")[2], row.select_one("a[href]")
        department = row.find_parent("li", id=_DEPARTMENT)
        if id_ not in seen:
            seen.add(id_)
            yield {
                "id": id_,
                "jobOpeningName": words(row, "a"),
                "jobOpeningShareUrl": urljoin(answer.address, str(link["href"])) if link else None,
                "departmentLabel": words(department, ".BambooHR-ATS-Department-Header") if department else None,
                "locationLabel": words(row, ".BambooHR-ATS-Location"),
            }
