"""The jobs that a list page of a careers site shows, however it shows them: each with its address and what the list says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spiders.careers_addresses import own_address
from spiders.jobylon import rows_of as jobylon_rows
from spiders.page_rows import Row, read_rows, titled_links
from spiders.pages import PageFinds
from spiders.phenom import address_of, data_of, jobs_of
from spiders.sites import is_on


def listed_jobs(page: PageFinds, address: str, board: str) -> list[Row]:
    """The rows of a list; where no address on it looks like a posting's, the links that have a job's title are taken."""
    rows: list[Row] = [{"url": url, "posting": one} for one in page.postings if (url := own_page(one, board))]
    rows += [{"url": url, "job": job} for job in jobs_of(data_of(page.soup) or {}) if (url := address_of(job, address))]
    rows += jobylon_rows(page.soup)
    rows += read_rows(page.soup, address, lambda link: own_address(link, board))
    if not rows:
        titled = set(titled_links(page.soup, address))
        rows = read_rows(page.soup, address, lambda link: link if link in titled and is_on(link, board) else None)
    return rows


def own_page(posting: Mapping[str, Any], board: str) -> str | None:
    """The address of the page that a posting on a list has for itself."""
    url = posting.get("url")
    return own_address(url, board) if isinstance(url, str) else None


def title_of(*sources: Mapping[str, Any]) -> object:
    """The first title that a page, a row, or the job or posting in it has."""
    inner = (one.get(key) for one in sources for key in ("posting", "job"))
    return next((one["title"] for one in (*sources, *inner) if isinstance(one, Mapping) and one.get("title")), None)
