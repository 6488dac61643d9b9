"""Writing the site: every page from the templates of the server, into a folder that is swapped in when all is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.filters import Filters
from rolecall.json_text import json_bytes
from rolecall.web.addresses import Asked
from rolecall.web.desk import Desk
from rolecall.web.links import STATIC, WrittenLinks, company_file
from rolecall.web.pages.company import companies_page, company_page
from rolecall.web.pages.job import job_page
from rolecall.web.pages.jobs import jobs_page
from rolecall.web.rendered import (
    Hub,
    about_html,
    companies_html,
    company_html,
    job_html,
    jobs_html,
    quality_html,
    searches_html,
    sources_html,
)
from rolecall.web.shelf import SITE, Shown
from rolecall.web.written.hubs import MOST_JOBS, ROWS, ReadyList, ready_lists
from storage.exports import Exported, allowed
from storage.exports.formats import FORMATS
from storage.feeds.describing import about_list
from storage.feeds.entries import moved_last
from storage.queries.companies import companies
from storage.queries.jobs import COLUMNS, rows

MARK = ".rolecall-site"
"""A file by which a folder is known as one of ours, so that nothing else is ever swapped away."""
_SINGLE = {"quality": quality_html, "sources": sources_html, "about": about_html, "searches": searches_html}
Tell = Callable[[str, int, int], None]
"""Told of each step: what is written, how many of how many."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was written."""

    pages: int
    jobs: int
    kept_out: int
    """Open jobs that the terms of their source keep from sites."""


@dataclass(frozen=True, slots=True)
class _Work:
    desk: Desk
    shown: Shown
    lists: tuple[ReadyList, ...]
    folder: Path
    tell: Tell

    def at(self, depth: int) -> Desk:
        """The desk of a page that stands so many folders deep."""
        paths = {one.filters: one.path for one in self.lists}
        return replace(self.desk, links=WrittenLinks(depth, paths, {one.filters: one.pages for one in self.lists}))

    def write(self, path: str, text: str | bytes) -> None:
        """One file; a name can come from a posting, but never leads out of the folder."""
        target = self.folder / path
        if not target.resolve().is_relative_to(self.folder.resolve()):
            raise UsageError(f"the page {path} would stand outside of the site's folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())


def build(desk: Desk, shown: Shown, folder: Path, tell: Tell) -> Built:
    """Write the whole site beside the old one and swap it in.

    Args:
        desk: of the site; its links are replaced by relative ones.
        shown: what is stored.
        folder: where the site stands afterwards; made where it is missing.
        tell: told of each step.

    Raises:
        UsageError: the folder holds something that is no site of ours.
    """
    _require_ours(folder)
    aside = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    work = _Work(desk, shown, ready_lists(shown), aside, tell)
    told = Exported()
    try:
        pages = _lists(work) + _searches(work) + _jobs(work, told) + _companies(work) + _singles(work)
        work.write(MARK, f"{shown.clock.isoformat()}\n")
        _swap(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Built(pages, told.rows, sum(told.forbidden.values()))


def _require_ours(folder: Path) -> None:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())) or (folder / MARK).is_file():
        return
    raise UsageError(f"{folder} holds something that is no site of ours; name another folder, or empty it")


def _swap(aside: Path, folder: Path) -> None:
    """Readers meet the old site or the new one, but for the moment between two renames."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    aside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _hubs(work: _Work, desk: Desk) -> tuple[Hub, ...]:
    links = ((one, desk.links.jobs(one.filters)) for one in work.lists if one.group)
    grouped = groupby(links, key=lambda pair: pair[0].group)
    return tuple(Hub(group, tuple((one.label, one.jobs, address or "") for one, address in pairs)) for group, pairs in grouped)


def _lists(work: _Work) -> int:
    written, total = 0, sum(one.pages for one in work.lists)
    for one in work.lists:
        desk = work.at(one.path.count("/"))
        hubs = _hubs(work, desk)
        for number in range(1, one.pages + 1):
            page = jobs_page(work.shown, Asked(replace(one.filters, limit=ROWS), number), desk.links, most=MOST_JOBS)
            name = f"{one.path}-{number}.html" if number > 1 else f"{one.path}.html"
            work.write(name, jobs_html(desk, work.shown, page, one.title, hubs=hubs))
            written += 1
            work.tell("lists", written, total)
    return written


def _searches(work: _Work) -> int:
    desk, written = work.at(1), 0
    hubs = _hubs(work, desk)
    for search in work.desk.searches.values():
        total = work.shown.index.answer(work.shown.store, search.wanted, limit=0).total
        for number in range(1, max(1, -(-min(total, MOST_JOBS) // ROWS)) + 1):
            asked = Asked(replace(search.wanted, limit=ROWS), number)
            page = jobs_page(work.shown, asked, desk.links, search, most=MOST_JOBS)
            name = f"search/{search.id}-{number}.html" if number > 1 else f"search/{search.id}.html"
            work.write(name, jobs_html(desk, work.shown, page, search.title, search, hubs))
            written += 1
        for form in (one for one in FORMATS.values() if one.is_feed):
            about = about_list(search.wanted, work.shown.clock, desk.settings.config.site, search)
            with (_made(work.folder / "feeds") / f"{search.id}.{form.suffix}").open("wb") as out:
                form.write(moved_last(work.shown.store, search.wanted, Exported()), tuple(COLUMNS), about, out)
    return written


def _jobs(work: _Work, told: Exported) -> int:
    desk, number = work.at(1), 0
    for number, row in enumerate(allowed(rows(work.shown.store, Filters()), told, SITE), 1):
        page = job_page(work.shown, row["job_id"])
        work.write(f"job/{row['job_id']}.html", job_html(desk, work.shown, page))
        work.write(f"job/{row['job_id']}.json", json_bytes(page.job, ends_line=True))
        work.tell("jobs", number, work.shown.open_jobs)
    return number


def _companies(work: _Work) -> int:
    desk = work.at(1)
    keys = sorted(row.company_key for row in companies(work.shown.store, Filters()))
    for number, key in enumerate(keys, 1):
        work.write(f"company/{company_file(key)}.html", company_html(desk, work.shown, company_page(work.shown, key, desk.links)))
        work.tell("companies", number, len(keys))
    root = work.at(0)
    work.write("companies.html", companies_html(root, work.shown, companies_page(work.shown, Filters())))
    return len(keys) + 1


def _singles(work: _Work) -> int:
    desk = work.at(0)
    for name, page in _SINGLE.items():
        work.write(f"{name}.html", page(desk, work.shown))
    for name in STATIC:
        work.write(f"static/{name}", files("rolecall.web").joinpath(f"static/{name}").read_bytes())
    return len(_SINGLE)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
