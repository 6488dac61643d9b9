"""One server over a practice store for all tests here, a browser a file; what a page asks for, says and moves is watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.practice_store import fill
from spiders.practice.calendar import night_date
from storage.store import Store
from tests.browser.chromium import ABSENT, browser, executable
from tests.rolecall.store_of_site import hostile, pass_night
from tests.rolecall.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytest.importorskip("playwright", reason="playwright is not installed")
ONE_IN = 6
"""Boards of the practice world that are read: enough for several pages, quick enough for a test."""
CONFIGURATION = """
[site]
title = "Rolecall"
address = "https://jobs.example"
[crawler]
contact = "bot@acme.example"
[[search]]
id = "remote-first"
title = "Remote-first jobs"
remote = ["remote-first"]
"""
_WATCH = """
window.shifted = 0; window.broken = [];
new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value; })
  .observe({type: "layout-shift", buffered: true});
document.addEventListener("securitypolicyviolation", (one) => window.broken.push(one.violatedDirective + " " + one.blockedURI));
"""


@dataclass
class Seen:
    """What pages did besides showing themselves."""

    outside: list[str] = field(default_factory=list)
    """Addresses that are not the site's; none of them was let through."""
    said: list[str] = field(default_factory=list)
    """Messages of the console, and errors."""
    dialogs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Site:
    """The served site."""

    address: str
    paths: dict[str, str]
    """One page of each kind, by its name."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Its event loop runs as long as it does, beside which no other test of this process could start one."""
    if executable() is None:
        pytest.skip(ABSENT)
    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a store: practice postings of three nights, and a hostile one of the night before."""
    if executable() is None:
        pytest.skip(ABSENT)
    data = tmp_path_factory.mktemp("practice")
    with Store.open(f"sqlite:///{data / 'rolecall.db'}", data, create=True) as store:
        pass_night(store, night_date(1) - timedelta(days=1), [hostile("lever", "evil", 1)])
    fill(data, (1, 2, 3), ONE_IN)
    return data


@pytest.fixture(scope="session")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("configured") / "rolecall.toml"
    path.write_text(CONFIGURATION, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def site(practice: Path, configured: Path) -> Iterator[Site]:
    """``rolecall serve`` over the practice store."""
    import httpx

    with served(practice, configured) as (address, _):

        def first(asked: str) -> dict[str, Any]:
            return next(iter(httpx.get(f"{address}/jobs.json?{asked}").json()["jobs"]))

        told = first("remote=remote-first&pay-min=1000&company=" + first("remote=remote-first")["company"])
        company = httpx.get(f"{address}/companies.json").json()[0]["company_key"].replace(" ", "-")
        yield Site(address, {
            "list": "/", "filtered": "/?remote=remote-first&stack=Python&pay-min=50000&text=python&limit=8",
            "empty": "/?remote=remote-first&country=NZ&pay-min=900000", "past": "/?as-of=2026-01-05&limit=8",
            "job": f"/job/{told['job_id']}", "closed": f"/job/{first('state=closed')['job_id']}",
            "hostile": f"/job/{first('company=alert')['job_id']}", "company": f"/company/{company}", "companies": "/companies",
            "search": "/search/remote-first", "searches": "/searches", "quality": "/quality", "sources": "/sources",
            "about": "/about", "missing": "/nothing", "unknown": "/?remote=remote-frist",
        })  # fmt: skip


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Folder that screenshots are kept in, printed and left behind."""
    folder = Path(__file__).parents[2] / ".artefacts" / "browser"
    folder.mkdir(parents=True, exist_ok=True)
    print(f"screenshots: {folder}")
    return folder


Open = Callable[..., "Page"]


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def open_page(chromium: Browser, site: Site, seen: Seen) -> Iterator[Open]:
    """``open_page("/", **options of the context)``: a page in a context of its own, with the network blocked."""
    contexts: list[BrowserContext] = []

    def start(path: str, **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = watch(context, seen, site.address)
        page.goto(site.address + path)
        return page

    yield start
    for context in contexts:
        context.close()


def watch(context: BrowserContext, seen: Seen, allowed: str) -> Page:
    """A page that reaches nothing but addresses that begin so, and whose doings are written down."""

    def decide(route: Any) -> None:
        if route.request.url.startswith(allowed):
            route.continue_()
        else:
            seen.outside.append(route.request.url)
            route.abort()

    context.route("**/*", decide)
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.on("console", lambda message: seen.said.append(message.text))
    page.on("pageerror", lambda error: seen.said.append(str(error)))
    page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    return page
