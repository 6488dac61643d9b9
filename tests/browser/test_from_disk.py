"""The written site opened from a disk: styles and script load, links lead on, nothing complains."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Seen, watch
from tests.rolecall.store_of_site import SEARCHES, fill

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("disk")
    fill(made)
    (made / "rolecall.toml").write_text(SEARCHES, encoding="utf-8")
    words = ["--config", str(made / "rolecall.toml"), "--data", str(made), "-q", "site", "build", "-o", str(made / "a site")]
    subprocess.run([sys.executable, "-P", "-m", "rolecall", *words], check=True)
    return made / "a site"


@pytest.fixture
def page(chromium: Browser, folder: Path, seen: Seen) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield watch(context, seen, folder.as_uri())
    context.close()


@pytest.mark.parametrize(
    "name", ["index.html", "search/python.html", "company/acme.html", "quality.html", "companies.html", "about.html"]
)
def test_a_page_has_its_styles_and_its_script(page: Page, folder: Path, seen: Seen, name: str) -> None:
    page.goto((folder / name).as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    assert page.locator("html.has-script").count() == 1
    assert page.get_by_role("button", name="Colours").is_visible()
    assert (seen.outside, seen.said, page.evaluate("window.broken")) == ([], [], [])


def test_one_finds_ones_way_through_it(page: Page, folder: Path, seen: Seen) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="remote-friendly").first.click()
    page.get_by_role("link", name="Translator").click()
    page.get_by_role("link", name="日本 & Söhne").first.click()
    assert page.locator("h1").inner_text().startswith("日本")
    page.get_by_role("link", name="Companies", exact=True).click()
    page.get_by_role("link", name="Acme", exact=True).click()
    page.get_by_role("link", name="Senior ML Engineer").click()
    page.locator(".why a").first.click()
    assert page.locator(":target").inner_text() == "We are a remote-first company"
    assert (seen.outside, seen.said) == ([], [])
