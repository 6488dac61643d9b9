"""Careers pages of any employer (schema.org/JobPosting as JSON-LD or microdata, else the page's own structure).

iCIMS, Jobvite, Avature, Phenom and TalentClue are read as recorded pages of theirs and other crawlers' code have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spiders.answer import Answer, Identity, LeftOut, Part
from spiders.board import Ask
from spiders.careers_addresses import asked, entrances, further_page, is_walked, own_address
from spiders.microdata import job_postings
from spiders.page_parts import require_for_people
from spiders.page_rows import read_rows, titled_links
from spiders.page_structure import read_structure, says_empty, says_gone
from spiders.pages import PageFinds
from spiders.phenom import address_of, data_of, job_of, jobs_of, next_of
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
        board, data = answer.board, data_of(page.soup) or {}
        self.site(board).says_empty |= says_empty(page.soup)
        rows: list[Mapping[str, Any]] = [{"url": self._own_page(one, board), "posting": one} for one in page.postings]
        rows += [{"url": address_of(job, answer.address), "job": job} for job in jobs_of(data)]
        rows += read_rows(page.soup, answer.address, lambda link: own_address(link, board))
        if not rows:
            titled = set(titled_links(page.soup, answer.address))
            rows += read_rows(page.soup, answer.address, lambda link: link if link in titled and is_on(link, board) else None)
        for row in rows:
            if row["url"]:
                yield Ask(asked(row["url"], board), "page", may_be_gone=True, item=row)
        following = next_of(data, answer.address)
        if following and any(asked(row["url"], board) not in self.site(board).led_to for row in rows if row["url"]):
            yield Ask(following, "list")

    def postings_of(self, page: PageFinds, answer: Answer) -> Iterator[Part]:
        require_for_people(answer, page.soup)
        row, is_list = answer.ask.item or {}, answer.ask.purpose == "list"
        written = page.postings or tuple(job_postings(page.soup))
        for number, posting in enumerate(written):
            if not (is_list and self._own_page(posting, answer.board)):
                identity = self.identity(posting, answer, number if len(written) > 1 else None)
                yield answer.posting({"posting": posting, "row": row} if row else {"posting": posting}, identity)
        if not written and not is_list:
            yield from self._shown(page, row, answer)

    def _shown(self, page: PageFinds, row: Mapping[str, Any], answer: Answer) -> Iterator[Part]:
        """The posting of a page without schema.org data; of the list's row alone where the page shows nothing."""
        job, address = job_of(data_of(page.soup) or {}), self.public(answer.address, answer.board)
        is_likely = self.is_posting(address, answer.board)
        structure = read_structure(page.soup, row_title=row.get("title", ""), is_posting_address=is_likely)
        said: dict[str, Any] = {"job": job} if job else {"page": structure.facts} if structure.is_posting else {}
        titles = (one.get("title") for one in (*said.values(), row, row.get("job", {}), row.get("posting", {})))
        title = next(filter(None, titles), None)
        if not said and says_gone(structure.text):
            yield LeftOut("page that says that its posting is gone left out", is_expected=True)
        elif title and (said or structure.is_bare):
            yield answer.posting({**said, "row": row} if row else said, Identity(address, title, address))

    def _own_page(self, posting: Mapping[str, Any], board: str) -> str | None:
        """The address of the page that a posting on a list has for itself."""
        url = posting.get("url")
        return own_address(url, board) if isinstance(url, str) else None
