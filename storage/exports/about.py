"""What a file or feed says of itself: its title, its filters, the night that it shows, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

NOWHERE = "rolecall.invalid"
"""Who names things where no site has an address: a domain that nobody will ever own."""
_DOMAIN = re.compile(r"(?!\d+(\.\d+){3}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


@dataclass(frozen=True, slots=True)
class About:
    """Of one list of jobs; nothing here comes from the system clock where a night is known."""

    title: str
    made_at: datetime
    """Clock of the night that the list shows, UTC."""
    filters: str = ""
    """As options of a command (``pipeline.filter_words.as_options``); empty for all open jobs."""
    query: str = ""
    """The same as the query of an address (``as_query``)."""
    search_id: str | None = None
    """The saved search that it is; None for a list that has no name."""
    site: str | None = None
    """Address of the site, without a slash at its end; None where there is none."""
    page: str | None = None
    """Address of the page that shows the same list."""
    address: str | None = None
    """Address of this very file or feed."""
    each_posting: bool = False
    """One row is a posting, not a job: ids are the postings' own."""

    @property
    def night(self) -> date:
        """The night that the list shows."""
        return self.made_at.date()

    @property
    def authority(self) -> str:
        """Who names things: the site's domain, without port, so that ids are the same on every machine."""
        host = (urlsplit(self.site or "").hostname or "").lower()
        return host if _DOMAIN.fullmatch(host) else NOWHERE

    @property
    def list_id(self) -> str:
        """The ``tag:`` id (RFC 4151) of the list: that of the saved search, else that of the filters."""
        return self.tag(f"search/{self.search_id}" if self.search_id else f"jobs?{self.query}" if self.query else "jobs")

    def tag(self, path: str) -> str:
        """The ``tag:`` id of a thing: the same on every night and machine."""
        return f"tag:{self.authority},2026:{path}"
