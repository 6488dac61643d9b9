"""Careers pages of any employer (schema.org/JobPosting as JSON-LD or microdata, else the page's own structure).

iCIMS, Jobvite, Avature, Phenom and TalentClue are read as recorded pages of theirs and other crawlers' code have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spiders.answer import Answer, Identity, LeftOut, Part
from spiders.board import Ask
from spiders.careers_addresses import asked, entrances, further_page, is_walked, own_address
from spiders.careers_rows import listed_jobs, own_page, title_of
from spiders.microdata import job_postings
from spiders.page_parts import require_for_people
from spiders.page_structure import read_structure, says_empty, says_gone
from spiders.pages import PageFinds
from spiders.phenom import data_of, job_of, next_of
from spiders.sites import SiteSpider, is_on


class CareersSpider(SiteSpider):
    """The board is the site's host, or the address of its list: ``acme.example``, ``acme.example/about/careers``.

    A page gives its JSON-LD, else its microdata, else what its structure says where enough speaks for a posting (``careers.toml``).
    What the list said of a job goes along to its page and stands for it where the page shows nothing to a reader without scripts.
    """

    name = "careers"
    sought = "a posting"
    reads_every_page = False

    def addresses(self, board: str) -> Iterable[Ask]:
        return [Ask(one, "list") for one in entrances(board)] if is_walked(board) else super().addresses(board)

    def entrances(self, board: str) -> Iterable[str]:
        return (*entrances(board), *super().entrances(board))

    def is_posting(self, address: str, board: str) -> bool:
        return own_address(address, board) is not None

    def is_list(self, address: str, answer: Answer) -> bool:
        return super().is_list(address, answer) or further_page(address, answer.address)

    def asked(self, address: str, board: str) -> str:
        return asked(address, board)

    def public(self, address: str, board: str) -> str:
        return own_address(address, board) or address

    def led_to(self, page: PageFinds, answer: Answer) -> Iterator[Ask]:
        board, site = answer.board, self.site(answer.board)
        site.says_empty |= says_empty(page.soup)
        rows = [row for row in listed_jobs(page, answer.address, board) if is_on(row["url"], board)]
        for row in rows:
            yield Ask(asked(row["url"], board), "page", may_be_gone=True, item=row)
        following = next_of(data_of(page.soup) or {}, answer.address)
        if following and any(asked(row["url"], board) not in site.led_to for row in rows):
            yield Ask(following, "list")

    def postings_of(self, page: PageFinds, answer: Answer) -> Iterator[Part]:
        require_for_people(answer, page.soup)
        row, board, is_list = answer.ask.item or {}, answer.board, answer.ask.purpose == "list"
        written = page.postings or tuple(job_postings(page.soup))
        if is_list:
            written = tuple(posting for posting in written if not own_page(posting, board))
            away = [one for one in listed_jobs(page, answer.address, board) if not is_on(one["url"], board)]
            yield from (answer.posting({"row": one}, Identity(one["url"], title_of(one), one["url"])) for one in away)
        for number, posting in enumerate(written):
            identity = self.identity(posting, answer, number if is_list or len(written) > 1 else None)
            yield answer.posting({"posting": posting, "row": row} if row else {"posting": posting}, identity)
        if not written and not is_list:
            yield from self._shown(page, row, answer)

    def _shown(self, page: PageFinds, row: Mapping[str, Any], answer: Answer) -> Iterator[Part]:
        """The posting of a page without schema.org data; of the list's row alone where the page shows nothing."""
        job, address = job_of(data_of(page.soup) or {}), self.public(answer.address, answer.board)
        is_likely = self.is_posting(address, answer.board)
        structure = read_structure(page.soup, row_title=row.get("title", ""), is_posting_address=is_likely)
        said: dict[str, Any] = {"job": job} if job else {"page": structure.facts} if structure.is_posting else {}
        title = title_of(*said.values(), row)
        if not said and says_gone(structure.text):
            yield LeftOut("page that says that its posting is gone left out", is_expected=True)
        elif title and (said or structure.is_bare):
            yield answer.posting({**said, "row": row} if row else said, Identity(address, title, address))
