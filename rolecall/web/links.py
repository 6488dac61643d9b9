"""Where pages lead: addresses of the served site, or relative files of the written one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Protocol
from urllib.parse import quote

from pipeline.filters import Filters
from rolecall.web.addresses import query
from storage.exports.formats import Format

STATIC = ("site.css", "site.js", "icon.svg")
"""Files that pages load, all of them ours."""

_LONGEST_FILE_BYTES = 160
"""Of an employer's file name; disks take 255."""


@cache
def static_digest(name: str) -> str:
    """Digest of a static file, so that browsers may keep it for ever."""
    return hashlib.sha256(files("rolecall.web").joinpath(f"static/{name}").read_bytes()).hexdigest()[:12]


def slug(key: str) -> str:
    """An employer's folded name as a part of an address; no such name holds a dash."""
    return quote(key.replace(" ", "-"), safe="")


def company_file(key: str) -> str:
    """The same as the name of a file, without its ending; a name too long for a disk is cut and told apart by its digest."""
    name = key.replace(" ", "-")
    if len(name.encode()) <= _LONGEST_FILE_BYTES:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"{name.encode()[:_LONGEST_FILE_BYTES].decode(errors='ignore')}-{digest}"


def key_of(slug_: str) -> str:
    """The folded name behind ``slug``, once the address is unquoted."""
    return slug_.replace("-", " ")


class Links(Protocol):
    """Addresses as templates need them; None where the site has no such page."""

    @property
    def is_served(self) -> bool:
        """Filters can be combined freely, since a server answers."""

    def jobs(self, filters: Filters, page: int = 1) -> str | None:
        """A list of jobs."""

    def jobs_as(self, form: Format, filters: Filters) -> str | None:
        """The same list as a file."""

    def job(self, job_id: str) -> str:
        """One job."""

    def company(self, key: str) -> str:
        """One employer, by the folded name."""

    def search(self, search_id: str, page: int = 1) -> str:
        """A saved search."""

    def feed(self, search_id: str, suffix: str) -> str:
        """Its feed."""

    def page(self, name: str) -> str:
        """A page that stands once: ``quality``, ``sources``, ``about``, ``companies``, ``searches``."""

    def as_json(self, address: str) -> str:
        """The JSON of a page."""

    def static(self, name: str) -> str:
        """A file that pages load."""


def file_name(stem: str, form: Format) -> str:
    """``jobs.csv``; a JSON Feed is told from a page's own JSON: ``jobs.feed.json``."""
    return f"{stem}.feed.json" if form.name == "jsonfeed" else f"{stem}.{form.suffix}"


@dataclass(frozen=True, slots=True)
class ServedLinks:
    """Addresses of ``rolecall serve``."""

    as_of: date | None = None
    """The past night whose jobs and employers they lead to."""

    @property
    def is_served(self) -> bool:
        return True

    def jobs(self, filters: Filters, page: int = 1) -> str:
        asked = query(filters, page)
        return f"/?{asked}" if asked else "/"

    def jobs_as(self, form: Format, filters: Filters) -> str:
        asked = query(replace(filters, limit=None))
        return f"/{file_name('jobs', form)}" + (f"?{asked}" if asked else "")

    def job(self, job_id: str) -> str:
        return f"/job/{job_id}{self._night}"

    def company(self, key: str) -> str:
        return f"/company/{slug(key)}{self._night}"

    def search(self, search_id: str, page: int = 1) -> str:
        return f"/search/{search_id}" + (f"?page={page}" if page > 1 else "")

    def feed(self, search_id: str, suffix: str) -> str:
        return f"/feeds/{search_id}.{suffix}"

    def page(self, name: str) -> str:
        return f"/{name}"

    def as_json(self, address: str) -> str:
        path, mark, asked = address.partition("?")
        return f"{path}.json{mark}{asked}"

    def static(self, name: str) -> str:
        return f"/static/{static_digest(name)}/{name}"

    @property
    def _night(self) -> str:
        return f"?as-of={self.as_of}" if self.as_of else ""


@dataclass(frozen=True, slots=True)
class WrittenLinks:
    """Relative files of ``rolecall site build``, which open from a disk as well."""

    depth: int
    """Folders between the page and the site's root."""
    lists: Mapping[Filters, str]
    """Lists that stand ready: their first page, without its ``.html``."""
    pages: Mapping[Filters, int]
    """How many pages of each."""

    @property
    def is_served(self) -> bool:
        return False

    def jobs(self, filters: Filters, page: int = 1) -> str | None:
        plain = replace(filters, limit=None)
        if plain not in self.lists or page > self.pages[plain]:
            return None
        return self._up(f"{self.lists[plain]}{f'-{page}' if page > 1 else ''}.html")

    def jobs_as(self, form: Format, filters: Filters) -> None:
        return None

    def job(self, job_id: str) -> str:
        return self._up(f"job/{job_id}.html")

    def company(self, key: str) -> str:
        return self._up(f"company/{quote(company_file(key), safe='')}.html")

    def search(self, search_id: str, page: int = 1) -> str:
        return self._up(f"search/{search_id}{f'-{page}' if page > 1 else ''}.html")

    def feed(self, search_id: str, suffix: str) -> str:
        return self._up(f"feeds/{search_id}.{suffix}")

    def page(self, name: str) -> str:
        return self._up(f"{name}.html")

    def as_json(self, address: str) -> str:
        return f"{address.removesuffix('.html')}.json"

    def static(self, name: str) -> str:
        return self._up(f"static/{name}?{static_digest(name)}")

    def _up(self, path: str) -> str:
        return "../" * self.depth + path
